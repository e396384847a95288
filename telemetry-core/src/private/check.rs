// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The checks of fields against a schema that generated code calls.

use super::expected::{Expected, Kind};
use super::explanation::{Checked, explain};
use super::message::Message;
use super::mismatch::mismatch;
use super::{is_same, require};
use crate::descriptor::{EventDescriptor, FieldDescriptor, Shape};
use crate::event::TelemetryEvent;

/// An event, and the schema that its fields are checked against.
#[derive(Debug, Clone, Copy)]
pub struct Checks {
    event: &'static EventDescriptor,
    name: &'static str,
    schema: &'static str,
}

/// The field of an event, and the schema that it is checked against.
#[derive(Clone, Copy)]
pub(super) struct Field<'a> {
    checks: Checks,
    field: &'a FieldDescriptor,
    type_name: &'a str,
}

impl Checks {
    /// Checks of the event `E` against its schema.
    pub const fn of<E: TelemetryEvent>() -> Self {
        Self { event: E::DESCRIPTOR, name: E::DEMANDS.name, schema: E::DEMANDS.schema }
    }

    pub(super) const fn field<'a>(self, index: usize, type_name: &'a str) -> Option<Field<'a>> {
        let (_, from_field) = self.event.fields.split_at(index);
        match from_field {
            [field, ..] => Some(Field { checks: self, field, type_name }),
            [] => None,
        }
    }
}

/// Fails to compile unless the field at `index` is of this kind.
///
/// Pointers are not stated but put together for a message: they would be most of the generated code.
///
/// # Panics
///
/// If it is not; only constants call it.
#[track_caller]
pub const fn check_kind(checks: Checks, index: usize, type_name: &str, nullable: bool, kind: Kind<'_>) {
    let Some(field) = checks.field(index, type_name) else { return };
    if mismatch(&field.field.shape, &Expected { pointer: "", nullable, kind }).is_some() {
        let pointer = field.pointer();
        field.require(&Expected { pointer: pointer.as_str(), nullable, kind });
    }
}

/// Fails to compile unless fields of `E` are what is expected: of each the index, the spelling of the type, whether it may be
/// null, whether it is an array, and the kind of its values.
///
/// # Panics
///
/// If one is not; only constants call it.
#[track_caller]
pub const fn check_usual<E: TelemetryEvent>(fields: &[(usize, &str, bool, bool, Kind<'_>)]) {
    let (checks, mut rest) = (Checks::of::<E>(), fields);
    while let [(index, type_name, nullable, is_array, kind), tail @ ..] = rest {
        if *is_array {
            check_items(checks, *index, type_name, *nullable, *kind);
        } else {
            check_kind(checks, *index, type_name, *nullable, *kind);
        }
        rest = tail;
    }
}

/// Fails to compile unless the field at `index` is an array of elements of this kind.
///
/// # Panics
///
/// If it is not; only constants call it.
#[track_caller]
pub const fn check_items(checks: Checks, index: usize, type_name: &str, nullable: bool, items: Kind<'_>) {
    let Some(field) = checks.field(index, type_name) else { return };
    let pointer = "";
    let items = Expected { pointer, nullable: false, kind: items };
    if mismatch(&field.field.shape, &Expected { pointer, nullable, kind: Kind::Array(&items) }).is_some() {
        let (pointer, of_items) = (field.pointer(), field.pointer().push("/items"));
        let items = Expected { pointer: of_items.as_str(), ..items };
        field.require(&Expected { pointer: pointer.as_str(), nullable, kind: Kind::Array(&items) });
    }
}

/// Fails to compile unless the field at `index` is what the schema expects.
///
/// # Panics
///
/// If it is not; only constants call it.
#[track_caller]
pub const fn check_field(checks: Checks, index: usize, type_name: &str, expected: &Expected) {
    if let Some(field) = checks.field(index, type_name) {
        field.require(expected);
    }
}

impl Field<'_> {
    #[track_caller]
    const fn require(self, expected: &Expected) {
        let message = self.message(expected);
        require(message.is_empty(), message.as_str());
    }

    /// What is wrong with the field; empty if nothing is.
    pub(super) const fn message(self, expected: &Expected) -> Message {
        let Some(mismatch) = mismatch(&self.field.shape, expected) else { return Message::new("") };
        let intro = self.intro();
        explain(mismatch, Checked { intro: intro.as_str(), expected, type_name: self.type_name })
    }

    /// Whether the event is one of this package.
    pub(super) const fn is_of_package(self, package: &str) -> bool {
        is_same(self.checks.event.origin.package, package)
    }

    pub(super) const fn shape(&self) -> &Shape {
        &self.field.shape
    }

    const fn intro(self) -> Message {
        Message::new("field `")
            .push(self.field.rust_name)
            .push("` of `")
            .push(self.checks.name)
            .push("` does not match schema `")
            .push(self.checks.schema)
            .push("`")
    }

    /// The JSON pointer of the property.
    pub(super) const fn pointer(self) -> Message {
        Message::new("#/definitions/events/")
            .push(self.checks.event.name)
            .push("/properties/")
            .push(self.field.name)
    }
}
