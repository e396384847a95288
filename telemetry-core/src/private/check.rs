// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The checks of fields against a schema that generated code calls in constants.

use telemetry_schema::comparison::{Comparison, extra_variant};
use telemetry_schema::constraint::Constraint;
use telemetry_schema::descriptor::Shape;
use telemetry_schema::message::Message;
use telemetry_schema::text::is_same;

use crate::event::{EventSchema, TelemetryEvent};
use telemetry_schema::message::require;

impl EventSchema {
    /// How a message about the event as a whole starts.
    pub(super) const fn intro(&self) -> Message {
        Message::new("`").push(self.owner).push("` does not match schema `").push(self.file).push("`")
    }
}

/// A field of an event, beside what the schema asks of it.
pub(super) struct Checked {
    comparison: Comparison<'static>,
    shape: &'static Shape,
    asked: &'static Constraint<'static>,
    /// The package of the event.
    package: &'static str,
}

impl Checked {
    /// The field of `E` at this index, if the schema asks something of it.
    pub(super) const fn of<E: TelemetryEvent>(index: usize) -> Option<Self> {
        let (event, schema) = (E::DESCRIPTOR, E::SCHEMA);
        let mut rest = schema.fields;
        while let [(place, type_name, asked), tail @ ..] = rest {
            if *place == index
                && let (_, [field, ..]) = event.fields.split_at(index)
            {
                let comparison = Comparison {
                    file: schema.file,
                    event: event.name,
                    owner: schema.owner,
                    field: field.rust_name,
                    property: field.name,
                    type_name,
                };
                let package = event.origin.package;
                return Some(Self { comparison, shape: &field.shape, asked, package });
            }
            rest = tail;
        }
        None
    }

    /// What does not fit, if something does not.
    pub(super) const fn message(&self) -> Option<Message> {
        self.comparison.check(self.shape, self.asked)
    }

    /// What to say where a variant that the schema does not have is declared.
    pub(super) const fn message_at_variant(&self) -> Option<Message> {
        self.comparison.check_words(self.shape, self.asked)
    }

    /// The index of the first variant that the schema does not have, if that is what does not fit and the vocabulary is in
    /// the event's package: the author of the event does not look at the source of another one.
    pub(super) const fn own_extra_variant(&self) -> Option<usize> {
        match extra_variant(self.shape, self.asked) {
            Some((vocabulary, index)) if is_same(vocabulary.origin.package, self.package) => Some(index),
            _ => None,
        }
    }
}

/// Fails to compile unless the field of `E` at this index is what the schema asks.
///
/// # Panics
///
/// If it is not; only constants call it.
#[track_caller]
pub const fn check_field<E: TelemetryEvent>(index: usize) {
    if let Some(checked) = Checked::of::<E>(index)
        && let Some(message) = checked.message()
    {
        require(false, message.as_str());
    }
}
