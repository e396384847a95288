// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! NeMo Guardrails as a telemetry product.

use std::time::Duration;

use telemetry_core::consent::Rule;
use telemetry_core::profile::HeartbeatPolicy;
use telemetry_core::{ConsentPolicy, Product, Profile};

/// NeMo Guardrails.
///
/// Opting out: `NEMO_GUARDRAILS_NO_USAGE_STATS`, `DO_NOT_TRACK` or `CI` with any value but a clear no, any
/// `PYTEST_CURRENT_TEST`, or anything at `~/.config/nemoguardrails/do_not_track`.
///
/// While `NEMO_GUARDRAILS_OTLP_ENDPOINT` is set, events go to the OpenTelemetry collector that it names, or nowhere: see the feature
/// `otlp`.
///
/// It is [compiled](Product::COMPILED) with the feature `telemetry`, unless the variable
/// `NEMO_GUARDRAILS_BUILD_WITHOUT_TELEMETRY` is set for the build, to whatever value: any crate of a program can turn a feature on,
/// but only the person who runs the build sets its variables.
///
/// ```
/// use telemetry_core::Product;
/// use telemetry_guardrails::Guardrails;
///
/// assert_eq!(Guardrails::PROFILE.name(), "nemoguardrails");
/// assert_eq!(Guardrails::PROFILE.event_source(), Some(("nemoSource", "guardrails")));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Guardrails;

impl Product for Guardrails {
    const COMPILED: bool =
        cfg!(feature = "telemetry") && option_env!("NEMO_GUARDRAILS_BUILD_WITHOUT_TELEMETRY").is_none();
    const PROFILE: Profile = Profile::new("nemoguardrails", "184482118588404")
        .source("nemoSource", "guardrails")
        .endpoint_env("NEMO_GUARDRAILS_USAGE_STATS_SERVER")
        .otlp_env("NEMO_GUARDRAILS_OTLP_ENDPOINT")
        .consent(ConsentPolicy::variables(&[
            ("NEMO_GUARDRAILS_NO_USAGE_STATS", Rule::OptOut),
            ("DO_NOT_TRACK", Rule::OptOut),
            ("CI", Rule::OptOut),
            ("PYTEST_CURRENT_TEST", Rule::Presence),
        ]))
        .heartbeat(
            HeartbeatPolicy::every(Duration::from_secs(600))
                .interval_env("NEMO_GUARDRAILS_HEARTBEAT_INTERVAL_S"),
        )
        .exit_wait(Duration::from_millis(200));
}
