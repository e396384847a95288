// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What generated code needs. Not part of the API: names and meanings change with any release.

pub use crate::descriptor::{
    DurationUnit, EnumDescriptor, EventDescriptor, FieldDescriptor, ObjectDescriptor, Role, Shape,
};
pub use crate::event::TelemetryEvent;
pub use crate::product::Product;
pub use crate::value::{
    BoundedInteger, Bucketed, Count, FromText, TelemetryText, TelemetryValue, TextContainer, integer_shape,
    text_shape,
};
pub use crate::vocabulary::{TelemetryEnum, VocabularyError};
pub use crate::{__submit_event, origin};
pub use core::fmt::{self, Display, Formatter};
pub use core::option::Option;
pub use core::result::Result;
pub use core::str::FromStr;
pub use serde::{Serialize, Serializer, ser::SerializeStruct};

#[cfg(feature = "inventory")]
pub use inventory;

use crate::descriptor::Origin;
use crate::profile::Profile;

/// The key and value that name a product.
pub type Source = Option<(&'static str, &'static str)>;

/// An event, whose fields must leave the product's source key alone.
///
/// # Panics
///
/// If a field is sent under the source key; in a constant that is a compile error.
#[track_caller]
pub const fn event(
    name: &'static str,
    schema_version: &'static str,
    doc: &'static str,
    source: Source,
    fields: &'static [FieldDescriptor],
    origin: Origin,
) -> EventDescriptor {
    let mut rest = fields;
    while let (Some((key, _)), [field, tail @ ..]) = (source, rest) {
        assert!(
            !is_same(key, field.name),
            "a field is sent under the source key of the product, which is sent with every event\nhelp: remove the field"
        );
        rest = tail;
    }
    EventDescriptor { name, schema_version, doc, source, fields, origin }
}

/// A field without a role.
pub const fn field(
    name: &'static str,
    rust_name: &'static str,
    doc: &'static str,
    shape: Shape,
) -> FieldDescriptor {
    FieldDescriptor { name, rust_name, doc, shape, role: None }
}

/// A doc text: in the binary only with the feature `describe`.
pub const fn doc(text: &'static str) -> &'static str {
    if cfg!(feature = "describe") { text } else { "" }
}

/// Fails to compile with `message` unless `rule` holds.
///
/// # Panics
///
/// If it does not; only constants call it.
#[track_caller]
pub const fn require(rule: bool, message: &str) {
    assert!(rule, "{}", message);
}

/// Fails to compile with `message` unless there is a number from `min` to `max`.
///
/// # Panics
///
/// If there is none; only constants call it.
#[track_caller]
pub const fn require_range(min: i64, max: i64, message: &str) {
    require(min <= max, message);
}

/// The number of values changed in all fields together.
pub fn total(changes: &[u32]) -> u32 {
    changes.iter().copied().fold(0, u32::saturating_add)
}

/// The value of a function in an item that does not compile.
///
/// # Panics
///
/// Never: no program contains a call.
#[expect(clippy::unreachable, reason = "an item that does not compile does not run")]
pub fn never<T>() -> T {
    unreachable!()
}

/// The product of an event that names none and therefore does not compile.
#[derive(Debug)]
pub struct UnknownProduct;

impl Product for UnknownProduct {
    const PROFILE: Profile = Profile::new("unknown", "0");
}

/// The descriptor of an event that does not compile.
pub const UNKNOWN_EVENT: &EventDescriptor = &EventDescriptor {
    name: "",
    schema_version: "",
    doc: "",
    source: None,
    fields: &[],
    origin: crate::origin!(),
};

/// The descriptor of an enum that does not compile.
pub const UNKNOWN_ENUM: &EnumDescriptor =
    &EnumDescriptor { name: "", doc: "", variants: &[], origin: crate::origin!() };

const fn is_same(left: &str, right: &str) -> bool {
    let (mut left, mut right) = (left.as_bytes(), right.as_bytes());
    while let ([first, left_tail @ ..], [second, right_tail @ ..]) = (left, right) {
        if *first != *second {
            return false;
        }
        (left, right) = (left_tail, right_tail);
    }
    left.is_empty() && right.is_empty()
}

/// Starts the parameters of an event: the product's source comes first, as every recorded envelope has it.
///
/// # Errors
///
/// Those of the serialiser.
pub fn begin_parameters<S: Serializer>(
    serializer: S,
    event: &'static EventDescriptor,
) -> Result<S::SerializeStruct, S::Error> {
    let entries = event.fields.len() + usize::from(event.source.is_some());
    let mut parameters = serializer.serialize_struct(event.name, entries)?;
    if let Some((key, value)) = event.source {
        parameters.serialize_field(key, value)?;
    }
    Ok(parameters)
}

/// Registers an event at link time: with the feature `inventory` only.
#[cfg(feature = "inventory")]
#[doc(hidden)]
#[macro_export]
macro_rules! __submit_event {
    ($descriptor:expr) => {
        $crate::__private1::inventory::submit! { $crate::RegisteredEvent($descriptor) }
    };
}

/// Registers an event at link time: with the feature `inventory` only.
#[cfg(not(feature = "inventory"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __submit_event {
    ($descriptor:expr) => {};
}
