// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Expectations made of the events that have arrived.

use std::collections::BTreeSet;

use telemetry_schema::json::Json;

use super::expectation::{Audit, Count, EventExpectation, Sessions};
use super::matcher::{Field, Matcher, find};
use super::reader::pointer;
use super::scenario::Scenario;
use crate::check::{AuditLog, has_order, has_sessions};
use crate::event::Event;

/// The maximum number of different values of a field that are listed.
const MOST_VALUES: usize = 8;

/// Words in names of fields whose values differ from run to run, or from machine to machine.
const VOLATILE: [&str; 17] = [
    "bytes",
    "cpu",
    "duration",
    "elapsed",
    "host",
    "hostname",
    "kernel",
    "latency",
    "memory",
    "ms",
    "os",
    "pid",
    "platform",
    "seconds",
    "time",
    "timestamp",
    "uptime",
];

/// Replaces the expectations of `scenario` by those that `events` meet.
pub(super) fn update(scenario: &mut Scenario, events: &[Event], audit: &AuditLog) {
    let known = scenario.events.iter().map(|known| expectation(known, events));
    let mut expectations: Vec<_> = known.filter(|known| known.count.most != Some(0)).collect();
    let is_known = |event: &&Event| scenario.events.iter().any(|known| known.selects(event));
    let new: BTreeSet<&str> =
        events.iter().filter(|event| !is_known(event)).map(|event| event.name.as_str()).collect();
    for name in new {
        let count = Count::exactly(0);
        let new = EventExpectation { name: name.to_owned(), count, ..EventExpectation::default() };
        expectations.push(expectation(&new, events));
    }
    scenario.events = expectations;
    // An expectation that is still met says more than one that is derived from a single run.
    if scenario.sessions.is_none_or(|expected| !has_sessions(expected, events)) {
        let sessions: BTreeSet<&str> = events.iter().map(|event| event.session.as_str()).collect();
        scenario.sessions =
            (!events.is_empty()).then(|| Sessions::Count(Count::exactly(sessions.len() as u64)));
    }
    scenario.order.take_if(|names| !has_order(names, events));
    scenario.audit = match audit {
        AuditLog::None | AuditLog::Unreadable(_) => None,
        AuditLog::Missing => Some(Audit::Absent),
        AuditLog::Lines(_) => Some(Audit::Equal),
    };
    if !events.is_empty() {
        scenario.silent = None;
    }
}

/// The expectation of those events that `known` selects.
fn expectation(known: &EventExpectation, events: &[Event]) -> EventExpectation {
    let events: Vec<&Event> = events.iter().filter(|event| known.selects(event)).collect();
    EventExpectation {
        name: known.name.clone(),
        selection: known.selection.clone(),
        // A count that is open above stays so: heartbeats have no exact number.
        count: if known.count.most.is_none() && known.count.contains(events.len()) {
            known.count
        } else {
            Count::exactly(events.len() as u64)
        },
        fields: fields(&events),
        envelope: known.envelope.clone(),
        increasing: known.increasing.clone(),
    }
}

fn fields(events: &[&Event]) -> Vec<Field> {
    let mut names: Vec<&str> = Vec::new();
    for event in events {
        for (name, _) in event.parameters.as_object().into_iter().flatten() {
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names.into_iter().filter_map(|name| field(name, events)).collect()
}

/// The field, if each event has it. One that only some events have is not expected of all.
fn field(name: &str, events: &[&Event]) -> Option<Field> {
    let pointer = pointer(name);
    let values = events.iter().map(|event| find(&event.parameters, &pointer));
    let values = values.collect::<Option<Vec<_>>>()?;
    Some(Field { pointer, matcher: matcher(name, &values) })
}

fn matcher(name: &str, values: &[&Json]) -> Matcher {
    let numbers: Option<Vec<f64>> = values.iter().map(|value| value.as_f64()).collect();
    if is_volatile(name) || values.iter().any(|value| is_identifier(value)) {
        let is_natural = numbers.is_some_and(|numbers| numbers.iter().all(|number| *number >= 0.0));
        return if is_natural { Matcher::Range(Some(0.0), None) } else { Matcher::Present };
    }
    let mut different: Vec<&Json> = Vec::new();
    for value in values {
        if !different.contains(value) {
            different.push(value);
        }
    }
    match (different.as_slice(), numbers) {
        ([value], _) if has_form_in_toml(value) => Matcher::Equal((*value).clone()),
        (_, Some(numbers)) => {
            let (min, max) =
                numbers.iter().fold((f64::MAX, f64::MIN), |(min, max), x| (min.min(*x), max.max(*x)));
            Matcher::Range(Some(min), Some(max))
        }
        (several, None)
            if several.len() <= MOST_VALUES && several.iter().all(|value| has_form_in_toml(value)) =>
        {
            let mut several: Vec<Json> = several.iter().map(|value| (*value).clone()).collect();
            several.sort_by_key(Json::to_string);
            Matcher::OneOf(several)
        }
        _ => Matcher::Present,
    }
}

/// Whether a word of the name is about time or size.
fn is_volatile(name: &str) -> bool {
    let mut words = vec![String::new()];
    for char in name.chars() {
        if char.is_uppercase() || !char.is_alphanumeric() {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.extend(char.to_lowercase());
        }
    }
    words.iter().any(|word| VOLATILE.contains(&word.trim_matches(|char: char| !char.is_alphanumeric())))
}

/// Whether the value is a UUID, or an ISO 8601 time.
fn is_identifier(value: &Json) -> bool {
    let Some(text) = value.as_str() else { return false };
    let form: String = text.chars().map(|char| if char.is_ascii_hexdigit() { 'x' } else { char }).collect();
    form == "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx" || form.starts_with("xxxx-xx-xxTxx:xx:xx")
}

/// Whether TOML can hold the value: it has no `null`, and its integers have 64 bits.
fn has_form_in_toml(value: &Json) -> bool {
    match value {
        Json::Null => false,
        Json::Number(text) => value.as_i64().is_some() || text.contains(['.', 'e', 'E']),
        Json::Array(elements) => elements.iter().all(has_form_in_toml),
        Json::Object(members) => members.iter().all(|(_, value)| has_form_in_toml(value)),
        _ => true,
    }
}
