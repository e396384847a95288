// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What to say about a field that is not what the schema demands, put together while compiling.

use super::expected::{Expected, Kind, Property};
use super::is_same;
use super::message::Message;
use super::mismatch::{Fault, Mismatch, contains};
use crate::descriptor::{EnumDescriptor, FieldDescriptor, Shape};

/// The field that a message is about.
#[derive(Clone, Copy)]
pub(super) struct Checked<'a> {
    /// How the message starts: ``field `user_id` of `Login` does not match schema `schemas/app.json` ``
    pub(super) intro: &'a str,
    /// What the field as a whole must be.
    pub(super) expected: &'a Expected<'a>,
    /// The type as the author spelled it.
    pub(super) type_name: &'a str,
}

/// What is wrong with the field and what to write instead.
pub(super) const fn explain(mismatch: Mismatch, checked: Checked) -> Message {
    let expected = mismatch.expected;
    match mismatch.fault {
        Fault::JsonType(shape) => json_type(shape, expected, checked),
        Fault::Null => null(expected, checked),
        Fault::Range(schema, shape) => range(expected, schema, shape, checked),
        Fault::FloatRange => float_range(expected, checked),
        Fault::AnyText(allowed) => any_text(expected, allowed, checked),
        Fault::Words(allowed, vocabulary) => extra_words(expected, allowed, vocabulary, checked),
        Fault::AnyMember => any_member(expected, checked),
        Fault::Missing(property) => missing(property, expected, checked),
        Fault::Unknown(field) => unknown(field, expected, checked),
    }
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

const fn missing(property: &Property, expected: &Expected, checked: Checked) -> Message {
    start(expected, checked)
        .push("requires `")
        .push(property.name)
        .push("`, but `")
        .push(checked.type_name)
        .push("` has no such field there\nhelp: add it, with ")
        .push(rust_type(&property.expected.kind))
}

const fn unknown(field: &FieldDescriptor, expected: &Expected, checked: Checked) -> Message {
    start(expected, checked)
        .push("has no property `")
        .push(field.name)
        .push("`, but `")
        .push(checked.type_name)
        .push("` sends one there\nhelp: remove the field `")
        .push(field.rust_name)
        .push("`, or rename it with `#[telemetry(rename = \"…\")]`")
}
