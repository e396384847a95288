// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The other products' events become the envelopes that their real clients send.
//!
//! One of each event is committed here, put together from the facts about their clients (`product_events.json`); some were
//! also recorded, in `reference/envelopes`. Values and the order of all keys are compared.

use serde_json::Value;
use telemetry_core::envelope::{Sender, envelope};
use telemetry_core::record::Record;
use telemetry_core::time::IsoTimestamp;
use telemetry_core::{Product, TelemetryEvent};
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
use telemetry_tests::recorded;
use telemetry_tests::samples::Sample;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// The envelope that was recorded from a client, as text.
fn recorded(name: &str) -> String {
    recorded::text(&format!("envelopes/{name}.json"))
}

/// What the process of the recorded client said about itself.
fn sender(envelope: &Value) -> Sender {
    let text = |key: &str| envelope[key].as_str().expect("each of these is a text").to_owned();
    Sender::new(text("clientVer")).cpu_architecture(text("cpuArchitecture")).session_id(text("sessionId"))
}

/// Unix seconds of `2026-04-22T18:34:56.789Z`, half a millisecond late, so that no rounding loses it.
fn unix_seconds(iso: &Value) -> f64 {
    let iso = iso.as_str().expect("a time is a text");
    let time = OffsetDateTime::parse(iso, &Rfc3339).expect("a time of RFC 3339");
    time.unix_timestamp_nanos() as f64 / 1e9 + 0.000_5
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

/// Compares the sample with the described envelope and with the recorded one.
fn compare_recorded<E: TelemetryEvent + Sample>(name: &str) {
    compare_described::<E>(0);
    assert_eq!(compare(E::sample(), &recorded(name)), 0, "{name}: the event holds what was sent");
}

fn compare_described<E: TelemetryEvent + Sample>(changed: u32) {
    let name = E::DESCRIPTOR.name;
    assert_eq!(compare(E::sample(), &described(name)), changed, "{name}: values out of bounds");
}

#[test]
fn data_designer_sends_its_envelope() {
    compare_recorded::<InferenceEvent>("data_designer");
}

#[test]
fn anonymizer_sends_its_envelope() {
    compare_recorded::<AnonymizerEvent>("anonymizer");
}

#[test]
fn evaluator_sends_its_envelope() {
    compare_recorded::<EvaluationTaskEvent>("evaluator_task");
}

#[test]
fn agent_toolkit_sends_its_envelope() {
    compare_recorded::<NatCliCommand>("nat");
}

#[test]
fn helix_sends_its_envelopes() {
    compare_recorded::<CommandInvoked>("helix_command");
    compare_recorded::<OnboardingStep>("helix_onboarding");
}

/// A session cannot be chosen, only drawn: the recorded one is replaced by `undefined` on both sides.
#[test]
fn guardrails_sends_its_envelope() {
    compare_described::<GuardrailsUsageEvent>(0);
    let recorded = recorded("guardrails");
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
    compare_described::<SandboxCreateEvent>(0);
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

/// The envelopes that were composed from the facts still agree with them.
#[test]
fn described_envelopes_follow_the_facts() {
    let Some(facts) = recorded::text_outside("product_events.json") else { return };
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
        let required = facts["wire_required"].as_array().unwrap().iter().map(|key| key.as_str().unwrap());
        let ordered = Ordered::parse(&text);
        let parameters = keys(at(at(&ordered, "events"), "parameters"));
        assert_eq!(parameters, required.collect::<Vec<_>>(), "{name}: the keys, in this order");
        differs_as_the_facts_say(name, &envelope, &facts["envelope_differences"]);
        count += 1;
    }
    assert_eq!(count, 17);
}

/// The value under this key, in the first object of an array too.
fn at<'a>(json: &'a Ordered, key: &str) -> &'a Ordered {
    match json {
        Ordered::Object(members) => {
            &members.iter().find(|(name, _)| name == key).expect("the key is there").1
        }
        Ordered::Array(items) => at(&items[0], key),
        Ordered::Scalar(_) => panic!("`{json:?}` has no `{key}`"),
    }
}

fn keys(json: &Ordered) -> Vec<&str> {
    let Ordered::Object(members) = json else { panic!("`{json:?}` is not an object") };
    members.iter().map(|(key, _)| key.as_str()).collect()
}

/// Keys with a value of the process or of the product; all others are the same in every envelope, but for the differences.
const OWN_KEYS: [&str; 9] = [
    "clientId",
    "clientVer",
    "cpuArchitecture",
    "eventProtocol",
    "eventSchemaVer",
    "eventSysVer",
    "events",
    "sentTs",
    "sessionId",
];

/// A difference is a value, or a description, which has spaces. Headers are not part of the envelope.
fn differs_as_the_facts_say(name: &str, envelope: &Value, differences: &Value) {
    let common: Value = serde_json::from_str(&described("guardrails_usage_event")).unwrap();
    let difference = |key: &str| differences[key].as_str();
    for (key, value) in envelope.as_object().unwrap() {
        match difference(key) {
            Some("always exactly one per POST") => assert_eq!(value.as_array().unwrap().len(), 1, "{name}"),
            Some(described) if described.contains(' ') => assert_ne!(value, "undefined", "{name}: `{key}`"),
            Some(exactly) => assert_eq!(value, exactly, "{name}: `{key}`"),
            None if OWN_KEYS.contains(&key.as_str()) => {}
            None => assert_eq!(value, &common[key], "{name}: `{key}`"),
        }
    }
    let known = differences.as_object().into_iter().flat_map(|members| members.keys());
    let unknown: Vec<_> = known.filter(|key| *key != "headers" && envelope.get(key).is_none()).collect();
    assert!(unknown.is_empty(), "{name}: no envelope has {unknown:?}");
}
