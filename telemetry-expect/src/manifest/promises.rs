// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Promises about privacy, which an update never drops: `silent`, events and fields that do not exist, and the audit log.

use super::error::Mistake;
use super::expectation::EventExpectation;
use super::matcher::Field;
use super::scenario::Scenario;
use super::table::listed;
use crate::check::{Observed, audit_differences, count, not_silent, refused, unexpected, values_in};
use crate::event::Event;
use crate::report::Difference;

/// The promises of `scenario` that the observed run breaks.
pub(super) fn broken(scenario: &Scenario, observed: &Observed) -> Vec<Mistake> {
    let silent = scenario.silent.as_ref().and_then(|silent| {
        let refused = observed.refused.iter().map(|problem| refused(problem));
        let events = unexpected(scenario, &observed.events).into_iter();
        let found = refused.chain(events).chain(not_silent(scenario, observed));
        mistake(scenario, "silent", silent.at, found.collect())
    });
    let audit = scenario
        .audit
        .as_ref()
        .and_then(|audit| mistake(scenario, "audit", audit.at, audit_differences(scenario, observed)));
    let events =
        scenario.events.iter().flat_map(|expectation| of_event(scenario, expectation, &observed.events));
    silent.into_iter().chain(audit).chain(events).collect()
}

fn of_event(scenario: &Scenario, expectation: &EventExpectation, events: &[Event]) -> Vec<Mistake> {
    let selected: Vec<&Event> = events.iter().filter(|event| expectation.selects(event)).collect();
    let absent =
        |fields: &[Field]| fields.iter().filter(|field| field.is_absent()).cloned().collect::<Vec<_>>();
    let (fields, envelope) = (absent(&expectation.fields), absent(&expectation.envelope));
    let place = fields.iter().chain(&envelope).next().map_or(expectation.name.at, |field| field.pointer.at);
    let absent = values_in(&EventExpectation { fields, envelope, ..expectation.clone() }, &selected);
    let never = (expectation.count.most == Some(0)).then(|| count(expectation, &selected)).flatten();
    let never = mistake(scenario, "count = 0", expectation.name.at, never.into_iter().collect());
    never.into_iter().chain(mistake(scenario, "absent", place, absent)).collect()
}

/// A mistake about the promise `key`, if it is broken by `found`.
fn mistake(scenario: &Scenario, key: &str, at: usize, found: Vec<Difference>) -> Option<Mistake> {
    if found.is_empty() {
        return None;
    }
    let name =
        if scenario.name.is_empty() { String::new() } else { format!(" of scenario `{}`", scenario.name) };
    let found = found.iter().map(|Difference { subject, found, .. }| format!("{subject}: {found}"));
    Some(Mistake {
        at,
        problem: format!("an update keeps `{key}`{name}, which the program has broken: {}", listed(found)),
        help: format!("correct the program, or remove `{key}` by hand if this may happen"),
    })
}
