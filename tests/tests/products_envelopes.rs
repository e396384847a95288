// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The other products' events become the envelopes that their real clients send.
//!
//! Some were recorded; the others are committed here, put together from the facts about their clients
//! (`product_events.json`). Values and the order of all keys are compared.

use serde_json::Value;
use telemetry_core::{IsoTimestamp, Product, Record, Sender, TelemetryEvent, envelope};
use telemetry_tests::ordered::Ordered;
use telemetry_tests::products::agent_toolkit::NatCliCommand;
use telemetry_tests::products::anonymizer::AnonymizerEvent;
use telemetry_tests::products::data_designer::InferenceEvent;
use telemetry_tests::products::evaluator::EvaluationTaskEvent;
use telemetry_tests::products::guardrails::GuardrailsUsageEvent;
use telemetry_tests::products::helix::{CommandInvoked, JobRun, OnboardingStep};
use telemetry_tests::products::launcher::LauncherJobEvent;
use telemetry_tests::products::nim::NimClientUsage;
use telemetry_tests::products::openshell::{
    LifecycleEvent, PolicyDecisionEvent, ProviderLifecycleEvent, SandboxActivitySummaryEvent,
    SandboxCreateEvent,
};
use telemetry_tests::products::safe_synthesizer::TrainAndGenerationEvent;
use telemetry_tests::products::switchyard::SwitchyardOutcome;

use telemetry_tests::samples::Sample;

/// The envelope that a client recorded, as text.
fn recorded(name: &str) -> Option<String> {
    let reference = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/reference/envelopes");
    let text = std::fs::read_to_string(format!("{reference}/{name}.json"));
    if text.is_err() {
        eprintln!("skipped: the reference data has no envelope `{name}` here");
    }
    text.ok()
}

/// What the process of the recorded client said about itself.
fn sender(envelope: &Value) -> Sender {
    let text = |key: &str| envelope[key].as_str().expect("each of these is a text").to_owned();
    Sender {
        client_version: text("clientVer"),
        cpu_architecture: text("cpuArchitecture"),
        session_id: text("sessionId"),
    }
}

/// Unix seconds of `2026-04-22T18:34:56.789Z`, half a millisecond late, so that no rounding loses it.
fn unix_seconds(iso: &Value) -> f64 {
    let iso = iso.as_str().expect("a time is a text");
    let number = |range: std::ops::Range<usize>| iso[range].parse::<f64>().expect("a number");
    let (year, month, day) = (number(0..4), number(5..7), number(8..10));
    // Years that start in March end with the leap day.
    let (year, month) = if month > 2.0 { (year, month - 3.0) } else { (year - 1.0, month + 9.0) };
    let leap_days = (year / 4.0).floor() - (year / 100.0).floor() + (year / 400.0).floor();
    let days = year * 365.0 + leap_days + ((153.0 * month + 2.0) / 5.0).floor() + day - 1.0 - 719_468.0;
    days * 86_400.0 + number(11..13) * 3_600.0 + number(14..16) * 60.0 + number(17..23) + 0.000_5
}

/// The envelope that was put together from the facts.
fn described(name: &str) -> String {
    std::fs::read_to_string(format!("envelopes/{name}.json")).expect("the envelope is committed")
}

/// The envelope that the event becomes, sent by the process that sent the other one, and how many values were changed.
fn sent<E: TelemetryEvent>(event: E, expected: &Value) -> (String, u32) {
    let (record, changed) = Record::new(event, unix_seconds(&expected["events"][0]["ts"])).unwrap();
    let sent_at = IsoTimestamp::new(unix_seconds(&expected["sentTs"])).unwrap();
    (envelope(&E::Product::PROFILE, &sender(expected), &[record], sent_at).unwrap(), changed)
}

fn compare<E: TelemetryEvent>(event: E, expected: &str) -> u32 {
    let values: Value = serde_json::from_str(expected).unwrap();
    let (ours, changed) = sent(event, &values);
    assert_eq!(serde_json::from_str::<Value>(&ours).unwrap(), values);
    assert_eq!(Ordered::parse(&ours), Ordered::parse(expected));
    changed
}

fn compare_recorded<E: TelemetryEvent>(name: &str, event: E) {
    if let Some(recorded) = recorded(name) {
        assert_eq!(compare(event, &recorded), 0, "{name}: the event holds what was sent");
    }
}

fn compare_described<E: TelemetryEvent + Sample>(changed: u32) {
    let name = E::DESCRIPTOR.name;
    assert_eq!(compare(E::sample(), &described(name)), changed, "{name}: values out of bounds");
}

#[test]
fn data_designer_sends_its_envelope() {
    compare_recorded("data_designer", InferenceEvent::sample());
}

#[test]
fn anonymizer_sends_its_envelope() {
    compare_recorded("anonymizer", AnonymizerEvent::sample());
}

#[test]
fn evaluator_sends_its_envelope() {
    compare_recorded("evaluator_task", EvaluationTaskEvent::sample());
}

#[test]
fn agent_toolkit_sends_its_envelope() {
    compare_recorded("nat", NatCliCommand::sample());
}

#[test]
fn helix_sends_its_envelopes() {
    compare_recorded("helix_command", CommandInvoked::sample());
    compare_recorded("helix_onboarding", OnboardingStep::sample());
}

/// A session cannot be chosen, only drawn: the recorded one is replaced by `undefined` on both sides.
#[test]
fn guardrails_sends_its_envelope() {
    let Some(recorded) = recorded("guardrails") else { return };
    let session = "00000000-0000-4000-8000-000000000000";
    assert_eq!(recorded.matches(session).count(), 2);
    let recorded = recorded.replace(session, "undefined");
    assert_eq!(compare(GuardrailsUsageEvent::sample(), &recorded), 0);
}

#[test]
fn safe_synthesizer_sends_its_envelope() {
    compare_described::<TrainAndGenerationEvent>(1);
}

#[test]
fn launcher_sends_its_envelope() {
    compare_described::<LauncherJobEvent>(0);
}

#[test]
fn helix_sends_the_envelope_of_a_job() {
    compare_described::<JobRun>(0);
}

#[test]
fn openshell_sends_its_envelopes() {
    compare_described::<LifecycleEvent>(0);
    compare_described::<ProviderLifecycleEvent>(0);
    compare_described::<SandboxCreateEvent>(1);
    compare_described::<PolicyDecisionEvent>(0);
    compare_described::<SandboxActivitySummaryEvent>(0);
}

#[test]
fn nim_sends_its_envelope() {
    compare_described::<NimClientUsage>(1);
}

/// The values that depend on the machine are those of the machine on which it was put together.
#[test]
fn switchyard_sends_its_envelope() {
    let expected = described("switchyard_outcome")
        .replace("\"linux\"", &format!("{:?}", std::env::consts::OS))
        .replace("\"x86_64\"", &format!("{:?}", std::env::consts::ARCH));
    assert_eq!(compare(SwitchyardOutcome::sample(), &expected), 0);
}

#[test]
fn times_are_read_as_they_are_written() {
    for iso in ["1970-01-01T00:00:00.000Z", "2026-04-22T18:34:56.789Z", "2024-02-29T23:59:59.999Z"] {
        let seconds = unix_seconds(&Value::from(iso));
        assert_eq!(IsoTimestamp::new(seconds).unwrap().to_string(), iso);
    }
}

/// What was put together from the facts still agrees with them.
#[test]
fn described_envelopes_follow_the_facts() {
    let reference = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/reference/product_events.json");
    let Ok(facts) = std::fs::read_to_string(reference) else {
        return eprintln!("skipped: the reference data is not here");
    };
    let facts: Value = serde_json::from_str(&facts).unwrap();
    let mut count = 0;
    for file in std::fs::read_dir("envelopes").unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let envelope: Value = serde_json::from_str(&text).unwrap();
        let name = envelope["events"][0]["name"].as_str().unwrap();
        let facts = &facts["events"][name];
        assert_eq!(envelope["clientId"], facts["client_id"], "{name}");
        assert_eq!(envelope["eventSchemaVer"], facts["schema_version"], "{name}");
        assert_eq!(envelope["eventSysVer"], facts["event_sys_ver"], "{name}");
        assert_eq!(envelope["eventProtocol"], facts["event_protocol"], "{name}");
        let required: Vec<_> = facts["wire_required"].as_array().unwrap().iter().collect();
        let parameters = envelope["events"][0]["parameters"].as_object().unwrap();
        assert_eq!(parameters.len(), required.len(), "{name}");
        assert!(required.iter().all(|key| parameters.contains_key(key.as_str().unwrap())), "{name}");
        count += 1;
    }
    assert_eq!(count, 10);
}
