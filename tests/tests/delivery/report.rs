// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A report reaches the collector and the audit log, and the host does not notice.

#![cfg(target_os = "linux")]

use serde_json::{Value, json};
use telemetry_core::host::HostFacts;
use telemetry_tests::home::Home;
use telemetry_tests::ordered::Ordered;
use telemetry_tests::probe;
use telemetry_tests::server::{Request, Server};

/// The keys of an envelope, in order.
const ENVELOPE: [&str; 30] = [
    "browserType",
    "clientId",
    "clientType",
    "clientVariant",
    "clientVer",
    "cpuArchitecture",
    "deviceGdprBehOptIn",
    "deviceGdprFuncOptIn",
    "deviceGdprTechOptIn",
    "deviceId",
    "deviceMake",
    "deviceModel",
    "deviceOS",
    "deviceOSVersion",
    "deviceType",
    "eventProtocol",
    "eventSchemaVer",
    "eventSysVer",
    "externalUserId",
    "gdprBehOptIn",
    "gdprFuncOptIn",
    "gdprTechOptIn",
    "idpId",
    "integrationId",
    "productName",
    "productVersion",
    "sentTs",
    "sessionId",
    "userId",
    "events",
];

/// Runs the steps, which send exactly one event, and returns its request.
fn sent_by(home: &Home, steps: &[&str]) -> Request {
    let server = Server::start();
    let steps = [steps, &["flush"]].concat();
    let outcome = probe!(home).sending_to(server.url()).run(&steps).checked();
    assert_eq!(outcome.lines, ["true"], "nothing is printed but the answer of `flush`");
    let mut requests = server.after_exit();
    assert_eq!(requests.len(), 1, "{requests:?}");
    requests.remove(0)
}

#[test]
fn the_startup_event_is_posted_as_json_in_an_envelope() {
    let home = Home::new();
    let request = sent_by(&home, &["host=0.24.1", "report"]);
    assert_eq!((request.method.as_str(), request.path.as_str()), ("POST", "/v1.1/events/json"));
    assert_eq!(request.headers["content-type"], "application/json");
    assert_eq!(request.headers["content-length"], request.body.len().to_string());
    for private in ["cookie", "authorization", "referer", "accept-language", "from"] {
        assert!(!request.headers.contains_key(private), "{:?}", request.headers);
    }
    assert_eq!(request.ordered_envelope().keys(), ENVELOPE);
    let envelope = request.envelope();
    assert_eq!(envelope["clientVer"], "0.24.1");
    assert_eq!(envelope["eventSchemaVer"], "1.7");
    assert_eq!(envelope["cpuArchitecture"], HostFacts::detect().cpu_architecture());
    assert_eq!(envelope["events"].as_array().map(Vec::len), Some(1));
    assert_eq!(envelope["events"][0]["name"], "guardrails_usage_event");
}

#[test]
fn without_a_configuration_the_event_tells_about_the_system_only() {
    let home = Home::new();
    let request = sent_by(&home, &["report"]);
    let (mut parameters, facts) = (request.parameters(), HostFacts::detect());
    let timestamp = parameters["timestamp"].take();
    assert!(timestamp.as_f64().is_some_and(|seconds| seconds > 1.7e9), "{timestamp}");
    assert_eq!(parameters["sessionId"].take(), request.session());
    assert_eq!(
        parameters,
        json!({
            "nemoSource": "guardrails", "sessionId": null, "nemoguardrailsVersion": "unknown",
            "pythonVersion": "unknown", "platform": facts.platform(), "osName": facts.os_name(),
            "colangVersion": "unknown", "llmProviders": [], "numRailsConfigured": 0, "railTypesInUse": [],
            "tracingEnabled": false, "deploymentType": "library", "railsEngine": "LLMRails",
            "hasKnowledgeBase": false, "streamingConfigured": false, "builtinFeatures": [],
            "numCustomFlows": 0, "timestamp": null, "event": "startup",
        })
    );
}

#[test]
fn the_event_tells_what_the_configuration_uses_and_nothing_it_says() {
    let home = Home::new();
    std::fs::write(
        home.path().join("config.yml"),
        "models:\n- {type: main, engine: openai, model: secret-model}\n\
         rails: {input: {flows: [self check input, secret flow]}, config: {gliner: {threshold: 0.1}}}\n\
         prompts:\n- {task: self_check_input, content: secret prompt}\n",
    )
    .unwrap();
    let request = sent_by(&home, &["report-config=config.yml"]);
    let parameters = request.parameters();
    assert_eq!(parameters["llmProviders"], json!(["openai"]));
    assert_eq!(parameters["builtinFeatures"], json!(["gliner", "self_check"]));
    assert_eq!((&parameters["numRailsConfigured"], &parameters["numCustomFlows"]), (&json!(2), &json!(0)));
    assert!(!request.body.contains("secret"), "{}", request.body);
}

#[test]
fn the_audit_log_holds_the_bytes_that_were_sent() {
    let home = Home::new();
    let request = sent_by(&home, &["report"]);
    let lines = home.audit_lines();
    assert_eq!(lines.len(), 1);
    assert!(request.body.ends_with(&format!("\"parameters\":{}}}]}}", lines[0])), "{}", request.body);
    assert!(matches!(Ordered::parse(&lines[0]), Ordered::Object(members) if members.len() == 19));
}

#[test]
fn the_process_may_claim_how_it_is_deployed() {
    for (steps, deployment_type) in [
        (&["report=library,LLMRails"][..], "library"),
        (&["deployment=api", "report=library,LLMRails"], "api"),
        (&["deployment=api", "deployment=cli", "report=sdk,LLMRails"], "cli"),
        (&["deployment=undefined", "report=library,LLMRails"], "undefined"),
    ] {
        let parameters = sent_by(&Home::new(), steps).parameters();
        assert_eq!(parameters["deploymentType"], deployment_type, "{steps:?}");
    }
}

#[test]
fn bogus_texts_lose_no_event() {
    for (steps, deployment_type, engine) in [
        (&["report=bogus,LLMRails"][..], "undefined", "LLMRails"),
        (&["report=library,bogus\n\u{7}"], "library", "undefined"),
        (&["report=,"], "undefined", "undefined"),
        (&["deployment=bogus", "report=library,IORails"], "library", "IORails"),
        (&["deployment=api", "deployment=bogus", "report=library,IORails"], "api", "IORails"),
    ] {
        let parameters = sent_by(&Home::new(), steps).parameters();
        let ours = (&parameters["deploymentType"], &parameters["railsEngine"]);
        assert_eq!(ours, (&Value::from(deployment_type), &Value::from(engine)), "{steps:?}");
    }
}

#[test]
fn a_process_that_reports_and_returns_from_main_still_delivers() {
    let delivered = |steps: &[&str]| {
        let (home, server) = (Home::new(), Server::start());
        let _ = probe!(&home).sending_to(server.url()).run(steps).checked();
        server.after_exit().len()
    };
    assert!((0..100).all(|_| delivered(&["exit-wait=20000", "report"]) == 1));
    // On a busy machine, a request may take longer than the 200 ms that an exit waits for if its host asks for nothing else.
    assert!((0..10).any(|_| delivered(&["report"]) == 1));
}

#[test]
fn the_exit_code_is_the_hosts_own() {
    for (end, code) in [("leave=0", 0), ("leave=7", 7), ("leave=255", 255), ("panic", 101)] {
        let server = Server::start();
        let home = Home::new();
        let outcome = probe!(&home).sending_to(server.url()).run(&["exit-wait=20000", "report", end]);
        assert_eq!(outcome.code, Some(code), "{end}");
        assert!(outcome.lines.is_empty(), "{:?}", outcome.lines);
        let silent = outcome.errors.iter().all(|line| !line.contains("telemetry-core"));
        assert!(silent && (end == "panic" || outcome.errors.is_empty()), "{:?}", outcome.errors);
        assert_eq!(server.after_exit().len(), 1, "{end}");
    }
}

#[test]
fn a_panicking_configuration_loses_only_one_report() {
    let (home, server) = (Home::new(), Server::start());
    let outcome = probe!(&home).sending_to(server.url()).run(&["report-panicking", "report", "flush"]);
    assert_eq!((outcome.code, outcome.lines.as_slice()), (Some(0), ["true".to_owned()].as_slice()));
    assert!(outcome.errors.iter().any(|line| line.contains("a bug of the host")), "{:?}", outcome.errors);
    assert_eq!(server.after_exit().len(), 1);
}

/// Right after a delivery the worker lingers, and a report wakes no thread.
#[test]
fn events_reported_while_the_worker_lingers_are_sent_without_a_further_call() {
    let (home, server) = (Home::new(), Server::start());
    let steps = ["report", "flush", "report", "wait", "stats"];
    let mut running = probe!(&home).sending_to(server.url()).start(&steps);
    let _ = (server.next_request(), server.next_request());
    running.go_on();
    let outcome = running.finish().checked();
    assert_eq!(outcome.json().last().unwrap()["produced"], 2, "{:?}", outcome.lines);
}

#[test]
fn every_report_of_a_process_has_its_session_and_its_own_time() {
    let (home, server) = (Home::new(), Server::start());
    let steps = ["report", "report=api,IORails", "report", "flush"];
    let _ = probe!(&home).sending_to(server.url()).run(&steps).checked();
    let requests = server.after_exit();
    let sessions: Vec<_> = requests.iter().map(Request::session).collect();
    assert_eq!(sessions, vec![sessions[0].clone(); 3]);
    let times: Vec<_> = requests.iter().map(|r| r.parameters()["timestamp"].as_f64().unwrap()).collect();
    assert!(times.is_sorted(), "{times:?}");
    assert_eq!(home.audit_lines().len(), 3);
    assert!(requests.iter().all(|request| request.parameters()["event"] == "startup"));
}
