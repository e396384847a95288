// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A flow that names a model with `$model=…` needs a model of that type.

use std::collections::BTreeSet;

use super::surface::Surface;
use super::{flows, names};
use crate::rail::normalize_flow_id;
use crate::reader::error::{ConfigError, ErrorKind};
use crate::reader::yaml::Node;

/// The model a flow names; an error if it names one in a malformed way.
pub(super) fn model_of<'a>(node: &Node, flow: &'a str) -> Result<Option<&'a str>, ConfigError> {
    if !flow.contains("$model=") {
        return Ok(None);
    }
    match Surface::parse(flow) {
        Ok(surface) => Ok(surface.get("model")),
        Err(reason) => Err(ConfigError::at(
            ErrorKind::Rule,
            &node.place,
            format!("`{flow}` has malformed parameters: {reason}"),
        )
        .help(format!("write `{} $model=<type of a model>`", normalize_flow_id(flow)))),
    }
}

/// Checks the input flows.
pub(super) fn input_models_exist(configuration: &Node) -> Result<(), ConfigError> {
    models_exist(configuration, "input")
}

/// Checks the output flows.
pub(super) fn output_models_exist(configuration: &Node) -> Result<(), ConfigError> {
    models_exist(configuration, "output")
}

fn models_exist(configuration: &Node, group: &str) -> Result<(), ConfigError> {
    let models = configuration.get("models").map(Node::items).unwrap_or_default();
    let types: BTreeSet<&str> = models.iter().filter_map(|model| model.get("type")?.as_str()).collect();
    for (node, flow) in names(flows(configuration, group)) {
        if let Some(model) = model_of(node, flow)?.filter(|model| !types.contains(model)) {
            let problem = format!("`{flow}` names the model type `{model}`, which no entry of `models` has");
            return Err(ConfigError::at(ErrorKind::Rule, &node.place, problem).help(remedy(model, &types)));
        }
    }
    Ok(())
}

fn remedy(model: &str, types: &BTreeSet<&str>) -> String {
    let declared = if types.is_empty() {
        "none".to_owned()
    } else {
        types.iter().copied().collect::<Vec<_>>().join(", ")
    };
    format!("add a model with `type: {model}`, or name one of the declared types ({declared})")
}
