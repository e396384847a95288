// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The facts for the usage event from a configuration that `guardrails-config` has read.

use std::error::Error;

use guardrails_config::{RailType, RailsConfig};

use crate::usage_config::{ConfigFacts, UsageConfig};
use crate::vocabulary::RailsEngine;

/// Never fails, because only valid configurations load.
impl UsageConfig for RailsConfig {
    fn facts(&self, engine: RailsEngine) -> Result<ConfigFacts, Box<dyn Error + Send + Sync>> {
        let facts = ConfigFacts::default()
            .colang_version(self.colang_version())
            .llm_providers(self.model_engines())
            .dialog_single_call_enabled(self.dialog_single_call_enabled())
            .output_streaming_enabled(self.output_streaming_enabled())
            .tracing_enabled(self.tracing_enabled())
            .has_knowledge_base(self.has_knowledge_base())
            .changed_rails_config_fields(self.changed_rails_config_fields().iter().copied())
            .num_custom_flows(num_custom_flows(self, engine));
        Ok(RailType::ALL.iter().fold(facts, |facts, rail| facts.rail_flows(*rail, self.rail_flows(*rail))))
    }
}

/// The full engine marks the user's rail flows as its own, so it counts fewer custom flows (loading rules, section 5.3).
fn num_custom_flows(config: &RailsConfig, engine: RailsEngine) -> u64 {
    match engine {
        RailsEngine::LlmRails => config.num_custom_flows_llm_rails(),
        RailsEngine::IoRails | RailsEngine::Undefined => config.num_custom_flows(),
    }
}
