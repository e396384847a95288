// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Flows that ask a model need the prompt they ask with, and a prompt has one body.

use std::collections::HashSet;

use super::model_reference::model_of;
use super::{flows, names};
use crate::rail::normalize_flow_id;
use crate::reader::error::{ConfigError, ErrorKind};
use crate::reader::schema::KeyPath;
use crate::reader::yaml::Node;
use crate::text::strip;

type Outcome = Result<(), ConfigError>;
type Tasks<'a> = HashSet<&'a str>;

/// A prompt has `content` or `messages`, not both.
pub(crate) fn one_prompt_body(prompt: &Node, path: &KeyPath<'_>) -> Outcome {
    let is_set = |key| prompt.get(key).is_some_and(|value| value.value.is_truthy());
    let problem = match (is_set("content"), is_set("messages")) {
        (true, true) => "has both `content` and `messages`",
        (false, false) => "has neither `content` nor `messages`",
        _ => return Ok(()),
    };
    Err(ConfigError::at(ErrorKind::Rule, &prompt.place, problem)
        .about(path)
        .help("give it exactly one of the two"))
}

/// Flows whose prompt's task is the flow's name, written exactly so: group, flow, task.
const EXACT: [(&str, &str, &str); 4] = [
    ("input", "llama guard check input", "llama_guard_check_input"),
    ("output", "llama guard check output", "llama_guard_check_output"),
    ("output", "patronus lynx check output hallucination", "patronus_lynx_check_output_hallucination"),
    ("output", "self check facts", "self_check_facts"),
];

/// Flows that may name a variant of their prompt.
const WITH_VARIANT: [(&str, &str, &str); 2] =
    [("input", "self check input", "self_check_input"), ("output", "self check output", "self_check_output")];

/// Flows whose prompt's task names the model as the flow does.
const WITH_MODEL: [(&str, &str); 3] = [
    ("input", "content safety check input"),
    ("input", "topic safety check input"),
    ("output", "content safety check output"),
];

/// Checks that each flow that needs a prompt has it.
pub(super) fn all_present(configuration: &Node) -> Outcome {
    let prompts = configuration.get("prompts").map(Node::items).unwrap_or_default();
    let tasks: Tasks<'_> = prompts.iter().filter_map(|prompt| prompt.get("task")?.as_str()).collect();
    for (group, flow, task) in WITH_VARIANT {
        variants_present(flows(configuration, group), flow, task, &tasks)?;
    }
    for (group, flow, task) in EXACT {
        let used = names(flows(configuration, group)).find(|(_, name)| *name == flow);
        used.map_or(Ok(()), |(node, name)| require(node, name, task, &tasks))?;
    }
    WITH_MODEL
        .iter()
        .try_for_each(|(group, flow)| model_prompts_present(flows(configuration, group), flow, &tasks))
}

fn require(node: &Node, flow: &str, task: &str, tasks: &Tasks<'_>) -> Outcome {
    if tasks.contains(task) {
        return Ok(());
    }
    Err(ConfigError::at(
        ErrorKind::Rule,
        &node.place,
        format!("`{flow}` needs a prompt for the task `{task}`"),
    )
    .help(format!("add an entry with `task: {task}` and `content:` to `prompts`")))
}

fn variants_present(flows: &[Node], wanted: &str, default: &str, tasks: &Tasks<'_>) -> Outcome {
    for (node, flow) in names(flows).filter(|(_, flow)| normalize_flow_id(flow) == wanted) {
        match variant(node, flow)?.filter(|variant| *variant != default) {
            None => require(node, flow, default, tasks)?,
            Some(variant) if tasks.contains(variant) => {}
            Some(variant) => require(node, flow, &format!("{default} $variant={variant}"), tasks)?,
        }
    }
    Ok(())
}

fn model_prompts_present(flows: &[Node], wanted: &str, tasks: &Tasks<'_>) -> Outcome {
    for (node, flow) in names(flows) {
        let model = model_of(node, flow)?.unwrap_or("None");
        if normalize_flow_id(flow) == wanted {
            require(node, flow, &format!("{} $model={model}", wanted.replace(' ', "_")), tasks)?;
        }
    }
    Ok(())
}

/// The variant a self check names, in parentheses or after a `$`.
fn variant<'a>(node: &Node, flow: &'a str) -> Result<Option<&'a str>, ConfigError> {
    let mut variant = None;
    for argument in arguments(strip(flow)).split(',').map(strip) {
        let mut parts = argument.split('=');
        if let (Some(key), Some(value)) = (parts.next(), parts.next()) {
            if parts.next().is_some() {
                return Err(ConfigError::at(
                    ErrorKind::Rule,
                    &node.place,
                    format!("`{flow}` has two `=` in a parameter"),
                )
                .help("write `$variant=<name>`"));
            }
            variant = if key == "variant" { Some(unquoted(value)) } else { variant };
        } else if argument == "variant" {
            variant = None;
        }
    }
    Ok(variant.filter(|variant| !variant.is_empty()))
}

fn arguments(flow: &str) -> &str {
    if let Some((_, rest)) = flow.split_once('(').filter(|_| flow.contains(')')) {
        let rest = rest.split('(').next().unwrap_or_default();
        return rest.split(')').next().unwrap_or_default();
    }
    flow.split('$').nth(1).unwrap_or_default()
}

fn unquoted(value: &str) -> &str {
    let inner = ['"', '\''].into_iter().find_map(|quote| value.strip_prefix(quote)?.strip_suffix(quote));
    inner.unwrap_or(if matches!(value, "\"" | "'") { "" } else { value })
}
