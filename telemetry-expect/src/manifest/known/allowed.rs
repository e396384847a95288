// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The values that a schema allows.

use std::cmp::Ordering;

use telemetry_schema::__cli1::{Constraint, Kind, nearest};
use telemetry_schema::json::Json;

use crate::manifest::number::compare;
use crate::manifest::table::listed;
use crate::manifest::writer::Toml;

/// The part of `value` that cannot be where it is, with the constraint on it; `None` if an event can have the value.
pub(super) fn culprit<'a, 'v>(
    allowed: &Constraint<'a>,
    value: &'v Json,
) -> Option<(Constraint<'a>, &'v Json)> {
    let itself = Some((*allowed, value));
    match (&allowed.kind, value) {
        (Kind::Any, _) => None,
        (_, Json::Null) if allowed.nullable => None,
        (Kind::Array(item), Json::Array(elements)) => {
            elements.iter().find_map(|element| culprit(item, element))
        }
        (Kind::Object(members), Json::Object(values)) => {
            let mut required = members.properties.iter().filter(|property| property.required);
            if required.any(|property| value.get(property.name).is_none()) {
                return itself;
            }
            values.iter().find_map(|(name, inner)| match members.member(name) {
                Some(allowed) => culprit(allowed, inner),
                None => itself,
            })
        }
        (kind, value) if is_allowed(kind, value) => None,
        _ => itself,
    }
}

fn is_allowed(kind: &Kind<'_>, value: &Json) -> bool {
    match (kind, value) {
        (Kind::Boolean, Json::Boolean(_)) | (Kind::Text, Json::Text(_)) => true,
        (Kind::Vocabulary(words), Json::Text(text)) => words.contains(&text.as_str()),
        (Kind::Integer { .. }, Json::Number(number)) => is_whole(number) && overlaps(kind, [Some(number); 2]),
        (Kind::Number { .. }, Json::Number(number)) => overlaps(kind, [Some(number); 2]),
        _ => false,
    }
}

fn is_whole(number: &str) -> bool {
    number.parse::<i128>().is_ok() || number.parse::<f64>().is_ok_and(|number| number.fract() == 0.0)
}

pub(super) const fn is_number(kind: &Kind<'_>) -> bool {
    matches!(kind, Kind::Any | Kind::Integer { .. } | Kind::Number { .. })
}

/// Whether a number can be within these bounds, both inclusive.
pub(super) fn overlaps(kind: &Kind<'_>, [min, max]: [Option<&str>; 2]) -> bool {
    let [low, high] = match kind {
        Kind::Any => return true,
        Kind::Integer { min, max } => [min.to_string(), max.to_string()],
        Kind::Number { min, max } => [min, max].map(|bound| format!("{:?}", bound.value)),
        _ => return false,
    };
    let is_above = |one: &str, other: &str| compare(one, other) == Some(Ordering::Greater);
    !min.is_some_and(|min| is_above(min, &high)) && !max.is_some_and(|max| is_above(&low, max))
}

/// The values of this kind.
pub(super) fn description(kind: &Kind<'_>) -> String {
    match kind {
        Kind::Any => "any value".to_owned(),
        Kind::Nothing => "always `null`".to_owned(),
        Kind::Boolean => "`true` or `false`".to_owned(),
        Kind::Integer { min, max } => {
            let bounds =
                [(*min > i64::MIN).then(|| min.to_string()), (*max < i64::MAX).then(|| max.to_string())];
            format!("an integer{}", range(bounds))
        }
        Kind::Number { min, max } => {
            let bounds = [(min, f64::MIN), (max, f64::MAX)]
                .map(|(bound, none)| (bound.value != none).then(|| bound.value.to_string()));
            format!("a number{}", range(bounds))
        }
        Kind::Text => "a text".to_owned(),
        Kind::Vocabulary([only]) => code(only),
        Kind::Vocabulary(words) => format!("one of {}", listed(words.iter().map(|word| code(word)))),
        Kind::Array(_) => "a list".to_owned(),
        Kind::Object(members) => {
            let names = members.properties.iter().map(|property| format!("`{}`", property.name));
            format!("an object with the fields {}", listed(names))
        }
    }
}

fn range(bounds: [Option<String>; 2]) -> String {
    match bounds {
        [Some(min), Some(max)] => format!(" from {min} to {max}"),
        [Some(min), None] => format!(" of at least {min}"),
        [None, Some(max)] => format!(" of at most {max}"),
        [None, None] => String::new(),
    }
}

/// The help for a value that is not allowed.
pub(super) fn replacement(allowed: &Constraint<'_>, value: &Json) -> String {
    match (&allowed.kind, value) {
        (Kind::Vocabulary(words), Json::Text(text)) => match nearest(text, words.iter().copied()) {
            Some(nearest) => format!("write {}", code(nearest)),
            None => format!("write {}", description(&allowed.kind)),
        },
        (Kind::Array(item), value) if culprit(item, value).is_none() => format!("write `[{}]`", Toml(value)),
        (Kind::Text, Json::Number(_) | Json::Boolean(_)) => format!("write {}", code(&value.to_string())),
        (Kind::Nothing, _) => "remove the line: the schema allows only `null`".to_owned(),
        (kind, _) => format!("write {}", description(kind)),
    }
}

/// The text in TOML, in backticks.
fn code(text: &str) -> String {
    format!("`{}`", Toml(&Json::Text(text.to_owned())))
}
