// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! NeMo Switchyard: one event per routed request.

use std::collections::BTreeMap;
use std::time::Duration;

use telemetry_core::consent::Rule;
use telemetry_core::profile::{EventKeyOrder, SessionPolicy};
use telemetry_core::value::{Token, Version};
use telemetry_core::{ConsentPolicy, Product, Profile, TelemetryEnum, TelemetryEvent};

/// NeMo Switchyard. The names of its fields are in `snake_case`.
///
/// Opting out: `SWITCHYARD_TELEMETRY_ENABLED` with any value but a clear yes, `DO_NOT_TRACK` or `CI` with any
/// value but a clear no, any `PYTEST_CURRENT_TEST`.
#[derive(Debug, Clone, Copy)]
pub struct Switchyard;

impl Product for Switchyard {
    const PROFILE: Profile = Profile::new("switchyard", "184482118588404")
        .source("nemoSource", "switchyard")
        .system_version("switchyard-telemetry/1.0")
        .endpoint_env("SWITCHYARD_TELEMETRY_ENDPOINT")
        .session(SessionPolicy::TimeOrderedPerProcess)
        .event_keys(EventKeyOrder::NameLast)
        .envelope_values(&[("deviceOS", std::env::consts::OS), ("cpuArchitecture", std::env::consts::ARCH)])
        .request_deadline(Duration::from_secs(30))
        .consent(ConsentPolicy::variables(&[
            ("SWITCHYARD_TELEMETRY_ENABLED", Rule::Enable),
            ("DO_NOT_TRACK", Rule::OptOut),
            ("CI", Rule::OptOut),
            ("PYTEST_CURRENT_TEST", Rule::Presence),
        ]));
}

/// How routing ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
pub enum RoutingStatus {
    /// A model was selected.
    Success,
    /// None was.
    Error,
}

/// A request was routed to a model, or not.
#[derive(Debug, Clone, PartialEq, TelemetryEvent)]
#[telemetry(product = Switchyard, event_name = "switchyard_outcome")]
#[telemetry(schema_version = "1.12", schema = "schemas/switchyard_outcome.json")]
pub struct SwitchyardOutcome {
    /// Identifier of this outcome.
    #[telemetry(rename = "outcome_id")]
    pub outcome_id: Token,
    /// The routing algorithm.
    pub algorithm: Token,
    /// Its version.
    #[telemetry(rename = "algorithm_version")]
    pub algorithm_version: Option<Version>,
    /// What was switched on or off for the algorithm.
    #[telemetry(rename = "feature_flags")]
    pub feature_flags: Option<BTreeMap<Token, bool>>,
    /// The models to choose from, as the router's configuration calls them.
    #[telemetry(rename = "considered_model_ids")]
    pub considered_model_ids: Option<Vec<Token>>,
    /// How routing ended.
    #[telemetry(outcome, rename = "routing_status")]
    pub routing_status: Option<RoutingStatus>,
    /// Whether no model was eligible.
    #[telemetry(rename = "no_eligible_target")]
    pub no_eligible_target: Option<bool>,
    /// Why routing failed.
    #[telemetry(rename = "routing_error_code")]
    pub routing_error_code: Option<Token>,
    /// Why models were not eligible.
    #[telemetry(rename = "exclusion_reason_codes")]
    pub exclusion_reason_codes: Option<Vec<Token>>,
    /// How long routing took, in milliseconds.
    #[telemetry(rename = "routing_duration_ms", duration = "ms", range = 0..=i64::MAX)]
    pub routing_duration_ms: Option<u64>,
    /// What the algorithm decided upon: the name of each observation with its class.
    pub evidence: Option<BTreeMap<Token, Token>>,
    /// The selected model, as the router's configuration calls it.
    #[telemetry(rename = "selected_model_id")]
    pub selected_model_id: Option<Token>,
    /// The models to try next, in order.
    #[telemetry(rename = "fallback_plan_model_ids")]
    pub fallback_plan_model_ids: Vec<Token>,
}
