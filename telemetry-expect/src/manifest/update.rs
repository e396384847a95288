// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Expectations made of the events that have arrived.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use telemetry_schema::json::Json;

use super::expectation::{Audit, Count, EventExpectation, Sessions};
use super::fields::pointer_to;
use super::matcher::{Field, Matcher, find};
use super::number::compare;
use super::placed::Placed;
use super::scenario::Scenario;
use crate::check::{Observed, has_audit, has_order, has_sessions};
use crate::event::Event;

/// The maximum number of different values of a field that are listed.
const MOST_VALUES: usize = 8;

/// The minimum length of a text with letters, digits and no spaces that counts as a key or an identifier, in bytes.
const SHORTEST_KEY: usize = 20;

/// Words in names of fields whose values differ from run to run, from machine to machine, or from release to release, and of those
/// that a manifest should not contain.
const VOLATILE: [&str; 39] = [
    "address",
    "arch",
    "architecture",
    "bytes",
    "cores",
    "cpu",
    "date",
    "directory",
    "duration",
    "elapsed",
    "gpu",
    "hash",
    "host",
    "hostname",
    "id",
    "ip",
    "kernel",
    "latency",
    "machine",
    "memory",
    "ms",
    "nonce",
    "os",
    "password",
    "path",
    "pid",
    "platform",
    "port",
    "secret",
    "seconds",
    "seed",
    "session",
    "time",
    "timestamp",
    "token",
    "uptime",
    "user",
    "uuid",
    "version",
];

/// Replaces the expectations of `scenario` by those that the observed run meets, which keeps each of its [promises](super::promises).
pub(super) fn update(scenario: &mut Scenario, observed: &Observed) {
    let events = &observed.events;
    scenario.events = expectations(&scenario.events, events);
    // An expectation that is still met says more than one that is derived from a single run.
    if scenario.sessions.is_none_or(|expected| !has_sessions(expected, events)) {
        let sessions: BTreeSet<&str> = events.iter().map(|event| event.session.as_str()).collect();
        scenario.sessions =
            (!events.is_empty()).then(|| Sessions::Count(Count::exactly(sessions.len() as u64)));
    }
    scenario.order.take_if(|names| !has_order(names, events));
    if scenario.audit.is_none() {
        let audit = Audit::ALL.into_iter().find(|audit| has_audit(*audit, observed));
        scenario.audit = audit.map(Placed::from);
    }
}

/// Those of the events that are known, and then those of other names.
fn expectations(known: &[EventExpectation], events: &[Event]) -> Vec<EventExpectation> {
    let is_known = |event: &&Event| known.iter().any(|known| known.selects(event));
    let new: BTreeSet<&str> =
        events.iter().filter(|event| !is_known(event)).map(|event| event.name.as_str()).collect();
    let new = new.into_iter().map(|name| EventExpectation {
        name: name.to_owned().into(),
        count: Count::exactly(0),
        ..EventExpectation::default()
    });
    let known = known.iter().map(|known| match known.count.most {
        Some(0) => Some(never(known)),
        _ => updated(known.clone(), events),
    });
    known.chain(new.map(|new| updated(new, events))).flatten().collect()
}

/// The expectation that these events do not come, without what it expects of them.
fn never(known: &EventExpectation) -> EventExpectation {
    let (name, selection) = (known.name.clone(), known.selection.clone());
    EventExpectation { name, selection, count: Count::exactly(0), ..EventExpectation::default() }
}

/// The expectation of those events that `known` selects, if it has anything to expect.
fn updated(known: EventExpectation, events: &[Event]) -> Option<EventExpectation> {
    let events: Vec<&Event> = events.iter().filter(|event| known.selects(event)).collect();
    let count = count(&known, events.len())?;
    let absent = known.fields.iter().filter(|field| field.is_absent()).cloned();
    Some(EventExpectation {
        count,
        fields: fields(&events).into_iter().chain(absent).collect(),
        envelope: known.envelope.into_iter().filter_map(|field| envelope_field(field, &events)).collect(),
        ..known
    })
}

/// The count of events of which `found` have come; `None` if nothing is left to expect of them.
fn count(known: &EventExpectation, found: usize) -> Option<Count> {
    // A count that is open above stays so: heartbeats have no exact number.
    if known.count.most.is_none() && known.count.contains(found) {
        return Some(known.count);
    }
    let has_promise = known.fields.iter().chain(&known.envelope).any(Field::is_absent);
    match found {
        // The fields are absent from the events of another run too.
        0 => has_promise.then_some(Count { least: 0, most: None }),
        found => Some(Count::exactly(found as u64)),
    }
}

/// A member of the envelope that is expected stays so, with the value that has come.
fn envelope_field(known: Field, events: &[&Event]) -> Option<Field> {
    if known.is_absent() || events.iter().all(|event| known.matches(&event.envelope)) {
        return Some(known);
    }
    let values =
        events.iter().map(|event| find(&event.envelope, &known.pointer)).collect::<Option<Vec<_>>>()?;
    Some(Field { matcher: matcher(known.pointer.trim_start_matches('/'), &values).into(), ..known })
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
    let pointer = pointer_to(name);
    let values = events.iter().map(|event| find(&event.parameters, &pointer));
    let values = values.collect::<Option<Vec<_>>>()?;
    Some(Field { pointer: pointer.into(), matcher: matcher(name, &values).into() })
}

/// What all values have in common.
fn matcher(name: &str, values: &[&Json]) -> Matcher {
    if is_volatile(name) || !values.iter().all(|value| is_stable(value)) {
        let is_natural = |value: &&Json| value.as_f64().is_some_and(|number| number >= 0.0);
        let range = || Matcher::Range(Some("0".to_owned()), None);
        return if values.iter().all(is_natural) { range() } else { Matcher::Present };
    }
    let mut different: Vec<&Json> = Vec::new();
    for value in values {
        if !different.contains(value) {
            different.push(value);
        }
    }
    match different.as_slice() {
        [value] if has_form_in_toml(value) => Matcher::Equal((*value).clone()),
        different => range(different).or_else(|| one_of(different)).unwrap_or(Matcher::Present),
    }
}

/// The range of the values, if all are numbers.
fn range(values: &[&Json]) -> Option<Matcher> {
    let mut numbers = values.iter().map(|value| bound(value)).collect::<Option<Vec<String>>>()?;
    numbers.sort_by(|one, other| compare(one, other).unwrap_or(Ordering::Equal));
    Some(Matcher::Range(numbers.first().cloned(), numbers.last().cloned()))
}

/// The number, or the nearest one that TOML can hold.
fn bound(value: &Json) -> Option<String> {
    let number = value.as_f64().filter(|number| number.is_finite())?;
    Some(if has_form_in_toml(value) { value.to_string() } else { format!("{number:?}") })
}

fn one_of(values: &[&Json]) -> Option<Matcher> {
    let is_usable = values.len() <= MOST_VALUES && values.iter().all(|value| has_form_in_toml(value));
    let mut values: Vec<Json> = values.iter().map(|value| (*value).clone()).collect();
    values.sort_by_key(Json::to_string);
    is_usable.then_some(Matcher::OneOf(values))
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

/// Whether the value can be the same in another run: it contains no identifier, no time, and no member with a volatile name.
fn is_stable(value: &Json) -> bool {
    match value {
        Json::Text(text) => !is_identifier(text),
        Json::Array(elements) => elements.iter().all(is_stable),
        Json::Object(members) => members.iter().all(|(name, value)| !is_volatile(name) && is_stable(value)),
        _ => true,
    }
}

/// Whether the text is a UUID, an ISO 8601 time, or as long and mixed as keys and hashes are.
fn is_identifier(text: &str) -> bool {
    let form: String = text.chars().map(|char| if char.is_ascii_hexdigit() { 'x' } else { char }).collect();
    let is_key = text.len() >= SHORTEST_KEY
        && !text.contains(char::is_whitespace)
        && text.contains(|char: char| char.is_ascii_digit())
        && text.contains(|char: char| char.is_ascii_alphabetic());
    is_key || form.starts_with("xxxx-xx-xxTxx:xx:xx")
}

/// Whether TOML can hold the value: it has no `null`, and its integers have 64 bits.
fn has_form_in_toml(value: &Json) -> bool {
    match value {
        Json::Null => false,
        Json::Number(text) => value.as_i64().is_some() || is_finite_float(text),
        Json::Array(elements) => elements.iter().all(has_form_in_toml),
        Json::Object(members) => members.iter().all(|(_, value)| has_form_in_toml(value)),
        _ => true,
    }
}

fn is_finite_float(text: &str) -> bool {
    text.contains(['.', 'e', 'E']) && text.parse().is_ok_and(f64::is_finite)
}
