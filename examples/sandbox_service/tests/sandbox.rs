// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The service that looks after sandboxes: what it does, and the events that tell of it.

#![cfg(feature = "telemetry")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "test code fails by panicking"
)]

use std::time::Duration;

use serde_json::{Value, json};
use telemetry_tests::child::Probe;
use telemetry_tests::home::Home;
use telemetry_tests::server::{Answer, Server};
use telemetry_tests::waiting::{becomes_true, one_within};

use telemetry_tests::running::{Service, assert_reports_nowhere};

const LIFECYCLE: &str = "openshell_lifecycle_event";
const PROVIDER: &str = "openshell_provider_lifecycle_event";
const CREATE: &str = "openshell_sandbox_create_event";
const DECISION: &str = "openshell_policy_decision_event";
const SUMMARY: &str = "openshell_sandbox_activity_summary_event";

fn program(home: &Home) -> Probe {
    let program = Probe::new(env!("CARGO_BIN_EXE_sandbox_service"), home);
    program.env("PATH", std::env::var_os("PATH").unwrap())
}

/// A running service, and the collector that it reports to.
struct Watched {
    service: Service,
    collector: Server,
    _home: Home,
}

impl Watched {
    fn start() -> Self {
        Self::reporting_to(Server::start())
    }

    fn reporting_to(collector: Server) -> Self {
        let home = Home::new();
        let program = program(&home).env("OPENSHELL_TELEMETRY_ENDPOINT", collector.url());
        Self { service: Service::start(program, &[]), collector, _home: home }
    }

    fn ok(&self, method: &str, path: &str, body: &Value) -> Value {
        self.service.client.ok(method, path, body)
    }

    fn status(&self, method: &str, path: &str, body: &Value) -> u16 {
        self.service.client.call(method, path, body).0
    }

    /// A new sandbox with a process that waits.
    fn create(&self, plan: &Value) -> String {
        let mut plan = plan.clone();
        plan["command"] = json!(["sh", "-c", "env; ls; exec sleep 600"]);
        self.ok("POST", "/sandboxes", &plan)["id"].as_str().unwrap().to_owned()
    }

    /// Ends the service. All events, each as its name with its parameters.
    fn events(self) -> Vec<(String, Value)> {
        let _ = self.service.end();
        self.collector.after_exit().iter().map(|request| only_event(&request.envelope())).collect()
    }
}

/// The event of an envelope, which is this product's and holds one event.
fn only_event(envelope: &Value) -> (String, Value) {
    assert_eq!(envelope["clientId"], "415437562476676");
    assert_eq!(
        (&envelope["sessionId"], &envelope["cpuArchitecture"]),
        (&json!("undefined"), &json!(std::env::consts::ARCH))
    );
    assert_eq!(
        (&envelope["eventSysVer"], &envelope["eventSchemaVer"]),
        (&json!("openshell-telemetry/1.0"), &json!("4.0"))
    );
    let [event] = envelope["events"].as_array().unwrap().as_slice() else { panic!("{envelope}") };
    let mut parameters = event["parameters"].clone();
    let source = parameters.as_object_mut().unwrap().remove("nvidiaSource");
    assert_eq!(source, Some("openshell".into()));
    (event["name"].as_str().unwrap().to_owned(), parameters)
}

fn lifecycle(operation: &str, outcome: &str) -> (String, Value) {
    (LIFECYCLE.into(), json!({"resource": "sandbox", "operation": operation, "outcome": outcome}))
}

/// Waits until the process of the sandbox has printed this.
fn await_output(watched: &Watched, id: &str, words: &str) -> String {
    let mut output = String::new();
    let has_printed = becomes_true(|| {
        let shown = watched.ok("GET", &format!("/sandboxes/{id}"), &Value::Null);
        output = shown["output"].as_str().unwrap().to_owned();
        output.contains(words)
    });
    assert!(has_printed, "{words:?} is not in {output:?}");
    output
}

#[test]
fn the_life_of_a_sandbox() {
    let watched = Watched::start();
    let template = tempfile::tempdir().unwrap();
    std::fs::write(template.path().join("notes.txt"), "").unwrap();
    watched.ok("POST", "/providers", &json!({"name": "work", "profile": "github", "token": "t0ken"}));
    let plan = json!({"providers": ["work"], "template": template.path(), "gpu": true, "rules": []});
    let id = watched.create(&plan);
    let output = await_output(&watched, &id, "notes.txt");
    assert!(
        output.contains("GITHUB_TOKEN=t0ken") && output.contains("NVIDIA_VISIBLE_DEVICES=all"),
        "{output}"
    );
    let sandbox = format!("/sandboxes/{id}");
    for (step, status) in [("start", 500), ("stop", 200), ("stop", 500), ("start", 200)] {
        assert_eq!(watched.status("POST", &format!("{sandbox}/{step}"), &Value::Null), status, "{step}");
    }
    assert_eq!(watched.ok("GET", &sandbox, &Value::Null)["running"], true);
    watched.ok("DELETE", &sandbox, &Value::Null);
    assert_eq!(watched.status("DELETE", &sandbox, &Value::Null), 404);

    let created = json!({
        "outcome": "success", "requestedGpu": true, "providerCount": 1, "hasCustomPolicy": true,
        "templateSource": "image", "computeDriver": "unknown",
    });
    let provider = json!({"operation": "create", "outcome": "success", "providerProfile": "github"});
    assert_eq!(
        watched.events(),
        [
            (PROVIDER.into(), provider),
            lifecycle("create", "success"),
            (CREATE.into(), created),
            lifecycle("start", "failure"),
            lifecycle("stop", "success"),
            lifecycle("stop", "failure"),
            lifecycle("start", "success"),
            lifecycle("delete", "success"),
            lifecycle("delete", "failure"),
        ]
    );
}

#[test]
fn what_cannot_be_created_is_reported_as_a_failure() {
    let watched = Watched::start();
    for plan in [
        json!({"command": ["no-such-program"]}),
        json!({"command": []}),
        json!({"command": ["true"], "template": "/no/such/directory"}),
        json!({"command": ["true"], "providers": ["unknown"]}),
        json!({"command": ["true"], "rules": ["GET everything"]}),
    ] {
        assert!(watched.status("POST", "/sandboxes", &plan) >= 400, "{plan}");
    }
    let events = watched.events();
    assert_eq!(events.len(), 10, "{events:?}");
    let of =
        |name: &str| events.iter().filter(|event| event.0 == name).map(|event| &event.1).collect::<Vec<_>>();
    assert!(of(CREATE).iter().chain(&of(LIFECYCLE)).all(|event| event["outcome"] == "failure"), "{events:?}");
    let fields = |field: &str| of(CREATE).iter().map(|event| event[field].clone()).collect::<Vec<_>>();
    assert_eq!(fields("templateSource"), ["default", "default", "image", "default", "default"]);
    assert_eq!(fields("providerCount"), [0, 0, 0, 1, 0]);
    assert_eq!(fields("hasCustomPolicy"), [false, false, false, false, true]);
}

#[test]
fn accounts_are_added_changed_and_removed() {
    let watched = Watched::start();
    let add = |name: &str, profile: &str| {
        watched.status("POST", "/providers", &json!({"name": name, "profile": profile, "token": "x"}))
    };
    assert_eq!((add("a", "gh"), add("a", "nvidia"), add("b", "my own")), (200, 409, 200));
    watched.ok("PUT", "/providers/a", &json!({"token": "y"}));
    watched.ok("DELETE", "/providers/b", &Value::Null);
    assert_eq!(watched.status("DELETE", "/providers/b", &Value::Null), 404);
    let event = |operation: &str, outcome: &str, profile: &str| {
        let event = json!({"operation": operation, "outcome": outcome, "providerProfile": profile});
        (PROVIDER.to_owned(), event)
    };
    assert_eq!(
        watched.events(),
        [
            event("create", "success", "github"),
            event("create", "failure", "nvidia"),
            event("create", "success", "custom"),
            event("update", "success", "github"),
            event("delete", "success", "custom"),
        ]
    );
}

#[test]
fn requests_are_decided_by_policy_and_summarized() {
    let (watched, backend) = (Watched::start(), Server::start());
    let address = backend.url().strip_prefix("http://").unwrap().split('/').next().unwrap().to_owned();
    let id = watched.create(&json!({}));
    let sandbox = format!("/sandboxes/{id}");
    let request = |method: &str, url: &str| {
        watched.service.client.call(
            "POST",
            &format!("{sandbox}/requests"),
            &json!({"method": method, "url": url}),
        )
    };
    let decide = |decision: &str, rules: &[&str]| {
        let body = json!({"decision": decision, "rules": rules});
        watched.status("POST", &format!("{sandbox}/proposals"), &body)
    };
    let (url, rule) = (format!("http://{address}/work"), format!("GET {address}"));
    let denied = |group: &str| (403, json!({"error": group}));
    assert_eq!(request("GET", &url), denied("connect_policy"));
    assert_eq!(decide("approve", &[&rule]), 200);
    assert_eq!(request("GET", &url), (200, json!({"status": 200, "body": ""})));
    assert_eq!(request("PUT", &url), denied("l7_policy"));
    assert_eq!(decide("approve_all", &[]), 200);
    assert_eq!(request("PUT", &url).0, 200);
    assert_eq!(decide("undo", &[&rule]), 200);
    assert_eq!(request("GET", &url), denied("l7_policy"));
    assert_eq!(decide("reject", &[&rule]), 200);
    assert_eq!((decide("reject", &["GET 127.0.0.1:9"]), decide("shrug", &[])), (409, 400));
    assert_eq!(request("GET", "http://169.254.169.254:80/"), denied("ssrf"));
    assert_eq!(watched.ok("POST", "/summary", &Value::Null)["requests"], 6);

    watched.ok("PUT", &format!("{sandbox}/policy"), &json!({"rules": ["GET 192.0.2.1:80"]}));
    assert_eq!(request("GET", "http://192.0.2.1:80/"), denied("forward_policy"));
    assert_eq!(request("GET", "gopher://x"), denied("l7_parse_rejection"));
    let stale = json!({"method": "GET", "url": url, "revision": 0});
    assert_eq!(watched.status("POST", &format!("{sandbox}/requests"), &stale), 403);
    let forwarded: Vec<_> = backend.received().iter().map(|request| request.method.clone()).collect();
    assert_eq!(forwarded, ["GET", "PUT"], "denied requests are not forwarded");

    let events = watched.events();
    let decision = |operation: &str, outcome: &str, rules: u64| {
        let event = json!({"operation": operation, "outcome": outcome, "ruleCount": rules});
        (DECISION.to_owned(), event)
    };
    let summary = |requests: u64, denied: u64, rate: f64, groups: Value| {
        let event = json!({
            "networkActivityCount": requests, "deniedActionCount": denied, "denialRatePct": rate,
            "denialsByGroup": groups,
        });
        (SUMMARY.to_owned(), event)
    };
    let group = |group: &str, count: u64| json!({"denyGroup": group, "deniedCount": count});
    let first = [group("connect_policy", 1), group("l7_policy", 2), group("ssrf", 1)];
    let second = [group("forward_policy", 1), group("l7_parse_rejection", 1), group("policy_stale", 1)];
    let policy_update = json!({"resource": "sandbox_policy", "operation": "update", "outcome": "success"});
    assert_eq!(
        events[2..],
        [
            decision("approve", "success", 1),
            decision("approve_all", "success", 1),
            decision("undo", "success", 1),
            decision("reject", "success", 1),
            decision("reject", "failure", 1),
            summary(6, 4, 400.0 / 6.0, json!(first)),
            (LIFECYCLE.into(), policy_update),
            lifecycle("delete", "success"),
            summary(3, 3, 100.0, json!(second)),
        ]
    );
}

#[test]
fn whoever_opts_out_has_the_service_and_no_event() {
    let (collector, home) = (Server::start(), Home::new());
    let program = program(&home).env("OPENSHELL_TELEMETRY_ENDPOINT", collector.url());
    let service = Service::start(program.env("OPENSHELL_TELEMETRY_ENABLED", "false"), &[]);
    service.client.ok("POST", "/sandboxes", &json!({"command": ["true"]}));
    let _ = service.end();
    assert!(collector.after_exit().is_empty() && home.is_untouched());
}

#[test]
fn a_collector_that_hangs_holds_neither_the_service_nor_its_end_up() {
    // A request that hangs takes five seconds; an exit waits for two at most.
    one_within(Duration::from_secs(5), || {
        let watched = Watched::reporting_to(Server::answering([Answer::Hang]));
        watched.create(&json!({}));
        assert_eq!(only_event(&watched.collector.next_request().envelope()), lifecycle("create", "success"));
        (0..20).for_each(|_| drop(watched.create(&json!({}))));
        let _ = watched.service.end();
    });
}

#[test]
fn it_reports_to_this_machine_only() {
    let program = env!("CARGO_BIN_EXE_sandbox_service");
    assert_reports_nowhere(program, &[], "/sandboxes", &json!({"command": ["true"]}), 200);
}

/// What the test of a build without telemetry looks for is in a build with it.
#[test]
fn the_program_names_its_product() {
    let program = std::fs::read(env!("CARGO_BIN_EXE_sandbox_service")).unwrap();
    for word in ["415437562476676", LIFECYCLE, "OPENSHELL_TELEMETRY_ENDPOINT"] {
        assert!(program.windows(word.len()).any(|bytes| bytes == word.as_bytes()), "{word}");
    }
}
