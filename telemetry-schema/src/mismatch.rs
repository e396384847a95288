// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Whether every value that a shape can have is one that a schema allows.
//!
//! This code builds no message, because the compiler interprets it for every field. Only a field that does not match pays for one.

use crate::bucket;
use crate::constraint::{Constraint, Kind, Members, Property};
use crate::descriptor::{EnumDescriptor, FieldDescriptor, IdentifierKind, Shape};
use crate::number::{ceil, floor};
use crate::text::{TextSet, is_identifier, is_one_of, is_same};

/// The first place at which a shape has values that a schema does not allow.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mismatch<'a> {
    /// The constraint at this place.
    pub(crate) asked: &'a Constraint<'a>,
    /// The fault at this place.
    pub(crate) fault: Fault<'a>,
    /// The path to the place.
    pub(crate) path: Path<'a>,
    /// The innermost field of a value struct that contains the place.
    pub(crate) field: Option<&'a FieldDescriptor>,
    /// The step from the whole value to the part that contains the place; `None` if the place is the whole value.
    pub(crate) outermost: Option<Step<'a>>,
}

/// The ways in which a shape can violate a constraint.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Fault<'a> {
    /// The shape has another JSON type.
    JsonType(&'a Shape),
    /// The values can be `null`; other values have this shape.
    Null(&'a Shape),
    /// Values of the shape can be out of bounds.
    Range(&'a Shape),
    /// The shape allows texts other than these.
    AnyText(&'a [&'a str]),
    /// Only these texts are allowed, and the vocabulary has others.
    Words(&'a [&'a str], &'static EnumDescriptor),
    /// Only these texts are allowed, and the bucket with these limits has other labels.
    Labels(&'a [&'a str], &'a [u64]),
    /// The shape allows members that the schema does not name.
    AnyMember,
    /// The shape lacks a required property.
    Missing(&'a Property<'a>),
    /// The shape is a map, which may lack a required property.
    MissingKey(&'a Property<'a>),
    /// The shape has a field that the schema does not allow.
    Unknown(&'a FieldDescriptor),
}

/// The maximum number of steps in a path. Paths to more deeply nested values are cut.
const STEPS: usize = 16;

/// The steps from a schema to a part of it, innermost first. They end at a `$ref`, whose pointer gives the rest of the path.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Path<'a> {
    pub(crate) steps: [Step<'a>; STEPS],
    pub(crate) len: usize,
    pub(crate) target: &'a str,
}

/// One step of a path.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Step<'a> {
    /// To the schema of the elements.
    Items,
    /// To the schema of a property.
    Property(&'a str),
    /// To the schema of properties that are not named.
    Others,
}

impl<'a> Mismatch<'a> {
    const fn new(asked: &'a Constraint<'a>, fault: Fault<'a>) -> Option<Self> {
        let path = Path { steps: [Step::Items; STEPS], len: 0, target: asked.target };
        Some(Self { asked, fault, path, field: None, outermost: None })
    }

    /// The mismatch inside `field`, unless it already names an inner field.
    const fn of_field(mut self, field: &'a FieldDescriptor) -> Self {
        if self.field.is_none() {
            self.field = Some(field);
        }
        self
    }

    /// The mismatch as seen from the schema `outer`, which contains the place.
    #[expect(clippy::indexing_slicing, reason = "the length is compared with that of the array")]
    const fn within(mut self, outer: &'a Constraint<'a>, step: Step<'a>) -> Option<Self> {
        if self.path.target.is_empty() && self.path.len < STEPS {
            self.path.steps[self.path.len] = step;
            self.path.len += 1;
            self.path.target = outer.target;
        }
        self.outermost = Some(step);
        Some(self)
    }
}

/// The first place at which `shape` has values that the schema does not allow.
pub(crate) const fn mismatch<'a>(shape: &'a Shape, asked: &'a Constraint<'a>) -> Option<Mismatch<'a>> {
    if let Shape::Nullable(inner) = shape {
        // If no value fits, the option is not the reason.
        let is_reason = !asked.nullable && !matches!(asked.kind, Kind::Nothing);
        return if is_reason { Mismatch::new(asked, Fault::Null(inner)) } else { mismatch(inner, asked) };
    }
    match (&asked.kind, shape) {
        (Kind::Any, _) | (Kind::Boolean, Shape::Boolean) => None,
        (Kind::Text, text) if is_text(text) => None,
        (Kind::Integer { .. } | Kind::Number { .. }, Shape::Integer { .. } | Shape::Number { .. }) => {
            number(shape, asked)
        }
        (Kind::Vocabulary(allowed), text) if is_text(text) => words(text, allowed, asked),
        (Kind::Array(items), Shape::List { item } | Shape::Set { item }) => match mismatch(item, items) {
            Some(found) => found.within(asked, Step::Items),
            None => None,
        },
        (Kind::Object(members), Shape::Object(object)) => fields(object.fields, members, asked),
        (Kind::Object(members), Shape::Map { key, value }) => map(key, value, members, asked),
        _ => Mismatch::new(asked, Fault::JsonType(shape)),
    }
}

const fn is_text(shape: &Shape) -> bool {
    matches!(shape, Shape::Enum(_) | Shape::Identifier(_) | Shape::FreeText { .. } | Shape::Bucket { .. })
}

/// Integers are numbers, but floats are not integers. Each pair is compared exactly, because an `f64` cannot represent every `i64`.
const fn number<'a>(shape: &'a Shape, asked: &'a Constraint<'a>) -> Option<Mismatch<'a>> {
    let fits = match (&asked.kind, shape) {
        (Kind::Integer { min, max }, Shape::Integer { min: low, max: high }) => *min <= *low && *high <= *max,
        (Kind::Number { min, max }, Shape::Number { min: low, max: high }) => {
            min.value <= *low && *high <= max.value
        }
        (Kind::Number { min, max }, Shape::Integer { min: low, max: high }) => {
            ceil(min.value) <= *low as i128 && *high as i128 <= floor(max.value)
        }
        _ => return Mismatch::new(asked, Fault::JsonType(shape)),
    };
    if fits { None } else { Mismatch::new(asked, Fault::Range(shape)) }
}

/// The schema must allow every text of the shape.
const fn words<'a>(
    shape: &'a Shape,
    allowed: &'a [&'a str],
    asked: &'a Constraint<'a>,
) -> Option<Mismatch<'a>> {
    match shape {
        Shape::Enum(vocabulary) => match first_extra(vocabulary, allowed) {
            Some(_) => Mismatch::new(asked, Fault::Words(allowed, vocabulary)),
            None => None,
        },
        Shape::Bucket { limits } if has_labels(limits, allowed) => None,
        Shape::Bucket { limits } => Mismatch::new(asked, Fault::Labels(allowed, limits)),
        _ => Mismatch::new(asked, Fault::AnyText(allowed)),
    }
}

/// The index of the first variant that is not allowed.
pub(crate) const fn first_extra(vocabulary: &EnumDescriptor, allowed: &[&str]) -> Option<usize> {
    let allowed = TextSet::new(allowed);
    let (mut index, mut rest) = (0, vocabulary.variants);
    while let [variant, tail @ ..] = rest {
        if !allowed.contains(variant) {
            return Some(index);
        }
        (index, rest) = (index + 1, tail);
    }
    None
}

const fn has_labels(limits: &[u64], allowed: &[&str]) -> bool {
    let mut index = 0;
    while index < bucket::label_count(limits) {
        if !is_one_of(bucket::label(limits, index).as_str(), allowed) {
            return false;
        }
        index += 1;
    }
    true
}

/// Every field must match the constraint on its member, and every required property must be a field.
const fn fields<'a>(
    fields: &'a [FieldDescriptor],
    members: &'a Members<'a>,
    asked: &'a Constraint<'a>,
) -> Option<Mismatch<'a>> {
    let mut rest = members.properties;
    while let [property, tail @ ..] = rest {
        if property.required && !has_field(fields, property.name) {
            return Mismatch::new(asked, Fault::Missing(property));
        }
        rest = tail;
    }
    let mut rest = fields;
    while let [field, tail @ ..] = rest {
        let found = match member(members, field.name) {
            Some((member, step)) => match mismatch(&field.shape, member) {
                Some(found) => found.of_field(field).within(asked, step),
                None => None,
            },
            None => Mismatch::new(asked, Fault::Unknown(field)),
        };
        if found.is_some() {
            return found;
        }
        rest = tail;
    }
    None
}

const fn has_field(fields: &[FieldDescriptor], name: &str) -> bool {
    let mut rest = fields;
    while let [field, tail @ ..] = rest {
        if is_same(field.name, name) {
            return true;
        }
        rest = tail;
    }
    false
}

/// The constraint on the member called `name`, and the step to the schema with that constraint.
const fn member<'a>(members: &'a Members<'a>, name: &str) -> Option<(&'a Constraint<'a>, Step<'a>)> {
    let mut rest = members.properties;
    while let [property, tail @ ..] = rest {
        if is_same(property.name, name) {
            return Some((&property.constraint, Step::Property(property.name)));
        }
        rest = tail;
    }
    match members.others {
        Some(others) => Some((others, Step::Others)),
        None => None,
    }
}

/// A map guarantees no member, and can have a member with the name of any possible key.
const fn map<'a>(
    key: &'a Shape,
    value: &'a Shape,
    members: &'a Members<'a>,
    asked: &'a Constraint<'a>,
) -> Option<Mismatch<'a>> {
    let mut rest = members.properties;
    while let [property, tail @ ..] = rest {
        if property.required {
            return Mismatch::new(asked, Fault::MissingKey(property));
        }
        if can_be(key, property.name)
            && let Some(found) = mismatch(value, &property.constraint)
        {
            return found.within(asked, Step::Property(property.name));
        }
        rest = tail;
    }
    match members.others {
        _ if are_all_named(key, members.properties) => None,
        None => Mismatch::new(asked, Fault::AnyMember),
        Some(others) => match mismatch(value, others) {
            Some(found) => found.within(asked, Step::Others),
            None => None,
        },
    }
}

/// Whether a key of this shape can be `name`.
const fn can_be(key: &Shape, name: &str) -> bool {
    match key {
        Shape::Enum(vocabulary) => is_one_of(name, vocabulary.variants),
        Shape::Identifier(IdentifierKind::Token | IdentifierKind::Version) => is_identifier(name),
        _ => true,
    }
}

/// Whether each key of this shape is the name of a property.
const fn are_all_named(key: &Shape, properties: &[Property]) -> bool {
    let Shape::Enum(vocabulary) = key else { return false };
    let mut rest = vocabulary.variants;
    while let [variant, tail @ ..] = rest {
        let mut others = properties;
        while let [property, tail @ ..] = others
            && !is_same(property.name, variant)
        {
            others = tail;
        }
        if others.is_empty() {
            return false;
        }
        rest = tail;
    }
    true
}
