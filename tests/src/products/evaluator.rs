// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! NeMo Evaluator: one event when a benchmark starts and one when it ends.

use std::time::Duration;

use telemetry_core::consent::{ConsentFile, Rule};
use telemetry_core::profile::{BatchPolicy, EventKeyOrder, RetryPolicy};
use telemetry_core::value::Token;
use telemetry_core::{ConsentPolicy, Product, Profile, TelemetryEnum, TelemetryEvent};

/// The level at which everything is reported. A lower level does not opt in to sending the model, so it opts out.
const EVERYTHING: &[&str] = &["2"];

/// The settings of the product's command, which may say `level: 0` under `telemetry:`.
const SETTINGS: ConsentFile = ConsentFile::yaml("config.yaml", "level", EVERYTHING).section("telemetry");

/// The opt-out sources of the evaluator and its launcher.
pub(super) const CONSENT: ConsentPolicy = ConsentPolicy::variables(&[
    ("NEMO_EVALUATOR_TELEMETRY_LEVEL", Rule::Words(EVERYTHING)),
    ("NEMO_TELEMETRY_ENABLED", Rule::AFFIRM),
    ("DO_NOT_TRACK", Rule::OptOut),
    ("CI", Rule::OptOut),
    ("PYTEST_CURRENT_TEST", Rule::Presence),
])
.file(SETTINGS);

/// NeMo Evaluator. It has a client id of its own, and its events do not name it.
///
/// `NEMO_EVALUATOR_TELEMETRY_LEVEL` is 0 for nothing, 1 for events without the model and 2 for all of it. A decision knows yes
/// and no only: nothing would keep the model out of an event at level 1, so 2 alone agrees. The product's own client takes a
/// invalid level as 1: here it opts out.
#[derive(Debug, Clone, Copy)]
pub struct Evaluator;

impl Product for Evaluator {
    const PROFILE: Profile = Profile::new("evaluator", "14399890258381784")
        .endpoint_env("NEMO_EVALUATOR_TELEMETRY_ENDPOINT")
        .session_env("NEMO_EVALUATOR_TELEMETRY_SESSION_ID")
        .event_keys(EventKeyOrder::NameLast)
        .batch(BatchPolicy::of(50).interval(Duration::from_secs(120)))
        .retry(RetryPolicy::attempts(4))
        .directory("nemo-evaluator")
        .consent(CONSENT);
}

/// How far an evaluation got.
#[derive(Debug, Clone, Copy, PartialEq, Eq, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
pub enum Status {
    /// It runs.
    Started,
    /// It has a result.
    Success,
    /// It has none.
    Failure,
}

/// An evaluation started or ended.
#[derive(Debug, Clone, PartialEq, TelemetryEvent)]
#[telemetry(product = Evaluator, event_name = "EvaluationTaskEvent")]
#[telemetry(schema_version = "1.0", schema = "schemas/EvaluationTaskEvent.json")]
pub struct EvaluationTaskEvent {
    /// The benchmark.
    pub task: Token,
    /// The framework that runs it.
    pub framework_name: Token,
    /// The kind of model; the model itself is `redacted`.
    pub model: Token,
    /// How long it took, in seconds; 0 when it has just started.
    #[telemetry(duration = "s", sentinel = 0.0)]
    pub execution_duration_seconds: f64,
    /// How far it got.
    #[telemetry(outcome)]
    pub status: Status,
}
