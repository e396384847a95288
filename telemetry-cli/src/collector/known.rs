// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The products whose events can be checked: the one that is linked into the program, and those of schema files.

use std::collections::HashMap;

use serde_json::Value;
use telemetry_core::__command1::escape_untrusted;
use telemetry_core::descriptor::EventDescriptor;
use telemetry_core::registry::Events;
use telemetry_schema::__cli1::{Arena, Members, Schema};

use super::envelope::{Envelope, Event};
use super::store::Violation;
use crate::schema::{validate_members_up_to, validate_up_to};

/// The longest text of a violation, in characters. It can quote the request.
const LONGEST_MESSAGE: usize = 400;

/// The most violations that are kept of one event.
const MAX_VIOLATIONS: usize = 100;

/// The number of violations of a request from which one of each further event is kept.
const MAX_OF_REQUEST: usize = 1000;

/// The products whose events can be checked.
pub(super) struct Known {
    products: Vec<KnownProduct>,
    accepts_unknown: bool,
}

struct KnownProduct {
    /// The client id in the envelope. A schema file without one describes events of any product.
    client_id: Option<String>,
    name: Option<&'static str>,
    events: HashMap<String, (String, Rules)>,
}

/// The rules for the parameters of one event.
enum Rules {
    Struct(&'static EventDescriptor),
    Schema(Members<'static>),
}

impl Rules {
    /// The first `most` violations.
    fn violations(&self, most: usize, parameters: &Value) -> Vec<crate::schema::Violation> {
        match self {
            Self::Struct(event) => validate_up_to(most, event, parameters),
            Self::Schema(members) => validate_members_up_to(most, members, parameters),
        }
    }
}

impl Known {
    /// The products of these schema files, which come first, and of `events`.
    pub(super) fn new(events: &Events, files: Vec<Schema>, accepts_unknown: bool) -> Self {
        let mut structs = of_structs(events);
        if describe_product(&files, events) {
            structs.events.clear();
        }
        let files = files.into_iter().map(of_file);
        Self { products: files.chain([structs]).collect(), accepts_unknown }
    }

    /// The name of the product with this client id, or the client id itself.
    pub(super) fn product_name(&self, client_id: &str) -> String {
        let names = self.products.iter().filter(|product| product.client_id.as_deref() == Some(client_id));
        names.filter_map(|product| product.name).next().unwrap_or(client_id).to_owned()
    }

    /// The violations of the event at `index`. Pointers are those of [`Violation`]. If the request has `earlier` violations already,
    /// fewer are kept of this event, but at least one.
    pub(super) fn check(
        &self,
        envelope: &Envelope<'_>,
        index: usize,
        event: &Event<'_>,
        earlier: usize,
    ) -> Vec<Violation> {
        let limit = MAX_OF_REQUEST.saturating_sub(earlier).clamp(1, MAX_VIOLATIONS);
        let mut violations = self.check_up_to(limit, envelope, index, event);
        violations.truncate(limit);
        violations
    }

    fn check_up_to(
        &self,
        limit: usize,
        envelope: &Envelope<'_>,
        index: usize,
        event: &Event<'_>,
    ) -> Vec<Violation> {
        let client_id = envelope.text("clientId");
        let is_client =
            |product: &&KnownProduct| product.client_id.is_none() || product.client_id == client_id;
        let mut violations = Vec::new();
        let mut candidates: Vec<_> = self.products.iter().filter(is_client).collect();
        if candidates.is_empty() {
            if self.accepts_unknown {
                return violations;
            }
            violations.push(self.unknown_client(envelope));
            candidates = self.products.iter().collect();
        }
        let Some((version, rules)) = candidates.iter().find_map(|product| product.events.get(&event.name))
        else {
            violations.push(outside(format!("/events/{index}/name"), "is not an event of this product"));
            return violations;
        };
        violations.extend(expect(envelope, "eventSchemaVer", version));
        violations.extend(check_parameters(rules, event.parameters, limit));
        violations
    }

    fn unknown_client(&self, envelope: &Envelope<'_>) -> Violation {
        let ids: Vec<_> = self.products.iter().filter_map(|product| product.client_id.as_deref()).collect();
        let found = found(envelope, "clientId");
        outside("/clientId".into(), &format!("{found}, and has to be \"{}\"", ids.join("\" or \"")))
    }
}

/// Whether one of the files describes the events of the linked product, so that its structs describe none.
pub(super) fn describe_product(files: &[Schema], events: &Events) -> bool {
    files.iter().any(|file| file.client_id() == Some(events.profile().client_id()))
}

fn check_parameters(rules: &Rules, parameters: &str, limit: usize) -> Vec<Violation> {
    match serde_json::from_str(parameters) {
        Ok(parameters) => {
            let found = rules.violations(limit, &parameters).into_iter();
            found.map(|found| violation(found.pointer, &found.problem)).collect()
        }
        // The text is JSON, but nested too deeply.
        Err(error) => vec![violation("/".into(), &format!("cannot be read: {error}"))],
    }
}

/// A violation if the text of the envelope differs from the one that the product sends.
fn expect(envelope: &Envelope<'_>, name: &str, expected: &str) -> Option<Violation> {
    if envelope.text(name).as_deref() == Some(expected) {
        return None;
    }
    let found = found(envelope, name);
    Some(outside(format!("/{name}"), &format!("{found}, and has to be \"{expected}\"")))
}

fn found(envelope: &Envelope<'_>, name: &str) -> String {
    envelope
        .json(name)
        .map_or_else(|| "is missing".to_owned(), |json| format!("is {}", escape_untrusted(json, 200)))
}

/// A violation outside of the parameters.
fn outside(pointer: String, message: &str) -> Violation {
    Violation { is_outside: true, ..violation(pointer, message) }
}

fn violation(pointer: String, message: &str) -> Violation {
    let pointer = escape_untrusted(&pointer, LONGEST_MESSAGE);
    Violation { pointer, message: escape_untrusted(message, LONGEST_MESSAGE), is_outside: false }
}

fn of_structs(events: &Events) -> KnownProduct {
    let rules = |event: &'static EventDescriptor| {
        (event.name.to_owned(), (event.schema_version.to_owned(), Rules::Struct(event)))
    };
    KnownProduct {
        client_id: Some(events.profile().client_id().to_owned()),
        name: Some(events.profile().name()),
        events: events.sorted().into_iter().map(rules).collect(),
    }
}

/// The product of a schema file. Files are read once, when the program starts, so what they allocate is never freed.
fn of_file(schema: Schema) -> KnownProduct {
    let (schema, arena): (&'static Schema, &'static Arena<'static>) =
        (Box::leak(Box::new(schema)), Box::leak(Box::new(Arena::new())));
    let events = schema.event_names().into_iter().filter_map(|name| {
        let event = schema.event(name, arena).filter(|event| event.is_listed)?;
        Some((name.to_owned(), (schema.version().to_owned(), Rules::Schema(event.members))))
    });
    KnownProduct { client_id: schema.client_id().map(str::to_owned), name: None, events: events.collect() }
}
