// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The event has the fields and the vocabularies of the published schema.

use serde_json::Value;
use telemetry_core::TelemetryEvent;
use telemetry_core::descriptor::Shape;
use telemetry_guardrails::{GuardrailsUsageEvent, NemoSource};
use telemetry_tests::recorded;

/// The file that the compiler checks the event against.
const COMMITTED: &str = include_str!("../../../telemetry-guardrails/schemas/anonymous_events.json");

#[test]
fn the_schema_of_the_package_says_what_the_published_one_says() {
    let published = recorded::json("anonymous_events_1.7.json");
    let committed: Value = serde_json::from_str(COMMITTED).expect("JSON");
    assert_eq!(committed["schemaMeta"], published["schemaMeta"]);
    let event = |schema: &Value| schema["definitions"]["events"]["guardrails_usage_event"].clone();
    let (ours, theirs) = (event(&committed), event(&published));
    for keyword in ["eventMeta", "type", "required", "additionalProperties"] {
        assert_eq!(ours[keyword], theirs[keyword], "{keyword}");
    }
    let resolved = |schema: &Value, event: &Value| -> Vec<(String, Value)> {
        let properties = event["properties"].as_object().expect("an object").iter();
        properties.map(|(name, property)| (name.clone(), resolved(schema, property).clone())).collect()
    };
    assert_eq!(resolved(&committed, &ours), resolved(&published, &theirs));
}

#[test]
fn the_event_has_the_fields_of_the_schema_and_no_others() {
    let schema = recorded::json("anonymous_events_1.7.json");
    let event = &schema["definitions"]["events"]["guardrails_usage_event"];
    let descriptor = GuardrailsUsageEvent::DESCRIPTOR;
    assert_eq!((descriptor.name, descriptor.schema_version), ("guardrails_usage_event", "1.7"));
    let (source, _) = descriptor.source.expect("the product has a source");
    let mut names: Vec<_> = descriptor.fields.iter().map(|field| field.name).chain([source]).collect();
    names.sort_unstable();
    let mut properties: Vec<_> = event["properties"].as_object().expect("an object").keys().collect();
    properties.sort_unstable();
    assert_eq!(names, properties);
    assert_eq!(names.len(), 19);
}

#[test]
fn every_field_can_only_have_values_of_the_schema() {
    let schema = recorded::json("anonymous_events_1.7.json");
    let properties = &schema["definitions"]["events"]["guardrails_usage_event"]["properties"];
    for field in GuardrailsUsageEvent::DESCRIPTOR.fields {
        assert_fits(field.name, &field.shape, resolved(&schema, &properties[field.name]));
    }
    let sources = resolved(&schema, &properties["nemoSource"]);
    let vocabulary: Vec<_> = NemoSource::VARIANTS.iter().map(|source| source.as_str()).collect();
    assert_eq!(texts(sources), vocabulary);
}

fn resolved<'a>(schema: &'a Value, property: &'a Value) -> &'a Value {
    match property["$ref"].as_str() {
        Some(pointer) => schema.pointer(pointer.trim_start_matches('#')).expect("the schema is whole"),
        None => property,
    }
}

fn texts(property: &Value) -> Vec<&str> {
    property["enum"].as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

fn assert_fits(name: &str, shape: &Shape, property: &Value) {
    assert_eq!(property["type"], shape.json_type(), "{name}");
    match shape {
        Shape::List { item, .. } | Shape::Set { item, .. } => assert_fits(name, item, &property["items"]),
        Shape::Enum(vocabulary) if property.get("enum").is_some() => {
            assert_eq!(texts(property), vocabulary.variants, "{name}");
        }
        Shape::Integer { min, max, .. } => {
            let bounds = (property["minimum"].as_i64(), property["maximum"].as_i64());
            assert_eq!(bounds, (Some(*min), Some(*max)), "{name}");
        }
        Shape::Map { .. } | Shape::Object(_) | Shape::Nullable(_) => {
            panic!("the schema has nothing like {shape:?}")
        }
        _ => (),
    }
}
