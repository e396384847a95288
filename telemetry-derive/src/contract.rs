// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What a schema demands of one event.

use std::sync::Arc;

use crate::schema::{Expected, Members, Property, Schema};

/// The part of a schema file that concerns one event.
pub(crate) struct Contract {
    schema: Arc<Schema>,
    /// The file as the author wrote it.
    pub(crate) path: String,
    /// The event's name on the wire.
    name: String,
}

impl Contract {
    /// The contract of the event called `name`, if the schema has it.
    pub(crate) fn of(schema: Arc<Schema>, path: String, name: String) -> Option<Self> {
        schema.event(&name).is_some().then_some(Self { schema, path, name })
    }

    fn members(&self) -> Option<&Members> {
        self.schema.event(&self.name)
    }

    /// What the parameter called `name` must be, if there may be one.
    pub(crate) fn expected(&self, name: &str) -> Option<&Expected> {
        self.members()?.expected(name)
    }

    /// The properties that no field of `wires` is sent as, in the order of the file.
    pub(crate) fn unsent<'a>(&'a self, wires: &[&str]) -> Vec<&'a Property> {
        let properties = self.members().map(|members| members.properties.as_slice()).unwrap_or_default();
        properties.iter().filter(|property| !wires.contains(&property.name.as_str())).collect()
    }

    /// Whether the schema allows parameters that it does not name.
    pub(crate) fn is_open(&self) -> bool {
        self.members().is_some_and(|members| members.others.is_some())
    }

    /// The JSON pointer of the event.
    pub(crate) fn pointer(&self) -> String {
        format!("#/definitions/events/{}", self.name)
    }

    /// `, `#/…/properties/email` of schema `schemas/app.json`,`: where the parameter called `name` is, if there is one.
    pub(crate) fn place(&self, name: &str) -> Option<String> {
        let pointer = &self.expected(name)?.pointer;
        Some(format!(", `{pointer}` of schema `{}`,", self.path))
    }

    /// How a message about the field `field` of `event` starts.
    pub(crate) fn field_intro(&self, field: &str, event: impl std::fmt::Display) -> String {
        format!("field `{field}` of `{event}` does not match schema `{}`", self.path)
    }

    /// How a message about `event` as a whole starts.
    pub(crate) fn event_intro(&self, event: impl std::fmt::Display) -> String {
        format!("`{event}` does not match schema `{}`", self.path)
    }
}
