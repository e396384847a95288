// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The keywords that constrain a value.

use telemetry_schema::__cli1::{Arena, Constraint, Json, Kind, Node, Problem};

use super::members::{insert_missing, of, remove, set};

/// All keywords that constrain a value.
const CONSTRAINING: [&str; 9] = [
    "type",
    "enum",
    "const",
    "minimum",
    "maximum",
    "items",
    "properties",
    "required",
    "additionalProperties",
];

/// The types whose keywords are merged individually.
pub(super) fn family(node: &Node<'_>) -> Result<&'static str, Problem> {
    Ok(match node.constraint(&Arena::new())?.kind {
        Kind::Object(_) => "object",
        Kind::Array(_) => "array",
        // Events are objects without a `type`; nothing else is.
        Kind::Any => "any",
        Kind::Nothing => "nothing",
        _ => "scalar",
    })
}

/// The annotations of `old` with the constraint of `new`.
pub(super) fn replaced(old: &Node<'_>, new: &Json) -> Json {
    let is_constraining = |(name, _): &&(String, Json)| CONSTRAINING.contains(&name.as_str());
    let constraint =
        of(new).iter().filter(|(name, _)| name == "$ref" || is_constraining(&&(name.clone(), Json::Null)));
    let annotations = of(old.json()).iter().filter(|member| !is_constraining(member));
    Json::Object(constraint.chain(annotations).cloned().collect())
}

/// The schema at `old` with the types of `new`, if they differ.
pub(super) fn with_type(old: &Node<'_>, new: &Node<'_>) -> Result<Json, Problem> {
    let (one, other) = (Arena::new(), Arena::new());
    let mut value = old.json().clone();
    if old.constraint(&one)?.nullable != new.constraint(&other)?.nullable {
        take(&mut value, new, "type");
    }
    Ok(value)
}

/// The value at `old`, which is neither an object nor an array, with the constraint of `new`.
pub(super) fn scalar(old: &Node<'_>, new: &Node<'_>) -> Result<Json, Problem> {
    let (one, other) = (Arena::new(), Arena::new());
    let (before, now) = (old.constraint(&one)?, new.constraint(&other)?);
    let mut value = old.json().clone();
    let is_same_type = before.nullable == now.nullable && before.kind.json_type() == now.kind.json_type();
    // The list of texts may have been the only keyword that implied a text.
    if !is_same_type || old.optional("type").is_none() {
        take(&mut value, new, "type");
    }
    texts(&mut value, new);
    for (keyword, is_lower) in [("minimum", true), ("maximum", false)] {
        if bound(&before, is_lower) != bound(&now, is_lower) {
            take(&mut value, new, keyword);
        }
    }
    Ok(value)
}

/// A bound of a number in comparable form; `None` without a bound.
fn bound(constraint: &Constraint<'_>, is_lower: bool) -> Option<String> {
    match constraint.kind {
        Kind::Integer { min: i64::MIN, .. } if is_lower => None,
        Kind::Integer { max: i64::MAX, .. } if !is_lower => None,
        Kind::Integer { min, max } => Some(if is_lower { min } else { max }.to_string()),
        Kind::Number { min, max } => {
            let bound = if is_lower { min } else { max }.value;
            (bound != f64::MIN && bound != f64::MAX).then(|| bound.to_string())
        }
        _ => None,
    }
}

/// The keyword of `new`. Bounds that exclude nothing are omitted.
fn take(value: &mut Json, new: &Node<'_>, keyword: &str) {
    let is_limit = |json: &Json| matches!(json, Json::Number(text) if text.parse() == Ok(i64::MIN) || text.parse() == Ok(i64::MAX));
    match new.json().get(keyword).filter(|json| !is_limit(json)) {
        Some(json) if keyword == "type" && value.get("type").is_none() => {
            if let Json::Object(members) = value {
                members.insert(0, (keyword.to_owned(), json.clone()));
            }
        }
        Some(json) => set(value, keyword, json.clone()),
        None => remove(value, keyword),
    }
}

/// The texts of `new`, in the order of `value` where it lists them.
fn texts(value: &mut Json, new: &Node<'_>) {
    let known = match value.get("enum") {
        Some(Json::Array(known)) if value.get("const").is_none() => known.clone(),
        _ => Vec::new(),
    };
    let Some(Json::Array(wanted)) = new.json().get("enum") else {
        remove(value, "enum");
        return take(value, new, "const");
    };
    let mut merged: Vec<Json> = known.into_iter().filter(|text| wanted.contains(text)).collect();
    insert_missing(&mut merged, wanted, |one, other| one == other);
    remove(value, "const");
    set(value, "enum", Json::Array(merged));
}
