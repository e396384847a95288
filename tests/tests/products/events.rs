// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The products' events match the reference in names, types, order and required fields, and their structs are short.

use std::collections::BTreeMap;

use serde_json::Value;
use telemetry_cli::schema::{json_schema, validate};
use telemetry_core::Product;
use telemetry_core::record::Record;
use telemetry_core::registry::Events;
use telemetry_tests::products::agent_toolkit::{AgentToolkit, NatCliCommand};
use telemetry_tests::products::anonymizer::{Anonymizer, AnonymizerEvent};
use telemetry_tests::products::data_designer::{DataDesigner, InferenceEvent};
use telemetry_tests::products::evaluator::{EvaluationTaskEvent, Evaluator};
use telemetry_tests::products::guardrails::{Guardrails, GuardrailsUsageEvent};
use telemetry_tests::products::helix::{CommandInvoked, Helix, JobRun, OnboardingStep};
use telemetry_tests::products::launcher::{Launcher, LauncherJobEvent};
use telemetry_tests::products::nim::{NimClient, NimClientUsage};
use telemetry_tests::products::openshell::{LifecycleEvent, OpenShell, PolicyDecisionEvent};
use telemetry_tests::products::openshell::{
    ProviderLifecycleEvent, SandboxActivitySummaryEvent, SandboxCreateEvent,
};
use telemetry_tests::products::safe_synthesizer::{SafeSynthesizer, TrainAndGenerationEvent};
use telemetry_tests::products::switchyard::{Switchyard, SwitchyardOutcome};

use telemetry_tests::samples::Sample;

/// Calls `$check::<E>()` for each of the seventeen events.
macro_rules! for_each_event {
    ($check:ident) => {
        for_each_event!($check: GuardrailsUsageEvent, InferenceEvent, TrainAndGenerationEvent, AnonymizerEvent,
            EvaluationTaskEvent, LauncherJobEvent, NatCliCommand, OnboardingStep, CommandInvoked, JobRun,
            SwitchyardOutcome, LifecycleEvent, ProviderLifecycleEvent, SandboxCreateEvent, PolicyDecisionEvent,
            SandboxActivitySummaryEvent, NimClientUsage)
    };
    ($check:ident: $($event:ty),*) => {{
        $($check::<$event>();)*
        [$(stringify!($event)),*].len()
    }};
}

/// The committed schema of an event.
fn schema(event: &str) -> Value {
    let file = format!("{}/schemas/{event}.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{file}: {error}"));
    serde_json::from_str(&text).unwrap()
}

fn parameters<E: Sample>() -> String {
    Record::new(E::sample(), 0.0).unwrap().0.parameters.into()
}

fn is_valid<E: Sample>() {
    let parameters = serde_json::from_str(&parameters::<E>()).unwrap();
    assert_eq!(validate(E::DESCRIPTOR, &parameters), [], "{}", E::DESCRIPTOR.name);
}

#[test]
fn what_is_sent_is_valid() {
    assert_eq!(for_each_event!(is_valid), 17);
}

/// Each property is there, in the order of the reference.
fn keeps_the_order<E: Sample>() {
    let sent = telemetry_tests::ordered::Ordered::parse(&parameters::<E>());
    let name = E::DESCRIPTOR.name;
    let required = &schema(name)["definitions"]["events"][name]["required"];
    let required: Vec<&str> = required.as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert_eq!(sent.keys(), required, "{name}");
}

#[test]
fn fields_are_sent_in_the_order_of_the_reference() {
    assert_eq!(for_each_event!(keeps_the_order), 17);
}

/// The part of a schema that two accounts of the same event must share: types, members, what is required. Vocabularies and
/// bounds may be closer in ours.
fn skeleton(schema: &Value, root: &Value) -> Value {
    if let Some(reference) = schema["$ref"].as_str() {
        let target = root.pointer(reference.trim_start_matches('#')).expect("each reference has a target");
        return skeleton(target, root);
    }
    let mut skeleton_of = serde_json::Map::new();
    for keyword in ["type", "required"] {
        skeleton_of.insert(keyword.into(), schema[keyword].clone());
    }
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        skeleton_of.insert(format!(".{name}"), skeleton(property, root));
    }
    if let Some(items) = schema.get("items") {
        skeleton_of.insert("[]".into(), skeleton(items, root));
    }
    if let Some(values) = schema.get("additionalProperties").filter(|values| values.is_object()) {
        skeleton_of.insert(".*".into(), skeleton(values, root));
    }
    Value::Object(skeleton_of)
}

fn agrees_with_the_reference<E: Sample>() {
    let descriptor = E::DESCRIPTOR;
    let mut ours = json_schema(&E::Product::PROFILE, &[descriptor]).unwrap();
    let theirs = schema(descriptor.name);
    let pointer = format!("/definitions/events/{}", descriptor.name);
    if descriptor.name == "switchyard_outcome" {
        // The reference does not say what observations are; ours are tokens.
        let evidence = ours.pointer_mut(&format!("{pointer}/properties/evidence")).unwrap();
        let values = evidence.as_object_mut().unwrap().remove("additionalProperties");
        assert_eq!(values, Some(serde_json::json!({"type": "string"})));
    }
    let of = |schema: &Value| skeleton(schema.pointer(&pointer).unwrap(), schema);
    assert_eq!(of(&ours), of(&theirs), "{}", descriptor.name);
    assert_eq!(ours["schemaMeta"], theirs["schemaMeta"], "{}", descriptor.name);
}

#[test]
fn the_generated_schema_agrees_with_the_one_of_the_reference() {
    assert_eq!(for_each_event!(agrees_with_the_reference), 17);
}

fn linked<P: Product>(expected: &[&str]) {
    let events = Events::linked::<P>();
    let names: Vec<_> = events.sorted().iter().map(|event| event.name).collect();
    assert_eq!(names, expected, "{}", P::PROFILE.name());
    assert_eq!(events.conflicts(), [], "{}", P::PROFILE.name());
}

#[test]
fn every_product_finds_its_own_events_without_a_conflict() {
    linked::<Guardrails>(&["guardrails_usage_event"]);
    linked::<DataDesigner>(&["inference_event"]);
    linked::<SafeSynthesizer>(&["train_and_generation_event"]);
    linked::<Anonymizer>(&["anonymizer_event"]);
    linked::<Evaluator>(&["EvaluationTaskEvent"]);
    linked::<Launcher>(&["LauncherJobEvent"]);
    linked::<AgentToolkit>(&["nat_cli_command"]);
    linked::<Helix>(&["command_invoked", "job_run", "onboarding_step"]);
    linked::<Switchyard>(&["switchyard_outcome"]);
    linked::<OpenShell>(&[
        "openshell_lifecycle_event",
        "openshell_policy_decision_event",
        "openshell_provider_lifecycle_event",
        "openshell_sandbox_activity_summary_event",
        "openshell_sandbox_create_event",
    ]);
    linked::<NimClient>(&["nim_client_usage"]);
}

/// Lines of each event's struct, from its attributes to its brace, in the source of one product.
fn lines_of_events(source: &str) -> BTreeMap<&str, usize> {
    let mut lines = BTreeMap::new();
    for block in source.split("\n\n").filter(|block| block.contains("TelemetryEvent)]")) {
        let name = block.split("event_name = \"").nth(1).and_then(|rest| rest.split('"').next());
        let struct_lines = block.trim_end().lines().skip_while(|line| !line.starts_with("#["));
        lines.insert(name.expect("each event has a name"), struct_lines.count());
    }
    lines
}

/// A new event costs at most 45 lines, if it has no more than 20 fields. That of guardrails is longer, since it ships.
#[test]
fn an_event_is_at_most_45_lines() {
    let sources = [
        include_str!("../../src/products/agent_toolkit.rs"),
        include_str!("../../src/products/anonymizer.rs"),
        include_str!("../../src/products/data_designer.rs"),
        include_str!("../../src/products/evaluator.rs"),
        include_str!("../../src/products/helix.rs"),
        include_str!("../../src/products/launcher.rs"),
        include_str!("../../src/products/nim.rs"),
        include_str!("../../../examples/sandbox_service/src/telemetry.rs"),
        include_str!("../../src/products/safe_synthesizer.rs"),
        include_str!("../../../examples/src/router_service/telemetry.rs"),
    ];
    let lines: BTreeMap<_, _> = sources.into_iter().flat_map(lines_of_events).collect();
    assert_eq!(lines.len(), 16);
    for (event, lines) in lines {
        let fields = schema(event)["definitions"]["events"][event]["properties"].as_object().unwrap().len();
        println!("{event}: {lines} lines for {fields} fields");
        assert!(lines <= 45 || fields > 20, "{event}: {lines} lines for {fields} fields");
    }
}
