// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! From a configuration to the usage event.

use telemetry_core::{Context, HostFacts, Token, Version};

use crate::config::{RailType, normalize_flow_id};
use crate::event::GuardrailsUsageEvent;
use crate::feature::FeatureId;
use crate::tables::{Compat, Tables};
use crate::usage_config::UsageConfig;
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
    /// The release whose tables are used.
    pub compat: Compat,
}

impl std::fmt::Debug for Usage<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Usage").field("deployment_type", &self.deployment_type).finish_non_exhaustive()
    }
}

impl Usage<'_> {
    /// The startup event at this moment. Without a configuration only the fields about the system are filled in.
    #[must_use]
    pub fn event(&self, context: &Context<'_>) -> GuardrailsUsageEvent {
        let system = self.system_event(context);
        let Some(config) = self.config else { return system };
        GuardrailsUsageEvent {
            colang_version: config.colang_version().to_owned(),
            llm_providers: config.llm_providers(),
            num_rails_configured: count(
                RailType::ALL.iter().map(|rail| config.rail_flows(*rail).len() as u64).sum(),
            ),
            rail_types_in_use: rail_types_in_use(config),
            tracing_enabled: config.tracing_enabled(),
            has_knowledge_base: config.has_knowledge_base(),
            streaming_configured: config.output_streaming_enabled(),
            builtin_features: self.builtin_features(config).collect(),
            num_custom_flows: count(config.num_custom_flows(self.rails_engine)),
            ..system
        }
    }

    fn system_event(&self, context: &Context<'_>) -> GuardrailsUsageEvent {
        let HostFacts { platform, os_name, .. } = context.host;
        GuardrailsUsageEvent {
            session_id: context.session.clone(),
            nemoguardrails_version: self.nemoguardrails_version.clone(),
            python_version: self.python_version.clone(),
            platform: platform.clone(),
            os_name: os_name.parse().unwrap_or(Token::from_static("unknown")),
            deployment_type: self.deployment_type,
            rails_engine: self.rails_engine,
            timestamp: context.timestamp,
            event: EventType::Startup,
            ..GuardrailsUsageEvent::default()
        }
    }

    /// The features in use, and what gives each away; a feature can have several reasons (reference:
    /// `_detect_builtin_features`).
    pub fn reasons<'a>(
        &'a self,
        config: &'a dyn UsageConfig,
    ) -> impl Iterator<Item = (FeatureId, Reason<'a>)> {
        let fields = config.changed_rails_config_fields().iter();
        let by_field = fields.filter_map(|field| {
            let feature = self.tables.feature_id(field, self.compat)?;
            Some((feature, Reason::Field(field)))
        });
        let flows = RailType::ALL.iter().flat_map(|rail| config.rail_flows(*rail));
        let by_flow = flows.filter_map(|flow| {
            let feature = self.tables.feature_of_flow(normalize_flow_id(flow), self.compat)?;
            Some((feature, Reason::Flow(flow)))
        });
        by_field.chain(by_flow)
    }

    fn builtin_features<'a>(&'a self, config: &'a dyn UsageConfig) -> impl Iterator<Item = FeatureId> {
        self.reasons(config).map(|(feature, _)| feature)
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

fn rail_types_in_use(config: &dyn UsageConfig) -> Vec<RailTypeInUse> {
    let with_flows = RailType::ALL.iter().filter(|rail| !config.rail_flows(**rail).is_empty());
    let dialog = config.dialog_single_call_enabled().then_some(RailTypeInUse::Dialog);
    with_flows.map(|rail| RailTypeInUse::from(*rail)).chain(dialog).collect()
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
