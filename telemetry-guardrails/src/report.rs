// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Reporting: one call when an engine is constructed, through one client for the whole process.

use std::panic::{AssertUnwindSafe, catch_unwind};

use once_cell::race::OnceBox;
use telemetry_core::client::{ClientBuilder, Context, EnvironmentSnapshot};
use telemetry_core::deployment::Deployment;
use telemetry_core::{Client, Product};

use crate::event::GuardrailsUsageEvent;
use crate::host::Host;
use crate::product::Guardrails;
use crate::usage::Usage;
use crate::usage_config::UsageConfig;
use crate::vocabulary::{DeploymentType, EventType, RailsEngine};

/// The state of the process-wide client, published once without a lock that a forked child could inherit.
struct ProcessWide {
    host: Host,
    client: Client<Guardrails>,
}

static PROCESS_WIDE: OnceBox<ProcessWide> = OnceBox::new();

/// The deployment type that overrides that of reports.
static DEPLOYMENT: Deployment<Guardrails, DeploymentType> = Deployment::new();

impl ProcessWide {
    fn start(host: Host, builder: ClientBuilder<Guardrails>) -> Self {
        let mut builder = builder.version(host.nemoguardrails_version.as_str());
        if let Some(wait) = host.exit_wait {
            builder = builder.flush_at_exit(wait);
        }
        if let Some(facts) = host.host_facts.clone() {
            builder = builder.host_facts(facts);
        }
        Self { host, client: builder.start() }
    }

    fn get() -> &'static Self {
        PROCESS_WIDE.get_or_init(|| Box::new(Self::start(Host::default(), Client::builder())))
    }

    /// The same, without reading the environment.
    fn get_in(environment: &EnvironmentSnapshot<Guardrails>) -> &'static Self {
        let builder = || Client::builder().environment(environment.clone());
        PROCESS_WIDE.get_or_init(|| Box::new(Self::start(Host::default(), builder())))
    }
}

/// Sets the facts about the process. Returns `false` and changes nothing if the process-wide client exists already, for instance
/// because an engine has reported.
///
/// Starts the client of the process, which reads the environment but no file.
pub fn set_host(host: Host) -> bool {
    PROCESS_WIDE.set(Box::new(ProcessWide::start(host, Client::builder()))).is_ok()
}

/// Like [`set_host`], and has the whole process report through this client: one with a
/// [transport](telemetry_core::client::ClientBuilder::transport) of the host's own, without which a build without the feature
/// `http` sends nothing. The version of the host goes into events; its `host_facts` and `exit_wait` are not used, so set both on
/// the builder of the client.
///
/// ```
/// use telemetry_core::transport::{Request, Response, TransportError};
/// use telemetry_core::{Client, Transport};
/// use telemetry_guardrails::{Host, set_client};
///
/// struct Discard;
///
/// impl Transport for Discard {
///     fn post(&mut self, _: &Request<'_>) -> Result<Response, TransportError> {
///         Ok(Response::new(204))
///     }
/// }
///
/// assert!(set_client(Host::default(), Client::builder().transport(|| Discard).start()));
/// ```
pub fn set_client(host: Host, client: Client<Guardrails>) -> bool {
    PROCESS_WIDE.set(Box::new(ProcessWide { host, client })).is_ok()
}

/// The client that the whole process reports through.
#[must_use]
pub fn client() -> &'static Client<Guardrails> {
    &ProcessWide::get().client
}

/// Sets how the process is deployed: a server passes `api` and a chat `cli` before they construct an engine. It overrides the
/// deployment type of reports, also in forked children. A text that is not in the vocabulary is ignored.
///
/// ```
/// telemetry_guardrails::set_deployment_type("api");
/// ```
pub fn set_deployment_type(deployment_type: &str) {
    if Guardrails::COMPILED
        && let Err(error) = DEPLOYMENT.claim_text(deployment_type)
    {
        log::debug!("the deployment type stays as it is: {error}");
    }
}

/// The deployment type that a report with this one carries.
#[must_use]
pub fn effective_deployment_type(deployment_type: DeploymentType) -> DeploymentType {
    DEPLOYMENT.claimed().unwrap_or(deployment_type)
}

/// Reports that an engine was constructed, unless something has opted out. The first report of a process also starts its
/// heartbeats.
///
/// Call it last in the engine's constructor. It returns at once, whatever happens: it waits for nothing but a look at
/// the user's marker file, the first time also at the two of the machine, and without `HOME` for the user database, once. In a
/// process that has opted out, and while a marker of the machine is there, each report looks at the machine's too, unless the
/// switch or a variable has decided before. It prints nothing of its own and never panics. A configuration that cannot be read
/// costs the event, and the reason is logged at debug level. So does a panic of the [`UsageConfig`], but then the host's panic
/// hook is called, and the standard one prints.
///
/// In a build without the feature `telemetry` it does nothing.
///
/// Without a configuration the event tells about the system only. Texts are accepted for the deployment type and the
/// engine; one that is not in the vocabulary is reported as `undefined`.
///
/// ```
/// use telemetry_guardrails::{DeploymentType, RailsConfig, RailsEngine, report_usage};
///
/// struct LlmRails {
///     config: RailsConfig,
/// }
///
/// impl LlmRails {
///     fn new(config: RailsConfig) -> Self {
///         let engine = Self { config };
///         report_usage(Some(&engine.config), DeploymentType::Library, RailsEngine::LlmRails);
///         engine
///     }
/// }
///
/// report_usage(None, "library", "");
/// ```
pub fn report_usage(
    config: Option<&dyn UsageConfig>,
    deployment_type: impl Into<DeploymentType>,
    rails_engine: impl Into<RailsEngine>,
) {
    if Guardrails::COMPILED {
        report_process_wide(None, config, deployment_type.into(), rails_engine.into());
    }
}

/// The first of two steps of a report, for a host that guards its environment with a lock, as an interpreter does: reads the
/// environment, and looks at no file.
///
/// ```
/// use telemetry_guardrails::{read_environment, report_usage_in};
///
/// // Under the host's lock:
/// let environment = read_environment();
///
/// // Without it:
/// report_usage_in(&environment, None, "library", "LLMRails");
/// ```
#[must_use]
pub fn read_environment() -> EnvironmentSnapshot<Guardrails> {
    Client::read_environment()
}

/// The second step: like [`report_usage`], with the variables of the snapshot instead of those of the process. All opt-outs by
/// variables are in the snapshot, so take a new one for each report.
pub fn report_usage_in(
    environment: &EnvironmentSnapshot<Guardrails>,
    config: Option<&dyn UsageConfig>,
    deployment_type: impl Into<DeploymentType>,
    rails_engine: impl Into<RailsEngine>,
) {
    if Guardrails::COMPILED {
        report_process_wide(Some(environment), config, deployment_type.into(), rails_engine.into());
    }
}

/// Reports through the client of the process, with the variables of the snapshot if there is one.
fn report_process_wide(
    environment: Option<&EnvironmentSnapshot<Guardrails>>,
    config: Option<&dyn UsageConfig>,
    deployment_type: DeploymentType,
    rails_engine: RailsEngine,
) {
    survive(|| {
        let ProcessWide { host, client } = environment.map_or_else(ProcessWide::get, ProcessWide::get_in);
        // Under an opt-out nothing of this is looked up.
        let event = |context: &Context<'_>| host.event(config, deployment_type, rails_engine, context);
        match environment {
            Some(environment) => client.in_environment(environment).try_emit_with_heartbeat(event, heartbeat),
            None => client.try_emit_with_heartbeat(event, heartbeat),
        };
    });
}

/// A configuration type of the host's own may panic; that is one report less.
fn survive(report: impl FnOnce()) {
    if catch_unwind(AssertUnwindSafe(report)).is_err() {
        log::debug!("no usage is reported: the configuration panicked");
    }
}

impl Host {
    fn event(
        &self,
        config: Option<&dyn UsageConfig>,
        deployment_type: DeploymentType,
        rails_engine: RailsEngine,
        context: &Context<'_>,
    ) -> Option<GuardrailsUsageEvent> {
        let usage = Usage::new(self, effective_deployment_type(deployment_type), rails_engine);
        event(&config.map_or(usage, |config| usage.config(config)), context)
    }
}

/// Reports through a client of one's own; see [`report_usage`] for the process-wide one. Returns the consent decision. A
/// configuration that cannot be read costs the event.
pub fn report(client: &Client<Guardrails>, usage: &Usage<'_>) -> telemetry_core::consent::ConsentDecision {
    client.try_emit_with_heartbeat(|context| event(usage, context), heartbeat)
}

/// The startup event, if the configuration can be read (reference: `report_usage` sends nothing otherwise).
fn event(usage: &Usage<'_>, context: &Context<'_>) -> Option<GuardrailsUsageEvent> {
    let event = usage.event(context);
    event.map_err(|error| log::debug!("no usage is reported: the configuration cannot be read: {error}")).ok()
}

/// The startup event again, as the heartbeat of this moment.
fn heartbeat(startup: &GuardrailsUsageEvent, context: &Context<'_>) -> GuardrailsUsageEvent {
    GuardrailsUsageEvent {
        event: EventType::Heartbeat,
        timestamp: context.timestamp(),
        session_id: context.session().clone(),
        ..startup.clone()
    }
}
