// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The event fields that follow from a configuration, computed here from the reference's own flow table.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use telemetry_guardrails::config::{RailType, RailsConfig, normalize_flow_id};

/// Compares an event field by field and says what differs.
pub(crate) fn differences(config: &RailsConfig, expected: &Value, features: &Value) -> Vec<String> {
    let actual = of(config, features);
    let actual = actual.as_object().unwrap();
    let differs = |(name, value): &(&String, &Value)| expected[name.as_str()] != **value;
    actual
        .iter()
        .filter(differs)
        .map(|(name, value)| format!("{name}: {value}, expected {}", expected[name]))
        .collect()
}

fn of(config: &RailsConfig, features: &Value) -> Value {
    let engines: BTreeSet<&str> = config.model_engines().collect();
    let rails = || RailType::ALL.iter().filter(|rail| !config.rail_flows(**rail).is_empty());
    let types: Vec<&str> = rails()
        .map(|rail| rail.as_str())
        .chain(config.dialog_single_call_enabled().then_some("dialog"))
        .collect();
    json!({
        "colangVersion": config.colang_version(),
        "llmProviders": engines,
        "numRailsConfigured": rails().map(|rail| config.rail_flows(*rail).len()).sum::<usize>(),
        "railTypesInUse": types,
        "tracingEnabled": config.tracing_enabled(),
        "hasKnowledgeBase": config.has_knowledge_base(),
        "streamingConfigured": config.output_streaming_enabled(),
        "builtinFeatures": builtin_features(config, features),
        "numCustomFlows": config.num_custom_flows(),
    })
}

fn builtin_features(config: &RailsConfig, features: &Value) -> BTreeSet<String> {
    let aliased = |field: &str| {
        let alias = features["id_aliases"][field].as_str();
        alias.unwrap_or_else(|| field.split('.').next().unwrap()).to_owned()
    };
    let fields = config.changed_rails_config_fields().iter().map(|field| aliased(field));
    let flows = RailType::ALL.iter().flat_map(|rail| config.rail_flows(*rail));
    let owned = flows.filter_map(|flow| features["flows"][normalize_flow_id(flow)]["feature"].as_str());
    fields.chain(owned.map(str::to_owned)).collect()
}
