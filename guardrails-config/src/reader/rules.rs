// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What a configuration must satisfy as a whole: one room per rule (`docs/LOADING.md` 7).
//!
//! Rules look at values as written, before coercion, because the reference does: the text `'false'` switches streaming on.

mod jailbreak;
mod model_name;
mod model_reference;
mod prompt;
mod streaming;
mod surface;

pub(crate) use self::prompt::one_prompt_body;
use super::error::ConfigError;
use super::yaml::Node;

type Rule = fn(&Node) -> Result<(), ConfigError>;

/// Every rule, in the order in which the reference applies them.
const RULES: [Rule; 6] = [
    jailbreak::endpoint_is_complete,
    streaming::can_rewrite,
    prompt::all_present,
    model_reference::output_models_exist,
    model_reference::input_models_exist,
    model_name::given_once,
];

/// Applies every rule to a configuration of the right types.
pub(crate) fn check(configuration: &Node) -> Result<(), ConfigError> {
    RULES.iter().try_for_each(|rule| rule(configuration))
}

/// The flows of a group of rails, with their places.
fn flows<'a>(configuration: &'a Node, group: &str) -> &'a [Node] {
    configuration.find(&["rails", group, "flows"]).map(Node::items).unwrap_or_default()
}

fn names(nodes: &[Node]) -> impl Iterator<Item = (&Node, &str)> {
    nodes.iter().filter_map(|node| node.as_str().map(|name| (node, name)))
}
