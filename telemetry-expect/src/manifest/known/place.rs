// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! JSON pointers into a schema.

use telemetry_schema::__cli1::{Constraint, Kind, Members, nearest};

use super::allowed::description;
use crate::manifest::fields::{key_of, pointer_to};
use crate::manifest::matcher::{index, steps};
use crate::manifest::table::listed;

/// A step of a pointer at which no value can be.
pub(super) struct Unknown {
    pub(super) step: String,
    /// A pointer to write instead.
    pub(super) help: String,
}

/// The constraint on the value at a pointer.
pub(super) fn find<'a>(members: Members<'a>, pointer: &str) -> Result<Constraint<'a>, Unknown> {
    let mut value = Constraint::of(false, Kind::Object(members));
    let mut before = String::new();
    for step in steps(pointer) {
        value = inner(&value, &step).ok_or_else(|| {
            let help = help(&value.kind, &before, &step);
            Unknown { step: step.clone(), help }
        })?;
        before += &pointer_to(&step);
    }
    Ok(value)
}

fn inner<'a>(value: &Constraint<'a>, step: &str) -> Option<Constraint<'a>> {
    match value.kind {
        Kind::Any => Some(Constraint::ANYTHING),
        Kind::Object(members) => members.member(step).copied(),
        Kind::Array(item) => index(step).map(|_| *item),
        _ => None,
    }
}

/// The help for a step that the value at `before` does not have.
fn help(value: &Kind<'_>, before: &str, step: &str) -> String {
    let key = key_of(before);
    match value {
        Kind::Object(members) => other_name(members, before, step),
        Kind::Array(_) => format!("`{key}` is a list: write `{before}/0{}`", pointer_to(step)),
        kind => format!("write `{key}`, which is {}", description(kind)),
    }
}

fn other_name(members: &Members<'_>, before: &str, step: &str) -> String {
    let names = members.properties.iter().map(|property| property.name);
    let at = |name: &str| format!("`{}`", key_of(&format!("{before}{}", pointer_to(name))));
    match nearest(step, names.clone()) {
        Some(nearest) => format!("write {}", at(nearest)),
        None if members.properties.is_empty() => "remove it: the schema has no field there".to_owned(),
        None => format!("the fields are {}", listed(names.map(at))),
    }
}
