// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The NIM client of LangChain: one event per interval with the counts of all requests in it.

use std::time::Duration;

use telemetry_core::consent::Rule;
use telemetry_core::profile::{RetryPolicy, SessionPolicy};
use telemetry_core::value::{Token, Version};
use telemetry_core::{ConsentPolicy, Product, Profile, TelemetryEnum, TelemetryEvent, TelemetryValue};

/// The largest count that the collector takes.
const I32_MAX: i64 = i32::MAX as i64;

/// The NIM client of LangChain. It has a client id of its own, and names itself in fields of its event.
///
/// Its description says that it is off unless `NVIDIA_USAGE_TELEMETRY_ENABLED` asks for it, its code has also been on by default:
/// here it is off.
#[derive(Debug, Clone, Copy)]
pub struct NimClient;

impl Product for NimClient {
    const PROFILE: Profile = Profile::new("nim_client", "623344073512268")
        .system_version("1.0.0.0")
        .endpoint_env("NVIDIA_USAGE_TELEMETRY_ENDPOINT")
        .session(SessionPolicy::Undefined)
        .envelope_values(&[
            ("clientVer", "1.0.0.0"),
            ("cpuArchitecture", "undefined"),
            ("gdprFuncOptIn", "Full"),
        ])
        .headers(&[("Accept", "application/json"), ("X-Event-Protocol", "1.6")])
        .retry(RetryPolicy::attempts(3).backoff(Duration::from_millis(100), Duration::from_millis(200)))
        .request_deadline(Duration::from_secs(2))
        .consent(
            ConsentPolicy::variables(&[
                ("NVIDIA_USAGE_TELEMETRY_ENABLED", Rule::Words(&["1", "true", "yes", "on"])),
                ("DO_NOT_TRACK", Rule::OptOut),
                ("CI", Rule::OptOut),
                ("PYTEST_CURRENT_TEST", Rule::Presence),
            ])
            .opt_in(),
        );
}

/// Version of the layout of the fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, TelemetryEnum)]
pub enum LayoutVersion {
    /// The only one.
    #[telemetry(rename = "1.0")]
    V1,
}

/// The package that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, TelemetryEnum)]
pub enum Connector {
    /// The only one.
    #[telemetry(rename = "langchain-nvidia-ai-endpoints")]
    LangchainNvidiaAiEndpoints,
}

/// The framework that the package belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, TelemetryEnum)]
pub enum Framework {
    /// The only one.
    #[telemetry(rename = "langchain")]
    Langchain,
}

/// What a request asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
pub enum Operation {
    /// A conversation.
    Chat,
    /// Vectors.
    Embedding,
    /// An order of passages.
    Rerank,
    /// A continuation.
    Completion,
    /// Something else.
    Other,
}

/// How a request is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
pub enum ExecutionMode {
    /// Blocking.
    Sync,
    /// Without blocking.
    Async,
    /// Piece by piece.
    Streaming,
    /// Many at once.
    Batch,
    /// Something else.
    Other,
    /// Not known.
    #[telemetry(fallback)]
    Unknown,
}

/// The family of a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
pub enum ModelFamily {
    /// Nemotron.
    Nemotron,
    /// Mixtral.
    Mixtral,
    /// Mistral.
    Mistral,
    /// Llama.
    Llama,
    /// Gemma.
    Gemma,
    /// Qwen.
    Qwen,
    /// Not known.
    #[telemetry(fallback)]
    Unknown,
}

/// The kind of an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
pub enum ErrorCategory {
    /// No error.
    None,
    /// Unknown credentials.
    Authentication,
    /// Known credentials without permission.
    Authorization,
    /// Too many requests.
    RateLimited,
    /// No answer in time.
    Timeout,
    /// No connection.
    Network,
    /// Other refusals.
    #[telemetry(rename = "provider_4xx")]
    Provider4xx,
    /// Failures of the service.
    #[telemetry(rename = "provider_5xx")]
    Provider5xx,
    /// Requests that were never sent.
    ClientValidation,
    /// Requests that were given up.
    Cancelled,
    /// Not known.
    #[telemetry(fallback)]
    Unknown,
}

/// Errors by kind.
#[derive(Debug, Clone, PartialEq, Eq, TelemetryValue)]
pub struct ErrorCategoryCounts {
    /// Unknown credentials.
    #[telemetry(range = 0..=I32_MAX, sentinel = 0)]
    pub authentication: u32,
    /// Known credentials without permission.
    #[telemetry(range = 0..=I32_MAX, sentinel = 0)]
    pub authorization: u32,
    /// Too many requests.
    #[telemetry(rename = "rate_limited", range = 0..=I32_MAX, sentinel = 0)]
    pub rate_limited: u32,
    /// No answer in time.
    #[telemetry(range = 0..=I32_MAX, sentinel = 0)]
    pub timeout: u32,
    /// No connection.
    #[telemetry(range = 0..=I32_MAX, sentinel = 0)]
    pub network: u32,
    /// Other refusals.
    #[telemetry(rename = "provider_4xx", range = 0..=I32_MAX, sentinel = 0)]
    pub provider_4xx: u32,
    /// Failures of the service.
    #[telemetry(rename = "provider_5xx", range = 0..=I32_MAX, sentinel = 0)]
    pub provider_5xx: u32,
    /// Requests that were never sent.
    #[telemetry(rename = "client_validation", range = 0..=I32_MAX, sentinel = 0)]
    pub client_validation: u32,
    /// Requests that were given up.
    #[telemetry(range = 0..=I32_MAX, sentinel = 0)]
    pub cancelled: u32,
    /// Anything else.
    #[telemetry(range = 0..=I32_MAX, sentinel = 0)]
    pub unknown: u32,
}

/// Answers by class of HTTP status.
#[derive(Debug, Clone, PartialEq, Eq, TelemetryValue)]
pub struct HttpStatusClassCounts {
    /// Answers.
    #[telemetry(rename = "2xx", range = 0..=I32_MAX, sentinel = 0)]
    pub http_2xx: u32,
    /// Refusals.
    #[telemetry(rename = "4xx", range = 0..=I32_MAX, sentinel = 0)]
    pub http_4xx: u32,
    /// Failures of the service.
    #[telemetry(rename = "5xx", range = 0..=I32_MAX, sentinel = 0)]
    pub http_5xx: u32,
    /// Requests without an answer.
    #[telemetry(range = 0..=I32_MAX, sentinel = 0)]
    pub none: u32,
    /// Other classes.
    #[telemetry(range = 0..=I32_MAX, sentinel = 0)]
    pub unknown: u32,
}

/// Requests by duration.
#[derive(Debug, Clone, PartialEq, Eq, TelemetryValue)]
pub struct LatencyBucketCounts {
    /// Up to 100 ms.
    #[telemetry(rename = "le_100_ms", range = 0..=I32_MAX, sentinel = 0)]
    pub le_100_ms: u32,
    /// Up to 250 ms.
    #[telemetry(rename = "le_250_ms", range = 0..=I32_MAX, sentinel = 0)]
    pub le_250_ms: u32,
    /// Up to 500 ms.
    #[telemetry(rename = "le_500_ms", range = 0..=I32_MAX, sentinel = 0)]
    pub le_500_ms: u32,
    /// Up to 1,000 ms.
    #[telemetry(rename = "le_1000_ms", range = 0..=I32_MAX, sentinel = 0)]
    pub le_1000_ms: u32,
    /// Up to 2,500 ms.
    #[telemetry(rename = "le_2500_ms", range = 0..=I32_MAX, sentinel = 0)]
    pub le_2500_ms: u32,
    /// Up to 5,000 ms.
    #[telemetry(rename = "le_5000_ms", range = 0..=I32_MAX, sentinel = 0)]
    pub le_5000_ms: u32,
    /// Up to 10,000 ms.
    #[telemetry(rename = "le_10000_ms", range = 0..=I32_MAX, sentinel = 0)]
    pub le_10000_ms: u32,
    /// More than 10,000 ms.
    #[telemetry(rename = "gt_10000_ms", range = 0..=I32_MAX, sentinel = 0)]
    pub gt_10000_ms: u32,
}

/// An interval in which services were asked ended.
#[derive(Debug, Clone, PartialEq, TelemetryEvent)]
#[telemetry(product = NimClient, event_name = "nim_client_usage")]
#[telemetry(schema_version = "0.2", schema = "schemas/nim_client_usage.json")]
pub struct NimClientUsage {
    /// Version of the layout of these fields.
    #[telemetry(sentinel = LayoutVersion::V1)]
    pub event_schema_version: LayoutVersion,
    /// Start of the counted interval, as ISO 8601 in UTC.
    #[telemetry(free_text = "a time, which has no type of its own", max_len = 32, sentinel = "undefined")]
    pub window_start: String,
    /// Version of the code that counts.
    #[telemetry(sentinel = LayoutVersion::V1)]
    pub telemetry_client_version: LayoutVersion,
    /// The package that counts.
    #[telemetry(sentinel = Connector::LangchainNvidiaAiEndpoints)]
    pub connector: Connector,
    /// Its version.
    #[telemetry(sentinel = Version::from_static("unknown"))]
    pub connector_version: Version,
    /// The framework that the package belongs to.
    #[telemetry(sentinel = Framework::Langchain)]
    pub framework: Framework,
    /// Its version.
    #[telemetry(sentinel = Version::from_static("unknown"))]
    pub framework_version: Version,
    /// What was asked for.
    #[telemetry(sentinel = Operation::Other)]
    pub operation: Operation,
    /// How it was asked for.
    #[telemetry(sentinel = ExecutionMode::Unknown)]
    pub execution_mode: ExecutionMode,
    /// The family of the model.
    #[telemetry(sentinel = ModelFamily::Unknown)]
    pub model_family: ModelFamily,
    /// The service that was asked.
    #[telemetry(free_text = "model ids of public catalogues", max_len = 128, sentinel = "unknown")]
    pub nim_id: String,
    /// Requests that succeeded.
    #[telemetry(range = 0..=I32_MAX, sentinel = 0)]
    pub success_count: u32,
    /// Requests that failed.
    #[telemetry(range = 0..=I32_MAX, sentinel = 0)]
    pub failure_count: u32,
    /// Requests that were given up.
    #[telemetry(range = 0..=I32_MAX, sentinel = 0)]
    pub cancelled_count: u32,
    /// Requests with part of an answer.
    #[telemetry(range = 0..=I32_MAX, sentinel = 0)]
    pub partial_count: u32,
    /// Requests.
    #[telemetry(range = 0..=I32_MAX, sentinel = 0)]
    pub request_count: u32,
    /// Attempts, retries included.
    #[telemetry(range = 0..=I32_MAX, sentinel = 0)]
    pub attempt_count: u32,
    /// Requests that needed a retry.
    #[telemetry(range = 0..=I32_MAX, sentinel = 0)]
    pub retried_request_count: u32,
    /// Requests that needed none.
    #[telemetry(range = 0..=I32_MAX, sentinel = 0)]
    pub first_attempt_success_count: u32,
    /// Tokens of all prompts.
    #[telemetry(range = 0..=i64::MAX, sentinel = 0)]
    pub input_token_sum: u64,
    /// Tokens of all answers.
    #[telemetry(range = 0..=i64::MAX, sentinel = 0)]
    pub output_token_sum: u64,
    /// Requests without a count of tokens.
    #[telemetry(range = 0..=I32_MAX, sentinel = 0)]
    pub missing_token_count: u32,
    /// Attempts without a count of tokens.
    #[telemetry(range = 0..=I32_MAX, sentinel = 0)]
    pub missing_token_attempt_count: u32,
    /// The most frequent kind of error.
    #[telemetry(sentinel = ErrorCategory::Unknown)]
    pub error_category: ErrorCategory,
    /// Errors by kind.
    #[telemetry(sentinel = ErrorCategoryCounts::default())]
    pub error_category_counts: ErrorCategoryCounts,
    /// Answers by class of status.
    #[telemetry(sentinel = HttpStatusClassCounts::default())]
    pub http_status_class_counts: HttpStatusClassCounts,
    /// Requests by time to the end of the answer.
    #[telemetry(sentinel = LatencyBucketCounts::default())]
    pub latency_bucket_counts: LatencyBucketCounts,
    /// Requests by time to the first token.
    #[telemetry(sentinel = LatencyBucketCounts::default())]
    pub ttft_bucket_counts: LatencyBucketCounts,
    /// Requests without a time to the first token.
    #[telemetry(range = 0..=I32_MAX, sentinel = 0)]
    pub missing_ttft_count: u32,
    /// Intervals that were dropped before they were sent.
    #[telemetry(range = 0..=I32_MAX, sentinel = 0)]
    pub client_drop_count: u32,
    /// Retries of sending.
    #[telemetry(range = 0..=I32_MAX, sentinel = 0)]
    pub transport_retry_count: u32,
    /// Intervals that could not be sent.
    #[telemetry(range = 0..=I32_MAX, sentinel = 0)]
    pub prior_terminal_send_failure_count: u32,
    /// Identifier of the interval.
    #[telemetry(sentinel = Token::from_static("undefined"))]
    pub batch_id: Token,
}
