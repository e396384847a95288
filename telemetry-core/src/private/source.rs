// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The product's source as a schema has it: only the compiler knows the product of an event.

use super::expected::{Expected, Kind};
use super::message::Message;
use super::mismatch::{contains, has_field};
use super::{form, is_same, require, require_own_names};
use crate::event::TelemetryEvent;
use crate::product::Product;

/// What the compiler works out once per product, and not anew for each of its events.
trait Source {
    const SOURCE: Option<(&'static str, &'static str)>;
    const FORM: u64;
}

impl<P: Product> Source for P {
    const SOURCE: Option<(&'static str, &'static str)> = P::PROFILE.event_source();
    const FORM: u64 = match Self::SOURCE {
        Some((key, _)) => form::name(key),
        None => 0,
    };
}

/// The key and value that name the product of `E`.
pub const fn source<E: TelemetryEvent>() -> Option<(&'static str, &'static str)> {
    <E::Product as Source>::SOURCE
}

/// The number of the key that names the product of `E`: the derive makes the same of the name of a property.
pub const fn source_form<E: TelemetryEvent>() -> u64 {
    <E::Product as Source>::FORM
}

/// A property of the schema that no field is sent as. One of them may be the product's source.
#[derive(Debug, Clone, Copy)]
pub struct Unsent {
    /// Its name.
    pub name: &'static str,
    /// What it must be.
    pub expected: Expected<'static>,
}

impl Unsent {
    /// One that may be any text.
    pub const fn text(name: &'static str) -> Self {
        Self { name, expected: Expected { pointer: "", nullable: false, kind: Kind::Text } }
    }
}

/// Fails to compile with `message` unless `name`, which the schema requires, is the source key of the event's product.
///
/// # Panics
///
/// If it is not; only constants call it.
#[track_caller]
pub const fn require_source_key<E: TelemetryEvent>(name: &str, message: &str) {
    let is_key = match E::DESCRIPTOR.source {
        Some((key, _)) => is_same(key, name),
        None => false,
    };
    require(is_key, message);
}

/// Fails to compile if the schema does not allow the key and value of the event's product, or a field has the key.
///
/// `others` says whether the schema allows properties that it does not name.
///
/// # Panics
///
/// If it does not; only constants call it.
#[track_caller]
pub const fn check_source<E: TelemetryEvent>(unsent: &[Unsent], others: bool) {
    require_own_names(E::DESCRIPTOR);
    let Some((key, value)) = E::DESCRIPTOR.source else { return };
    let mut rest = unsent;
    while let [property, tail @ ..] = rest {
        if is_same(property.name, key) {
            return check_value(value, &property.expected, E::DEMANDS.intro());
        }
        rest = tail;
    }
    if !others && !has_field(E::DESCRIPTOR.fields, key) {
        let message = E::DEMANDS.intro().push(": there is no property `").push(key).push(
            "`, which names the product in every event\nhelp: use the key of the schema in `Profile::source`",
        );
        require(false, message.as_str());
    }
}

#[track_caller]
const fn check_value(value: &str, expected: &Expected, intro: Message) {
    let allowed = match expected.kind {
        Kind::Any | Kind::Text => true,
        Kind::Vocabulary(texts) => contains(texts, value),
        _ => false,
    };
    if !allowed {
        require(false, wrong_value(value, expected, intro).as_str());
    }
}

const fn wrong_value(value: &str, expected: &Expected, intro: Message) -> Message {
    let message = intro
        .push(": `")
        .push(expected.pointer)
        .push("` does not allow `")
        .push(value)
        .push("`, the value of the product in `Profile::source`\nhelp: ");
    match expected.kind {
        Kind::Vocabulary(texts) => message.push("the schema has ").push_all(texts),
        _ => message.push("it has to be a text in the schema"),
    }
}
