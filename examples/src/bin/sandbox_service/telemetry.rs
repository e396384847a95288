// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The telemetry of the service, all of it: what the product is, its five events, and the client.

use std::time::Duration;

use telemetry_core::consent::Rule;
use telemetry_core::{
    Client, ConsentPolicy, EventKeyOrder, Product, Profile, QueuePolicy, SessionPolicy, TelemetryEnum,
    TelemetryEvent, TelemetryValue,
};
use telemetry_examples::this_machine;

/// A service that looks after sandboxes.
pub(crate) struct OpenShell;

impl Product for OpenShell {
    const PROFILE: Profile = Profile::new("openshell", "415437562476676")
        .source("nvidiaSource", "openshell")
        .system_version("openshell-telemetry/1.0")
        // An example reports to this machine. The product leaves this line out.
        .endpoint("http://127.0.0.1:4319/v1.1/events/json")
        .endpoint_env("OPENSHELL_TELEMETRY_ENDPOINT")
        .session(SessionPolicy::Undefined)
        .event_keys(EventKeyOrder::NameLast)
        .envelope_values(&[("cpuArchitecture", std::env::consts::ARCH)])
        .queue(QueuePolicy { max_records: 1024, ..QueuePolicy::DEFAULT })
        .exit_wait(Duration::from_secs(2))
        .consent(ConsentPolicy::variables(&[
            ("OPENSHELL_TELEMETRY_ENABLED", Rule::Enable),
            ("DO_NOT_TRACK", Rule::OptOut),
            ("CI", Rule::OptOut),
        ]));
}

/// The client of the process.
pub(crate) fn start() -> Client<OpenShell> {
    let client = Client::builder().version(env!("CARGO_PKG_VERSION")).start();
    // The product leaves this line out, too.
    this_machine::report_here_only(&client);
    client
}

/// How an operation ended.
#[derive(Debug, Clone, Copy, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
pub(crate) enum Outcome {
    Success,
    Failure,
}

/// What an operation was about.
#[derive(Debug, Clone, Copy, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
pub(crate) enum Resource {
    Sandbox,
    SandboxPolicy,
}

/// What happened to a sandbox or a provider.
#[derive(Debug, Clone, Copy, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
pub(crate) enum LifecycleOperation {
    Create,
    Delete,
    Stop,
    Start,
    Update,
}

/// Whose account a sandbox may use.
#[derive(Debug, Clone, Copy, TelemetryEnum)]
#[telemetry(rename_all = "lowercase")]
pub(crate) enum ProviderProfile {
    Anthropic,
    Claude,
    Codex,
    Copilot,
    DeepInfra,
    GitHub,
    GitLab,
    Nvidia,
    OpenAi,
    OpenCode,
    Outlook,
    #[telemetry(fallback)]
    Custom,
}

/// Where the files that a sandbox starts with come from.
#[derive(Debug, Clone, Copy, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
pub(crate) enum TemplateSource {
    Default,
    Image,
    #[telemetry(fallback)]
    Undefined,
}

/// What runs a sandbox.
#[derive(Debug, Clone, Copy, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
pub(crate) enum ComputeDriver {
    Docker,
    Kubernetes,
    Podman,
    Vm,
    #[telemetry(fallback)]
    Unknown,
}

/// What was decided about proposed rules.
#[derive(Debug, Clone, Copy, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
pub(crate) enum PolicyOperation {
    Approve,
    Reject,
    Undo,
    ApproveAll,
}

/// Why a request of a sandbox was denied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
pub(crate) enum DenyGroup {
    Bypass,
    ConnectPolicy,
    ForwardPolicy,
    #[telemetry(rename = "l7_parse_rejection")]
    L7ParseRejection,
    #[telemetry(rename = "l7_policy")]
    L7Policy,
    PolicyStale,
    Ssrf,
    #[telemetry(fallback)]
    Unknown,
}

/// Something was done to a sandbox or its policy.
#[derive(Debug, TelemetryEvent)]
#[telemetry(product = OpenShell, event_name = "openshell_lifecycle_event")]
#[telemetry(schema_version = "4.0", schema = "schemas/openshell.json")]
pub(crate) struct LifecycleEvent {
    /// What it was done to.
    pub(crate) resource: Resource,
    /// What was done.
    pub(crate) operation: LifecycleOperation,
    /// How it ended.
    #[telemetry(outcome)]
    pub(crate) outcome: Outcome,
}

/// Something was done to a provider.
#[derive(Debug, TelemetryEvent)]
#[telemetry(product = OpenShell, event_name = "openshell_provider_lifecycle_event")]
#[telemetry(schema_version = "4.0", schema = "schemas/openshell.json")]
pub(crate) struct ProviderLifecycleEvent {
    /// What was done.
    pub(crate) operation: LifecycleOperation,
    /// How it ended.
    #[telemetry(outcome)]
    pub(crate) outcome: Outcome,
    /// Whose account the provider gives access to.
    pub(crate) provider_profile: ProviderProfile,
}

/// A sandbox was created, or not.
#[derive(Debug, TelemetryEvent)]
#[telemetry(product = OpenShell, event_name = "openshell_sandbox_create_event")]
#[telemetry(schema_version = "4.0", schema = "schemas/openshell.json")]
pub(crate) struct SandboxCreateEvent {
    /// How the creation ended.
    #[telemetry(outcome)]
    pub(crate) outcome: Outcome,
    /// Whether a GPU was asked for.
    pub(crate) requested_gpu: bool,
    /// Providers that the sandbox may use.
    #[telemetry(range = 0..=i64::MAX)]
    pub(crate) provider_count: u64,
    /// Whether the policy is the user's own.
    pub(crate) has_custom_policy: bool,
    /// Where the files that the sandbox starts with come from.
    pub(crate) template_source: TemplateSource,
    /// What runs the sandbox.
    pub(crate) compute_driver: ComputeDriver,
}

/// Proposed rules of a policy were decided upon.
#[derive(Debug, TelemetryEvent)]
#[telemetry(product = OpenShell, event_name = "openshell_policy_decision_event")]
#[telemetry(schema_version = "4.0", schema = "schemas/openshell.json")]
pub(crate) struct PolicyDecisionEvent {
    /// The decision.
    pub(crate) operation: PolicyOperation,
    /// Whether it took effect.
    #[telemetry(outcome)]
    pub(crate) outcome: Outcome,
    /// How many rules it was about.
    #[telemetry(range = 0..=i64::MAX)]
    pub(crate) rule_count: u64,
}

/// Requests that were denied for one reason.
#[derive(Debug, TelemetryValue)]
pub(crate) struct Denials {
    /// The reason.
    pub(crate) deny_group: DenyGroup,
    /// How many there were.
    #[telemetry(range = 0..=i64::MAX)]
    pub(crate) denied_count: u64,
}

/// What sandboxes did on the network since the last summary.
#[derive(Debug, TelemetryEvent)]
#[telemetry(product = OpenShell, event_name = "openshell_sandbox_activity_summary_event")]
#[telemetry(schema_version = "4.0", schema = "schemas/openshell.json")]
pub(crate) struct SandboxActivitySummaryEvent {
    /// Requests.
    #[telemetry(range = 0..=i64::MAX)]
    pub(crate) network_activity_count: u64,
    /// Requests that were denied.
    #[telemetry(range = 0..=i64::MAX)]
    pub(crate) denied_action_count: u64,
    /// Share of denied requests, in percent.
    #[telemetry(range = 0.0..=100.0, sentinel = 0.0)]
    pub(crate) denial_rate_pct: f64,
    /// Denied requests by reason.
    pub(crate) denials_by_group: Vec<Denials>,
}
