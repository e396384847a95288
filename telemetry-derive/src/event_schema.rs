// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The schema of one event.

use telemetry_schema::comparison::Comparison;
use telemetry_schema::constraint::Property;
use telemetry_schema::schema::{Event as Asked, Schema};

use crate::ast::{Event, Field};
use crate::type_name::spelled;

/// The part of a schema file that concerns one event.
#[derive(Clone, Copy)]
pub(crate) struct EventSchema<'a> {
    pub(crate) asked: Asked<'a>,
    pub(crate) schema: &'a Schema,
    /// The file as the author wrote it.
    pub(crate) path: &'a str,
    /// The event's name on the wire.
    pub(crate) name: &'a str,
}

impl<'a> EventSchema<'a> {
    /// The properties without a field in `event`, in the order of the file.
    pub(crate) fn unsent(&self, event: &Event) -> Vec<&'a Property<'a>> {
        let wires: Vec<_> = event.fields.iter().map(|field| field.wire.as_str()).collect();
        self.asked.unsent(&wires).collect()
    }

    /// The place of the parameter called `name`, as `, `#/…/properties/email` of schema `schemas/app.json`,`, if the schema has it.
    pub(crate) fn place(&self, name: &str) -> Option<String> {
        Some(format!(", `{}` of schema `{}`,", self.asked.pointer_of(name)?, self.path))
    }

    /// The start of a message about the field `field` of `event`.
    pub(crate) fn field_intro(&self, field: &str, event: impl std::fmt::Display) -> String {
        format!("field `{field}` of `{event}` does not match schema `{}`", self.path)
    }

    /// The message about a field that does not match the schema, if its spelling determines its values.
    pub(crate) fn mismatch(&self, owner: &str, field: &Field) -> Option<String> {
        let (shape, asked) = (field.shape()?, self.asked.parameter(&field.wire)?);
        if telemetry_schema::comparison::fits(&shape, asked) {
            return None;
        }
        let type_name = spelled(field.ty);
        let comparison = Comparison {
            file: self.path,
            event: self.name,
            owner,
            field: &field.name,
            property: &field.wire,
            type_name: &type_name,
        };
        comparison.check(&shape, asked).map(|message| message.as_str().to_owned())
    }
}
