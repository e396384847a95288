// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! NeMo Evaluator Launcher: one event when a job with several benchmarks starts and one when it ends.

use std::time::Duration;

use super::evaluator::CONSENT;
use telemetry_core::profile::{AuditPolicy, BatchPolicy, EventKeyOrder, RetryPolicy};
use telemetry_core::value::Token;
use telemetry_core::{Product, Profile, TelemetryEnum, TelemetryEvent};

/// Beside the evaluator's own log: its lines do not say which product has written them.
const AUDIT: AuditPolicy = AuditPolicy::in_file("launcher_usage_stats.json");

/// NeMo Evaluator Launcher. It shares the evaluator's client id, settings and opt-outs, and its events do not name it. The
/// evaluators that it starts join its session.
#[derive(Debug, Clone, Copy)]
pub struct Launcher;

impl Product for Launcher {
    const PROFILE: Profile = Profile::new("evaluator_launcher", "14399890258381784")
        .endpoint_env("NEMO_EVALUATOR_TELEMETRY_ENDPOINT")
        .session_env("NEMO_EVALUATOR_TELEMETRY_SESSION_ID")
        .event_keys(EventKeyOrder::NameLast)
        .batch(BatchPolicy::of(50).interval(Duration::from_secs(120)))
        .retry(RetryPolicy::attempts(4))
        .directory("nemo-evaluator")
        .audit(AUDIT)
        .consent(CONSENT);
}

/// How far a job got.
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

/// A job started or ended.
#[derive(Debug, Clone, PartialEq, TelemetryEvent)]
#[telemetry(product = Launcher, event_name = "LauncherJobEvent")]
#[telemetry(schema_version = "1.0", schema = "schemas/LauncherJobEvent.json")]
pub struct LauncherJobEvent {
    /// What runs the job.
    pub executor_type: Token,
    /// How the model is served.
    pub deployment_type: Token,
    /// The kind of model; the model itself is `redacted`.
    pub model: Token,
    /// The benchmarks.
    pub tasks: Vec<Token>,
    /// Where results go.
    pub exporters: Vec<Token>,
    /// How far it got.
    #[telemetry(outcome)]
    pub status: Status,
}
