// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What a schema allows, in words.

use telemetry_schema::constraint::{Constraint, Float, Kind, Members};

/// How many values inside of one another are described.
const DEPTH: usize = 3;

/// How many texts or properties are listed.
const LISTED: usize = 40;

/// What may be there: `a whole number from 0 to 9`.
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
        Kind::Integer { min, max } => with_bounds("whole number", &integers(*min, *max)),
        Kind::Number { min, max } => with_bounds("number", &numbers(min, max)),
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

/// The bounds that exclude nothing.
const ANY: &str = "without bounds";

/// The bounds of whole numbers.
pub(crate) fn integers(min: i64, max: i64) -> String {
    match (min, max) {
        (i64::MIN, i64::MAX) => ANY.to_owned(),
        (min, i64::MAX) => format!("of at least {min}"),
        (i64::MIN, max) => format!("of at most {max}"),
        (min, max) => format!("from {min} to {max}"),
    }
}

/// The bounds of numbers.
pub(crate) fn numbers(min: &Float<'_>, max: &Float<'_>) -> String {
    match (min.value == f64::MIN, max.value == f64::MAX) {
        (true, true) => ANY.to_owned(),
        (false, true) => format!("of at least {}", min.value),
        (true, false) => format!("of at most {}", max.value),
        (false, false) => format!("from {} to {}", min.value, max.value),
    }
}

/// Texts in backticks.
pub(crate) fn texts<T: AsRef<str>>(texts: &[T]) -> String {
    listed(texts.iter().map(|text| format!("`{}`", text.as_ref().escape_debug())))
}

fn object(members: &Members<'_>, depth: usize) -> String {
    let property = |property: &telemetry_schema::constraint::Property<'_>| {
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
        list.push_str(&format!(" and {others} others"));
    }
    list
}
