// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Recorded events become the recorded envelopes and audit lines: the same values under the same keys in the same order.

use serde_json::Value;
use telemetry_core::envelope::{Sender, envelope};
use telemetry_core::record::Record;
use telemetry_core::session::SessionId;
use telemetry_core::time::IsoTimestamp;
use telemetry_core::{Product, TelemetryEnum};
use telemetry_guardrails::{
    DeploymentType, EventType, FeatureId, Guardrails, GuardrailsUsageEvent, RailTypeInUse, RailsEngine,
};
use telemetry_tests::ordered::Ordered;
use telemetry_tests::recorded;

/// Rows that the reference refuses while it runs and that cannot even be written down here, each with the reason. Any other
/// refused row has to be refused by our code.
const REFUSED_BY_CONSTRUCTION: [(&str, &str); 2] = [
    (
        "length_mismatch",
        "a record carries its own timestamp, so there is no second list that could be shorter",
    ),
    ("num_9223372036854775808", "counts are `i64`, so the number has no place"),
];

#[test]
fn events_become_the_recorded_envelopes() {
    let session = session();
    let (mut sent, mut refused, mut impossible) = (0, 0, 0);
    for row in recorded::rows("guardrails_envelopes.jsonl") {
        let row = with_session(&row, &session);
        let by_construction = REFUSED_BY_CONSTRUCTION.iter().any(|(name, _)| row["name"] == *name);
        match row.get("error") {
            Some(_) if by_construction => impossible += 1,
            Some(_) => {
                assert!(Sent::new(&row, &session).is_err(), "{}", recorded::id(&row));
                refused += 1;
            }
            None => {
                let envelope = Sent::new(&row, &session);
                envelope.unwrap_or_else(|error| panic!("{}: {error}", recorded::id(&row))).compare(&row);
                sent += 1;
            }
        }
    }
    let counts = (34, 4, REFUSED_BY_CONSTRUCTION.len());
    assert_eq!((sent, refused, impossible), counts, "sent, refused, refused by construction");
}

/// A session cannot be chosen, only drawn.
fn session() -> SessionId {
    let (client, _) = telemetry_core::testing::capture::<Guardrails>();
    client.session().expect("the system has randomness")
}

/// The row as it would be if the recorded process had drawn our session.
fn with_session(row: &Value, session: &SessionId) -> Value {
    let recorded = row["session_id"].as_str().expect("each row has a session");
    serde_json::from_str(&row.to_string().replace(recorded, session.as_str()))
        .expect("a session is plain text")
}

/// An envelope as text, with the audit lines of its events.
struct Sent {
    envelope: String,
    audit_lines: Vec<String>,
}

impl Sent {
    fn new(row: &Value, session: &SessionId) -> Result<Self, Box<dyn std::error::Error>> {
        let now = row["now"].as_f64().expect("the time of sending");
        let events = row["events"].as_array().expect("a list");
        let times = row["timestamps"].as_array().expect("a list").iter();
        let times = times.map(|time| time.as_str().map_or(now, |text| text.parse().expect("a number")));
        let records: Result<Vec<Record>, _> =
            events.iter().zip(times).map(|(event, time)| record(event, time, session)).collect();
        let (records, sender) = (records?, sender(row));
        let envelope = envelope(&Guardrails::PROFILE, &sender, &records, IsoTimestamp::new(now)?)?;
        Ok(Self { envelope, audit_lines: records.into_iter().map(|r| r.parameters.into()).collect() })
    }

    fn compare(&self, row: &Value) {
        let id = recorded::id(row);
        assert_eq!(Ordered::parse(&self.envelope), Ordered::parse(text(row, "json")), "{id}");
        let recorded = row["audit_lines"].as_array().expect("a list").iter();
        let recorded: Vec<_> = recorded.map(|line| Ordered::parse(line.as_str().expect("a text"))).collect();
        let ours: Vec<_> = self.audit_lines.iter().map(|line| Ordered::parse(line)).collect();
        assert_eq!(ours, recorded, "{id}");
    }
}

fn sender(row: &Value) -> Sender {
    let sent: Option<Value> = row["json"].as_str().map(|json| serde_json::from_str(json).expect("JSON"));
    let architecture = sent.map_or("x86_64".into(), |sent| text(&sent, "cpuArchitecture").to_owned());
    Sender::new(text(row, "client_version"))
        .cpu_architecture(architecture)
        .session_id(text(row, "session_id"))
}

fn record(
    event: &Value,
    time: f64,
    session: &SessionId,
) -> Result<Record, telemetry_core::record::RecordError> {
    let (record, adjusted_values) = Record::new(build(event, session), time)?;
    assert_eq!(adjusted_values, 0, "every recorded value is within its bounds: {event}");
    Ok(record)
}

/// The event with the fields that the row has, and the defaults of the others.
fn build(event: &Value, session: &SessionId) -> GuardrailsUsageEvent {
    let mut built = GuardrailsUsageEvent::default();
    built.session_id = session.clone();
    for (name, value) in event.as_object().expect("an event is an object") {
        match name.as_str() {
            "sessionId" => assert_eq!(value, session.as_str()),
            "nemoguardrailsVersion" => built.nemoguardrails_version = parsed(value),
            "pythonVersion" => built.python_version = parsed(value),
            "platform" => built.platform = as_text(value).to_owned(),
            "osName" => built.os_name = parsed(value),
            "colangVersion" => built.colang_version = as_text(value).to_owned(),
            "llmProviders" => built.llm_providers = texts(value).map(str::to_owned).collect(),
            "numRailsConfigured" => built.num_rails_configured = value.as_i64().expect("a count"),
            "railTypesInUse" => built.rail_types_in_use = variants::<RailTypeInUse, _>(value),
            "tracingEnabled" => built.tracing_enabled = value.as_bool().expect("a boolean"),
            "deploymentType" => built.deployment_type = DeploymentType::from_wire(as_text(value)),
            "railsEngine" => built.rails_engine = RailsEngine::from_wire(as_text(value)),
            "hasKnowledgeBase" => built.has_knowledge_base = value.as_bool().expect("a boolean"),
            "streamingConfigured" => built.streaming_configured = value.as_bool().expect("a boolean"),
            "builtinFeatures" => built.builtin_features = variants::<FeatureId, _>(value),
            "numCustomFlows" => built.num_custom_flows = value.as_i64().expect("a count"),
            "timestamp" => built.timestamp = value.as_f64().expect("a number"),
            "event" => built.event = as_text(value).parse::<EventType>().expect("in the vocabulary"),
            other => panic!("the event has no field `{other}`"),
        }
    }
    built
}

fn text<'a>(row: &'a Value, key: &str) -> &'a str {
    as_text(&row[key])
}

fn as_text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

fn texts(value: &Value) -> impl Iterator<Item = &str> {
    value.as_array().expect("a list").iter().map(as_text)
}

fn parsed<T: std::str::FromStr<Err: std::fmt::Debug>>(value: &Value) -> T {
    as_text(value).parse().expect("a text of this form")
}

fn variants<T: TelemetryEnum + std::str::FromStr<Err: std::fmt::Debug>, C: FromIterator<T>>(
    value: &Value,
) -> C {
    texts(value).map(|text| text.parse().expect("in the vocabulary")).collect()
}
