// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Consent: may this process report? The answer names the signal that decided it.
//!
//! Any one signal silences. They are asked in the order of their cost: the program's own switch, the environment, and then
//! exactly one look at the marker file.

#[cfg(feature = "client")]
mod question;

use std::fmt;

#[cfg(feature = "client")]
pub(crate) use question::{MarkerState, Question, marker_state};

/// What silences a product.
///
/// ```
/// use telemetry_core::ConsentPolicy;
/// use telemetry_core::consent::Rule;
///
/// const POLICY: ConsentPolicy = ConsentPolicy::variables(&[("DO_NOT_TRACK", Rule::OptOut), ("CI", Rule::OptOut)]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConsentPolicy {
    pub(crate) variables: &'static [(&'static str, Rule)],
    pub(crate) marker: Option<&'static str>,
}

impl ConsentPolicy {
    /// The default for new products: every opt-out signal known in the NeMo family silences, and so do CI and test runs.
    #[must_use]
    pub const fn strict() -> Self {
        Self::variables(&[
            ("DO_NOT_TRACK", Rule::OptOut),
            ("NEMO_TELEMETRY_ENABLED", Rule::Enable),
            ("CI", Rule::OptOut),
            ("PYTEST_CURRENT_TEST", Rule::Presence),
        ])
    }

    /// Environment variables, each with its rule, and the marker file `do_not_track` in the configuration directory.
    #[must_use]
    pub const fn variables(variables: &'static [(&'static str, Rule)]) -> Self {
        Self { variables, marker: Some("do_not_track") }
    }
}

/// How the value of an environment variable becomes a verdict. Words are recognised in any case and with white space round
/// them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// Opts out unless it is unset, blank, `0`, `false`, `no` or `off`.
    OptOut,
    /// Opts out if it has any value that is not empty; white space is a value, too.
    Presence,
    /// Opts out if it is `0`, `false`, `no` or `off`.
    Enable,
}

/// Something that can opt out.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Signal {
    /// The program itself, through [`Client::set_enabled`](crate::Client::set_enabled).
    Switch,
    /// An environment variable.
    Variable(&'static str),
    /// The marker file. Anything at its path opts out, and so does any error but that there is nothing.
    Marker,
    /// There is no home directory, so nobody can opt out with a marker: the product stays silent.
    NoHome,
}

impl fmt::Display for Signal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Switch => f.write_str("program"),
            Self::Variable(name) => f.write_str(name),
            Self::Marker => f.write_str("marker file"),
            Self::NoHome => f.write_str("no home directory"),
        }
    }
}

/// Whether the process may report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing objects.
    Enabled,
    /// This signal opts out. Others may do so too.
    OptedOut(Signal),
}

impl Verdict {
    /// Whether the process may report.
    #[must_use]
    pub fn is_enabled(&self) -> bool {
        *self == Self::Enabled
    }
}

/// One signal as it stands now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignalReading {
    /// The signal.
    pub signal: Signal,
    /// What was found: the value of a variable, or what is at the marker's path.
    pub value: Option<String>,
    /// Whether this signal opts out.
    pub opts_out: bool,
}
