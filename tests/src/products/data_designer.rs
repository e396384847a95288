// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! NeMo Data Designer: one event per batch of generated data.

use std::time::Duration;

use telemetry_core::deployment::Deployment;
use telemetry_core::profile::{BatchPolicy, DeploymentPolicy, EventKeyOrder, RetryPolicy, SessionPolicy};
use telemetry_core::value::Token;
use telemetry_core::{Product, Profile, TelemetryEnum, TelemetryEvent};

/// NeMo Data Designer.
#[derive(Debug, Clone, Copy)]
pub struct DataDesigner;

impl Product for DataDesigner {
    const PROFILE: Profile = Profile::new("data_designer", "184482118588404")
        .source("nemoSource", "datadesigner")
        .endpoint_env("NEMO_TELEMETRY_ENDPOINT")
        .session(SessionPolicy::HexPerProcess)
        .session_prefix("NEMO_SESSION_PREFIX", "")
        .deployment(DeploymentPolicy::from_env("NEMO_DEPLOYMENT_TYPE", "library"))
        .event_keys(EventKeyOrder::NameLast)
        .batch(BatchPolicy::of(50).interval(Duration::from_secs(120)))
        .retry(RetryPolicy::attempts(4));
}

/// What a call of a model is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, TelemetryEnum)]
#[telemetry(rename_all = "kebab-case")]
pub enum Task {
    /// A batch in this process.
    Batch,
    /// A preview on a service.
    PreviewJob,
    /// A batch on a service.
    BatchJob,
}

/// How a task ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
pub enum TaskStatus {
    /// With a result.
    Success,
    /// Without one.
    Failure,
    /// Not known.
    #[telemetry(fallback)]
    Undefined,
}

/// How the product was deployed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, TelemetryEnum)]
#[telemetry(rename_all = "kebab-case")]
pub enum DeploymentType {
    /// In the user's own code.
    Library,
    /// As a service.
    Api,
    /// By NVIDIA itself.
    NvidiaInternal,
    /// Not known.
    #[telemetry(fallback)]
    Undefined,
}

/// How this process was deployed.
pub static DEPLOYMENT: Deployment<DataDesigner, DeploymentType> = Deployment::new();

/// A model was used to generate data.
#[derive(Debug, Clone, PartialEq, TelemetryEvent)]
#[telemetry(product = DataDesigner, event_name = "inference_event")]
#[telemetry(schema_version = "1.9", schema = "schemas/inference_event.json")]
pub struct InferenceEvent {
    /// What the calls were part of.
    #[telemetry(sentinel = Task::Batch)]
    pub task: Task,
    /// How the task ended.
    #[telemetry(outcome, sentinel = TaskStatus::Undefined)]
    pub task_status: TaskStatus,
    /// How the product was deployed.
    #[telemetry(sentinel = DeploymentType::Undefined)]
    pub deployment_type: DeploymentType,
    /// The model, as its provider calls it.
    #[telemetry(free_text = "model ids of public catalogues", max_len = 128, sentinel = "undefined")]
    pub model: String,
    /// The group of models that the model belongs to.
    #[telemetry(sentinel = Token::from_static("undefined"))]
    pub model_group: Token,
    /// Size of all prompts in bytes, or -1.
    #[telemetry(range = -1..=i64::MAX, sentinel = -1)]
    pub input_bytes: i64,
    /// Tokens of all prompts, or -1.
    #[telemetry(range = -1..=i64::MAX, sentinel = -1)]
    pub input_tokens: i64,
    /// Size of all answers in bytes, or -1.
    #[telemetry(range = -1..=i64::MAX, sentinel = -1)]
    pub output_bytes: i64,
    /// Tokens of all answers, or -1.
    #[telemetry(range = -1..=i64::MAX, sentinel = -1)]
    pub output_tokens: i64,
}
