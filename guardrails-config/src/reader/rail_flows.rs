// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Rails in the YAML of a Colang 2.x configuration: each group becomes one generated flow.
//!
//! Source: `docs/LOADING.md` 3.2. The reference writes Colang for them and parses it, which not every flow name survives.

use super::colang::statement;
use super::error::{ConfigError, ErrorKind};
use super::merge::Merged;
use super::yaml::{Node, Value};

/// The groups that can become a flow.
const GROUPS: [&str; 2] = ["input", "output"];

/// How many flows are generated.
pub(crate) fn generated(merged: &Merged) -> Result<u64, ConfigError> {
    let Some(rails) = merged.get("rails") else { return Ok(0) };
    let in_use = |group: &&str| rails.find(&[group, "flows"]).is_some_and(|flows| !flows.items().is_empty());
    if !GROUPS.iter().any(in_use) {
        return Ok(0);
    }
    let Value::Map(groups) = &rails.value else { return Ok(0) };
    let mut flows = 0;
    for (key, group) in &groups.entries {
        let Some(list) = group.get("flows") else { continue };
        check_group(key, list)?;
        flows += 1;
    }
    Ok(flows)
}

fn check_group(key: &Node, list: &Node) -> Result<(), ConfigError> {
    let name = key.as_str().unwrap_or_default();
    if !GROUPS.contains(&name) {
        return Err(ConfigError::at(
            ErrorKind::Rule,
            &key.place,
            "cannot have flows in a Colang 2.x configuration that has input or output flows",
        )
        .about(format_args!("rails.{name}.flows"))
        .help("write these rails as flows in a Colang file"));
    }
    list.items().iter().try_for_each(|flow| check_statement(flow, name))?;
    let blank = |flow: &Node| flow.as_str().is_some_and(|flow| flow.trim().is_empty());
    if list.items().iter().all(blank) {
        return Err(ConfigError::at(
            ErrorKind::Rule,
            &list.place,
            "has no flow beside a group that has flows, which Colang 2.x does not allow",
        )
        .about(format_args!("rails.{name}.flows"))
        .help("remove the key"));
    }
    Ok(())
}

fn check_statement(flow: &Node, group: &str) -> Result<(), ConfigError> {
    let name = flow.as_str().unwrap_or_default();
    statement::check(name).map_err(|reason| {
        let problem = format!("holds `{name}`, which is not a statement of Colang 2.x: {reason}");
        ConfigError::at(ErrorKind::Rule, &flow.place, problem)
            .about(format_args!("rails.{group}.flows"))
            .help("write this rail as a flow in a Colang file, or quote the value of its parameter")
    })
}
