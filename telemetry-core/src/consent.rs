// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Consent: may this process report? The answer names the signal that decided it.

/// What silences a product. Any one signal does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConsentPolicy {
    pub(crate) variables: &'static [(&'static str, Rule)],
    pub(crate) marker: Option<&'static str>,
}

/// How the value of an environment variable becomes a verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// Opts out unless it is unset, empty, `0`, `false`, `no` or `off` (in any case, white space trimmed).
    OptOut,
    /// Opts out if it has any value that is not empty.
    Presence,
    /// Opts out if it is `0`, `false`, `no` or `off` (in any case, white space trimmed).
    Enable,
}

impl ConsentPolicy {
    /// The default for new products: every opt-out signal known in the NeMo family silences, and so do CI and test runs.
    #[must_use]
    pub const fn strict() -> Self {
        Self {
            variables: &[
                ("DO_NOT_TRACK", Rule::OptOut),
                ("NEMO_TELEMETRY_ENABLED", Rule::Enable),
                ("CI", Rule::OptOut),
                ("PYTEST_CURRENT_TEST", Rule::Presence),
            ],
            marker: Some("do_not_track"),
        }
    }

    /// A policy of environment variables, each with its rule, and the marker file `do_not_track`.
    #[must_use]
    pub const fn variables(variables: &'static [(&'static str, Rule)]) -> Self {
        Self { variables, marker: Some("do_not_track") }
    }
}
