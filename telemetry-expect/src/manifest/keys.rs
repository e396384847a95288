// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The keys of a manifest, and the help for keys in a wrong place.

use telemetry_schema::__cli1::nearest;

use super::fields::{pointer, pointer_to};
use super::table::remedy;
use super::writer::{Key, Text};

/// The keys at the top of a file with tables `[[scenario]]`.
pub(super) const TOP: [&str; 3] = ["scenario", "settle", "timeout"];

pub(super) const SCENARIO: [&str; 17] = [
    "audit",
    "command",
    "env",
    "event",
    "exit_code",
    "files",
    "input",
    "may_write",
    "name",
    "order",
    "respond",
    "sessions",
    "settle",
    "silent",
    "stop_when_met",
    "timeout",
    "timestamps",
];

pub(super) const EVENT: [&str; 8] =
    ["at_least", "at_most", "count", "envelope", "fields", "increasing", "name", "where"];

pub(super) const COUNT: [&str; 2] = ["at_least", "at_most"];

pub(super) const MATCHER: [&str; 6] = ["absent", "equal", "max", "min", "one_of", "present"];

/// The keys of an event that can be tables with a heading of their own.
const TABLES: [&str; 3] = ["envelope", "fields", "where"];

/// The help for an unknown key at the top of a file with tables `[[scenario]]`.
pub(super) fn at_top(key: &str) -> Option<String> {
    match key {
        "event" => Some("write `[[scenario.event]]` below the `[[scenario]]` that it belongs to".to_owned()),
        key if SCENARIO.contains(&key) => Some(format!("write `{key}` below a `[[scenario]]`")),
        key => of_event(key, "scenario.event"),
    }
}

/// The help for an unknown key of a scenario whose events are in the tables `[[event]]`.
pub(super) fn in_scenario(key: &str, event: &str) -> Option<String> {
    let is_list = event == "event" && nearest(key, ["scenario"]).is_some();
    if is_list { Some("write `[[scenario]]`".to_owned()) } else { of_event(key, event) }
}

/// The help for an unknown key of a table `[[event]]`.
pub(super) fn in_event(key: &str, event: &str) -> Option<String> {
    if SCENARIO.contains(&key) {
        return Some(format!("it is a key of a scenario: write it before the first `[[{event}]]`"));
    }
    MATCHER
        .contains(&key)
        .then(|| format!("it is a key of an expected value: `fields = {{ numArticles = {{ {key} = … }} }}`"))
}

/// The help for a key of the tables `[[event]]`.
fn of_event(key: &str, event: &str) -> Option<String> {
    if TABLES.contains(&key) {
        return Some(format!("it is a key of an event: write `[{event}.{key}]` below its `[[{event}]]`"));
    }
    EVENT.contains(&key).then(|| format!("it is a key of an event: write it below `[[{event}]]`"))
}

/// The help for an unknown key of the expected value of the field `name`, which may be an object with such a field.
pub(super) fn in_matcher(key: &str, name: &str) -> String {
    let known = match synonym(key) {
        Some(known) => format!("write `{known}`"),
        None => remedy(key, "keys", &MATCHER, ""),
    };
    let inner = format!("{}{}", pointer(name), pointer_to(key));
    let (inner, name) = (Text(&inner), Key(name));
    format!(
        "{known}; if `{name}` is an object, write `{inner}` for its field, or `{name} = {{ equal = {{ … }} }}` for all of it"
    )
}

/// The key that other tools call `key`.
fn synonym(key: &str) -> Option<&'static str> {
    match key {
        "at_least" | "ge" | "gte" | "minimum" => Some("min"),
        "at_most" | "le" | "lte" | "maximum" => Some("max"),
        "any_of" | "enum" | "in" => Some("one_of"),
        "const" | "eq" | "value" => Some("equal"),
        "exists" => Some("present"),
        "missing" => Some("absent"),
        _ => None,
    }
}
