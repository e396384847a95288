// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The product's source as a schema has it: only the compiler knows the product of an event.

use telemetry_schema::comparison::fits;
use telemetry_schema::constraint::{Constraint, Kind};
use telemetry_schema::descriptor::{EnumDescriptor, Shape};
use telemetry_schema::fingerprint;
use telemetry_schema::message::Message;
use telemetry_schema::rust_type::rust_type;
use telemetry_schema::text::is_same;

use super::{require, require_own_names};
use crate::event::TelemetryEvent;
use crate::product::Product;

/// What the compiler works out once per product, and not anew for each of its events.
trait Source {
    const SOURCE: Option<(&'static str, &'static str)>;
    const FINGERPRINT: u64;
    const VALUES: &'static [&'static str];
    const SHAPE: Shape;
}

impl<P: Product> Source for P {
    const SOURCE: Option<(&'static str, &'static str)> = P::PROFILE.event_source();
    const FINGERPRINT: u64 = match Self::SOURCE {
        Some((key, _)) => fingerprint::of_text(key),
        None => 0,
    };
    const VALUES: &'static [&'static str] = &[match Self::SOURCE {
        Some((_, value)) => value,
        None => "",
    }];
    const SHAPE: Shape = Shape::Enum(const { &EnumDescriptor::new("", Self::VALUES, crate::origin!()) });
}

/// The key and value that name the product of `E`.
pub const fn source<E: TelemetryEvent>() -> Option<(&'static str, &'static str)> {
    <E::Product as Source>::SOURCE
}

/// The fingerprint of the key that names the product of `E`: the derive makes the same of the name of a property.
pub const fn source_fingerprint<E: TelemetryEvent>() -> u64 {
    <E::Product as Source>::FINGERPRINT
}

/// A property that no field is sent as: its name, whether it is required, and what the schema asks of it.
type Unsent = (&'static str, bool, Constraint<'static>);

/// Fails to compile unless `name`, which the schema requires, is the source key of the event's product. `field` is the field to
/// write otherwise.
///
/// # Panics
///
/// If it is not; only constants call it.
#[track_caller]
pub const fn require_source_key<E: TelemetryEvent>(name: &str, field: &str) {
    let is_key = match E::DESCRIPTOR.source {
        Some((key, _)) => is_same(key, name),
        None => false,
    };
    if !is_key {
        let message = E::SCHEMA.intro().push(": `#/definitions/events/").push_step(E::DESCRIPTOR.name);
        let message = message.push("` requires `").push(name).push("`, but no field is sent as `").push(name);
        require(false, message.push("`\nhelp: add ").push(field).as_str());
    }
}

/// The pointer of the property called `name`.
const fn push_pointer<E: TelemetryEvent>(message: Message, name: &str) -> Message {
    let event = message.push("#/definitions/events/").push_step(E::DESCRIPTOR.name);
    event.push("/properties/").push_step(name)
}

/// Fails to compile if the schema does not allow the key and value of the event's product, or a field has the key; and, if
/// `has_required`, unless the property that is required is that of the key.
///
/// `others` is what the schema asks of properties that it does not name, if it allows them.
///
/// # Panics
///
/// If it does not; only constants call it.
#[track_caller]
pub const fn check_source<E: TelemetryEvent>(
    unsent: &[Unsent],
    others: Option<Constraint>,
    has_required: bool,
) {
    require_own_names(E::DESCRIPTOR);
    check_key_and_value::<E>(unsent, others);
    let mut rest = unsent;
    while let [property, tail @ ..] = rest {
        if let (name, true, asked) = property
            && has_required
        {
            let field = Message::new("a field that is sent as `").push(name).push("`, whose type is ");
            require_source_key::<E>(name, rust_type(field, &asked.kind).as_str());
        }
        rest = tail;
    }
}

#[track_caller]
const fn check_key_and_value<E: TelemetryEvent>(unsent: &[Unsent], others: Option<Constraint>) {
    let Some((key, value)) = E::DESCRIPTOR.source else { return };
    let mut rest = unsent;
    while let [(name, _, asked), tail @ ..] = rest {
        if is_same(name, key) {
            return check_value::<E>(key, value, asked);
        }
        rest = tail;
    }
    match others {
        Some(asked) => check_value::<E>(key, value, &asked),
        None => require(false, no_property(key, E::SCHEMA.intro()).as_str()),
    }
}

const fn no_property(key: &str, intro: Message) -> Message {
    let message = intro.push(": the schema has no property `").push(key);
    let message = message.push("`, which names the product in every event\nhelp: add `").push(key);
    message.push("` to its properties, or use the key that it has in `Profile::source`")
}

#[track_caller]
const fn check_value<E: TelemetryEvent>(key: &str, value: &str, asked: &Constraint) {
    if !fits(&<E::Product as Source>::SHAPE, asked) {
        require(false, wrong_value::<E>(key, value, asked).as_str());
    }
}

const fn wrong_value<E: TelemetryEvent>(key: &str, value: &str, asked: &Constraint) -> Message {
    let message = E::SCHEMA.intro().push(": `");
    let is_in_place = asked.target.is_empty();
    let message = if is_in_place { push_pointer::<E>(message, key) } else { message.push(asked.target) };
    let message = message.push("` does not allow `").push(value);
    let message = message.push("`, the value of the product in `Profile::source`\nhelp: ");
    match asked.kind {
        Kind::Vocabulary(texts) => message.push("the schema has ").push_all(texts),
        _ => message.push("let the schema allow a text there"),
    }
}
