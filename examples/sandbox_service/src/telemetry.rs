// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The telemetry of the service, all of it: what the product is, its five events, and the client.

use std::time::Duration;

use telemetry_core::consent::Rule;
use telemetry_core::profile::{EventKeyOrder, QueuePolicy, SessionPolicy};
use telemetry_core::{
    Client, ConsentPolicy, Product, Profile, TelemetryEnum, TelemetryEvent, TelemetryValue,
};
use telemetry_examples::this_machine;

/// The version of the schema file that all events keep to. A new one there is a new one here, and nowhere else.
pub const SCHEMA_VERSION: &str = "4.0";

/// A service that looks after sandboxes.
#[derive(Debug, Clone, Copy)]
pub struct OpenShell;

impl Product for OpenShell {
    const COMPILED: bool = cfg!(feature = "telemetry");
    const PROFILE: Profile = Profile::new("openshell", "415437562476676")
        .source("nvidiaSource", "openshell")
        .system_version("openshell-telemetry/1.0")
        // An example reports to this machine. The product leaves this line out.
        .endpoint("http://127.0.0.1:4319/v1.1/events/json")
        .endpoint_env("OPENSHELL_TELEMETRY_ENDPOINT")
        .session(SessionPolicy::Undefined)
        .event_keys(EventKeyOrder::NameLast)
        .envelope_values(&[("cpuArchitecture", std::env::consts::ARCH)])
        .queue(QueuePolicy::of(1024))
        .exit_wait(Duration::from_secs(2))
        .consent(ConsentPolicy::variables(&[
            ("OPENSHELL_TELEMETRY_ENABLED", Rule::Enable),
            ("DO_NOT_TRACK", Rule::OptOut),
            ("CI", Rule::OptOut),
        ]));
}

/// The client of the process.
pub fn start() -> Client<OpenShell> {
    let client = Client::builder().version(env!("CARGO_PKG_VERSION")).start();
    // The product leaves this line out, too.
    this_machine::report_here_only(&client);
    client
}

/// How an operation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
pub enum Outcome {
    Success,
    Failure,
}

/// What an operation was about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
pub enum Resource {
    Sandbox,
    SandboxPolicy,
}

/// What happened to a sandbox or a provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
pub enum LifecycleOperation {
    Create,
    Delete,
    Stop,
    Start,
    Update,
}

/// Whose account a sandbox may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, TelemetryEnum)]
#[telemetry(rename_all = "lowercase")]
pub enum ProviderProfile {
    Anthropic,
    #[telemetry(alias = "claude-code")]
    Claude,
    Codex,
    Copilot,
    DeepInfra,
    #[telemetry(alias = "gh")]
    GitHub,
    #[telemetry(alias = "glab")]
    GitLab,
    Nvidia,
    OpenAi,
    OpenCode,
    Outlook,
    #[telemetry(fallback)]
    Custom,
}

/// Where the files that a sandbox starts with come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
pub enum TemplateSource {
    Default,
    Image,
    #[telemetry(fallback)]
    Undefined,
}

/// What runs a sandbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
pub enum ComputeDriver {
    Docker,
    #[telemetry(alias = "k8s")]
    Kubernetes,
    Podman,
    Vm,
    #[telemetry(fallback)]
    Unknown,
}

/// What was decided about proposed rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
pub enum PolicyOperation {
    Approve,
    Reject,
    Undo,
    ApproveAll,
}

/// Why a request of a sandbox was denied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
pub enum DenyGroup {
    Bypass,
    #[telemetry(alias("connect", "l4_deny"))]
    ConnectPolicy,
    #[telemetry(alias = "forward")]
    ForwardPolicy,
    #[telemetry(rename = "l7_parse_rejection", alias = "parse_rejection")]
    L7ParseRejection,
    #[telemetry(rename = "l7_policy", alias("l7", "l7_deny", "forward-l7-deny"))]
    L7Policy,
    PolicyStale,
    Ssrf,
    #[telemetry(fallback)]
    Unknown,
}

/// Something was done to a sandbox or its policy.
#[derive(Debug, Clone, PartialEq, TelemetryEvent)]
#[telemetry(product = OpenShell, event_name = "openshell_lifecycle_event")]
#[telemetry(schema_version = SCHEMA_VERSION, schema = "../schemas/openshell.json")]
pub struct LifecycleEvent {
    /// What it was done to.
    pub resource: Resource,
    /// What was done.
    pub operation: LifecycleOperation,
    /// How it ended.
    #[telemetry(outcome)]
    pub outcome: Outcome,
}

/// Something was done to a provider.
#[derive(Debug, Clone, PartialEq, TelemetryEvent)]
#[telemetry(product = OpenShell, event_name = "openshell_provider_lifecycle_event")]
#[telemetry(schema_version = SCHEMA_VERSION, schema = "../schemas/openshell.json")]
pub struct ProviderLifecycleEvent {
    /// What was done.
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
#[telemetry(schema_version = SCHEMA_VERSION, schema = "../schemas/openshell.json")]
pub struct SandboxCreateEvent {
    /// How the creation ended.
    #[telemetry(outcome)]
    pub outcome: Outcome,
    /// Whether a GPU was asked for.
    pub requested_gpu: bool,
    /// Providers that the sandbox may use.
    #[telemetry(range = 0..=i64::MAX, out_of_range = "drop")]
    pub provider_count: u64,
    /// Whether the policy is the user's own.
    pub has_custom_policy: bool,
    /// Where the files that the sandbox starts with come from.
    pub template_source: TemplateSource,
    /// What runs the sandbox.
    pub compute_driver: ComputeDriver,
}

/// Proposed rules of a policy were decided upon.
#[derive(Debug, Clone, PartialEq, TelemetryEvent)]
#[telemetry(product = OpenShell, event_name = "openshell_policy_decision_event")]
#[telemetry(schema_version = SCHEMA_VERSION, schema = "../schemas/openshell.json")]
pub struct PolicyDecisionEvent {
    /// The decision.
    pub operation: PolicyOperation,
    /// Whether it took effect.
    #[telemetry(outcome)]
    pub outcome: Outcome,
    /// How many rules it was about.
    #[telemetry(range = 0..=i64::MAX, out_of_range = "drop")]
    pub rule_count: u64,
}

/// Requests that were denied for one reason.
#[derive(Debug, Clone, PartialEq, TelemetryValue)]
pub struct Denials {
    /// The reason.
    pub deny_group: DenyGroup,
    /// How many there were.
    #[telemetry(range = 0..=i64::MAX, out_of_range = "drop")]
    pub denied_count: u64,
}

/// What sandboxes did on the network since the last summary.
#[derive(Debug, Clone, PartialEq, TelemetryEvent)]
#[telemetry(product = OpenShell, event_name = "openshell_sandbox_activity_summary_event")]
#[telemetry(schema_version = SCHEMA_VERSION, schema = "../schemas/openshell.json")]
pub struct SandboxActivitySummaryEvent {
    /// Requests.
    #[telemetry(range = 0..=i64::MAX, out_of_range = "drop")]
    pub network_activity_count: u64,
    /// Requests that were denied.
    #[telemetry(range = 0..=i64::MAX, out_of_range = "drop")]
    pub denied_action_count: u64,
    /// Share of denied requests, in percent.
    #[telemetry(range = 0.0..=100.0, sentinel = 0.0, out_of_range = "drop")]
    pub denial_rate_pct: f64,
    /// Denied requests by reason.
    pub denials_by_group: Vec<Denials>,
}

#[cfg(all(test, feature = "telemetry"))]
mod tests {
    use telemetry_core::stats::DropReason;
    use telemetry_core::testing;

    use super::*;

    #[test]
    fn a_count_that_nobody_can_send_drops_its_event() {
        let (telemetry, sent) = testing::capture::<OpenShell>();
        for rule_count in [3, u64::MAX] {
            telemetry.emit(PolicyDecisionEvent {
                operation: PolicyOperation::Approve,
                outcome: Outcome::Success,
                rule_count,
            });
        }
        let counts: Vec<_> =
            sent.events().iter().map(|event| event.parameters["ruleCount"].clone()).collect();
        assert_eq!(counts, [3]);
        assert_eq!(telemetry.stats().dropped(DropReason::OutOfRange), 1);
    }

    #[test]
    fn texts_of_the_program_are_read_with_their_other_names() {
        assert_eq!(ProviderProfile::from_wire("claude-code").as_str(), "claude");
        assert_eq!(ComputeDriver::from_wire("k8s").as_str(), "kubernetes");
        assert_eq!(DenyGroup::from_wire("forward-l7-deny"), DenyGroup::L7Policy);
        assert_eq!(DenyGroup::from_wire("something else"), DenyGroup::Unknown);
    }
}
