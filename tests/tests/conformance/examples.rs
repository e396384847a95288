// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The examples give the event facts that the real package, release 0.24.1, gives for them.
//!
//! `samples/examples.json` holds its answers, as `tests/differential/record.py` (`facts`) asks for them.

use std::fs;
use std::path::Path;

use serde_json::Value;
use telemetry_core::client::Context;
use telemetry_core::host::HostFacts;
use telemetry_core::record::Record;
use telemetry_core::session::SessionId;
use telemetry_guardrails::{DeploymentType, Host, RailsConfig, RailsEngine, Usage};

const EXAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples");

#[test]
fn every_example_gives_the_facts_of_the_package() {
    let recorded: Value = serde_json::from_str(include_str!("../../samples/examples.json")).unwrap();
    let mut names: Vec<String> = directories(EXAMPLES.as_ref());
    names.sort();
    assert_eq!(names, recorded.as_object().unwrap().keys().cloned().collect::<Vec<_>>());
    for name in names {
        let config = RailsConfig::from_path(Path::new(EXAMPLES).join(&name)).unwrap();
        let expected = &recorded[&name];
        let actual = parameters(&config);
        for (field, value) in expected["event"].as_object().unwrap() {
            assert_eq!(&actual[field], value, "{name}: {field}");
        }
        assert_eq!(config.num_custom_flows_llm_rails(), expected["numCustomFlows_llmrails"], "{name}");
    }
}

fn directories(root: &Path) -> Vec<String> {
    let entries = fs::read_dir(root)
        .unwrap()
        .map(Result::unwrap)
        .filter(|entry| entry.path().join("config.yml").is_file());
    entries.map(|entry| entry.file_name().into_string().unwrap()).collect()
}

/// The event's parameters as they are sent, without an engine.
fn parameters(config: &RailsConfig) -> Value {
    let host = Host::default();
    let usage = Usage::new(&host, DeploymentType::Library, RailsEngine::Undefined).config(config);
    let (session, machine) = (SessionId::undefined(), HostFacts::detect());
    let context = Context::new(0.0, &session, &machine);
    let (record, _) = Record::new(usage.event(&context).unwrap(), 0.0).unwrap();
    serde_json::from_str(&record.parameters).unwrap()
}
