// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Explains the value of each field of an event.

use std::collections::BTreeMap;
use std::path::Path;

use telemetry_core::__command1::{counted, escape_untrusted};

use crate::feature::FeatureId;
use crate::usage::{Reason, Usage};
use crate::usage_config::ConfigFacts;
use crate::vocabulary::RailsEngine;
use guardrails_config::{FlowOrigin, RailType, RailsConfig};

/// The maximum length of a file name or import in a reason, in characters.
const LONGEST_NAME: usize = 80;

/// The inputs of the explanations.
pub(super) struct Explanation<'a> {
    pub(super) usage: &'a Usage<'a>,
    pub(super) config: &'a RailsConfig,
    pub(super) facts: &'a ConfigFacts,
    /// The path of the configuration as given; files in it are named by the rest of their paths.
    pub(super) root: &'a Path,
}

impl Explanation<'_> {
    /// The reasons for the value of the field with this Rust name, one per line; empty for a field that this command does not know.
    pub(super) fn of(&self, field: &str) -> Vec<String> {
        let mut lines = match field {
            "builtin_features" => self.features(),
            "rail_types_in_use" => self.rail_types(),
            "num_custom_flows" => self.custom_flows(),
            _ => vec![self.in_one_line(field)],
        };
        lines.extend(self.replacement(field));
        lines
    }

    fn in_one_line(&self, field: &str) -> String {
        match field {
            "session_id" => "random, new for every process".into(),
            "nemoguardrails_version" | "python_version" => "known only inside a host that sets it".into(),
            "platform" | "os_name" => "this machine".into(),
            "colang_version" => "`colang_version`, or 1.0 without it".into(),
            "llm_providers" => "`engine` of every model".into(),
            "num_rails_configured" => self.flow_counts(),
            "tracing_enabled" => "`tracing.enabled`".into(),
            "deployment_type" => "`--deployment-type`; a host says its own".into(),
            "rails_engine" => "`--engine`; a host says its own".into(),
            "has_knowledge_base" => {
                format!("{} in `kb` or under `docs`", counted(self.config.num_documents(), "document"))
            }
            "streaming_configured" => "`rails.output.streaming.enabled`".into(),
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

    /// Every type with the flows behind it.
    fn rail_types(&self) -> Vec<String> {
        let flows = RailType::ALL.iter().map(|rail| (rail, self.config.rail_flows(*rail)));
        let mut lines: Vec<String> = flows
            .filter_map(|(rail, flows)| Some(format!("{}: {}", rail.as_str(), flow_names(flows)?)))
            .collect();
        if self.config.dialog_single_call_enabled() {
            lines.push("dialog: `rails.dialog.single_call.enabled`".into());
        }
        if lines.is_empty() { vec!["no rail has flows".into()] } else { lines }
    }

    /// Which file a field depends on, where several files say something about it.
    fn replacement(&self, field: &str) -> Option<String> {
        let key = match field {
            "colang_version" => "colang_version",
            "tracing_enabled" => "tracing",
            "num_rails_configured" | "rail_types_in_use" | "streaming_configured" | "builtin_features" => {
                "rails"
            }
            _ => return None,
        };
        let replacement = self.config.replacements().iter().find(|replacement| replacement.key == key)?;
        let replaced = replacement.replaced.iter().rev().map(|file| self.file(file));
        Some(format!(
            "`{key}` of {} counts and replaces that of {}; the product may read them in another order",
            self.file(&replacement.counts),
            joined(replaced, ", ").unwrap_or_default(),
        ))
    }

    /// Every feature with all reasons for it.
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

    /// The files with custom flows, the flows that this engine does not count, and the files that are ignored.
    fn custom_flows(&self) -> Vec<String> {
        let sources = self.config.flow_sources().iter().filter(|source| source.custom > 0);
        let texts = sources.map(|source| format!("{} {}", self.origin(&source.origin), source.custom));
        let mut lines: Vec<String> = joined(texts, ", ").into_iter().collect();
        let left_out = self.config.num_custom_flows() - self.config.num_custom_flows_llm_rails();
        if let Some(line) = lines.last_mut()
            && self.usage.rails_engine == RailsEngine::LlmRails
            && left_out > 0
        {
            line.push_str(&format!("; less {left_out} used as rails"));
        }
        lines.extend(self.skipped());
        if lines.is_empty() { vec!["no flow is the user's own".into()] } else { lines }
    }

    /// The Colang files of the other version, and how the version was detected.
    fn skipped(&self) -> Option<String> {
        let files = joined(self.config.skipped_colang_files().iter().map(|file| self.file(file)), ", ")?;
        Some(match self.config.colang_version() {
            "1.0" => format!("skipped as Colang 2.x, since no line begins with `define`: {files}"),
            _ => format!("skipped as Colang 1.0, since a line begins with `define`: {files}"),
        })
    }

    fn origin(&self, origin: &FlowOrigin) -> String {
        match origin {
            FlowOrigin::File(path) => self.file(path),
            FlowOrigin::Bundled(import) => format!("import {}", escape_untrusted(import, LONGEST_NAME)),
            FlowOrigin::Yaml => "`flows`".into(),
            FlowOrigin::Rails => "flows of `rails`".into(),
            _ => "elsewhere".into(), // The reader may add other sources.
        }
    }

    /// A file by its path inside the configuration.
    fn file(&self, path: &Path) -> String {
        let inside = path.strip_prefix(self.root).unwrap_or(path);
        escape_untrusted(&inside.to_string_lossy(), LONGEST_NAME)
    }
}

fn flow_names(flows: &[String]) -> Option<String> {
    joined(flows.iter().map(|flow| format!("`{}`", escape_untrusted(flow, LONGEST_NAME))), ", ")
}

fn joined(texts: impl Iterator<Item = String>, separator: &str) -> Option<String> {
    texts.reduce(|all, text| all + separator + &text)
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
        let usage = Usage::new(&host, DeploymentType::Library, RailsEngine::LlmRails).config(&config);
        let facts = config.facts(usage.rails_engine).unwrap();
        let explanation = Explanation { usage: &usage, config: &config, facts: &facts, root: dir.path() };
        for field in GuardrailsUsageEvent::DESCRIPTOR.fields {
            assert!(explanation.of(field.rust_name).iter().all(|line| !line.is_empty()), "{}", field.name);
        }
    }
}
