// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! NeMo Anonymizer: one event per table from which personal data was removed.

use std::collections::BTreeSet;
use std::time::Duration;

use telemetry_core::deployment::Deployment;
use telemetry_core::profile::{BatchPolicy, DeploymentPolicy, EventKeyOrder, RetryPolicy, SessionPolicy};
use telemetry_core::{Product, Profile, TelemetryEnum, TelemetryEvent};

/// NeMo Anonymizer.
#[derive(Debug, Clone, Copy)]
pub struct Anonymizer;

impl Product for Anonymizer {
    const PROFILE: Profile = Profile::new("anonymizer", "184482118588404")
        .source("nemoSource", "anonymizer")
        .endpoint_env("NEMO_TELEMETRY_ENDPOINT")
        .session(SessionPolicy::HexPerProcess)
        .session_prefix("NEMO_SESSION_PREFIX", "anonymizer-")
        .deployment(DeploymentPolicy::from_env("NEMO_DEPLOYMENT_TYPE", "sdk"))
        .event_keys(EventKeyOrder::NameLast)
        .batch(BatchPolicy::of(50).interval(Duration::from_secs(120)))
        .retry(RetryPolicy::attempts(4));
}

/// What was run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
pub enum Task {
    /// All records.
    Batch,
    /// A few of them.
    Preview,
}

/// How the task ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
pub enum TaskStatus {
    /// To its end.
    Completed,
    /// With an error.
    Error,
    /// By the user.
    Canceled,
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
    /// By NVIDIA itself.
    NvidiaInternal,
    /// Not known.
    #[telemetry(fallback)]
    Undefined,
}

/// How this process was deployed.
pub static DEPLOYMENT: Deployment<Anonymizer, DeploymentType> = Deployment::new();

/// What is done to personal data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
pub enum TransformationType {
    /// It is marked.
    Annotate,
    /// It is blotted out.
    Redact,
    /// It is replaced by its hash.
    Hash,
    /// It is replaced by something similar.
    Substitute,
    /// The text is written anew.
    Rewrite,
}

/// Where a model runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, TelemetryEnum)]
#[telemetry(rename_all = "kebab-case")]
pub enum ModelHost {
    /// At NVIDIA's public service.
    NvidiaBuild,
    /// At an internal one.
    NvidiaInternal,
    /// At OpenRouter.
    #[telemetry(rename = "openrouter")]
    OpenRouter,
    /// On the user's own machine.
    Local,
    /// Elsewhere.
    #[telemetry(fallback)]
    Other,
}

/// Personal data was removed from records.
#[derive(Debug, Clone, PartialEq, TelemetryEvent)]
#[telemetry(product = Anonymizer, event_name = "anonymizer_event")]
#[telemetry(schema_version = "1.9", schema = "schemas/anonymizer_event.json")]
pub struct AnonymizerEvent {
    /// What was run.
    pub task: Task,
    /// How it ended.
    #[telemetry(outcome)]
    pub task_status: TaskStatus,
    /// How the product was deployed.
    #[telemetry(sentinel = DeploymentType::Undefined)]
    pub deployment_type: DeploymentType,
    /// How long it took, in seconds, or -1.
    #[telemetry(duration = "s", sentinel = -1.0)]
    pub job_duration_sec: f64,
    /// Records given, or -1.
    #[telemetry(range = -1..=i64::MAX, sentinel = -1)]
    pub num_input_records: i64,
    /// Records that were transformed, or -1.
    #[telemetry(range = -1..=i64::MAX, sentinel = -1)]
    pub num_success_records: i64,
    /// Records that were not, or -1.
    #[telemetry(range = -1..=i64::MAX, sentinel = -1)]
    pub num_failure_records: i64,
    /// Tokens per record on average, or -1.
    #[telemetry(range = -1..=i64::MAX, sentinel = -1)]
    pub avg_tokens_per_record: i64,
    /// Tokens of all records.
    #[telemetry(range = 0..=i64::MAX, sentinel = 0)]
    pub input_tokens: u64,
    /// What was done to the records.
    pub transformation_type: TransformationType,
    /// Whether the user described the data.
    #[telemetry(sentinel = false)]
    pub custom_data_summary_provided: bool,
    /// Whether the user described the goal.
    #[telemetry(sentinel = false)]
    pub custom_privacy_goal_provided: bool,
    /// Whether the user described the substitutes.
    #[telemetry(sentinel = false)]
    pub custom_substitute_instructions_provided: bool,
    /// How often a rewritten text may be repaired, or -1.
    #[telemetry(range = -1..=i64::MAX, sentinel = -1)]
    pub max_repair_iterations: i64,
    /// Whether every entity must be protected.
    #[telemetry(sentinel = false)]
    pub strict_entity_protection: bool,
    /// How often texts were repaired, or -1.
    #[telemetry(range = -1..=i64::MAX, sentinel = -1)]
    pub repair_iterations_triggered: i64,
    /// The model that finds entities.
    #[telemetry(free_text = "model ids of public catalogues", max_len = 128, sentinel = "undefined")]
    pub entity_detector_model: String,
    /// The model that checks found entities.
    #[telemetry(free_text = "model ids of public catalogues", max_len = 128, sentinel = "undefined")]
    pub entity_validator_model: String,
    /// The model that adds entities.
    #[telemetry(free_text = "model ids of public catalogues", max_len = 128, sentinel = "undefined")]
    pub entity_augmenter_model: String,
    /// The model that finds what identifies indirectly.
    #[telemetry(free_text = "model ids of public catalogues", max_len = 128, sentinel = "not_applicable")]
    pub latent_detector_model: String,
    /// The model that invents substitutes.
    #[telemetry(free_text = "model ids of public catalogues", max_len = 128, sentinel = "not_applicable")]
    pub replacement_generator_model: String,
    /// The model that classifies the text.
    #[telemetry(free_text = "model ids of public catalogues", max_len = 128, sentinel = "not_applicable")]
    pub domain_classifier_model: String,
    /// The model that decides what to do with an entity.
    #[telemetry(free_text = "model ids of public catalogues", max_len = 128, sentinel = "not_applicable")]
    pub disposition_analyzer_model: String,
    /// The model that extracts what must stay.
    #[telemetry(free_text = "model ids of public catalogues", max_len = 128, sentinel = "not_applicable")]
    pub meaning_extractor_model: String,
    /// The model that asks questions about the text.
    #[telemetry(free_text = "model ids of public catalogues", max_len = 128, sentinel = "not_applicable")]
    pub qa_generator_model: String,
    /// The model that rewrites the text.
    #[telemetry(free_text = "model ids of public catalogues", max_len = 128, sentinel = "not_applicable")]
    pub rewriter_model: String,
    /// The model that grades the rewritten text.
    #[telemetry(free_text = "model ids of public catalogues", max_len = 128, sentinel = "not_applicable")]
    pub evaluator_model: String,
    /// The model that repairs the rewritten text.
    #[telemetry(free_text = "model ids of public catalogues", max_len = 128, sentinel = "not_applicable")]
    pub repairer_model: String,
    /// The model that judges the result.
    #[telemetry(free_text = "model ids of public catalogues", max_len = 128, sentinel = "not_applicable")]
    pub judge_model: String,
    /// Where the models run.
    #[telemetry(sentinel = BTreeSet::new())]
    pub model_hosts: BTreeSet<ModelHost>,
    /// Failures to find entities.
    #[telemetry(range = 0..=i64::MAX, sentinel = 0)]
    pub entity_detection_failure_count: u64,
    /// Failures to find what identifies indirectly.
    #[telemetry(range = 0..=i64::MAX, sentinel = 0)]
    pub latent_detection_failure_count: u64,
    /// Failures to invent substitutes.
    #[telemetry(range = 0..=i64::MAX, sentinel = 0)]
    pub replace_map_generation_failure_count: u64,
    /// Failures to rewrite.
    #[telemetry(range = 0..=i64::MAX, sentinel = 0)]
    pub rewrite_pipeline_failure_count: u64,
    /// Failures to grade.
    #[telemetry(range = 0..=i64::MAX, sentinel = 0)]
    pub rewrite_evaluate_failure_count: u64,
    /// Failures to repair.
    #[telemetry(range = 0..=i64::MAX, sentinel = 0)]
    pub rewrite_repair_failure_count: u64,
    /// Failures to judge.
    #[telemetry(range = 0..=i64::MAX, sentinel = 0)]
    pub rewrite_final_judge_failure_count: u64,
    /// Failures elsewhere.
    #[telemetry(range = 0..=i64::MAX, sentinel = 0)]
    pub unknown_step_failure_count: u64,
}
