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
pub use crate::{__submit_event, __value_trait as value_trait, origin};
pub use core::fmt::{self, Display, Formatter};
pub use core::marker::Sized;
pub use core::option::Option;
pub use core::result::Result;
pub use core::str::FromStr;
pub use serde::{Serialize, Serializer, ser::SerializeStruct};

#[cfg(feature = "inventory")]
pub use inventory;

use crate::profile::Profile;

/// The key and value that name the product of `E`.
pub const fn source<E: TelemetryEvent>() -> Option<(&'static str, &'static str)> {
    <E::Product as Product>::PROFILE.event_source()
}

/// Fails to compile if a field is sent under the source key of the event's product.
///
/// # Panics
///
/// If one is; only constants call it.
#[track_caller]
pub const fn require_own_names(event: &EventDescriptor) {
    let mut rest = event.fields;
    while let (Some((key, _)), [field, tail @ ..]) = (event.source, rest) {
        let message = "a field has the name of the product's source key, which is sent with every event\n\
                       help: remove the field, or give it another name with `#[telemetry(rename = \"…\")]`";
        require(!is_same(key, field.name), message);
        rest = tail;
    }
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
    ($event:ty) => {
        $crate::__private1::inventory::submit! { $crate::RegisteredEvent::of::<$event>() }
    };
}

/// Registers an event at link time: with the feature `inventory` only.
#[cfg(not(feature = "inventory"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __submit_event {
    ($event:ty) => {};
}

/// A trait that every value has, with a message of its own for types that have it not.
#[doc(hidden)]
#[macro_export]
macro_rules! __value_trait {
    ($name:ident, $message:literal, $note:literal) => {
        #[allow(non_camel_case_types)]
        #[diagnostic::on_unimplemented(message = $message, label = "may not leave the machine", note = $note)]
        trait $name: $crate::__private1::Sized {
            const SHAPE: $crate::__private1::Shape;
            const NEEDS_SENTINEL: bool;
            fn normalize(&mut self) -> u32;
            fn normalize_or(&mut self, sentinel: fn() -> Self) -> u32;
            fn serialize_entry<P: $crate::__private1::SerializeStruct>(
                &self,
                name: &'static str,
                parameters: &mut P,
            ) -> $crate::__private1::Result<(), P::Error>;
        }

        #[diagnostic::do_not_recommend]
        impl<T: $crate::__private1::TelemetryValue> $name for T {
            const SHAPE: $crate::__private1::Shape = <T as $crate::__private1::TelemetryValue>::SHAPE;
            const NEEDS_SENTINEL: bool = <T as $crate::__private1::TelemetryValue>::NEEDS_SENTINEL;
            fn normalize(&mut self) -> u32 {
                <T as $crate::__private1::TelemetryValue>::normalize(self)
            }
            fn normalize_or(&mut self, sentinel: fn() -> Self) -> u32 {
                <T as $crate::__private1::TelemetryValue>::normalize_or(self, sentinel)
            }
            fn serialize_entry<P: $crate::__private1::SerializeStruct>(
                &self,
                name: &'static str,
                parameters: &mut P,
            ) -> $crate::__private1::Result<(), P::Error> {
                <T as $crate::__private1::TelemetryValue>::serialize_entry(self, name, parameters)
            }
        }
    };
}
