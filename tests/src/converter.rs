// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Turns the reference's account of an event into a schema file of the published structure.
//!
//! The reference (`product_events.json`) lists what each client sends: types, vocabularies, bounds. The collector's schema of
//! one product is published (`anonymous_events_1.7.json`); this gives the other sixteen events the same structure, so that
//! the compile-time check and the generator of structs have something to work on.
//!
//! Three rules fill what the reference leaves open: everything that is always sent is required; nothing else may be sent,
//! as in every event of which the reference knows it; descriptions are left out, since they are their authors' words.

mod json;

use crate::ordered::Ordered;
use json::{array, object, text};

/// Keywords of a property that go into the schema as they are.
const KEYWORDS: [&str; 5] = ["type", "enum", "const", "minimum", "maximum"];

/// The name of the type of integers between the bounds of 64 bits, as published.
const WIDEST_INTEGER: &str = "RestrictedTelemetryInteger";

/// The schema file of the event `name` out of the whole of `product_events.json`, as text.
///
/// # Panics
///
/// If there is no such event, or if it lacks what every event has.
#[must_use]
pub fn schema_file(reference: &Ordered, name: &str) -> String {
    let event = reference.get("events").and_then(|events| events.get(name));
    let event = event.unwrap_or_else(|| panic!("the reference has no event `{name}`"));
    let schema =
        Converter { widest_integer: reference.get("types").and_then(|types| types.get(WIDEST_INTEGER)) }
            .schema(name, event);
    json::pretty(&schema)
}

/// The definitions that an event needs beside its own entry.
struct Converter<'a> {
    widest_integer: Option<&'a Ordered>,
}

/// The members of an object that is being built.
type Members = Vec<(String, Ordered)>;

impl Converter<'_> {
    fn schema(&self, name: &str, event: &Ordered) -> Ordered {
        let mut types = Members::new();
        let described = self.event(event, &mut types);
        object([
            ("$schema", text("http://json-schema.org/draft-07/schema#")),
            ("schemaMeta", meta(event)),
            (
                "definitions",
                object([("types", Ordered::Object(types)), ("events", object([(name, described)]))]),
            ),
            ("oneOf", array([object([("$ref", text(&format!("#/definitions/events/{name}")))])])),
        ])
    }

    fn event(&self, event: &Ordered, types: &mut Members) -> Ordered {
        let properties = members(event, "properties");
        let properties: Members = properties
            .iter()
            .map(|(name, property)| (name.clone(), self.property(property, types)))
            .collect();
        object([
            ("type", text("object")),
            ("properties", Ordered::Object(properties)),
            ("additionalProperties", Ordered::Scalar(false.into())),
            ("required", event.get("wire_required").expect("each event says what it sends").clone()),
        ])
    }

    /// A property: a reference to the type that the schema or the client names, or the type itself.
    fn property(&self, property: &Ordered, types: &mut Members) -> Ordered {
        let named = ["schema_ref", "enum_type"].iter().find_map(|key| property.get(key)?.as_str());
        let widest = self.is_widest_integer(property).then_some(WIDEST_INTEGER);
        let definition = self.definition(property, types);
        let Some(name) = named.or(widest) else { return definition };
        if !types.iter().any(|(known, _)| known == name) {
            types.push((name.to_owned(), definition));
        }
        object([("$ref", text(&format!("#/definitions/types/{name}")))])
    }

    fn is_widest_integer(&self, property: &Ordered) -> bool {
        let bounds = |of: &Ordered| Some((of.get("minimum")?.clone(), of.get("maximum")?.clone()));
        bounds(property).is_some() && bounds(property) == self.widest_integer.and_then(bounds)
    }

    fn definition(&self, property: &Ordered, types: &mut Members) -> Ordered {
        let mut definition: Members = KEYWORDS
            .iter()
            .filter_map(|keyword| Some(((*keyword).to_owned(), property.get(keyword)?.clone())))
            .collect();
        for below in ["items", "additionalProperties"] {
            if let Some(value) = property.get(below) {
                definition.push((below.to_owned(), self.property(value, types)));
            }
        }
        if property.get("properties").is_some() {
            definition.extend(self.nested(property, types));
        }
        Ordered::Object(definition)
    }

    /// The members of an object inside an event: all of them are always there.
    fn nested(&self, property: &Ordered, types: &mut Members) -> Members {
        let properties = members(property, "properties");
        let names = array(properties.iter().map(|(name, _)| text(name)));
        let properties = properties.iter().map(|(name, below)| (name.clone(), self.property(below, types)));
        vec![
            ("properties".to_owned(), Ordered::Object(properties.collect())),
            ("additionalProperties".to_owned(), Ordered::Scalar(false.into())),
            ("required".to_owned(), names),
        ]
    }
}

fn meta(event: &Ordered) -> Ordered {
    let fact = |key: &str| event.get(key).unwrap_or_else(|| panic!("each event has its `{key}`")).clone();
    object([
        ("definitionVersion", text("1.0")),
        ("schemaVersion", fact("schema_version")),
        ("clientId", fact("client_id")),
    ])
}

fn members<'a>(of: &'a Ordered, key: &str) -> &'a [(String, Ordered)] {
    match of.get(key) {
        Some(Ordered::Object(members)) => members,
        _ => panic!("`{key}` is an object"),
    }
}
