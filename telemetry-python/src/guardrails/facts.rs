// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The attributes of a configuration that the event is made from, read in the way of the reference (`_collect_usage_data`): what
//! is missing there has a default, and what raises there raises here.

use std::collections::BTreeSet;

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyFloat, PyInt, PyString};
use telemetry_guardrails::ConfigFacts;
use telemetry_guardrails::config::RailType;

use crate::interpreter::{Names, attribute, set_attribute, tolerate};

type Object<'py> = Bound<'py, PyAny>;

/// Everything but the number of flows.
pub(super) fn read(config: &Object<'_>) -> PyResult<ConfigFacts> {
    let names = Names::get(config.py());
    let facts = ConfigFacts::default()
        .colang_version(text(&config.getattr(names.colang_version.bind(config.py()))?)?)
        .llm_providers(providers(config, names)?)
        .tracing_enabled(is_enabled(set_attribute(config, &names.tracing)?.as_ref(), names)?)
        .has_knowledge_base(is_true(attribute(config, &names.docs)?.as_ref())?);
    match set_attribute(config, &names.rails)? {
        Some(rails) => with_rails(facts, &rails, names),
        None => Ok(facts),
    }
}

fn with_rails(facts: ConfigFacts, rails: &Object<'_>, names: &Names) -> PyResult<ConfigFacts> {
    let mut facts = facts
        .dialog_single_call_enabled(single_call_enabled(rails, names)?)
        .output_streaming_enabled(streaming_enabled(rails, names)?)
        .changed_rails_config_fields(changed_fields(rails, names)?);
    for (rail, name) in [
        (RailType::Input, &names.input),
        (RailType::Output, &names.output),
        (RailType::Retrieval, &names.retrieval),
        (RailType::ToolOutput, &names.tool_output),
        (RailType::ToolInput, &names.tool_input),
    ] {
        if let Some(group) = set_attribute(rails, name)? {
            facts = facts.rail_flows(rail, flows(&group, names)?);
        }
    }
    Ok(facts)
}

fn flows(group: &Object<'_>, names: &Names) -> PyResult<Vec<String>> {
    let Some(flows) = attribute(group, &names.flows)? else { return Ok(Vec::new()) };
    flows.try_iter()?.map(|flow| text(&flow?)).collect()
}

fn providers(config: &Object<'_>, names: &Names) -> PyResult<BTreeSet<String>> {
    let mut providers = BTreeSet::new();
    let Some(models) = attribute(config, &names.models)? else { return Ok(providers) };
    for model in models.try_iter()? {
        if let Some(engine) = attribute(&model?, &names.engine)?
            && engine.is_truthy()?
        {
            providers.insert(text(&engine)?);
        }
    }
    Ok(providers)
}

fn single_call_enabled(rails: &Object<'_>, names: &Names) -> PyResult<bool> {
    let Some(dialog) = set_attribute(rails, &names.dialog)? else { return Ok(false) };
    let Some(single_call) = set_attribute(&dialog, &names.single_call)? else { return Ok(false) };
    is_true(attribute(&single_call, &names.enabled)?.as_ref())
}

fn streaming_enabled(rails: &Object<'_>, names: &Names) -> PyResult<bool> {
    let Some(output) = set_attribute(rails, &names.output)? else { return Ok(false) };
    is_enabled(set_attribute(&output, &names.streaming)?.as_ref(), names)
}

/// The fields of `rails.config` that differ from their default. An exception ends the comparison, with what was found before it.
fn changed_fields(rails: &Object<'_>, names: &Names) -> PyResult<Vec<String>> {
    let mut changed = Vec::new();
    if let Some(data) = set_attribute(rails, &names.config)? {
        tolerate(rails.py(), compare(&data, names, &mut changed))?;
    }
    Ok(changed)
}

fn compare(data: &Object<'_>, names: &Names, changed: &mut Vec<String>) -> PyResult<()> {
    let class = data.get_type();
    let default = class.call0()?;
    let Some(fields) = attribute(&class, &names.model_fields)? else { return Ok(()) };
    for name in fields.try_iter()? {
        let name = name?.cast_into::<PyString>()?;
        let value = |object: &Object<'_>| Ok::<_, PyErr>(object.getattr_opt(&name)?.map(Bound::unbind));
        let (current, default) = (value(data)?, value(&default)?);
        if differ(data.py(), current, default)? {
            changed.push(name.to_str()?.to_owned());
        }
    }
    Ok(())
}

/// What is missing counts as `None`.
fn differ(py: Python<'_>, current: Option<Py<PyAny>>, default: Option<Py<PyAny>>) -> PyResult<bool> {
    let [current, default] = [current, default].map(|value| value.unwrap_or_else(|| py.None()));
    current.bind(py).ne(default.bind(py))
}

fn is_true(value: Option<&Object<'_>>) -> PyResult<bool> {
    value.map_or(Ok(false), |value| value.is_truthy())
}

/// The setting `enabled` of an object, if there is one. The reference has it validated by `pydantic`.
fn is_enabled(object: Option<&Object<'_>>, names: &Names) -> PyResult<bool> {
    let enabled = object.map(|object| attribute(object, &names.enabled)).transpose()?.flatten();
    enabled.map_or(Ok(false), |value| boolean(&value))
}

/// A boolean, or what `pydantic` takes for one.
fn boolean(value: &Object<'_>) -> PyResult<bool> {
    if let Ok(value) = value.cast::<PyBool>() {
        return Ok(value.is_true());
    }
    let spelled = value.cast::<PyString>().ok().map(|text| text.to_str().map(str::to_ascii_lowercase)).transpose()?;
    let is_number = value.is_instance_of::<PyInt>() || value.is_instance_of::<PyFloat>();
    match spelled.as_deref() {
        Some("1" | "on" | "t" | "true" | "y" | "yes") => Ok(true),
        Some("0" | "off" | "f" | "false" | "n" | "no") => Ok(false),
        None if is_number && value.eq(1)? => Ok(true),
        None if is_number && value.eq(0)? => Ok(false),
        _ => Err(PyTypeError::new_err("a setting is not a boolean")),
    }
}

fn text(value: &Object<'_>) -> PyResult<String> {
    Ok(value.cast::<PyString>()?.to_str()?.to_owned())
}
