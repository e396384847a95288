// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What a schema demands of a value, and whether a shape keeps to it: decided while compiling.

use super::message::Message;
use super::{is_same, require};
use crate::descriptor::{EnumDescriptor, FieldDescriptor, Shape};

/// What a value must be.
#[derive(Debug, Clone, Copy)]
pub struct Expected {
    /// Where the schema says so, as a JSON pointer.
    pub pointer: &'static str,
    /// Whether `null` will do as well.
    pub nullable: bool,
    /// What it must be otherwise.
    pub kind: Kind,
}

/// The kinds of values.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// The schema does not say.
    Any,
    /// `true` or `false`.
    Boolean,
    /// A whole number from the first to the second.
    Integer(i64, i64),
    /// A number from the first to the second.
    Number(f64, f64),
    /// Any text.
    Text,
    /// One of these texts.
    Vocabulary(&'static [&'static str]),
    /// An array of such elements.
    Array(&'static Expected),
    /// An object whose members are such values.
    Map(&'static Expected),
    /// An object with these properties; what other members must be, if there may be others.
    Object(&'static [Property], Option<&'static Expected>),
}

/// One property of an object.
#[derive(Debug, Clone, Copy)]
pub struct Property {
    /// Its name.
    pub name: &'static str,
    /// Whether it must be there.
    pub required: bool,
    /// What it must be.
    pub expected: Expected,
}

/// A field that is checked, what it must be, and how the message about it starts.
#[derive(Debug, Clone, Copy)]
pub struct Checked {
    /// The index of the field.
    pub field: usize,
    /// What it must be.
    pub expected: Expected,
    /// ``field `user_id` of `Login` does not match schema `schemas/app.json` ``
    pub intro: &'static str,
    /// The type as the author spelled it.
    pub type_name: &'static str,
}

/// Fails to compile unless the field that the check at `index` is about keeps to what the schema expects.
///
/// All checks of an event are one constant: a reference in each call would be a constant of its own to the compiler.
///
/// # Panics
///
/// If it does not; only constants call it.
#[track_caller]
pub const fn check_field(fields: &[FieldDescriptor], checks: &[Checked], index: usize) {
    let (_, from_check) = checks.split_at(index);
    let [check, ..] = from_check else { return };
    let (_, from_field) = fields.split_at(check.field);
    if let [field, ..] = from_field
        && let Some(message) = mismatch(&field.shape, &check.expected, *check)
    {
        require(false, message.as_str());
    }
}

/// The first place in which values of the shape may not be what the schema expects.
const fn mismatch(shape: &Shape, expected: &Expected, checked: Checked) -> Option<Message> {
    if let Shape::Nullable(inner) = shape {
        if !expected.nullable && !matches!(expected.kind, Kind::Any) {
            return Some(null(expected, checked));
        }
        return mismatch(inner, expected, checked);
    }
    match (&expected.kind, shape) {
        (Kind::Any, _)
        | (Kind::Boolean, Shape::Boolean)
        | (Kind::Text, Shape::Enum(_) | Shape::Identifier(_) | Shape::FreeText { .. } | Shape::Bucket(_)) => {
            None
        }
        (Kind::Integer(min, max), Shape::Integer { min: low, max: high }) => {
            if *min <= *low && *high <= *max {
                None
            } else {
                Some(range(expected, [*min, *max], [*low, *high], checked))
            }
        }
        (Kind::Number(min, max), Shape::Number { min: low, max: high }) => {
            if *min <= *low && *high <= *max {
                None
            } else {
                Some(float_range(expected, checked))
            }
        }
        (Kind::Number(min, max), Shape::Integer { min: low, max: high }) => {
            if *min <= *low as f64 && *high as f64 <= *max {
                None
            } else {
                Some(float_range(expected, checked))
            }
        }
        (Kind::Vocabulary(allowed), Shape::Enum(vocabulary)) => words(expected, allowed, vocabulary, checked),
        (Kind::Vocabulary(allowed), text) if is_text(text) => Some(any_text(expected, allowed, checked)),
        (Kind::Array(items), Shape::List(item) | Shape::Set(item)) => mismatch(item, items, checked),
        (Kind::Map(values), Shape::Map { value, .. }) => mismatch(value, values, checked),
        (Kind::Map(values), Shape::Object(object)) => {
            members(object.fields, &[], Some(values), expected, checked)
        }
        (Kind::Object(properties, others), Shape::Object(object)) => {
            members(object.fields, properties, *others, expected, checked)
        }
        (Kind::Object(properties, Some(others)), Shape::Map { value, .. }) => {
            open_map(value, properties, others, expected, checked)
        }
        (Kind::Object(..), Shape::Map { .. }) => Some(any_member(expected, checked)),
        _ => Some(json_type(shape, expected, checked)),
    }
}

const fn is_text(shape: &Shape) -> bool {
    matches!(shape, Shape::Identifier(_) | Shape::FreeText { .. } | Shape::Bucket(_))
}

/// The name of the JSON type of a shape.
const fn json_name(shape: &Shape) -> &'static str {
    match shape {
        Shape::Boolean => "boolean",
        Shape::Integer { .. } => "integer",
        Shape::Number { .. } => "number",
        Shape::Enum(_) | Shape::Identifier(_) | Shape::FreeText { .. } | Shape::Bucket(_) => "string",
        Shape::List(_) | Shape::Set(_) => "array",
        Shape::Map { .. } | Shape::Object(_) => "object",
        Shape::Nullable(inner) => json_name(inner),
    }
}

const fn kind_name(kind: &Kind) -> &'static str {
    match kind {
        Kind::Any => "any",
        Kind::Boolean => "boolean",
        Kind::Integer(..) => "integer",
        Kind::Number(..) => "number",
        Kind::Text | Kind::Vocabulary(_) => "string",
        Kind::Array(_) => "array",
        Kind::Map(_) | Kind::Object(..) => "object",
    }
}

/// A type to write for what the schema expects.
const fn rust_type(kind: &Kind) -> &'static str {
    match kind {
        Kind::Any | Kind::Boolean => "`bool`",
        Kind::Integer(..) => "`i64`, with `#[telemetry(range = …)]` if the schema has bounds",
        Kind::Number(..) => "`f64` with a `sentinel`",
        Kind::Text => "`Token`, `Version`, or a `String` with `free_text`",
        Kind::Vocabulary(_) => "an enum with `#[derive(TelemetryEnum)]`",
        Kind::Array(_) => "a `Vec` or a `BTreeSet`",
        Kind::Map(_) => "a `BTreeMap`",
        Kind::Object(..) => "a struct with `#[derive(TelemetryValue)]`",
    }
}

const fn start(expected: &Expected, checked: Checked) -> Message {
    Message::new(checked.intro).push(": `").push(expected.pointer).push("` ")
}

const fn json_type(shape: &Shape, expected: &Expected, checked: Checked) -> Message {
    let message = start(expected, checked)
        .push("requires JSON `")
        .push(kind_name(&expected.kind))
        .push("`, but `")
        .push(checked.type_name);
    let message = if is_same(expected.pointer, checked.expected.pointer) {
        message.push("` does not serialize as one")
    } else {
        message.push("` has JSON `").push(json_name(shape)).push("` there")
    };
    message.push("\nhelp: use ").push(rust_type(&expected.kind))
}

const fn any_member(expected: &Expected, checked: Checked) -> Message {
    start(expected, checked)
        .push("names its members, but `")
        .push(checked.type_name)
        .push("` can have any\nhelp: use ")
        .push(rust_type(&expected.kind))
}

const fn null(expected: &Expected, checked: Checked) -> Message {
    start(expected, checked)
        .push("does not allow `null`, but `")
        .push(checked.type_name)
        .push("` can be `None` there\nhelp: leave `Option` out and say what stands for unknown: `#[telemetry(sentinel = …)]`")
}

const fn range(expected: &Expected, schema: [i64; 2], shape: [i64; 2], checked: Checked) -> Message {
    let ([min, max], [low, high]) = (schema, shape);
    let message = start(expected, checked)
        .push("requires a number from ")
        .push_integer(min)
        .push(" to ")
        .push_integer(max)
        .push(", but `")
        .push(checked.type_name)
        .push("` goes from ")
        .push_integer(low)
        .push(" to ")
        .push_integer(high);
    message
        .push("\nhelp: write `#[telemetry(range = ")
        .push_integer(min)
        .push("..=")
        .push_integer(max)
        .push(")]`")
}

const fn float_range(expected: &Expected, checked: Checked) -> Message {
    start(expected, checked)
        .push("has bounds that `")
        .push(checked.type_name)
        .push("` can cross\nhelp: state them in the field: `#[telemetry(range = …)]`")
}

const fn any_text(expected: &Expected, allowed: &[&str], checked: Checked) -> Message {
    start(expected, checked)
        .push("allows only ")
        .push_all(allowed)
        .push(", but `")
        .push(checked.type_name)
        .push("` can be another text\nhelp: use an enum of them with `#[derive(TelemetryEnum)]`")
}

/// Whether `text` is one of `texts`.
pub(super) const fn contains(texts: &[&str], text: &str) -> bool {
    let mut rest = texts;
    while let [first, tail @ ..] = rest {
        if is_same(first, text) {
            return true;
        }
        rest = tail;
    }
    false
}

/// Every variant must be allowed.
const fn words(
    expected: &Expected,
    allowed: &[&str],
    vocabulary: &EnumDescriptor,
    checked: Checked,
) -> Option<Message> {
    let mut rest = vocabulary.variants;
    while let [variant, tail @ ..] = rest {
        if !contains(allowed, variant) {
            return Some(extra_words(expected, allowed, vocabulary, checked));
        }
        rest = tail;
    }
    None
}

/// Lists the variants that are not allowed. Messages are slow to build, so only a wrong event pays for one.
const fn extra_words(
    expected: &Expected,
    allowed: &[&str],
    vocabulary: &EnumDescriptor,
    checked: Checked,
) -> Message {
    let mut message = start(expected, checked).push("does not allow ");
    let (mut separator, mut rest) = ("`", vocabulary.variants);
    while let [variant, tail @ ..] = rest {
        if !contains(allowed, variant) {
            message = message.push(separator).push(variant).push("`");
            separator = ", `";
        }
        rest = tail;
    }
    message.push(" of `").push(vocabulary.name).push("`\nhelp: the schema has ").push_all(allowed)
}

/// Every member must be allowed and what the schema expects, and every required property must be a member.
const fn members(
    fields: &[FieldDescriptor],
    properties: &[Property],
    others: Option<&Expected>,
    expected: &Expected,
    checked: Checked,
) -> Option<Message> {
    let mut rest = properties;
    while let [property, tail @ ..] = rest {
        if property.required && !has_field(fields, property.name) {
            return Some(missing(property, expected, checked));
        }
        rest = tail;
    }
    let mut rest = fields;
    while let [field, tail @ ..] = rest {
        if let Some(message) = member(field, properties, others, expected, checked) {
            return Some(message);
        }
        rest = tail;
    }
    None
}

pub(super) const fn has_field(fields: &[FieldDescriptor], name: &str) -> bool {
    let mut rest = fields;
    while let [field, tail @ ..] = rest {
        if is_same(field.name, name) {
            return true;
        }
        rest = tail;
    }
    false
}

const fn missing(property: &Property, expected: &Expected, checked: Checked) -> Message {
    start(expected, checked)
        .push("requires `")
        .push(property.name)
        .push("`, but `")
        .push(checked.type_name)
        .push("` has no such field there\nhelp: add it, with ")
        .push(rust_type(&property.expected.kind))
}

const fn member(
    field: &FieldDescriptor,
    properties: &[Property],
    others: Option<&Expected>,
    expected: &Expected,
    checked: Checked,
) -> Option<Message> {
    let mut rest = properties;
    while let [property, tail @ ..] = rest {
        if is_same(property.name, field.name) {
            return mismatch(&field.shape, &property.expected, checked);
        }
        rest = tail;
    }
    match others {
        Some(others) => mismatch(&field.shape, others, checked),
        None => Some(
            start(expected, checked)
                .push("has no property `")
                .push(field.name)
                .push("`, but `")
                .push(checked.type_name)
                .push("` sends one there\nhelp: remove the field `")
                .push(field.rust_name)
                .push("`, or rename it with `#[telemetry(rename = \"…\")]`"),
        ),
    }
}

/// A map has whatever keys it has: it can stand for an object none of whose properties is required.
const fn open_map(
    value: &Shape,
    properties: &[Property],
    others: &Expected,
    expected: &Expected,
    checked: Checked,
) -> Option<Message> {
    let mut rest = properties;
    while let [property, tail @ ..] = rest {
        if property.required {
            return Some(missing(property, expected, checked));
        }
        if let Some(message) = mismatch(value, &property.expected, checked) {
            return Some(message);
        }
        rest = tail;
    }
    mismatch(value, others, checked)
}
