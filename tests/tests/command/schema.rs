// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Schema, data table and run-time validation out of the same struct.

use serde_json::{Value, json};
use telemetry_cli::schema::{json_schema, validate};
use telemetry_core::registry::Events;
use telemetry_core::testing::capture;
use telemetry_core::{Product, TelemetryEvent};
use telemetry_guardrails::{Guardrails, GuardrailsUsageEvent};
use telemetry_tests::child::{Outcome, Probe};
use telemetry_tests::home::Home;

fn command(home: &Home, arguments: &[&str]) -> Outcome {
    Probe::new(env!("CARGO_BIN_EXE_guardrails_command"), home).run(arguments)
}

fn event() -> Value {
    let (telemetry, sent) = capture::<Guardrails>();
    telemetry.emit(GuardrailsUsageEvent::default());
    serde_json::from_str(&sent.events()[0].parameters.to_string()).expect("parameters are JSON")
}

#[test]
fn the_product_finds_its_own_events_and_no_others() {
    let events = Events::linked::<Guardrails>();
    assert_eq!(events.sorted(), [GuardrailsUsageEvent::DESCRIPTOR]);
    assert_eq!(events.conflicts(), []);
}

#[test]
fn what_is_sent_is_valid_and_every_single_change_is_not() {
    let valid = event();
    assert_eq!(validate(GuardrailsUsageEvent::DESCRIPTOR, &valid), []);
    for (key, value, problem) in [
        ("nemoSource", json!("auditor"), "is not `guardrails`"),
        ("tracingEnabled", json!("true"), "is not a boolean"),
        ("numCustomFlows", json!(1.5), "is not an integer"),
        ("numCustomFlows", json!(u64::MAX), "is not an integer"),
        ("timestamp", json!("now"), "is not a number"),
        ("deploymentType", json!("cloud"), "cannot be `cloud`"),
        ("osName", json!("/etc/passwd"), "cannot be `/etc/passwd`"),
        ("colangVersion", json!("x".repeat(65)), "cannot be"),
        ("platform", json!("a\nb"), "cannot be `a\\nb`"),
        ("builtinFeatures", json!(["acme"]), "cannot be `acme`"),
        ("builtinFeatures", json!(["f5", "f5"]), "has a value twice"),
        ("railTypesInUse", json!("input"), "is not a list"),
        ("userName", json!("ann"), "is not a field"),
    ] {
        let mut changed = valid.clone();
        changed[key] = value.clone();
        let violations = validate(GuardrailsUsageEvent::DESCRIPTOR, &changed);
        assert_eq!(violations.len(), 1, "{key} {value}: {violations:?}");
        assert!(violations[0].pointer.starts_with(&format!("/{key}")), "{violations:?}");
        assert!(violations[0].problem.contains(problem), "{violations:?}");
    }
    for key in valid.as_object().unwrap().keys() {
        let mut changed = valid.clone();
        changed.as_object_mut().unwrap().remove(key);
        let violations = validate(GuardrailsUsageEvent::DESCRIPTOR, &changed);
        assert_eq!(violations.len(), 1, "{key}: {violations:?}");
    }
    assert_eq!(validate(GuardrailsUsageEvent::DESCRIPTOR, &json!([])).len(), 1);
}

/// The published schema has the same events, fields and bounds; ours closes more vocabularies.
#[test]
fn the_generated_schema_requires_what_the_event_sends() {
    let schema = json_schema(&Guardrails::PROFILE, &[GuardrailsUsageEvent::DESCRIPTOR]).unwrap();
    let described = &schema["definitions"]["events"]["guardrails_usage_event"];
    let sent = event();
    let sent: Vec<&String> = sent.as_object().unwrap().keys().collect();
    let properties: Vec<&String> = described["properties"].as_object().unwrap().keys().collect();
    assert_eq!(properties.len(), 19);
    assert!(sent.iter().all(|key| properties.contains(key)));
    assert_eq!(described["required"].as_array().unwrap().len(), 19);
    assert_eq!(schema["schemaMeta"]["schemaVersion"], "1.7");
}

#[test]
fn a_written_schema_is_current_until_it_drifts() {
    let home = Home::new();
    let file = home.path().join("events.json");
    let path = file.to_str().unwrap();
    assert_eq!(command(&home, &["schema", "--check", path]).code, Some(2), "the file does not exist yet");
    let _ = command(&home, &["schema", "--write", path]).checked();
    let _ = command(&home, &["schema", "--check", path]).checked();
    let drifted = std::fs::read_to_string(&file).unwrap().replace("\"boolean\"", "\"string\"");
    std::fs::write(&file, drifted).unwrap();
    let outcome = command(&home, &["schema", "--check", path]);
    let errors = outcome.errors.join("\n");
    assert_eq!(outcome.code, Some(1));
    let expected = "event `guardrails_usage_event`, property `tracingEnabled`: the file allows any text, the structs send `true` or \
                    `false`";
    assert!(errors.contains(expected), "{errors}");
    std::fs::write(&file, "{").unwrap();
    let outcome = command(&home, &["schema", "--check", path]);
    assert_eq!(outcome.code, Some(2));
    assert!(outcome.errors[0].contains("events.json:1:2: not JSON"), "{:?}", outcome.errors);
}

#[test]
fn one_event_is_described_by_name_and_an_unknown_one_lists_the_known() {
    let home = Home::new();
    let described = command(&home, &["schema", "guardrails_usage_event", "--markdown"]).checked();
    assert!(described.lines.iter().filter(|line| line.starts_with("| `")).count() == 19);
    let outcome = command(&home, &["schema", "usage"]);
    assert_eq!(outcome.code, Some(2));
    assert!(outcome.errors[1].contains("`guardrails_usage_event`"), "{:?}", outcome.errors);
}
