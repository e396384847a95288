// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! From a loaded document to a valid configuration: types, rules, environment, and the facts of the event.

use std::collections::{BTreeMap, HashSet};

use super::colang::FlowId;
use super::error::{ConfigError, ErrorKind};
use super::loader::Loaded;
use super::options::LoadOptions;
use super::schema::{self, KeyPath, to_bool, to_text};
use super::yaml::{Node, Value};
use super::{RailsConfig, rules};
use crate::rail::RailType;

/// Checks everything and keeps what the event needs.
pub(crate) fn validate(loaded: Loaded, options: &LoadOptions) -> Result<RailsConfig, ConfigError> {
    let Loaded { document, mut flows, kb_documents, replacements, merged_configurations } = loaded;
    flow_elements(&document)?;
    schema::check(&document, &schema::top::CONFIGURATION, &KeyPath::ROOT)?;
    rules::check(&document)?;
    keys_are_set(&document, options)?;
    flows.add_yaml(document.get("flows").map(Node::items).unwrap_or_default());
    let flows_of = |rail: &RailType| texts(document.find(&["rails", rail.as_str(), "flows"]));
    let rail_flows: BTreeMap<_, _> = RailType::ALL.iter().map(|rail| (*rail, flows_of(rail))).collect();
    let used = [RailType::Input, RailType::Output, RailType::Retrieval].iter();
    let used: HashSet<FlowId> =
        used.filter_map(|rail| rail_flows.get(rail)).flatten().map(|flow| FlowId::of(flow)).collect();
    Ok(RailsConfig {
        colang_version: document
            .get("colang_version")
            .and_then(owned_text)
            .unwrap_or_else(|| "1.0".to_owned()),
        model_engines: engines(&document),
        dialog_single_call: is_on(&document, &["rails", "dialog", "single_call", "enabled"]),
        output_streaming: is_on(&document, &["rails", "output", "streaming", "enabled"]),
        tracing: is_on(&document, &["tracing", "enabled"]),
        documents: kb_documents + document.get("docs").map_or(0, |docs| docs.items().len() as u64),
        changed_fields: changed_fields(&document)?,
        custom_flows: flows.custom(),
        custom_flows_llm_rails: flows.custom_without(&used),
        flow_sources: flows.sources,
        scanned_colang: flows.scanned,
        skipped_colang: flows.skipped,
        replacements,
        merged_configurations,
        rail_flows,
    })
}

fn owned_text(node: &Node) -> Option<String> {
    to_text(&node.value).map(|text| text.into_owned())
}

fn texts(list: Option<&Node>) -> Vec<String> {
    list.map(Node::items).unwrap_or_default().iter().filter_map(owned_text).collect()
}

fn is_on(document: &Node, keys: &[&str]) -> bool {
    document.find(keys).and_then(|value| to_bool(&value.value)).unwrap_or(false)
}

fn engines(document: &Node) -> Vec<String> {
    let models = document.get("models").map(Node::items).unwrap_or_default();
    let engines = models.iter().filter_map(|model| model.get("engine").and_then(owned_text));
    engines.filter(|engine| !engine.is_empty()).collect()
}

fn changed_fields(document: &Node) -> Result<Vec<&'static str>, ConfigError> {
    let Some(settings) = document.find(&["rails", "config"]) else { return Ok(Vec::new()) };
    let path = KeyPath::ROOT;
    let rails = path.key("rails");
    let model = &schema::rails_config::RAILS_CONFIG;
    Ok(schema::fields(settings, model, &rails.key("config"))?.changed(model))
}

/// Each variable that a model takes its key from must be set and not empty.
fn keys_are_set(document: &Node, options: &LoadOptions) -> Result<(), ConfigError> {
    for model in document.get("models").map(Node::items).unwrap_or_default() {
        let Some(variable) = model.get("api_key_env_var") else { continue };
        let name = owned_text(variable).unwrap_or_default();
        if !name.is_empty() && !options.is_set(&name) {
            return Err(ConfigError::at(
                ErrorKind::Environment,
                &variable.place,
                format!("names the variable `{name}`, which is not set"),
            )
            .about("models[].api_key_env_var")
            .help(format!("set `{name}`, or remove the key")));
        }
    }
    Ok(())
}

/// Flows in the YAML of a Colang 1.0 configuration are mappings with a list of mappings.
fn flow_elements(document: &Node) -> Result<(), ConfigError> {
    let flows = document.get("flows").map(Node::items).unwrap_or_default();
    let version = document.get("colang_version").map_or(Some("1.0"), Node::as_str);
    if version != Some("1.0") {
        return Ok(());
    }
    flows.iter().enumerate().try_for_each(|(index, flow)| flow_is_well_formed(flow, index))
}

fn flow_is_well_formed(flow: &Node, index: usize) -> Result<(), ConfigError> {
    let is_mapping = |node: &Node| matches!(node.value, Value::Map(_));
    let elements = flow.get("elements").filter(|elements| elements.value.is_truthy());
    let well_formed =
        is_mapping(flow) && elements.is_none_or(|elements| elements.items().first().is_some_and(is_mapping));
    if well_formed {
        return Ok(());
    }
    Err(ConfigError::at(ErrorKind::Value, &flow.place, "is not a mapping with a list of elements")
        .about(format_args!("flows[{index}]"))
        .help("write `id:` and `elements:` below it, or write the flow in a Colang file"))
}
