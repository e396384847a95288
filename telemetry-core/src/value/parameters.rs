// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Serializing an event or an object field by field, with as little generated code as possible.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::entries::Entries;
use crate::descriptor::{EventDescriptor, FieldDescriptor, ObjectDescriptor, Shape};
use crate::value::TelemetryValue;

/// The parameters of an event, or the members of an object, while they are written.
///
/// The names come from the descriptor. After an error the rest is skipped, so generated code has one check, at the end.
#[derive(Debug)]
pub struct Parameters<S: Serializer> {
    state: Result<S::SerializeStruct, S::Error>,
    fields: std::slice::Iter<'static, FieldDescriptor>,
}

impl<S: Serializer> Parameters<S> {
    /// Starts an event: the product's source comes first, as every recorded envelope has it.
    pub fn of_event(serializer: S, event: &'static EventDescriptor) -> Self {
        let entries = event.fields.len() + usize::from(event.source.is_some());
        let state = serializer.serialize_struct(event.name, entries);
        let mut parameters = Self { state, fields: event.fields.iter() };
        if let Some((key, value)) = event.source {
            parameters.write(key, value);
        }
        parameters
    }

    /// Starts an object of the type `T`.
    pub fn of_object<T: TelemetryValue>(serializer: S) -> Self {
        let ObjectDescriptor { name, fields, .. } = const { object(T::SHAPE) };
        Self { state: serializer.serialize_struct(name, fields.len()), fields: fields.iter() }
    }

    /// Writes the next field.
    pub fn put<T: Serialize + ?Sized>(&mut self, value: &T) {
        if let Some(field) = self.fields.next() {
            self.write(field.name, value);
        }
    }

    /// Writes the next fields.
    pub fn put_all<T: Entries>(&mut self, entries: &T) {
        entries.put_into(self);
    }

    /// Ends what was started.
    ///
    /// # Errors
    ///
    /// The first error of the serializer.
    pub fn end(self) -> Result<S::Ok, S::Error> {
        self.state?.end()
    }

    fn write<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) {
        if let Ok(fields) = &mut self.state
            && let Err(error) = fields.serialize_field(name, value)
        {
            self.state = Err(error);
        }
    }
}

/// The descriptor of an object; of anything else an empty one.
const fn object(shape: Shape) -> &'static ObjectDescriptor {
    match shape {
        Shape::Object(object) => object,
        _ => UNKNOWN_OBJECT,
    }
}

/// The descriptor of a value that is not an object.
const UNKNOWN_OBJECT: &ObjectDescriptor = &ObjectDescriptor::new("", &[], crate::origin!());
