// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Whether a shape keeps to what a schema demands: decided while compiling.
//!
//! Nothing here makes a text: the compiler interprets this code for every field, and `check.rs` words a message for a field
//! that is looked at more closely.

use super::expected::{Expected, Kind, Property};
use super::is_same;
use crate::descriptor::{EnumDescriptor, FieldDescriptor, Shape};

/// The first place in which values of a shape may not be what the schema expects.
#[derive(Clone, Copy)]
pub(super) struct Mismatch<'a> {
    /// What is expected there.
    pub(super) expected: &'a Expected<'a>,
    /// What is wrong there.
    pub(super) fault: Fault<'a>,
}

/// What can be wrong.
#[derive(Clone, Copy)]
pub(super) enum Fault<'a> {
    /// The shape has another JSON type.
    JsonType(&'a Shape),
    /// The shape can be `null`.
    Null,
    /// The bounds of the schema, which those of the shape exceed.
    Range([i64; 2], [i64; 2]),
    /// The shape can cross the bounds of a float.
    FloatRange,
    /// The shape can be other texts than these.
    AnyText(&'a [&'static str]),
    /// Only these words are allowed, and the vocabulary has others.
    Words(&'a [&'static str], &'a EnumDescriptor),
    /// The shape can have any member.
    AnyMember,
    /// The shape lacks a required property.
    Missing(&'a Property<'a>),
    /// The shape has a field that is no property.
    Unknown(&'a FieldDescriptor),
}

const fn at<'a>(expected: &'a Expected<'a>, fault: Fault<'a>) -> Option<Mismatch<'a>> {
    Some(Mismatch { expected, fault })
}

/// The first place in which values of the shape may not be what the schema expects.
pub(super) const fn mismatch<'a>(shape: &'a Shape, expected: &'a Expected<'a>) -> Option<Mismatch<'a>> {
    if let Shape::Nullable(inner) = shape {
        if !expected.nullable && !matches!(expected.kind, Kind::Any) {
            return at(expected, Fault::Null);
        }
        return mismatch(inner, expected);
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
                at(expected, Fault::Range([*min, *max], [*low, *high]))
            }
        }
        (Kind::Number(min, max), Shape::Number { min: low, max: high }) => {
            if *min <= *low && *high <= *max {
                None
            } else {
                at(expected, Fault::FloatRange)
            }
        }
        (Kind::Number(min, max), Shape::Integer { min: low, max: high }) => {
            if *min <= *low as f64 && *high as f64 <= *max { None } else { at(expected, Fault::FloatRange) }
        }
        (Kind::Vocabulary(allowed), Shape::Enum(vocabulary)) => words(expected, allowed, vocabulary),
        (Kind::Vocabulary(allowed), text) if is_text(text) => at(expected, Fault::AnyText(allowed)),
        (Kind::Array(items), Shape::List(item) | Shape::Set(item)) => mismatch(item, items),
        (Kind::Map(values), Shape::Map { value, .. }) => mismatch(value, values),
        (Kind::Map(values), Shape::Object(object)) => members(object.fields, &[], Some(values), expected),
        (Kind::Object(properties, others), Shape::Object(object)) => {
            members(object.fields, properties, *others, expected)
        }
        (Kind::Object(properties, Some(others)), Shape::Map { value, .. }) => {
            open_map(value, properties, others, expected)
        }
        (Kind::Object(..), Shape::Map { .. }) => at(expected, Fault::AnyMember),
        _ => at(expected, Fault::JsonType(shape)),
    }
}

const fn is_text(shape: &Shape) -> bool {
    matches!(shape, Shape::Identifier(_) | Shape::FreeText { .. } | Shape::Bucket(_))
}

/// Every variant must be allowed.
const fn words<'a>(
    expected: &'a Expected<'a>,
    allowed: &'a [&'static str],
    vocabulary: &'a EnumDescriptor,
) -> Option<Mismatch<'a>> {
    let mut rest = vocabulary.variants;
    while let [variant, tail @ ..] = rest {
        if !contains(allowed, variant) {
            return at(expected, Fault::Words(allowed, vocabulary));
        }
        rest = tail;
    }
    None
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

/// Every member must be allowed and what the schema expects, and every required property must be a member.
const fn members<'a>(
    fields: &'a [FieldDescriptor],
    properties: &'a [Property<'a>],
    others: Option<&'a Expected<'a>>,
    expected: &'a Expected<'a>,
) -> Option<Mismatch<'a>> {
    let mut rest = properties;
    while let [property, tail @ ..] = rest {
        if property.required && !has_field(fields, property.name) {
            return at(expected, Fault::Missing(property));
        }
        rest = tail;
    }
    let mut rest = fields;
    while let [field, tail @ ..] = rest {
        if let Some(message) = member(field, properties, others, expected) {
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

const fn member<'a>(
    field: &'a FieldDescriptor,
    properties: &'a [Property<'a>],
    others: Option<&'a Expected<'a>>,
    expected: &'a Expected<'a>,
) -> Option<Mismatch<'a>> {
    let mut rest = properties;
    while let [property, tail @ ..] = rest {
        if is_same(property.name, field.name) {
            return mismatch(&field.shape, &property.expected);
        }
        rest = tail;
    }
    match others {
        Some(others) => mismatch(&field.shape, others),
        None => at(expected, Fault::Unknown(field)),
    }
}

/// A map has whatever keys it has: it can stand for an object none of whose properties is required.
const fn open_map<'a>(
    value: &'a Shape,
    properties: &'a [Property<'a>],
    others: &'a Expected<'a>,
    expected: &'a Expected<'a>,
) -> Option<Mismatch<'a>> {
    let mut rest = properties;
    while let [property, tail @ ..] = rest {
        if property.required {
            return at(expected, Fault::Missing(property));
        }
        if let Some(message) = mismatch(value, &property.expected) {
            return Some(message);
        }
        rest = tail;
    }
    mismatch(value, others)
}
