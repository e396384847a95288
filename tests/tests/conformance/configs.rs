// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Real configurations give the recorded usage event, whole and serialized, for both ways of counting flows.

use serde_json::Value;
use telemetry_core::client::Context;
use telemetry_core::host::HostFacts;
use telemetry_core::record::Record;
use telemetry_core::session::SessionId;
use telemetry_guardrails::{DeploymentType, Host, RailsConfig, RailsEngine, Usage, UsageConfig};
use telemetry_tests::recorded;
use telemetry_tests::scratch::Scratch;

/// The fields that depend on machine, process and time, and are not recorded.
const NOT_RECORDED: [&str; 6] =
    ["sessionId", "nemoguardrailsVersion", "pythonVersion", "platform", "osName", "timestamp"];

#[test]
fn real_configurations_give_the_recorded_events() {
    let Some(rows) = recorded::configs_outside() else { return };
    assert_eq!(compare(&rows), Answers { events: 152, refusals: 4, notes: 0 });
}

#[test]
fn configurations_like_real_ones_give_the_recorded_events() {
    let mut rows = recorded::rows("configs.jsonl");
    rows.retain(|row| row["kind"] == "sample");
    assert_eq!(compare(&rows), Answers { events: 5, refusals: 2, notes: 0 });
}

/// What the reference refuses here is Colang that it cannot parse; with a note that it was scanned, it may load.
#[test]
fn published_configurations_give_the_recorded_event_the_refusal_or_a_note() {
    let mut rows = recorded::rows("configs.jsonl");
    rows.retain(|row| row["kind"] == "published");
    assert_eq!(compare(&rows), Answers { events: 6, refusals: 1, notes: 9 });
}

#[derive(Debug, Default, PartialEq)]
struct Answers {
    events: usize,
    refusals: usize,
    /// Refusals that are not shared, with a note that Colang was scanned or that one file replaces another.
    notes: usize,
}

/// How many rows are events, refusals and notes.
fn compare(rows: &[Value]) -> Answers {
    let (mut wrong, mut answers) = (Vec::new(), Answers::default());
    for row in rows {
        let id = recorded::id(row);
        match (row.get("event"), load(row)) {
            (Some(event), Ok(config)) if row["walk_order_sensitive"] == true => {
                answers.notes += 1;
                wrong.extend(neither(row, event, &config).map(|text| format!("{id}: {text}")));
            }
            (Some(event), Ok(config)) => {
                answers.events += 1;
                wrong
                    .extend(differences(row, event, &config).into_iter().map(|text| format!("{id}: {text}")));
            }
            (Some(_), Err(error)) => wrong.push(format!("{id}: {error}")),
            (None, Ok(config)) if config.num_scanned_colang_files() > 0 && row["kind"] == "published" => {
                answers.notes += 1;
            }
            (None, Ok(_)) => wrong.push(format!("{id}: loads, although the reference refuses it")),
            (None, Err(_)) => answers.refusals += 1,
        }
    }
    assert!(wrong.is_empty(), "{} of {} differ:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
    answers
}

fn load(row: &Value) -> Result<RailsConfig, telemetry_guardrails::config::ConfigError> {
    let set = row["env_set"].as_array().into_iter().flatten();
    let set = set.map(|name| name.as_str().expect("a name").to_owned()).collect();
    let scratch = Scratch::unpack(row);
    let text = |key: &str| row[key].as_str().expect("a path");
    RailsConfig::load(text("config"), &scratch.options(text("cwd"), set))
}

/// The fault of a row whose recorded answer depends on the order of files.
fn neither(row: &Value, event: &Value, config: &RailsConfig) -> Option<&'static str> {
    let answers = std::iter::once(event).chain(row["variants"].as_array().into_iter().flatten());
    let fits = answers.into_iter().any(|answer| differences(row, answer, config).is_empty());
    match config.replacements() {
        _ if !fits => Some("the event is not among the answers"),
        [] => Some("no note says which file is replaced"),
        _ => None,
    }
}

/// The differences from the recorded event, for the engine that counts every flow, for the one that leaves some out, and for
/// none.
fn differences(row: &Value, event: &Value, config: &RailsConfig) -> Vec<String> {
    let mut full = event.clone();
    full["numCustomFlows"] = row["numCustomFlows_llmrails"].clone();
    let expectations =
        [(RailsEngine::Undefined, event), (RailsEngine::IoRails, event), (RailsEngine::LlmRails, &full)];
    let compare = |(engine, expected): (RailsEngine, &Value)| {
        let expected = with_engine(expected, engine);
        let actual = parameters(config, engine);
        (actual != expected)
            .then(|| format!("{}\n  expected {expected}\n  got      {actual}", engine.as_str()))
    };
    expectations.into_iter().filter_map(compare).collect()
}

fn with_engine(event: &Value, engine: RailsEngine) -> Value {
    let mut event = event.clone();
    event["railsEngine"] = engine.as_str().into();
    event
}

/// The parameters as sent, without the fields that are not recorded.
fn parameters(config: &dyn UsageConfig, rails_engine: RailsEngine) -> Value {
    let host = Host::default();
    let usage = Usage::new(&host, DeploymentType::Library, rails_engine).config(config);
    let (session, machine) = (SessionId::undefined(), HostFacts::detect());
    let context = Context::new(0.0, &session, &machine);
    let (record, _) = Record::new(usage.event(&context).expect("it is read"), 0.0).expect("1970 is a moment");
    let mut parameters: Value = serde_json::from_str(&record.parameters).expect("parameters are JSON");
    let object = parameters.as_object_mut().expect("parameters are an object");
    assert_eq!(object.len(), 19, "{object:?}");
    for name in NOT_RECORDED {
        assert!(object.remove(name).is_some(), "the event has no `{name}`");
    }
    parameters
}
