// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A host of the guardrails product: which tables its version chooses, what it says about the machine, and a configuration of
//! its own that cannot be read or that has names which nothing here knows.

#![cfg(target_os = "linux")]

use std::fs;

use serde_json::{Value, json};
use telemetry_tests::home::Home;
use telemetry_tests::probe;
use telemetry_tests::server::Server;

/// The events that these steps send. Standard error stays empty.
fn sent_by(home: &Home, steps: &[&str]) -> Vec<Value> {
    let server = Server::start();
    let steps = [steps, &["flush"]].concat();
    let outcome = probe!(home).sending_to(server.url()).run(&steps).checked();
    assert_eq!(outcome.lines.last().map(String::as_str), Some("true"), "everything is delivered");
    let events: Vec<Value> = server.after_exit().iter().map(|request| request.parameters()).collect();
    let audit: Vec<Value> =
        home.audit_lines().iter().map(|line| serde_json::from_str(line).expect("an event")).collect();
    assert_eq!(audit, events);
    events
}

/// The built-in features of the only event that these steps send.
fn features(home: &Home, steps: &[&str]) -> Value {
    let events = sent_by(home, steps);
    let [event] = &events[..] else { panic!("{events:?}") };
    event["builtinFeatures"].clone()
}

/// A configuration with a field and a flow that release 0.24 reports in another way than those before.
const CONFIG: &str = "models: []
prompts:
  - task: self_check_input
    content: Is this allowed?
rails:
  config:
    privateai:
      server_endpoint: http://localhost:8080
  input:
    flows:
      - hf classifier check input
      - self check input
";

#[test]
fn the_host_version_selects_the_tables() {
    let (old, new) = (
        json!(["privateai", "self_check"]),
        json!(["hf_classifier", "self_check", "sensitive_data_detection"]),
    );
    for (version, expected) in [
        ("0.22.0", &old),
        ("0.23.0", &old),
        ("0.23.1.dev0", &old),
        ("v0.23", &old),
        ("0.24.0rc1", &new),
        ("0.24.1", &new),
        ("0.25.0", &new),
        ("unknown", &new),
    ] {
        for report in ["report-config=config.yml", "report-foreign"] {
            let home = Home::new();
            fs::write(home.path().join("config.yml"), CONFIG).unwrap();
            assert_eq!(
                features(&home, &[&format!("host={version}"), report]),
                *expected,
                "{version} {report}"
            );
        }
    }
}

#[test]
fn a_host_may_choose_the_release_itself() {
    let told = |words: &str| features(&Home::new(), &[&format!("host-as-told={words}"), "report-foreign"]);
    assert_eq!(told("version:0.24.1;compat:0.22"), json!(["privateai", "self_check"]));
    assert_eq!(
        told("version:0.22.0;compat:0.24"),
        json!(["hf_classifier", "self_check", "sensitive_data_detection"])
    );
}

#[test]
fn a_host_may_bring_tables_of_its_own() {
    let told = |words: &str| features(&Home::new(), &[&format!("host-as-told={words}"), "report-foreign"]);
    assert_eq!(told("version:0.23.0;flow:own check"), json!(["privateai", "regex", "self_check"]));
    assert_eq!(told("version:0.23.0;flow:another check"), json!(["privateai", "self_check"]));
}

#[test]
fn a_host_may_say_itself_what_machine_it_runs_on() {
    let (home, server) = (Home::new(), Server::start());
    let host = "host-as-told=version:0.23.0;python:3.11.7;platform:Plan9-4-mips-with-libc";
    let steps = [host, "report", "flush"];
    let _ = probe!(&home).sending_to(server.url()).run(&steps).checked();
    let request = server.next_request();
    let event = request.parameters();
    assert_eq!(event["platform"], "Plan9-4-mips-with-libc");
    assert_eq!((&event["osName"], &event["pythonVersion"]), (&json!("Plan9"), &json!("3.11.7")));
    let envelope = request.envelope();
    assert_eq!((&envelope["cpuArchitecture"], &envelope["clientVer"]), (&json!("mips"), &json!("0.23.0")));
}

#[test]
fn names_that_nothing_knows_are_ignored_and_never_sent() {
    let (home, server) = (Home::new(), Server::start());
    let _ = probe!(&home).sending_to(server.url()).run(&["report-foreign", "flush"]).checked();
    let body = server.next_request().body;
    for name in ["acme", "a.b", "secret", "own check"] {
        assert!(!body.contains(name), "{name}: {body}");
    }
    assert!(body.contains("\"numRailsConfigured\":4"), "{body}");
}

#[test]
fn an_unreadable_configuration_loses_its_event_silently() {
    let (home, server) = (Home::new(), Server::start());
    let steps = ["report-unreadable", "flush", "threads", "report", "report-unreadable", "flush", "stats"];
    let outcome = probe!(&home).sending_to(server.url()).run(&steps).checked();
    let [read, flushed, threads, read_again, delivered, stats] = &outcome.lines[..] else {
        panic!("{:?}", outcome.lines)
    };
    assert_eq!(
        [read, flushed, threads],
        ["read", "true", "1"],
        "an event that is not made starts no heartbeat"
    );
    assert_eq!([read_again, delivered], ["read", "true"]);
    let stats: Value = serde_json::from_str(stats).unwrap();
    assert_eq!((&stats["produced"], &stats["delivered"]), (&json!(1), &json!(1)), "{stats}");
    assert_eq!((server.after_exit().len(), home.audit_lines().len()), (1, 1));
}

#[test]
fn under_an_opt_out_no_configuration_is_read() {
    let home = Home::new();
    let probe = probe!(&home).env("DO_NOT_TRACK", "1");
    assert!(probe.run(&["report-unreadable"]).checked().lines.is_empty());
    assert!(home.is_untouched());
}
