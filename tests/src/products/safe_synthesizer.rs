// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! NeMo Safe Synthesizer: one event per run that trains on a table and generates another.

use std::time::Duration;

use telemetry_core::deployment::Deployment;
use telemetry_core::profile::{BatchPolicy, DeploymentPolicy, EventKeyOrder, RetryPolicy, SessionPolicy};
use telemetry_core::{Product, Profile, TelemetryEnum, TelemetryEvent};

/// NeMo Safe Synthesizer.
#[derive(Debug, Clone, Copy)]
pub struct SafeSynthesizer;

impl Product for SafeSynthesizer {
    const PROFILE: Profile = Profile::new("safe_synthesizer", "184482118588404")
        .source("nemoSource", "safe-synthesizer")
        .endpoint_env("NEMO_TELEMETRY_ENDPOINT")
        .session(SessionPolicy::Undefined)
        .session_prefix("NEMO_SESSION_PREFIX", "")
        .deployment(DeploymentPolicy::from_env("NEMO_DEPLOYMENT_TYPE", "sdk"))
        .event_keys(EventKeyOrder::NameLast)
        .batch(BatchPolicy::of(50).interval(Duration::from_secs(120)))
        .retry(RetryPolicy::attempts(4));
}

/// What was run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
pub enum Task {
    /// Training and generation.
    Run,
}

/// How the run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
pub enum TaskStatus {
    /// To its end.
    Completed,
    /// With an error.
    Error,
    /// By the user.
    Canceled,
    /// Not known.
    #[telemetry(fallback)]
    Undefined,
}

/// How the product was deployed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, TelemetryEnum)]
#[telemetry(rename_all = "kebab-case")]
pub enum DeploymentType {
    /// As a command.
    Cli,
    /// In the user's own code.
    Sdk,
    /// On the NeMo platform.
    Nmp,
    /// On a Slurm cluster.
    Slurm,
    /// On a Slurm cluster of NVIDIA.
    SlurmNvidiaInternal,
    /// By NVIDIA itself.
    NvidiaInternal,
    /// Not known.
    #[telemetry(fallback)]
    Undefined,
}

/// How this process was deployed.
pub static DEPLOYMENT: Deployment<SafeSynthesizer, DeploymentType> = Deployment::new();

/// How many records a table has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, TelemetryEnum)]
pub enum RecordsBucket {
    /// Up to 200.
    #[telemetry(rename = "1-200")]
    Hundreds,
    /// Up to 1,000.
    #[telemetry(rename = "201-1000")]
    Thousand,
    /// Up to 10,000.
    #[telemetry(rename = "1001-10000")]
    Thousands,
    /// Up to 100,000.
    #[telemetry(rename = "10001-100000")]
    TensOfThousands,
    /// More.
    #[telemetry(rename = "100001+")]
    More,
    /// Not known.
    #[telemetry(rename = "undefined", fallback)]
    Undefined,
}

/// How many columns a table has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, TelemetryEnum)]
pub enum ColumnsBucket {
    /// Up to 5.
    #[telemetry(rename = "1-5")]
    UpTo5,
    /// Up to 10.
    #[telemetry(rename = "6-10")]
    UpTo10,
    /// Up to 20.
    #[telemetry(rename = "11-20")]
    UpTo20,
    /// Up to 50.
    #[telemetry(rename = "21-50")]
    UpTo50,
    /// More.
    #[telemetry(rename = "51+")]
    More,
    /// Not known.
    #[telemetry(rename = "undefined", fallback)]
    Undefined,
}

/// A run trained a model on a table and generated records with it.
#[derive(Debug, Clone, PartialEq, TelemetryEvent)]
#[telemetry(product = SafeSynthesizer, event_name = "train_and_generation_event")]
#[telemetry(schema_version = "1.9", schema = "schemas/train_and_generation_event.json")]
pub struct TrainAndGenerationEvent {
    /// What was run.
    pub task: Task,
    /// How it ended.
    #[telemetry(outcome)]
    pub task_status: TaskStatus,
    /// How the product was deployed.
    pub deployment_type: DeploymentType,
    /// How long it took, in seconds, or -1.
    #[telemetry(duration = "s", sentinel = -1.0)]
    pub job_duration_sec: f64,
    /// Records generated, or -1.
    pub num_records_generated: i64,
    /// Tokens generated, or -1.
    pub num_tokens_generated: i64,
    /// Whether personal data was replaced first.
    pub replace_pii_enabled: bool,
    /// Whether training was differentially private.
    pub differential_privacy_enabled: bool,
    /// Whether the table was a time series.
    pub time_series_enabled: bool,
    /// Whether records were grouped.
    pub group_by_enabled: bool,
    /// How many records the table has.
    pub input_records_bucket: RecordsBucket,
    /// How many columns the table has.
    pub input_columns_bucket: ColumnsBucket,
    /// How close the generated records are to the table, or -1.
    #[telemetry(sentinel = -1.0)]
    pub synthetic_quality_score: f64,
    /// How well the generated records hide the table, or -1.
    #[telemetry(sentinel = -1.0)]
    pub data_privacy_score: f64,
    /// The model that was trained further; `local_path` for one of the user's own.
    #[telemetry(free_text = "model ids of public catalogues", max_len = 128, sentinel = "undefined")]
    pub model: String,
    /// The GPU, as its driver calls it.
    #[telemetry(free_text = "the hardware's product name", max_len = 64, sentinel = "undefined")]
    pub gpu: String,
}
