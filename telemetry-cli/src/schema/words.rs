// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Describes what a schema allows, in words.

use std::fmt::Display;

use telemetry_schema::__cli1::{Constraint, Float, Kind, Members, counted};

/// The maximum nesting that is described.
const DEPTH: usize = 3;

/// The maximum number of texts or properties that are listed.
const LISTED: usize = 40;

/// The allowed values: `a whole number from 0 to 9`.
pub(crate) fn allowed(constraint: &Constraint<'_>) -> String {
    described(constraint, DEPTH)
}

fn described(constraint: &Constraint<'_>, depth: usize) -> String {
    let kind = of_kind(&constraint.kind, depth);
    match constraint.kind {
        Kind::Any => kind,
        Kind::Nothing if constraint.nullable => "only `null`".to_owned(),
        _ if constraint.nullable => format!("{kind}, or `null`"),
        _ => kind,
    }
}

fn of_kind(kind: &Kind<'_>, depth: usize) -> String {
    match kind {
        Kind::Any => "anything".to_owned(),
        Kind::Nothing => "nothing".to_owned(),
        Kind::Boolean => "`true` or `false`".to_owned(),
        Kind::Integer { .. } => with_bounds("whole number", &bounds(kind)),
        Kind::Number { .. } => with_bounds("number", &bounds(kind)),
        Kind::Text => "any text".to_owned(),
        Kind::Vocabulary([only]) => format!("the text {}", texts(&[only])),
        Kind::Vocabulary(words) => format!("one of {}", texts(words)),
        Kind::Array(items) if depth > 0 => {
            format!("a list, each element {}", described(items, depth - 1))
        }
        Kind::Array(_) => "a list".to_owned(),
        Kind::Object(members) if depth > 0 => object(members, depth - 1),
        Kind::Object(_) => "an object".to_owned(),
    }
}

fn with_bounds(name: &str, bounds: &str) -> String {
    if bounds == ANY { format!("any {name}") } else { format!("a {name} {bounds}") }
}

/// The bounds that do not exclude any value.
const ANY: &str = "without bounds";

/// The bounds of numbers.
pub(crate) fn bounds(kind: &Kind<'_>) -> String {
    match kind {
        Kind::Integer { min, max } => {
            between((*min != i64::MIN).then_some(min), (*max != i64::MAX).then_some(max))
        }
        Kind::Number { min: Float { value: min, .. }, max: Float { value: max, .. } } => {
            between((*min != f64::MIN).then_some(min), (*max != f64::MAX).then_some(max))
        }
        _ => ANY.to_owned(),
    }
}

fn between<T: Display>(min: Option<T>, max: Option<T>) -> String {
    match (min, max) {
        (None, None) => ANY.to_owned(),
        (Some(min), None) => format!("of at least {min}"),
        (None, Some(max)) => format!("of at most {max}"),
        (Some(min), Some(max)) => format!("from {min} to {max}"),
    }
}

/// Texts in backticks.
pub(crate) fn texts<T: AsRef<str>>(texts: &[T]) -> String {
    listed(texts.iter().map(|text| format!("`{}`", text.as_ref().escape_debug())))
}

fn object(members: &Members<'_>, depth: usize) -> String {
    let property = |property: &telemetry_schema::__cli1::Property<'_>| {
        format!("`{}` ({})", property.name.escape_debug(), described(&property.constraint, depth))
    };
    let others = members.others.map(|others| described(others, depth));
    match (members.properties, others) {
        ([], None) => "an empty object".to_owned(),
        ([], Some(others)) => format!("an object, each value {others}"),
        (properties, None) => format!("an object of {}", listed(properties.iter().map(property))),
        (properties, Some(others)) => {
            format!("an object of {}, and others ({others})", listed(properties.iter().map(property)))
        }
    }
}

fn listed(parts: impl ExactSizeIterator<Item = String>) -> String {
    let others = parts.len().saturating_sub(LISTED);
    let mut list = parts.take(LISTED).collect::<Vec<_>>().join(", ");
    if others > 0 {
        list.push_str(&format!(" and {}", counted(others, "other")));
    }
    list
}
