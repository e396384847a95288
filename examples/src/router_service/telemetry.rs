// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The telemetry of the router, all of it: what the product is, its event, and how spans become events.

mod layer;

use std::collections::BTreeMap;
use std::time::Duration;

use crate::this_machine;
pub(crate) use layer::OutcomeLayer;
use telemetry_core::consent::Rule;
use telemetry_core::profile::{EventKeyOrder, SessionPolicy};
use telemetry_core::value::{Token, Uuid, Version};
use telemetry_core::{Client, ConsentPolicy, Product, Profile, TelemetryEnum, TelemetryEvent};

/// A router between models.
#[derive(Debug, Clone, Copy)]
pub struct Switchyard;

impl Product for Switchyard {
    const PROFILE: Profile = Profile::new("switchyard", "184482118588404")
        .source("nemoSource", "switchyard")
        .system_version("switchyard-telemetry/1.0")
        // An example reports to this machine. The product leaves this line out.
        .endpoint("http://127.0.0.1:4319/v1.1/events/json")
        .endpoint_env("SWITCHYARD_TELEMETRY_ENDPOINT")
        .session(SessionPolicy::TimeOrderedPerProcess)
        .event_keys(EventKeyOrder::NameLast)
        .envelope_values(&[("deviceOS", std::env::consts::OS), ("cpuArchitecture", std::env::consts::ARCH)])
        .request_deadline(Duration::from_secs(30))
        .exit_wait(Duration::from_secs(2))
        .consent(ConsentPolicy::variables(&[
            ("SWITCHYARD_TELEMETRY_ENABLED", Rule::Enable),
            ("DO_NOT_TRACK", Rule::OptOut),
            ("CI", Rule::OptOut),
            ("PYTEST_CURRENT_TEST", Rule::Presence),
        ]));
}

/// The client of the process.
pub fn start() -> Client<Switchyard> {
    let client = Client::builder().version(env!("CARGO_PKG_VERSION")).start();
    // The product leaves this line out, too.
    this_machine::report_here_only(&client);
    client
}

/// How routing ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
pub enum RoutingStatus {
    /// A model was selected.
    Success,
    /// No model was selected.
    Error,
}

/// A request was routed to a model, or not.
#[derive(Debug, Clone, PartialEq, TelemetryEvent)]
#[telemetry(product = Switchyard, event_name = "switchyard_outcome")]
#[telemetry(schema_version = "1.12", schema = "schemas/switchyard.json")]
pub struct SwitchyardOutcome {
    /// Identifier of this outcome.
    #[telemetry(rename = "outcome_id", sentinel = Uuid::nil())]
    pub outcome_id: Uuid,
    /// The routing algorithm.
    #[telemetry(sentinel = Token::from_static("undefined"))]
    pub algorithm: Token,
    /// Its version.
    #[telemetry(rename = "algorithm_version", sentinel = None)]
    pub algorithm_version: Option<Version>,
    /// What is switched on or off for the algorithm.
    #[telemetry(rename = "feature_flags", sentinel = None)]
    pub feature_flags: Option<BTreeMap<Token, bool>>,
    /// The models to choose from, as the router's configuration calls them.
    #[telemetry(rename = "considered_model_ids", sentinel = None)]
    pub considered_model_ids: Option<Vec<Token>>,
    /// How routing ended.
    #[telemetry(outcome, rename = "routing_status", sentinel = None)]
    pub routing_status: Option<RoutingStatus>,
    /// Whether no model was eligible.
    #[telemetry(rename = "no_eligible_target", sentinel = None)]
    pub no_eligible_target: Option<bool>,
    /// Why routing failed.
    #[telemetry(rename = "routing_error_code", sentinel = None)]
    pub routing_error_code: Option<Token>,
    /// Why models were not eligible.
    #[telemetry(rename = "exclusion_reason_codes", sentinel = None)]
    pub exclusion_reason_codes: Option<Vec<Token>>,
    /// How long routing took, in milliseconds.
    #[telemetry(rename = "routing_duration_ms", duration = "ms", range = 0..=i64::MAX, sentinel = None)]
    pub routing_duration_ms: Option<u64>,
    /// What the algorithm decided upon: the name of each observation with its class.
    #[telemetry(sentinel = None)]
    pub evidence: Option<BTreeMap<Token, Token>>,
    /// The selected model, as the router's configuration calls it.
    #[telemetry(rename = "selected_model_id", sentinel = None)]
    pub selected_model_id: Option<Token>,
    /// The models to try next, in order.
    #[telemetry(rename = "fallback_plan_model_ids", sentinel = Vec::new())]
    pub fallback_plan_model_ids: Vec<Token>,
}
