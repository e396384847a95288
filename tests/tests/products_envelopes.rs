// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The other products' events become the envelopes that their real clients send.
//!
//! The order of an event's own three keys differs between clients and says nothing; that of everything else is compared.

mod samples;

use serde_json::Value;
use telemetry_core::{IsoTimestamp, Product, Record, Sender, TelemetryEvent, envelope};
use telemetry_tests::ordered::Ordered;
use telemetry_tests::products::agent_toolkit::NatCliCommand;
use telemetry_tests::products::anonymizer::AnonymizerEvent;
use telemetry_tests::products::data_designer::InferenceEvent;
use telemetry_tests::products::evaluator::EvaluationTaskEvent;
use telemetry_tests::products::guardrails::GuardrailsUsageEvent;
use telemetry_tests::products::helix::{CommandInvoked, OnboardingStep};

use samples::Sample;

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

/// The envelope with each event's own keys in one order.
fn with_sorted_events(json: &str) -> Ordered {
    let Ordered::Object(mut members) = Ordered::parse(json) else { panic!("an envelope is an object") };
    for (_, value) in members.iter_mut().filter(|(key, _)| key == "events") {
        let Ordered::Array(events) = value else { panic!("events are a list") };
        for event in events {
            let Ordered::Object(keys) = event else { panic!("an event is an object") };
            keys.sort_by(|one, other| one.0.cmp(&other.0));
        }
    }
    Ordered::Object(members)
}

fn compare<E: TelemetryEvent>(name: &str, event: E) {
    let Some(recorded) = recorded(name) else { return };
    let values: Value = serde_json::from_str(&recorded).unwrap();
    let (record, changed) = Record::new(event, unix_seconds(&values["events"][0]["ts"])).unwrap();
    assert_eq!(changed, 0, "{name}: the event holds what was sent");
    let sent_at = IsoTimestamp::new(unix_seconds(&values["sentTs"])).unwrap();
    let ours = envelope(&E::Product::PROFILE, &sender(&values), &[record], sent_at).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&ours).unwrap(), values, "{name}");
    assert_eq!(with_sorted_events(&ours), with_sorted_events(&recorded), "{name}");
}

#[test]
fn data_designer_sends_its_envelope() {
    compare("data_designer", InferenceEvent::sample());
}

#[test]
fn anonymizer_sends_its_envelope() {
    compare("anonymizer", AnonymizerEvent::sample());
}

#[test]
fn evaluator_sends_its_envelope() {
    compare("evaluator_task", EvaluationTaskEvent::sample());
}

#[test]
fn agent_toolkit_sends_its_envelope() {
    compare("nat", NatCliCommand::sample());
}

#[test]
fn helix_sends_its_envelopes() {
    compare("helix_command", CommandInvoked::sample());
    compare("helix_onboarding", OnboardingStep::sample());
}

/// A session cannot be chosen, only drawn: the recorded one is replaced by `undefined` on both sides.
#[test]
fn guardrails_sends_its_envelope() {
    let Some(recorded) = recorded("guardrails") else { return };
    let session = "00000000-0000-4000-8000-000000000000";
    assert_eq!(recorded.matches(session).count(), 2);
    let recorded = recorded.replace(session, "undefined");
    let values: Value = serde_json::from_str(&recorded).unwrap();
    let (record, changed) =
        Record::new(GuardrailsUsageEvent::sample(), unix_seconds(&values["events"][0]["ts"])).unwrap();
    assert_eq!(changed, 0);
    let sent_at = IsoTimestamp::new(unix_seconds(&values["sentTs"])).unwrap();
    let profile = telemetry_tests::products::guardrails::Guardrails::PROFILE;
    let ours = envelope(&profile, &sender(&values), &[record], sent_at).unwrap();
    assert_eq!(with_sorted_events(&ours), with_sorted_events(&recorded));
}

#[test]
fn times_are_read_as_they_are_written() {
    for iso in ["1970-01-01T00:00:00.000Z", "2026-04-22T18:34:56.789Z", "2024-02-29T23:59:59.999Z"] {
        let seconds = unix_seconds(&Value::from(iso));
        assert_eq!(IsoTimestamp::new(seconds).unwrap().to_string(), iso);
    }
}
