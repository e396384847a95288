// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `inspect`: it explains an event and sends nothing.

use serde_json::Value;
use telemetry_core::TelemetryEvent;
use telemetry_guardrails::GuardrailsUsageEvent;
use telemetry_tests::home::Home;

use crate::{EXAMPLES, assert_refused, command, example, text};

#[test]
fn inspect_explains_every_field_of_every_example_and_touches_nothing() {
    for name in EXAMPLES {
        let home = Home::new();
        let outcome = command(&home).run(&["inspect", &example(name)]).checked();
        for field in GuardrailsUsageEvent::DESCRIPTOR.fields {
            assert!(outcome.lines.iter().any(|line| line.starts_with(field.name)), "{name}: {}", field.name);
        }
        assert!(text(&outcome.lines).contains("Nothing was sent."));
        assert!(home.is_untouched(), "{name}");
    }
}

#[test]
fn inspect_prints_the_event_that_each_example_is_known_to_produce() {
    for (name, colang, providers, features, flows) in [
        ("support_bot", "1.0", "FastEmbed,openai", "self_check", 3),
        ("voice_assistant", "2.x", "nim", "", 3),
        ("content_safety", "1.0", "nim,vllm", "content_safety,jailbreak_detection,topic_safety", 0),
        ("claims_desk", "1.0", "azure", "regex,sensitive_data_detection", 1),
    ] {
        let event = inspected(&[&example(name), "--json"]);
        let list = |key: &str| {
            event[key]
                .as_array()
                .unwrap()
                .iter()
                .map(|text| text.as_str().unwrap())
                .collect::<Vec<_>>()
                .join(",")
        };
        assert_eq!(event["colangVersion"], colang, "{name}");
        assert_eq!(
            (list("llmProviders"), list("builtinFeatures")),
            (providers.into(), features.into()),
            "{name}"
        );
        assert_eq!(event["numCustomFlows"], flows, "{name}");
        assert_eq!(event.as_object().unwrap().len(), 19, "{name}");
    }
}

/// The one JSON object that `inspect` prints, even when opted out.
fn inspected(arguments: &[&str]) -> Value {
    let home = Home::new();
    let arguments = [&["inspect"], arguments].concat();
    let outcome = command(&home).env("DO_NOT_TRACK", "1").run(&arguments).checked();
    let [event] = outcome.json().try_into().unwrap();
    assert!(home.is_untouched());
    event
}

#[test]
fn inspect_takes_engine_deployment_and_release() {
    let claims = example("claims_desk");
    let event = inspected(&[&claims, "--json", "--engine", "IORails", "--deployment-type", "cli"]);
    assert_eq!((&event["railsEngine"], &event["deploymentType"]), (&"IORails".into(), &"cli".into()));
    assert_eq!(event["numCustomFlows"], 2, "this engine counts the rail of the user's own");
    let envelope = inspected(&[&claims, "--envelope"]);
    assert_eq!(envelope.as_object().unwrap().len(), 30);
    assert_eq!(envelope["events"][0]["name"], "guardrails_usage_event");
    let home = Home::new();
    let f5 = home.path().join("f5.yml");
    std::fs::write(&f5, "models: []\nrails: {input: {flows: [f5 guardrails scan input]}}\n").unwrap();
    let features = |release: &str| {
        inspected(&[f5.to_str().unwrap(), "--json", "--compat", release])["builtinFeatures"].clone()
    };
    assert_eq!((features("0.24"), features("0.22")), (serde_json::json!(["f5"]), serde_json::json!([])));
}

#[test]
fn bad_configurations_name_file_and_remedy_and_exit_with_2() {
    let home = Home::new();
    let file = |name: &str, content: &[u8]| {
        std::fs::write(home.path().join(name), content).unwrap();
        home.path().join(name).to_str().unwrap().to_owned()
    };
    std::fs::create_dir(home.path().join("void")).unwrap();
    for (config, words) in [
        ("nowhere".to_owned(), ["nowhere", "help:"]),
        (file("plain.txt", b"models: []"), ["plain.txt", "help:"]),
        (file("broken.yml", b"models: [\n"), ["broken.yml:", "help:"]),
        (file("latin.yml", b"models: [] # \xff"), ["latin.yml", "UTF-8"]),
        (file("empty.yml", b""), ["empty.yml", "help:"]),
        (file("engine.yml", b"models:\n  - {type: main}\n"), ["engine.yml:2:", "engine"]),
        ("void".to_owned(), ["void", "help:"]),
    ] {
        for subcommand in ["inspect", "report"] {
            assert_refused(&command(&home).run(&[subcommand, &config]), 2, &words);
        }
    }
}

/// Nothing that a configuration holds can disturb the terminal of whoever looks at it.
#[test]
fn messages_escape_and_cut_what_a_configuration_holds() {
    let home = Home::new();
    let config = home.path().join("bot\u{1b}[2J");
    std::fs::create_dir(&config).unwrap();
    std::fs::write(config.join("config.yml"), "models: []\n").unwrap();
    for name in ["\u{1b}[2J\u{1b}]0;own\u{7} x".to_owned(), "x".repeat(4 << 20)] {
        std::fs::write(config.join("talk.co"), format!("define flow {name}\n")).unwrap();
        let outcome = command(&home).run(&["inspect", config.to_str().unwrap()]);
        let errors = text(&outcome.errors);
        assert_refused(&outcome, 2, &[r"bot\u{1b}[2J/talk.co:1", "help:"]);
        assert!(!errors.contains(|c: char| c.is_control() && c != '\n'), "{errors:?}");
        assert!(errors.len() < 2000, "{} bytes", errors.len());
    }
}
