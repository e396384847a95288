// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Expectations that no event can meet: names and values that its schema does not have.

mod allowed;
mod part;
mod place;
#[cfg(test)]
mod tests;

use telemetry_schema::__cli1::{Arena, Constraint, Kind, Members, Property};
use telemetry_schema::json::Json;

use self::part::Part;
use super::error::{MOST_MISTAKES, Mistake};
use super::expectation::EventExpectation;
use super::matcher::Matcher;
use super::placed::Placed;
use super::scenario::Scenario;
use super::table::remedy;
use crate::schemas::{KnownEvent, Schemas};

/// The help for an event that may be one of another product.
const OTHERS: &str =
    "for another product, add its schema (`--schema`) or accept its events (`--accept-unknown`)";

/// The mistakes of a scenario, which are looked for one by one.
pub(super) fn mistakes<'a>(
    scenario: &'a Scenario,
    schemas: &'a Schemas,
) -> impl Iterator<Item = Mistake> + 'a {
    let order = scenario.order.iter().flatten().filter_map(|name| unknown_event(name, None, schemas));
    let events = scenario.events.iter().flat_map(|expectation| event(expectation, schemas));
    order.chain(events)
}

fn event(expectation: &EventExpectation, schemas: &Schemas) -> Vec<Mistake> {
    let client_id = client_id(expectation);
    if let Some(unknown) = client_id.as_ref().filter(|client_id| !schemas.has_client(client_id)) {
        return unknown_client(unknown, schemas).into_iter().collect();
    }
    let client_id = client_id.map(|client_id| client_id.value);
    let arena = Arena::new();
    let events = schemas.events(&expectation.name, client_id, &arena);
    // An event that several products have needs to be possible for one of them.
    let mistakes = events.iter().map(|event| of_event(expectation, event, schemas));
    mistakes
        .min_by_key(Vec::len)
        .unwrap_or_else(|| unknown_event(&expectation.name, client_id, schemas).into_iter().collect())
}

/// The client id that the envelopes of the events need to have.
fn client_id(expectation: &EventExpectation) -> Option<Placed<&str>> {
    let field = expectation.envelope.iter().find(|field| *field.pointer == "/clientId")?;
    match &*field.matcher {
        Matcher::Equal(Json::Text(text)) => Some(Placed::new(text, field.matcher.at)),
        _ => None,
    }
}

fn unknown_client(client_id: &Placed<&str>, schemas: &Schemas) -> Option<Mistake> {
    let known: Vec<&str> = schemas.client_ids().into_iter().collect();
    (!schemas.accepts_unknown()).then(|| Mistake {
        at: client_id.at,
        problem: format!("no schema has the client id `{}`", **client_id),
        help: remedy(client_id, "client ids", &known, OTHERS),
    })
}

/// The mistake if no event has this name.
fn unknown_event(name: &Placed<String>, client_id: Option<&str>, schemas: &Schemas) -> Option<Mistake> {
    let is_accepted = schemas.accepts_unknown() || schemas.has_event(name, client_id);
    (!is_accepted).then(|| Mistake {
        at: name.at,
        problem: format!("no event has the name `{}`", **name),
        help: remedy(name, "events", &schemas.event_names(client_id), OTHERS),
    })
}

/// The first mistakes in the parameters and in the envelope of an event.
fn of_event(expectation: &EventExpectation, event: &KnownEvent<'_>, schemas: &Schemas) -> Vec<Mistake> {
    let EventExpectation { name, selection, fields, envelope, increasing, .. } = expectation;
    let versions = [event.schema_version];
    let keys: Vec<Property<'_>> = schemas.keys().iter().map(|key| of_envelope(key, &versions)).collect();
    let (keys, event) = (Members { properties: &keys, others: None }, event.members);
    let parameters = Part {
        title: format!("event `{}`", **name),
        members: event,
        other: keys,
        remedy: "it is in the envelope: write it in `envelope`",
    };
    let envelopes = Part {
        title: format!("the envelope of event `{}`", **name),
        members: keys,
        other: event,
        remedy: "it is a parameter: write it in `fields`",
    };
    let in_parameters = selection.iter().chain(fields).flat_map(|field| parameters.mistakes(field));
    let increasing = increasing.iter().filter_map(|pointer| parameters.cannot_increase(pointer));
    let is_known = !keys.properties.is_empty();
    let in_envelope = envelope.iter().filter(|_| is_known).flat_map(|field| envelopes.mistakes(field));
    in_parameters.chain(increasing).chain(in_envelope).take(MOST_MISTAKES).collect()
}

/// The values of an envelope are texts.
fn of_envelope<'a>(key: &'a str, versions: &'a [&'a str]) -> Property<'a> {
    let constraint = match key {
        "eventSchemaVer" => Constraint::of(false, Kind::Vocabulary(versions)),
        _ => Constraint::TEXT,
    };
    Property { name: key, required: true, is_described: true, constraint }
}
