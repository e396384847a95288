// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Sessions, and the order of the events in each.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use telemetry_schema::__cli1::counted;
use telemetry_schema::json::Json;

use crate::event::Event;
use crate::manifest::{EventExpectation, Placed, Scenario, Sessions, compare, find};
use crate::report::Difference;

/// The events of each session, in the order of their arrival.
type BySession<'a> = BTreeMap<&'a str, Vec<&'a Event>>;

fn by_session<'a>(events: impl IntoIterator<Item = &'a Event>) -> BySession<'a> {
    let mut sessions = BySession::new();
    for event in events {
        sessions.entry(&event.session).or_default().push(event);
    }
    sessions
}

/// Whether events of enough sessions have arrived.
pub(super) fn has_all(scenario: &Scenario, events: &[Event]) -> bool {
    match scenario.sessions {
        Some(Sessions::Count(count)) => by_session(events).len() as u64 >= count.least,
        Some(Sessions::Different) | None => true,
    }
}

pub(super) fn differences(scenario: &Scenario, events: &[Event]) -> Vec<Difference> {
    let mut differences = Vec::new();
    differences.extend(scenario.sessions.and_then(|expected| sessions(expected, events)));
    if let Some(names) = &scenario.order {
        differences.extend(order(names, events));
    }
    if scenario.timestamps {
        differences.extend(
            by_session(events).into_iter().filter_map(|(session, events)| timestamps(session, &events)),
        );
    }
    differences.extend(scenario.events.iter().flat_map(|expectation| increasing(expectation, events)));
    differences
}

/// Whether the events are in the expected sessions.
pub(crate) fn has_sessions(expected: Sessions, events: &[Event]) -> bool {
    sessions(expected, events).is_none()
}

/// Whether each session has its events in this order.
pub(crate) fn has_order(names: &[Placed<String>], events: &[Event]) -> bool {
    order(names, events).is_empty()
}

fn sessions(expected: Sessions, events: &[Event]) -> Option<Difference> {
    let sessions = by_session(events);
    let (is_met, expected) = match expected {
        Sessions::Count(count) => (count.contains(sessions.len()), count.to_string()),
        Sessions::Different => (sessions.len() == events.len(), "one for each event".to_owned()),
    };
    let each = sessions.iter();
    let each = each.map(|(session, events)| format!("`{session}` with {}", counted(events.len(), "event")));
    let found = match each.collect::<Vec<_>>() {
        each if each.is_empty() => "0".to_owned(),
        each => format!("{}: {}", each.len(), each.join(", ")),
    };
    (!is_met).then(|| Difference::new("sessions", expected, found))
}

/// The events with one of these names, in each session.
fn order(names: &[Placed<String>], events: &[Event]) -> Vec<Difference> {
    let sessions = by_session(events.iter().filter(|event| names.iter().any(|name| **name == event.name)));
    let expected = names.join(", ");
    if sessions.is_empty() && !names.is_empty() {
        return vec![Difference::new("order", expected, "no such event")];
    }
    let count = sessions.len();
    let found = sessions.into_iter().map(|(session, events)| {
        let found: Vec<&str> = events.iter().map(|event| event.name.as_str()).collect();
        (session, found.join(", "))
    });
    let title = match count {
        1 => expected.clone(),
        _ => format!("{expected}, in each of the {count} sessions"),
    };
    let wrong = found.filter(|(_, found)| *found != expected);
    wrong
        .map(|(session, found)| Difference::new(format!("order in session `{session}`"), &title, found))
        .collect()
}

fn timestamps(session: &str, events: &[&Event]) -> Option<Difference> {
    let subject = format!("timestamps in session `{session}`");
    if let Some(event) = events.iter().find(|event| moment(&event.ts).is_none()) {
        let found = format!("`{}` (#{})", event.ts, event.position);
        return Some(Difference::new(subject, "times in UTC, such as 2026-01-31T12:00:00.000Z", found));
    }
    let (one, next) = pairs(events).find(|(one, next)| moment(&next.ts) < moment(&one.ts))?;
    let found = format!("{} (#{}) after {} (#{})", next.ts, next.position, one.ts, one.position);
    Some(Difference::new(subject, "increasing", found))
}

/// The seconds and the fraction of a time, which have the order of the times; `None` if the text is not a time in UTC.
fn moment(ts: &str) -> Option<(&str, &str)> {
    let (seconds, rest) = ts.split_at_checked("2026-01-31T12:00:00".len())?;
    let form: String = seconds.chars().map(|char| if char.is_ascii_digit() { '0' } else { char }).collect();
    let fraction = ["Z", "+00:00"].iter().find_map(|zone| rest.strip_suffix(zone))?;
    let digits = if fraction.is_empty() { "" } else { fraction.strip_prefix('.')? };
    let is_time = form == "0000-00-00T00:00:00" && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_time.then(|| (seconds, digits.trim_end_matches('0')))
}

/// Each element with the next one.
fn pairs<'a, T: Copy>(all: &'a [T]) -> impl Iterator<Item = (T, T)> + 'a {
    all.iter().copied().zip(all.iter().copied().skip(1))
}

fn increasing(expectation: &EventExpectation, events: &[Event]) -> Vec<Difference> {
    let sessions = by_session(events.iter().filter(|event| expectation.selects(event)));
    let mut differences = BTreeSet::new();
    for pointer in &expectation.increasing {
        for (session, events) in &sessions {
            let found = decrease(pointer, events);
            differences.extend(found.map(|found| {
                let subject = format!("{}: {} in session `{session}`", expectation.title(), **pointer);
                Difference::new(subject, "numbers that increase", found)
            }));
        }
    }
    differences.into_iter().collect()
}

/// The first value that is not a number, or that is less than the one before it.
fn decrease(pointer: &str, events: &[&Event]) -> Option<String> {
    let value = |event: &Event| find(&event.parameters, pointer).map(Json::to_string);
    let shown = |event: &Event| {
        format!("{} (#{})", value(event).unwrap_or_else(|| "no value".to_owned()), event.position)
    };
    let order = |one: &Event, next: &Event| compare(&value(one)?, &value(next)?);
    // A value that is not a number cannot be compared with itself.
    if let Some(event) = events.iter().find(|event| order(event, event).is_none()) {
        return Some(shown(event));
    }
    let (one, next) = pairs(events).find(|(one, next)| order(one, next) == Some(Ordering::Greater))?;
    Some(format!("{} after {}", shown(next), shown(one)))
}
