// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! From a configuration to the usage event.

use std::error::Error;

use guardrails_config::{RailType, normalize_flow_id};
use telemetry_core::client::Context;
use telemetry_core::value::{Token, Version};

use crate::event::GuardrailsUsageEvent;
use crate::feature::FeatureId;
use crate::tables::{Compat, Tables};
use crate::usage_config::{ConfigFacts, UsageConfig};
use crate::vocabulary::{DeploymentType, EventType, RailTypeInUse, RailsEngine};

/// Everything that decides a usage event.
#[derive(Clone, Copy)]
pub struct Usage<'a> {
    /// The configuration, if there is one.
    pub config: Option<&'a dyn UsageConfig>,
    /// How the product is deployed.
    pub deployment_type: DeploymentType,
    /// The engine that reports.
    pub rails_engine: RailsEngine,
    /// Version of the product.
    pub nemoguardrails_version: &'a Version,
    /// Version of the Python interpreter that hosts the product.
    pub python_version: &'a Version,
    /// Where features are looked up.
    pub tables: &'a Tables,
    /// The release whose built-in flows and aliases are looked up; [`Compat::of`] is that of a version.
    pub compat: Compat,
}

impl std::fmt::Debug for Usage<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Usage").field("deployment_type", &self.deployment_type).finish_non_exhaustive()
    }
}

impl Usage<'_> {
    /// The startup event at this moment. Without a configuration only the fields about the system are filled in.
    ///
    /// # Errors
    ///
    /// If the configuration cannot be read.
    pub fn event(&self, context: &Context<'_>) -> Result<GuardrailsUsageEvent, Box<dyn Error>> {
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
            nemoguardrails_version: self.nemoguardrails_version.clone(),
            python_version: self.python_version.clone(),
            platform: context.host().platform().to_owned(),
            os_name: context.host().os_name().parse().unwrap_or(Token::from_static("unknown")),
            deployment_type: self.deployment_type,
            rails_engine: self.rails_engine,
            timestamp: context.timestamp(),
            event: EventType::Startup,
            ..GuardrailsUsageEvent::default()
        }
    }

    /// The features in use, and what gives each away; a feature can have several reasons (reference:
    /// `_detect_builtin_features`).
    pub fn reasons<'a>(&'a self, facts: &'a ConfigFacts) -> impl Iterator<Item = (FeatureId, Reason<'a>)> {
        let fields = facts.changed_rails_config_fields.iter();
        let by_field = fields.filter_map(|field| {
            let feature = self.tables.feature_id(field, self.compat)?;
            Some((feature, Reason::Field(field)))
        });
        let by_flow = facts.rail_flows.values().flatten().filter_map(|flow| {
            let feature = self.tables.feature_of_flow(normalize_flow_id(flow), self.compat)?;
            Some((feature, Reason::Flow(flow)))
        });
        by_field.chain(by_flow)
    }
}

/// What gives a feature away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason<'a> {
    /// This field of `rails.config` differs from its default.
    Field(&'a str),
    /// This flow, as the configuration writes it, belongs to the feature.
    Flow(&'a str),
}

fn rail_types_in_use(facts: &ConfigFacts) -> Vec<RailTypeInUse> {
    let with_flows = facts.rail_flows.iter().filter(|(_, flows)| !flows.is_empty());
    let dialog = facts.dialog_single_call_enabled.then_some(RailTypeInUse::Dialog);
    with_flows.map(|(rail, _)| RailTypeInUse::from(*rail)).chain(dialog).collect()
}

impl From<RailType> for RailTypeInUse {
    fn from(rail: RailType) -> Self {
        match rail {
            RailType::Input => Self::Input,
            RailType::Output => Self::Output,
            RailType::Retrieval => Self::Retrieval,
            RailType::ToolOutput => Self::ToolOutput,
            RailType::ToolInput => Self::ToolInput,
        }
    }
}

fn count(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;
    use std::sync::Arc;

    use telemetry_core::host::HostFacts;
    use telemetry_core::session::SessionId;

    use super::*;
    use crate::host::Host;

    /// A configuration of a host's own: its facts, or why they cannot be read.
    struct Own(Result<ConfigFacts, &'static str>);

    impl UsageConfig for Own {
        fn facts(&self, _: RailsEngine) -> Result<ConfigFacts, Box<dyn Error>> {
            Ok(self.0.clone()?)
        }
    }

    fn event(config: Option<&dyn UsageConfig>) -> Result<GuardrailsUsageEvent, Box<dyn Error>> {
        let (host, machine, session) = (Host::default(), HostFacts::detect(), SessionId::undefined());
        let context = Context::new(1.0, &session, &machine);
        host.usage(config, DeploymentType::Library, RailsEngine::LlmRails).event(&context)
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
        let facts = ConfigFacts {
            rail_flows: [(RailType::ToolInput, vec![]), (RailType::Output, names.map(str::to_owned).into())]
                .into(),
            changed_rails_config_fields: names.map(str::to_owned).into(),
            ..ConfigFacts::default()
        };
        let event = event(Some(&Own(Ok(facts)))).unwrap();
        assert_eq!(event.num_rails_configured, 7);
        assert_eq!(event.rail_types_in_use, [RailTypeInUse::Output]);
        assert_eq!(event.builtin_features.into_iter().collect::<Vec<_>>(), [FeatureId::SelfCheck]);
    }

    #[test]
    fn a_pointer_to_a_configuration_is_read_through() {
        let facts = || Ok(ConfigFacts { num_custom_flows: 3, ..ConfigFacts::default() });
        let (borrowed, boxed, rc, arc) =
            (Own(facts()), Box::new(Own(facts())), Rc::new(Own(facts())), Arc::new(Own(facts())));
        let configs: [&dyn UsageConfig; 4] = [&&borrowed, &boxed, &rc, &arc];
        for config in configs {
            assert_eq!(event(Some(config)).unwrap().num_custom_flows, 3);
        }
    }
}
