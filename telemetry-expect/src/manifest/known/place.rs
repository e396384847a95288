// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! JSON pointers into a schema.

use telemetry_schema::__cli1::{Constraint, Kind, Members, nearest};

use super::allowed::description;
use crate::manifest::matcher::{index, steps};
use crate::manifest::reader::{key_of, pointer_to};
use crate::manifest::table::listed;

/// A step of a pointer at which no value can be.
pub(super) struct Unknown<'a> {
    /// The pointer of the value that has no such step.
    before: String,
    pub(super) step: String,
    value: Constraint<'a>,
}

/// The constraint on the value at a pointer.
pub(super) fn find<'a>(members: Members<'a>, pointer: &str) -> Result<Constraint<'a>, Unknown<'a>> {
    let mut value = Constraint::of(false, Kind::Object(members));
    let mut before = String::new();
    for step in steps(pointer) {
        let Some(next) = inner(&value, &step) else { return Err(Unknown { before, step, value }) };
        before += &pointer_to(&step);
        value = next;
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

impl Unknown<'_> {
    pub(super) fn help(&self) -> String {
        let before = key_of(&self.before);
        match self.value.kind {
            Kind::Object(members) => self.name(&members),
            Kind::Array(_) => {
                format!("`{before}` is a list: write `{}/0{}`", self.before, pointer_to(&self.step))
            }
            _ => format!("write `{before}`, which is {}", description(&self.value.kind)),
        }
    }

    fn name(&self, members: &Members<'_>) -> String {
        let names = members.properties.iter().map(|property| property.name);
        let at = |name: &str| format!("`{}`", key_of(&format!("{}{}", self.before, pointer_to(name))));
        match nearest(&self.step, names.clone()) {
            Some(nearest) => format!("write {}", at(nearest)),
            None if members.properties.is_empty() => "remove it: the schema has no field there".to_owned(),
            None => format!("the fields are {}", listed(names.map(at))),
        }
    }
}
