// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The messages about fields that do not match a schema, with what to write instead.

use crate::bucket;
use crate::constraint::{Constraint, Kind, Members, Property};
use crate::descriptor::{EnumDescriptor, FieldDescriptor, Shape};
use crate::message::{Listed, Message};
use crate::mismatch::{Fault, Mismatch, Step};
use crate::number::{ceil, floor};
use crate::rust_type::{element_type, float_unknown, push_float, push_range, rust_type};
use crate::text::{TextSet, is_one_of};

/// The type that a message is about.
#[derive(Clone, Copy)]
pub(crate) struct What<'a> {
    /// The type, as the author spelled it.
    pub(crate) type_name: &'a str,
    /// The step to the part of it that the message is about; `None` for the whole type.
    pub(crate) outermost: Option<Step<'a>>,
    /// The field of a value struct that the message is about; `None` for the field of the event.
    pub(crate) field: Option<&'a FieldDescriptor>,
}

impl What<'_> {
    /// Appends the type and `end`, as in `` `Vec<u32>` ranges from 0 to 9 there``.
    const fn push_to(self, message: Message, end: &str) -> Message {
        self.there(message.push("`").push(self.type_name).push("`").push(end))
    }

    /// Appends a Rust type for values of this kind.
    const fn push_type(self, message: Message, kind: &Kind) -> Message {
        match self.outermost {
            Some(Step::Items) if self.field.is_none() => element_type(message, kind, "Vec::new()"),
            Some(_) if self.field.is_none() => element_type(message, kind, "BTreeMap::new()"),
            _ => rust_type(message, kind),
        }
    }

    /// Appends the field that the attribute belongs on, unless it is the field of the event.
    const fn on_field(self, message: Message) -> Message {
        match self.field {
            Some(field) => message.push(" on `").push(field.rust_name).push("`"),
            None => message,
        }
    }

    /// Appends the part of the type that the sentence is about.
    const fn there(self, message: Message) -> Message {
        match (self.outermost, self.field) {
            (None, _) => message,
            (_, None) => message.push(" there"),
            (_, Some(field)) => {
                message.push(" at `").push(field.rust_name).push("` (reported for each field of that type)")
            }
        }
    }
}

/// Appends the mismatch and its help to a `message` that names the place.
pub(crate) const fn explain(message: Message, what: What, found: &Mismatch) -> Message {
    let asked = found.asked;
    match found.fault {
        Fault::JsonType(shape) => json_type(message, what, shape, asked),
        Fault::Null(shape) => null(message, what, shape, asked),
        Fault::Range(shape) => range(message, what, shape, asked),
        Fault::AnyText(allowed) => any_text(message, what, allowed),
        Fault::Words(allowed, vocabulary) => {
            extra_words(message, allowed, vocabulary, " (reported for each field of that type)")
        }
        Fault::Labels(allowed, limits) => extra_labels(message, allowed, limits),
        Fault::AnyMember => any_member(message, what, asked),
        Fault::Missing(property) => missing(message, what, property),
        Fault::MissingKey(property) => missing_key(message, what, property),
        Fault::Unknown(field) => unknown(message, what, field, asked),
    }
}

const fn json_type(message: Message, what: What, shape: &Shape, asked: &Constraint) -> Message {
    if let Kind::Nothing = asked.kind {
        let (only, others) =
            if asked.nullable { ("only `null`", " has other values") } else { ("no value", " has some") };
        let message = what.push_to(message.push("allows ").push(only).push(", but "), others);
        return message.push("\nhelp: remove the field, or let the schema allow its values");
    }
    let message = message.push("requires JSON `").push(asked.kind.json_type()).push("`, but `");
    let message = match shape {
        Shape::Bucket { .. } => message.push("bucket` of `").push(what.type_name).push("` has JSON `"),
        _ => message.push(what.type_name).push("` has JSON `"),
    };
    let message = what.there(message.push(shape.json_type()).push("`"));
    what.on_field(what.push_type(message.push("\nhelp: use "), &asked.kind))
}

const fn null(message: Message, what: What, shape: &Shape, asked: &Constraint) -> Message {
    let message = what.push_to(message.push("does not allow `null`, but "), " can be `None`");
    let message = message.push("\nhelp: remove `Option`, and use ");
    if let Kind::Vocabulary(words) = asked.kind {
        return message.push("one of ").push_all(words).push(" for unknown values");
    }
    let message = message.push("a value that means unknown");
    // The elements of a collection have no sentinel of their own.
    let has_sentinel = what.outermost.is_none();
    let start = if has_sentinel { ": `#[telemetry(" } else { ", such as `" };
    let end = if has_sentinel { ")]`" } else { "`" };
    let message = match (&asked.kind, shape) {
        (Kind::Boolean, Shape::Boolean) if has_sentinel => message.push(start).push("sentinel = false"),
        (Kind::Boolean, Shape::Boolean) => message.push(start).push("false"),
        (Kind::Integer { min, max }, Shape::Integer { min: low, max: high }) => {
            let [from, to] = common([*min, *max], [*low, *high]);
            if from > to {
                return rust_type(message.push(": use "), &asked.kind);
            }
            let needs_range = has_sentinel && (*low < *min || *max < *high);
            let message = message.push(start);
            let message = if needs_range { push_range(message, from, to).push(", ") } else { message };
            let message = if has_sentinel { message.push("sentinel = ") } else { message };
            message.push_integer(unknown_integer(from, to))
        }
        (Kind::Number { min, max }, Shape::Number { .. }) if has_sentinel => {
            push_float(message.push(start), min, max)
        }
        (Kind::Number { min, max }, Shape::Number { .. }) => {
            message.push(start).push(float_unknown(min, max))
        }
        (Kind::Text, _) => return message.push(", such as `unknown`"),
        (Kind::Array(_), _) => return message.push(", such as an empty list"),
        _ => return message,
    };
    message.push(end)
}

/// An integer within both bounds to use as the sentinel.
const fn unknown_integer(from: i64, to: i64) -> i64 {
    if from <= -1 && -1 <= to {
        -1
    } else if from <= 0 && 0 <= to {
        0
    } else {
        from
    }
}

/// The intersection of two ranges. If it is empty, the first bound is above the second.
const fn common([min, max]: [i64; 2], [low, high]: [i64; 2]) -> [i64; 2] {
    [if min > low { min } else { low }, if max < high { max } else { high }]
}

const fn range(message: Message, what: What, shape: &Shape, asked: &Constraint) -> Message {
    match (&asked.kind, shape) {
        (Kind::Integer { min, max }, Shape::Integer { min: low, max: high }) => {
            let bounds = [Message::new("").push_integer(*min), Message::new("").push_integer(*max)];
            let message = push_bounds(message, &bounds, [*min > i64::MIN, *max < i64::MAX]);
            let message =
                message.push(", but `").push(what.type_name).push("` ranges from ").push_integer(*low);
            let message = what.there(message.push(" to ").push_integer(*high));
            integer_remedy(message, what, [*min, *max], [*low, *high], asked)
        }
        (Kind::Number { min, max }, shape) => {
            let bounds = [Message::new(min.literal), Message::new(max.literal)];
            let message = push_bounds(message, &bounds, [min.value > f64::MIN, max.value < f64::MAX]);
            let message = what.push_to(message.push(", but "), " can be outside of that");
            match shape {
                Shape::Integer { min: low, max: high } => {
                    let whole = [saturated(ceil(min.value)), saturated(floor(max.value))];
                    integer_remedy(message, what, whole, [*low, *high], asked)
                }
                _ if what.outermost.is_some() && what.field.is_none() => {
                    message.push("\nhelp: remove `minimum` and `maximum` from the schema: floats in a list or map have no bounds")
                }
                _ => what.on_field(rust_type(message.push("\nhelp: use "), &asked.kind)),
            }
        }
        _ => message,
    }
}

/// Appends `requires a number from 0 to 9`, or `of at least 0` if there is only one bound.
const fn push_bounds(message: Message, [min, max]: &[Message; 2], is_bound: [bool; 2]) -> Message {
    let message = message.push("requires a number ");
    match is_bound {
        [true, false] => message.push("of at least ").push(min.as_str()),
        [false, true] => message.push("of at most ").push(max.as_str()),
        _ => message.push("from ").push(min.as_str()).push(" to ").push(max.as_str()),
    }
}

/// Appends what to write for an integer that the schema bounds.
const fn integer_remedy(
    message: Message,
    what: What,
    bounds: [i64; 2],
    of_type: [i64; 2],
    asked: &Constraint,
) -> Message {
    let [from, to] = common(bounds, of_type);
    if from <= to {
        let message = push_range(message.push("\nhelp: write `#[telemetry("), from, to).push(")]`");
        return what.on_field(message);
    }
    rust_type(message.push("\nhelp: use "), &asked.kind)
}

const fn saturated(bound: i128) -> i64 {
    if bound < i64::MIN as i128 {
        i64::MIN
    } else if bound > i64::MAX as i128 {
        i64::MAX
    } else {
        bound as i64
    }
}

const fn any_text(message: Message, what: What, allowed: &[&str]) -> Message {
    let message =
        what.push_to(message.push("allows only ").push_all(allowed).push(", but "), " can be another text");
    message.push("\nhelp: use an enum of them with `#[derive(TelemetryEnum)]`")
}

/// Lists the variants that are not allowed, then their enum and `end`.
pub(crate) const fn extra_words(
    message: Message,
    allowed: &[&str],
    vocabulary: &EnumDescriptor,
    end: &str,
) -> Message {
    let (mut message, mut list) = (message.push("does not allow "), Listed::new());
    let (set, mut rest) = (TextSet::new(allowed), vocabulary.variants);
    while let [variant, tail @ ..] = rest {
        if !set.contains(variant) {
            message = list.push(message, variant);
        }
        rest = tail;
    }
    let message = list.end(message).push(" of `").push(vocabulary.name).push("`").push(end);
    message.push("\nhelp: the schema has ").push_all(allowed)
}

const fn extra_labels(message: Message, allowed: &[&str], limits: &[u64]) -> Message {
    let (mut message, mut list) = (message.push("does not allow the labels "), Listed::new());
    let mut index = 0;
    while index < bucket::label_count(limits) {
        let label = bucket::label(limits, index);
        if !is_one_of(label.as_str(), allowed) {
            message = list.push(message, label.as_str());
        }
        index += 1;
    }
    let message = list.end(message).push(" of `bucket`");
    message.push("\nhelp: choose the limits so that the labels are among ").push_all(allowed)
}

const fn any_member(message: Message, what: What, asked: &Constraint) -> Message {
    let message = what.push_to(message.push("allows only named members, but "), " can have others");
    rust_type(message.push("\nhelp: use "), &asked.kind)
}

const fn missing(message: Message, what: What, property: &Property) -> Message {
    let message = message.push("requires `").push(property.name).push("`, but ");
    let message = what.push_to(message, " has no such field");
    let message =
        message.push("\nhelp: add a field that is sent as `").push(property.name).push("`, whose type is ");
    rust_type(message, &property.constraint.kind)
}

/// A map cannot guarantee a required member.
const fn missing_key(message: Message, what: What, property: &Property) -> Message {
    let message = message.push("requires `").push(property.name).push("`, but ");
    let message = what.push_to(message, " may lack it");
    let message =
        message.push("\nhelp: use a struct with `#[derive(TelemetryValue)]` and a field that is sent as `");
    rust_type(message.push(property.name).push("`, whose type is "), &property.constraint.kind)
}

const fn unknown(message: Message, what: What, field: &FieldDescriptor, asked: &Constraint) -> Message {
    let message = message.push("has no property `").push(field.name).push("`, but ");
    let message = what.push_to(message, " sends one");
    let message = message.push("\nhelp: remove the field `").push(field.rust_name).push("`");
    let Kind::Object(Members { properties: mut rest @ [_, ..], .. }) = asked.kind else { return message };
    let mut message = message.push(", or rename it with `#[telemetry(rename = …)]` to a property: ");
    let mut list = Listed::new();
    while let [property, tail @ ..] = rest {
        message = list.push(message, property.name);
        rest = tail;
    }
    list.end(message)
}
