// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Creates the usage event of a configuration.

use std::error::Error;

use guardrails_config::normalize_flow_id;
use telemetry_core::client::Context;
use telemetry_core::value::Token;

use crate::event::GuardrailsUsageEvent;
use crate::feature::FeatureId;
use crate::host::Host;
use crate::usage_config::{ConfigFacts, UsageConfig};
use crate::vocabulary::{DeploymentType, EventType, RailTypeInUse, RailsEngine};

/// The inputs of a usage event: the host, its deployment type, the reporting engine, and the configuration.
///
/// ```
/// use telemetry_core::Client;
/// use telemetry_guardrails::{Guardrails, Host, RailsEngine, Usage, report};
///
/// let host = Host::new("0.24.1".parse()?);
/// let client = Client::<Guardrails>::builder().start();
/// report(&client, &Usage::new(&host, "library", RailsEngine::LlmRails));
/// # Ok::<(), telemetry_core::value::IdentifierError>(())
/// ```
#[derive(Clone, Copy)]
pub struct Usage<'a> {
    host: &'a Host,
    config: Option<&'a dyn UsageConfig>,
    deployment_type: DeploymentType,
    pub(crate) rails_engine: RailsEngine,
}

impl<'a> Usage<'a> {
    /// The usage of an engine without a configuration.
    #[must_use]
    pub fn new(
        host: &'a Host,
        deployment_type: impl Into<DeploymentType>,
        rails_engine: impl Into<RailsEngine>,
    ) -> Self {
        let (deployment_type, rails_engine) = (deployment_type.into(), rails_engine.into());
        Self { host, config: None, deployment_type, rails_engine }
    }

    /// The configuration of the engine.
    #[must_use]
    pub fn config(mut self, config: &'a dyn UsageConfig) -> Self {
        self.config = Some(config);
        self
    }
}

impl std::fmt::Debug for Usage<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Usage").field("deployment_type", &self.deployment_type).finish_non_exhaustive()
    }
}

impl Usage<'_> {
    /// The startup event, with the current time. Without a configuration, only the fields about the system are set.
    ///
    /// # Errors
    ///
    /// If the configuration cannot be read.
    pub fn event(&self, context: &Context<'_>) -> Result<GuardrailsUsageEvent, Box<dyn Error + Send + Sync>> {
        let system = self.system_event(context);
        let Some(config) = self.config else { return Ok(system) };
        let facts = config.facts(self.rails_engine)?;
        Ok(GuardrailsUsageEvent {
            num_rails_configured: count(facts.rail_flows.values().map(|flows| flows.len() as u64).sum()),
            rail_types_in_use: rail_types_in_use(&facts),
            builtin_features: self.reasons(&facts).map(|(feature, _)| feature).collect(),
            colang_version: facts.colang_version,
            llm_providers: facts.llm_providers,
            tracing_enabled: facts.tracing_enabled,
            has_knowledge_base: facts.has_knowledge_base,
            streaming_configured: facts.output_streaming_enabled,
            num_custom_flows: count(facts.num_custom_flows),
            ..system
        })
    }

    fn system_event(&self, context: &Context<'_>) -> GuardrailsUsageEvent {
        GuardrailsUsageEvent {
            session_id: context.session().clone(),
            nemoguardrails_version: self.host.nemoguardrails_version.clone(),
            python_version: self.host.python_version.clone(),
            platform: context.host().platform().to_owned(),
            os_name: context.host().os_name().parse().unwrap_or(Token::from_static("unknown")),
            deployment_type: self.deployment_type,
            rails_engine: self.rails_engine,
            timestamp: context.timestamp(),
            event: EventType::Startup,
            ..GuardrailsUsageEvent::default()
        }
    }

    /// The features in use, with the reasons for each (reference: `_detect_builtin_features`).
    pub fn reasons<'a>(
        &self,
        facts: &'a ConfigFacts,
    ) -> impl Iterator<Item = (FeatureId, Reason<'a>)> + use<'a> {
        let (tables, compat) = (self.host.effective_tables(), self.host.effective_compat());
        let fields = facts.changed_rails_config_fields.iter();
        let by_field = fields.filter_map(move |field| {
            let feature = tables.feature_id(field, compat)?;
            Some((feature, Reason::Field(field)))
        });
        let by_flow = facts.rail_flows.values().flatten().filter_map(move |flow| {
            let feature = tables.feature_of_flow(normalize_flow_id(flow), compat)?;
            Some((feature, Reason::Flow(flow)))
        });
        by_field.chain(by_flow)
    }
}

/// The reason why a feature counts as used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Reason<'a> {
    /// This field of `rails.config` differs from its default.
    Field(&'a str),
    /// This flow, as the configuration writes it, belongs to the feature.
    Flow(&'a str),
}

/// The groups with flows, and `dialog`. A group without a name in the event is not sent.
fn rail_types_in_use(facts: &ConfigFacts) -> Vec<RailTypeInUse> {
    let with_flows = facts.rail_flows.iter().filter(|(_, flows)| !flows.is_empty());
    let dialog = facts.dialog_single_call_enabled.then_some(RailTypeInUse::Dialog);
    with_flows.filter_map(|(rail, _)| RailTypeInUse::from_wire(rail.as_str())).chain(dialog).collect()
}

fn count(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;
    use std::sync::Arc;

    use guardrails_config::RailType;
    use telemetry_core::host::HostFacts;
    use telemetry_core::session::SessionId;

    use super::*;

    /// The configuration of a host with its own type: its facts, or the error of reading them.
    struct Own(Result<ConfigFacts, &'static str>);

    impl UsageConfig for Own {
        fn facts(&self, _: RailsEngine) -> Result<ConfigFacts, Box<dyn Error + Send + Sync>> {
            Ok(self.0.clone()?)
        }
    }

    fn event(config: Option<&dyn UsageConfig>) -> Result<GuardrailsUsageEvent, Box<dyn Error + Send + Sync>> {
        let (host, machine, session) = (Host::default(), HostFacts::detect(), SessionId::undefined());
        let context = Context::new(1.0, &session, &machine);
        let usage = Usage { config, ..Usage::new(&host, DeploymentType::Library, RailsEngine::LlmRails) };
        usage.event(&context)
    }

    #[test]
    fn a_configuration_that_cannot_be_read_has_no_event() {
        let error = event(Some(&Own(Err("the interpreter is gone")))).unwrap_err();
        assert_eq!(error.to_string(), "the interpreter is gone");
        assert!(event(None).is_ok());
    }

    #[test]
    fn a_configuration_that_says_nothing_counts_nothing() {
        let event = event(Some(&Own(Ok(ConfigFacts::default())))).unwrap();
        assert_eq!((event.colang_version.as_str(), event.num_rails_configured), ("1.0", 0));
        assert!(event.rail_types_in_use.is_empty() && event.builtin_features.is_empty());
    }

    #[test]
    fn names_that_belong_to_no_feature_are_counted_at_most() {
        let names =
            ["acme", "", ".", "self check input(", "regex_detection.x", "Self Check Input", "\u{2028}"];
        let facts = ConfigFacts::default()
            .rail_flows(RailType::ToolInput, [""; 0])
            .rail_flows(RailType::Output, names)
            .changed_rails_config_fields(names);
        let event = event(Some(&Own(Ok(facts)))).unwrap();
        assert_eq!(event.num_rails_configured, 7);
        assert_eq!(event.rail_types_in_use, [RailTypeInUse::Output]);
        assert_eq!(event.builtin_features.into_iter().collect::<Vec<_>>(), [FeatureId::SelfCheck]);
    }

    #[test]
    fn every_group_of_rails_has_its_name_in_the_event() {
        for rail in RailType::ALL {
            let facts = ConfigFacts::default().rail_flows(*rail, ["acme"]);
            let in_use = event(Some(&Own(Ok(facts)))).unwrap().rail_types_in_use;
            assert_eq!(in_use.iter().map(RailTypeInUse::as_str).collect::<Vec<_>>(), [rail.as_str()]);
        }
    }

    #[test]
    fn a_pointer_to_a_configuration_is_read_through() {
        let facts = || Ok(ConfigFacts::default().num_custom_flows(3));
        let (borrowed, boxed, rc, arc) =
            (Own(facts()), Box::new(Own(facts())), Rc::new(Own(facts())), Arc::new(Own(facts())));
        let configs: [&dyn UsageConfig; 4] = [&&borrowed, &boxed, &rc, &arc];
        for config in configs {
            assert_eq!(event(Some(config)).unwrap().num_custom_flows, 3);
        }
    }
}
