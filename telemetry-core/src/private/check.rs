// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The checks of fields against a schema that generated code calls.

use super::expected::{Expected, Kind};
use super::explanation::{Checked, explain};
use super::message::Message;
use super::mismatch::mismatch;
use super::require;
use crate::descriptor::{EventDescriptor, FieldDescriptor};

/// An event, and the schema that its fields are checked against.
#[derive(Debug, Clone, Copy)]
pub struct Checks {
    event: &'static EventDescriptor,
    name: &'static str,
    schema: &'static str,
}

/// The field of an event, and the schema that it is checked against.
#[derive(Clone, Copy)]
struct Field<'a> {
    checks: Checks,
    field: &'a FieldDescriptor,
    type_name: &'a str,
}

impl Checks {
    /// Checks of the event whose type is called `name`, against the file `schema`.
    pub const fn new(event: &'static EventDescriptor, name: &'static str, schema: &'static str) -> Self {
        Self { event, name, schema }
    }

    const fn field<'a>(self, index: usize, type_name: &'a str) -> Option<Field<'a>> {
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

/// Fails to compile unless fields are what is expected: of each the index, the spelling of the type, whether it may be null,
/// whether it is an array, and the kind of its values.
///
/// # Panics
///
/// If one is not; only constants call it.
#[track_caller]
pub const fn check_usual(checks: Checks, fields: &[(usize, &str, bool, bool, Kind<'_>)]) {
    let mut rest = fields;
    while let [(index, type_name, nullable, is_array, kind), tail @ ..] = rest {
        if *is_array {
            check_items(checks, *index, type_name, *nullable, *kind);
        } else {
            check_kind(checks, *index, type_name, *nullable, *kind);
        }
        rest = tail;
    }
}

/// Fails to compile unless the field at `index` is one of these words.
///
/// # Panics
///
/// If it is not; only constants call it.
#[track_caller]
pub const fn check_words<const N: usize>(
    checks: Checks,
    index: usize,
    type_name: &str,
    nullable: bool,
    words: [&'static str; N],
) {
    check_kind(checks, index, type_name, nullable, Kind::Vocabulary(&words));
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

/// Fails to compile unless the field at `index` is an array of these words.
///
/// # Panics
///
/// If it is not; only constants call it.
#[track_caller]
pub const fn check_item_words<const N: usize>(
    checks: Checks,
    index: usize,
    type_name: &str,
    nullable: bool,
    words: [&'static str; N],
) {
    check_items(checks, index, type_name, nullable, Kind::Vocabulary(&words));
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
        if let Some(mismatch) = mismatch(&self.field.shape, expected) {
            let intro = self.intro();
            let checked = Checked { intro: intro.as_str(), expected, type_name: self.type_name };
            require(false, explain(mismatch, checked).as_str());
        }
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
    const fn pointer(self) -> Message {
        Message::new("#/definitions/events/")
            .push(self.checks.event.name)
            .push("/properties/")
            .push(self.field.name)
    }
}
