// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What generated code needs. Not part of the API: names and meanings change with any release.

mod changes;
mod check;
mod identity;
mod source;
mod vocabulary;

pub use self::changes::Changes;
pub use self::check::check_field;
pub use self::identity::{require_client, require_version};
pub use self::source::{check_source, require_source_key, source, source_fingerprint};
pub use self::vocabulary::{
    FieldMismatch, FieldOfEvent, NoVocabulary, Vocabulary, check_vocabulary, check_words, fail_at_variant,
};
pub use crate::event::{EventSchema, TelemetryEvent};
pub use crate::operation::OperationEvent;
pub use crate::operation::duration::DurationField;
pub use crate::operation::outcome::{OperationOutcome, OutcomeField};
pub use crate::operation::returned::{AnyReturned, Returned, WithoutAnswer, outcome_of, run};
pub use crate::product::Product;
pub use crate::value::bucket::{Bucketed, Count};
pub use crate::value::entries::{
    Bool, Entries, F32, F64, I8, I16, I32, I64, I128, Isize, U8, U16, U32, U64, U128, Usize, text,
};
pub use crate::value::number::{BoundedFloat, BoundedInteger, RangeShape};
pub use crate::value::parameters::Parameters;
pub use crate::value::sentinel::{NoFloat, Probe, Sentinel, SentinelOf, require_finite};
pub use crate::value::text::{FromText, TelemetryText, TextContainer, from_text, text_shape};
pub use crate::value::{TelemetryValue, Unsendable};
pub use crate::vocabulary::{TelemetryEnum, VocabularyError};
pub use crate::{__submit_event, __value_trait as value_trait, origin};
pub use core::default::Default;
pub use core::fmt::{self, Display, Formatter};
pub use core::marker::{Send, Sized};
pub use core::option::Option;
pub use core::result::Result;
pub use core::str::FromStr;
pub use core::time::Duration;
pub use core::{concat, file, include_bytes, line, option_env};
pub use serde::{Serialize, Serializer, ser::SerializeStruct};
pub use telemetry_schema::constraint::{Constraint, Float, Kind, Members, Property};
pub use telemetry_schema::descriptor::{
    DurationUnit, EnumDescriptor, EventDescriptor, FieldDescriptor, ObjectDescriptor, Origin, Role, Shape,
};

#[cfg(feature = "inventory")]
pub use inventory;

use telemetry_schema::message::Message;
pub use telemetry_schema::message::require;
use telemetry_schema::text::is_same;

use crate::profile::Profile;

/// The error of reading `text` as an `E`.
pub fn vocabulary_error<E: TelemetryEnum>(text: &str) -> VocabularyError {
    VocabularyError::new::<E>(text)
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
        if is_same(key, field.name) {
            require(false, source_clash(key, field.rust_name).as_str());
        }
        rest = tail;
    }
}

/// Fails to compile if the vocabulary `T` has no words for success and failure.
///
/// # Panics
///
/// If it has none; only constants call it.
#[track_caller]
pub const fn require_outcome_words<T: OutcomeField>() {
    let message = "the vocabulary of an `outcome` field has no word for success or none for failure\n\
                   help: give it `success` and `failure`, or `completed` and `error`";
    require(T::HAS_WORDS, message);
}

const fn source_clash(key: &str, field: &str) -> Message {
    Message::new("field `")
        .push(field)
        .push("` is sent as `")
        .push(key)
        .push("`, which is the source key of the product and sent with every event\n")
        .push("help: remove the field, or give it another name with `#[telemetry(rename = \"…\")]`")
}

/// The fields of an event or object, from the columns that generated code lists. Doc texts stay in the binary only with the
/// feature `describe`.
#[expect(
    clippy::indexing_slicing,
    reason = "the compiler interprets this for every event: the plainest loop is the fastest"
)]
pub const fn fields<const N: usize>(
    names: [&'static str; N],
    rust_names: [&'static str; N],
    docs: [&'static str; N],
    shapes: [Shape; N],
) -> [FieldDescriptor; N] {
    let empty = FieldDescriptor::new("", "", Shape::Boolean);
    let mut fields = [empty; N];
    let mut index = 0;
    while index < N {
        fields[index] = FieldDescriptor::new(names[index], rust_names[index], shapes[index]);
        if cfg!(feature = "describe") {
            fields[index].doc = docs[index];
        }
        index += 1;
    }
    fields
}

/// The same fields, of which the one called `rust_name` has a role.
pub const fn with_role<const N: usize>(
    mut fields: [FieldDescriptor; N],
    rust_name: &str,
    role: Role,
) -> [FieldDescriptor; N] {
    let mut rest = fields.as_mut_slice();
    while let [field, tail @ ..] = rest {
        if is_same(field.rust_name, rust_name) {
            field.role = Some(role);
        }
        rest = tail;
    }
    fields
}

/// The version of an event that does not write it out.
#[derive(Debug)]
pub struct SchemaVersion {
    /// The version.
    pub text: &'static str,
}

/// The descriptor of the event `E`, which is declared where this is called, in the package of this name.
#[track_caller]
pub const fn event_descriptor<E: TelemetryEvent>(
    name: &'static str,
    schema_version: &'static str,
    doc: &'static str,
    fields: &'static [FieldDescriptor],
    package: Option<&'static str>,
) -> EventDescriptor {
    let event = EventDescriptor::new(name, schema_version, fields, here(package)).doc(described(doc));
    match source::<E>() {
        Some((key, value)) => event.source(key, value),
        None => event,
    }
}

/// The descriptor of a vocabulary, which is declared where this is called, in the package of this name.
#[track_caller]
pub const fn enum_descriptor(
    name: &'static str,
    doc: &'static str,
    variants: &'static [&'static str],
    package: Option<&'static str>,
) -> EnumDescriptor {
    EnumDescriptor::new(name, variants, here(package)).doc(described(doc))
}

/// The descriptor of a value struct, which is declared where this is called, in the package of this name.
#[track_caller]
pub const fn object_descriptor(
    name: &'static str,
    doc: &'static str,
    fields: &'static [FieldDescriptor],
    package: Option<&'static str>,
) -> ObjectDescriptor {
    ObjectDescriptor::new(name, fields, here(package)).doc(described(doc))
}

/// The place of the call, in the package of this name. (`origin!` expands to four macros, which takes longer.)
#[track_caller]
const fn here(name: Option<&'static str>) -> Origin {
    let place = std::panic::Location::caller();
    Origin::new(package(name), place.file(), place.line())
}

/// The name of a package; empty where it is not built by cargo and has none.
pub const fn package(name: Option<&'static str>) -> &'static str {
    match name {
        Some(name) => name,
        None => "",
    }
}

/// A doc text: in the binary only with the feature `describe`.
const fn described(text: &'static str) -> &'static str {
    if cfg!(feature = "describe") { text } else { "" }
}

/// The shapes of the primitive types, under their names.
#[expect(non_upper_case_globals, reason = "generated code joins the prefix to the type's name")]
pub mod shape {
    use super::{Shape, TelemetryValue};

    macro_rules! shapes {
        ($($name:ident $type:ty),*) => {$(
            #[doc = concat!("The shape of `", stringify!($type), "`.")]
            pub const $name: Shape = <$type as TelemetryValue>::SHAPE;
        )*};
    }

    shapes!(
        of_bool bool, of_i8 i8, of_i16 i16, of_i32 i32, of_i64 i64, of_u8 u8, of_u16 u16, of_u32 u32,
        of_f32 f32, of_f64 f64
    );
}

/// Fails to compile if the type of a field without a sentinel needs one.
///
/// # Panics
///
/// If it does; only constants call it.
#[track_caller]
pub const fn require_sentinel(is_needed: bool, shape: &Shape, field: &str, parent: &str) {
    if is_needed {
        require(false, missing_sentinel(shape, field, parent).as_str());
    }
}

/// Fails to compile unless the type of a field spelled as usual is the usual one, by its fingerprint.
///
/// # Panics
///
/// If it is not; only constants call it.
#[track_caller]
pub const fn require_usual(found: u64, usual: u64, spelling: &str, owner: &str) {
    if found != usual {
        let message = Message::new("`").push(spelling).push("` in `").push(owner);
        let message = message.push("` is not the type that usually has this name");
        let help = "\nhelp: write the path of a type of your own that has the name of another one, such as `self::Token`";
        require(false, message.push(help).as_str());
    }
}

const fn missing_sentinel(shape: &Shape, field: &str, parent: &str) -> Message {
    let unknown = match shape {
        Shape::Nullable(_) => "None",
        Shape::List { .. } => "Vec::new()",
        Shape::Set { .. } => "BTreeSet::new()",
        Shape::Map { .. } => "BTreeMap::new()",
        _ => "-1.0",
    };
    Message::new("field `")
        .push(field)
        .push("` of `")
        .push(parent)
        .push("` can hold values that cannot be sent, such as NaN, and has no `sentinel`\n")
        .push("help: add the value that means \"unknown\", as in `#[telemetry(sentinel = ")
        .push(unknown)
        .push(")]`")
}

/// Fails to compile unless there is a number from `min` to `max`, and the type, whose integers go from `low` to `high`, can be
/// all of them.
///
/// # Panics
///
/// If not; only constants call it.
#[track_caller]
pub const fn require_range([min, max]: [i64; 2], [low, high]: [i64; 2], field: &str, parent: &str) {
    let message = Message::new("the `range` of field `").push(field).push("` of `").push(parent);
    if min > max {
        let message = message.push("` is empty: ").push_integer(min).push(" is above ").push_integer(max);
        require(false, message.push("\nhelp: write the smaller bound first").as_str());
    }
    if min < low || max > high {
        let message = message.push("` ranges from ").push_integer(min).push(" to ").push_integer(max);
        let message = message.push(", but its type from ").push_integer(low).push(" to ").push_integer(high);
        require(false, message.push("\nhelp: use a type that holds both bounds, such as `i64`").as_str());
    }
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
pub const UNKNOWN_EVENT: &EventDescriptor = &EventDescriptor::new("", "", &[], crate::origin!());

/// The descriptor of an enum that does not compile.
pub const UNKNOWN_ENUM: &EnumDescriptor = &EnumDescriptor::new("", &[], crate::origin!());

/// Registers an event at link time: with the feature `inventory` only.
#[cfg(feature = "inventory")]
#[doc(hidden)]
#[macro_export]
macro_rules! __submit_event {
    ($event:ty) => {
        $crate::__private1::inventory::submit! { $crate::registry::RegisteredEvent::of::<$event>() }
    };
}

/// Registers an event at link time: with the feature `inventory` only.
#[cfg(not(feature = "inventory"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __submit_event {
    ($event:ty) => {};
}

/// A trait that every value has, with a message of its own for types that do not have it.
#[doc(hidden)]
#[macro_export]
macro_rules! __value_trait {
    ($name:ident, $message:literal, $note:literal) => {
        #[allow(non_camel_case_types)]
        #[diagnostic::on_unimplemented(message = $message, label = "may not leave the machine", note = $note)]
        trait $name: $crate::__private1::Sized {
            const SHAPE: $crate::__private1::Shape;
            const NEEDS_SENTINEL: bool;
            const FINGERPRINT: u64;
            type Vocabulary;
            fn normalize_if_sendable(
                &mut self,
            ) -> $crate::__private1::Option<$crate::__private1::Result<u32, $crate::__private1::Unsendable>>;
            fn put<S: $crate::__private1::Serializer>(
                &self,
                parameters: &mut $crate::__private1::Parameters<S>,
            );
        }

        #[diagnostic::do_not_recommend]
        impl<T: $crate::__private1::TelemetryValue> $name for T {
            const SHAPE: $crate::__private1::Shape = <T as $crate::__private1::TelemetryValue>::SHAPE;
            const NEEDS_SENTINEL: bool = <T as $crate::__private1::TelemetryValue>::NEEDS_SENTINEL;
            const FINGERPRINT: u64 = <T as $crate::__private1::TelemetryValue>::FINGERPRINT;
            type Vocabulary = <T as $crate::__private1::TelemetryValue>::Vocabulary;
            fn normalize_if_sendable(
                &mut self,
            ) -> $crate::__private1::Option<$crate::__private1::Result<u32, $crate::__private1::Unsendable>>
            {
                <T as $crate::__private1::TelemetryValue>::normalize_if_sendable(self)
            }
            fn put<S: $crate::__private1::Serializer>(
                &self,
                parameters: &mut $crate::__private1::Parameters<S>,
            ) {
                <T as $crate::__private1::TelemetryValue>::put(self, parameters);
            }
        }
    };
}
