// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Events that their schemas do not allow.

use std::collections::BTreeMap;

use telemetry_schema::json::Json;

use super::{Observed, positions};
use crate::event::Event;
use crate::manifest::find;
use crate::report::Difference;
use crate::rules::Violation;

/// A difference for each violation. Events with the same value at the same place share one.
pub(super) fn differences(observed: &Observed) -> Vec<Difference> {
    let mut all: BTreeMap<[String; 2], Vec<&Event>> = BTreeMap::new();
    for (event, violations) in observed.events.iter().zip(&observed.violations) {
        for violation in violations {
            all.entry([subject(event, violation), found(event, violation)]).or_default().push(event);
        }
    }
    let all = all.into_iter();
    all.map(|([subject, found], events)| {
        Difference::new(subject, "what the schema allows", format!("{found} ({})", positions(events)))
    })
    .collect()
}

fn subject(event: &Event, Violation { pointer, is_in_envelope, .. }: &Violation) -> String {
    let name = &event.name;
    match (pointer.as_str(), is_in_envelope) {
        ("", _) => format!("event `{name}`"),
        (pointer, true) => format!("event `{name}`: envelope {pointer}"),
        (pointer, false) => format!("event `{name}`: {pointer}"),
    }
}

/// The value of a text or number, and the reason.
fn found(event: &Event, Violation { pointer, message, is_in_envelope }: &Violation) -> String {
    let json = if *is_in_envelope { &event.envelope } else { &event.parameters };
    let value = find(json, pointer).filter(|value| is_short(value)).map(Json::to_string);
    // Some reasons quote the value.
    match value.filter(|value| !message.contains(value.trim_matches('"'))) {
        Some(value) => format!("{value} {message}"),
        None => message.clone(),
    }
}

fn is_short(value: &Json) -> bool {
    value.as_array().is_none() && value.as_object().is_none() && !value.is_null()
}
