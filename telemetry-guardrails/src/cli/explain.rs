// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Why each field of an event has its value.

use std::collections::BTreeMap;
use std::path::Path;

use telemetry_core::printable;

use crate::config::{FlowOrigin, RailType, RailsConfig};
use crate::feature::FeatureId;
use crate::usage::{Reason, Usage};
use crate::usage_config::ConfigFacts;
use crate::vocabulary::RailsEngine;

/// The longest name of a file or import in a reason, in characters.
const LONGEST_NAME: usize = 80;

/// What the reasons are taken from.
pub(super) struct Explanation<'a> {
    pub(super) usage: &'a Usage<'a>,
    pub(super) config: &'a RailsConfig,
    pub(super) facts: &'a ConfigFacts,
}

impl Explanation<'_> {
    /// Why the field with this name in Rust has its value, line by line; empty for a field that this command does not know.
    pub(super) fn of(&self, field: &str) -> Vec<String> {
        if field == "builtin_features" { self.features() } else { vec![self.in_one_line(field)] }
    }

    fn in_one_line(&self, field: &str) -> String {
        match field {
            "session_id" => "random, new for every process".into(),
            "nemoguardrails_version" | "python_version" => "known only inside a host that sets it".into(),
            "platform" | "os_name" => "this machine".into(),
            "colang_version" => "`colang_version`, or 1.0 without it".into(),
            "llm_providers" => "`engine` of every model".into(),
            "num_rails_configured" => self.flow_counts(),
            "rail_types_in_use" => self.rail_types(),
            "tracing_enabled" => "`tracing.enabled`".into(),
            "deployment_type" => "`--deployment-type`; a host says its own".into(),
            "rails_engine" => "`--engine`; a host says its own".into(),
            "has_knowledge_base" => {
                format!("{} in `kb` or under `docs`", counted(self.config.num_documents(), "document"))
            }
            "streaming_configured" => "`rails.output.streaming.enabled`".into(),
            "num_custom_flows" => self.custom_flows(),
            "timestamp" => "now, in seconds since 1970".into(),
            "event" => "an engine was constructed".into(),
            _ => String::new(),
        }
    }

    fn flow_counts(&self) -> String {
        let counts = RailType::ALL.iter().map(|rail| (rail, self.config.rail_flows(*rail).len()));
        let counts =
            counts.filter(|(_, count)| *count > 0).map(|(rail, count)| format!("{} {count}", rail.as_str()));
        joined(counts, " + ").unwrap_or_else(|| "no rail has flows".into())
    }

    fn rail_types(&self) -> String {
        let dialog = if self.config.dialog_single_call_enabled() {
            "; `rails.dialog.single_call.enabled`"
        } else {
            ""
        };
        format!("rails with flows{dialog}")
    }

    /// Every feature with all that gives it away.
    fn features(&self) -> Vec<String> {
        let mut reasons: BTreeMap<_, Vec<String>> = BTreeMap::new();
        for (feature, reason) in self.usage.reasons(self.facts) {
            reasons.entry(feature).or_default().push(match reason {
                Reason::Field(field) => format!("`rails.config.{field}`"),
                Reason::Flow(flow) => format!("flow `{flow}`"),
            });
        }
        if reasons.is_empty() {
            return vec!["no built-in flow, and `rails.config` is at its defaults".into()];
        }
        let line = |(feature, mut reasons): (FeatureId, Vec<String>)| {
            reasons.sort();
            reasons.dedup();
            format!("{feature}: {}", reasons.join(", "))
        };
        reasons.into_iter().map(line).collect()
    }

    /// Where the custom flows are, and which of them this engine leaves out.
    fn custom_flows(&self) -> String {
        let sources = self.config.flow_sources().iter().filter(|source| source.custom > 0);
        let texts = sources.map(|source| format!("{} {}", origin(&source.origin), source.custom));
        let places = joined(texts, ", ").unwrap_or_else(|| "no flow is the user's own".into());
        let left_out = self.config.num_custom_flows() - self.config.num_custom_flows_llm_rails();
        if self.usage.rails_engine == RailsEngine::LlmRails && left_out > 0 {
            return format!("{places}; less {left_out} used as rails");
        }
        places
    }
}

fn origin(origin: &FlowOrigin) -> String {
    match origin {
        FlowOrigin::File(path) => printable(&file_name(path), LONGEST_NAME),
        FlowOrigin::Bundled(import) => format!("import {}", printable(import, LONGEST_NAME)),
        FlowOrigin::Yaml => "`flows`".into(),
        FlowOrigin::Rails => "flows of `rails`".into(),
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

fn joined(texts: impl Iterator<Item = String>, separator: &str) -> Option<String> {
    texts.reduce(|all, text| all + separator + &text)
}

fn counted(number: u64, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

#[cfg(test)]
mod tests {
    use telemetry_core::TelemetryEvent;

    use super::*;
    use crate::event::GuardrailsUsageEvent;
    use crate::host::Host;
    use crate::usage_config::UsageConfig;
    use crate::vocabulary::DeploymentType;

    #[test]
    fn every_field_has_a_reason() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("config.yml"), "models: []\n").unwrap();
        let (config, host) = (RailsConfig::from_path(dir.path()).unwrap(), Host::default());
        let usage = host.usage(Some(&config), DeploymentType::Library, RailsEngine::LlmRails);
        let facts = config.facts(usage.rails_engine).unwrap();
        let explanation = Explanation { usage: &usage, config: &config, facts: &facts };
        for field in GuardrailsUsageEvent::DESCRIPTOR.fields {
            assert!(explanation.of(field.rust_name).iter().all(|line| !line.is_empty()), "{}", field.name);
        }
    }
}
