// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! NVIDIA OpenShell: events of sandboxes, their providers and their policies.

use telemetry_core::consent::Rule;
use telemetry_core::profile::{EventKeyOrder, QueuePolicy, SessionPolicy};
use telemetry_core::{ConsentPolicy, Product, Profile, TelemetryEnum, TelemetryEvent, TelemetryValue};

/// NVIDIA OpenShell. It has a client id of its own and names itself under another key than the NeMo products.
///
/// Opting out: `OPENSHELL_TELEMETRY_ENABLED` with any value but a clear yes, `DO_NOT_TRACK` or `CI` with any
/// value but a clear no.
#[derive(Debug, Clone, Copy)]
pub struct OpenShell;

impl Product for OpenShell {
    const PROFILE: Profile = Profile::new("openshell", "415437562476676")
        .source("nvidiaSource", "openshell")
        .system_version("openshell-telemetry/1.0")
        .endpoint_env("OPENSHELL_TELEMETRY_ENDPOINT")
        .session(SessionPolicy::Undefined)
        .event_keys(EventKeyOrder::NameLast)
        .envelope_values(&[("cpuArchitecture", std::env::consts::ARCH)])
        .queue(QueuePolicy::of(1024))
        .consent(ConsentPolicy::variables(&[
            ("OPENSHELL_TELEMETRY_ENABLED", Rule::Enable),
            ("DO_NOT_TRACK", Rule::OptOut),
            ("CI", Rule::OptOut),
        ]));
}

/// How an operation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
pub enum Outcome {
    /// As asked.
    Success,
    /// Otherwise.
    Failure,
}

/// What an operation was about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
pub enum Resource {
    /// A sandbox.
    Sandbox,
    /// The policy of a sandbox.
    SandboxPolicy,
}

/// What happened to a sandbox or a provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
pub enum LifecycleOperation {
    /// It was made.
    Create,
    /// It was removed.
    Delete,
    /// It was stopped.
    Stop,
    /// It was started.
    Start,
    /// It was changed.
    Update,
}

/// Whose account a sandbox may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, TelemetryEnum)]
#[telemetry(rename_all = "lowercase")]
pub enum ProviderProfile {
    /// Anthropic's API.
    Anthropic,
    /// Claude Code.
    Claude,
    /// Codex.
    Codex,
    /// Copilot.
    Copilot,
    /// DeepInfra.
    DeepInfra,
    /// GitHub.
    GitHub,
    /// GitLab.
    GitLab,
    /// NVIDIA.
    Nvidia,
    /// OpenAI's API.
    OpenAi,
    /// OpenCode.
    OpenCode,
    /// Outlook.
    Outlook,
    /// One that the user has described.
    Custom,
}

/// Where the template of a sandbox comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
pub enum TemplateSource {
    /// It is the default one.
    Default,
    /// It is an image.
    Image,
    /// Not known.
    #[telemetry(fallback)]
    Undefined,
}

/// What runs a sandbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
pub enum ComputeDriver {
    /// Docker.
    Docker,
    /// Kubernetes.
    Kubernetes,
    /// Podman.
    Podman,
    /// A virtual machine.
    Vm,
    /// Not known.
    #[telemetry(fallback)]
    Unknown,
}

/// What was decided about proposed rules of a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
pub enum PolicyOperation {
    /// One was accepted.
    Approve,
    /// One was refused.
    Reject,
    /// A decision was taken back.
    Undo,
    /// All were accepted.
    ApproveAll,
}

/// Why an action of a sandbox was denied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
pub enum DenyGroup {
    /// It went past the proxy.
    Bypass,
    /// No rule allows the connection.
    ConnectPolicy,
    /// No rule allows to forward it.
    ForwardPolicy,
    /// Its request could not be read.
    #[telemetry(rename = "l7_parse_rejection")]
    L7ParseRejection,
    /// No rule allows the request.
    #[telemetry(rename = "l7_policy")]
    L7Policy,
    /// The policy had been replaced.
    PolicyStale,
    /// It aimed at the host's own network.
    Ssrf,
    /// Not known.
    #[telemetry(fallback)]
    Unknown,
}

/// Something happened to a sandbox or its policy.
#[derive(Debug, Clone, PartialEq, TelemetryEvent)]
#[telemetry(product = OpenShell, event_name = "openshell_lifecycle_event")]
#[telemetry(schema_version = "4.0", schema = "schemas/openshell_lifecycle_event.json")]
pub struct LifecycleEvent {
    /// What the operation was about.
    pub resource: Resource,
    /// The operation.
    pub operation: LifecycleOperation,
    /// How it ended.
    #[telemetry(outcome)]
    pub outcome: Outcome,
}

/// Something happened to a provider.
#[derive(Debug, Clone, PartialEq, TelemetryEvent)]
#[telemetry(product = OpenShell, event_name = "openshell_provider_lifecycle_event")]
#[telemetry(schema_version = "4.0", schema = "schemas/openshell_provider_lifecycle_event.json")]
pub struct ProviderLifecycleEvent {
    /// The operation.
    pub operation: LifecycleOperation,
    /// How it ended.
    #[telemetry(outcome)]
    pub outcome: Outcome,
    /// Whose account the provider gives access to.
    pub provider_profile: ProviderProfile,
}

/// A sandbox was created, or not.
#[derive(Debug, Clone, PartialEq, TelemetryEvent)]
#[telemetry(product = OpenShell, event_name = "openshell_sandbox_create_event")]
#[telemetry(schema_version = "4.0", schema = "schemas/openshell_sandbox_create_event.json")]
pub struct SandboxCreateEvent {
    /// How the creation ended.
    #[telemetry(outcome)]
    pub outcome: Outcome,
    /// Whether a GPU was asked for.
    pub requested_gpu: bool,
    /// Providers that the sandbox may use.
    #[telemetry(range = 0..=i64::MAX)]
    pub provider_count: u64,
    /// Whether the policy is the user's own.
    pub has_custom_policy: bool,
    /// Where the template comes from.
    pub template_source: TemplateSource,
    /// What runs the sandbox.
    pub compute_driver: ComputeDriver,
}

/// Proposed rules of a policy were decided upon.
#[derive(Debug, Clone, PartialEq, TelemetryEvent)]
#[telemetry(product = OpenShell, event_name = "openshell_policy_decision_event")]
#[telemetry(schema_version = "4.0", schema = "schemas/openshell_policy_decision_event.json")]
pub struct PolicyDecisionEvent {
    /// The decision.
    pub operation: PolicyOperation,
    /// Whether it took effect.
    #[telemetry(outcome)]
    pub outcome: Outcome,
    /// How many rules it was about.
    #[telemetry(range = 0..=i64::MAX)]
    pub rule_count: u64,
}

/// Denied actions of one kind.
#[derive(Debug, Clone, PartialEq, TelemetryValue)]
pub struct Denials {
    /// Why they were denied.
    pub deny_group: DenyGroup,
    /// How many there were.
    #[telemetry(range = 0..=i64::MAX)]
    pub denied_count: u64,
}

/// What a sandbox did on the network since the last summary.
#[derive(Debug, Clone, PartialEq, TelemetryEvent)]
#[telemetry(product = OpenShell, event_name = "openshell_sandbox_activity_summary_event")]
#[telemetry(schema_version = "4.0", schema = "schemas/openshell_sandbox_activity_summary_event.json")]
pub struct SandboxActivitySummaryEvent {
    /// Actions.
    #[telemetry(range = 0..=i64::MAX)]
    pub network_activity_count: u64,
    /// Actions that were denied.
    #[telemetry(range = 0..=i64::MAX)]
    pub denied_action_count: u64,
    /// Share of denied actions, in percent.
    #[telemetry(range = 0.0..=100.0, sentinel = 0.0)]
    pub denial_rate_pct: f64,
    /// Denied actions by reason.
    pub denials_by_group: Vec<Denials>,
}
