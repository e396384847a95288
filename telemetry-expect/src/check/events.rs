// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Counts and values of events.

use std::collections::BTreeMap;

use telemetry_schema::json::Json;

use super::positions;
use crate::event::Event;
use crate::manifest::{EventExpectation, Field, Scenario, find};
use crate::report::Difference;

/// Whether enough events of each kind have arrived.
pub(super) fn has_all(scenario: &Scenario, events: &[Event]) -> bool {
    scenario.events.iter().all(|expectation| {
        let selected = events.iter().filter(|event| expectation.selects(event));
        selected.count() as u64 >= expectation.count.least
    })
}

pub(super) fn differences(scenario: &Scenario, events: &[Event]) -> Vec<Difference> {
    let mut differences = Vec::new();
    for expectation in &scenario.events {
        let selected: Vec<&Event> = events.iter().filter(|event| expectation.selects(event)).collect();
        differences.extend(count(expectation, &selected));
        differences.extend(values_in(expectation, &selected));
    }
    differences.extend(unexpected(scenario, events));
    differences
}

/// The values that differ, in the parameters and in the envelope.
pub(crate) fn values_in(expectation: &EventExpectation, selected: &[&Event]) -> Vec<Difference> {
    let (parameters, envelope) = (&expectation.fields, &expectation.envelope);
    let mut differences = values(expectation, "", parameters, selected, |event| &event.parameters);
    differences.extend(values(expectation, "envelope ", envelope, selected, |event| &event.envelope));
    differences
}

pub(crate) fn count(expectation: &EventExpectation, selected: &[&Event]) -> Option<Difference> {
    let is_met = expectation.count.contains(selected.len());
    let found = match selected {
        [] => "0".to_owned(),
        _ => format!("{} ({})", selected.len(), positions(selected.iter().copied())),
    };
    (!is_met).then(|| Difference::new(format!("{}: count", expectation.title()), expectation.count, found))
}

/// The values that differ.
fn values(
    expectation: &EventExpectation,
    part: &str,
    fields: &[Field],
    selected: &[&Event],
    json: impl Fn(&Event) -> &Json,
) -> Vec<Difference> {
    let mut differences = Vec::new();
    for field in fields {
        let subject = format!("{}: {part}{}", expectation.title(), *field.pointer);
        let wrong = wrong(field, selected, &json).into_iter();
        differences.extend(wrong.map(|(found, events)| {
            Difference::new(subject.as_str(), &*field.matcher, format!("{found} ({})", positions(events)))
        }));
    }
    differences
}

/// The events whose value differs, by that value.
fn wrong<'a>(
    field: &Field,
    selected: &[&'a Event],
    json: impl Fn(&Event) -> &Json,
) -> BTreeMap<String, Vec<&'a Event>> {
    let mut wrong: BTreeMap<String, Vec<&Event>> = BTreeMap::new();
    for event in selected {
        let found = find(json(event), &field.pointer);
        if !field.matcher.matches(found) {
            let found = found.map_or_else(|| "no value".to_owned(), Json::to_string);
            wrong.entry(found).or_default().push(event);
        }
    }
    wrong
}

/// The events that no table of the scenario selects.
pub(crate) fn unexpected(scenario: &Scenario, events: &[Event]) -> Vec<Difference> {
    let mut others: BTreeMap<&str, Vec<&Event>> = BTreeMap::new();
    let is_expected = |event: &Event| scenario.events.iter().any(|expectation| expectation.selects(event));
    for event in events.iter().filter(|event| !is_expected(event)) {
        others.entry(&event.name).or_default().push(event);
    }
    let difference = |(name, events): (&str, Vec<&Event>)| {
        let parameters = events.first().map(|event| event.parameters.to_string()).unwrap_or_default();
        let found = format!("{} ({}), the first is {parameters}", events.len(), positions(events));
        Difference::new(format!("event `{name}`"), "0, since no table `[[event]]` selects it", found)
    };
    others.into_iter().map(difference).collect()
}
