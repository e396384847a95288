// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The router between models: each prompt is one outcome, made of the router's spans.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use telemetry_tests::child::Probe;
use telemetry_tests::home::Home;
use telemetry_tests::server::{Answer, DOWN, Server};

use telemetry_tests::running::{Client, Service};

/// A running router, and the collector that it reports to.
struct Watched {
    service: Service,
    collector: Server,
    _home: Home,
}

impl Watched {
    fn start(arguments: &[String]) -> Self {
        let (collector, home) = (Server::start(), Home::new());
        let program = Probe::new(env!("CARGO_BIN_EXE_router_service"), &home);
        let program = program.env("SWITCHYARD_TELEMETRY_ENDPOINT", collector.url());
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        Self { service: Service::start(program, &arguments), collector, _home: home }
    }

    fn route(&self, prompt: &str) -> (u16, Value) {
        route(&self.service.client, prompt)
    }

    /// Ends the router. All outcomes, without their product.
    fn outcomes(self) -> Vec<Value> {
        let _ = self.service.end();
        self.collector.after_exit().iter().map(|request| outcome(&request.envelope())).collect()
    }
}

fn route(client: &Client, prompt: &str) -> (u16, Value) {
    client.call("POST", "/route", &json!({"prompt": prompt}))
}

/// The outcome in an envelope, which is this product's.
fn outcome(envelope: &Value) -> Value {
    assert_eq!(envelope["clientId"], "184482118588404");
    assert_eq!(envelope["deviceOS"], std::env::consts::OS);
    assert_eq!(envelope["sessionId"].as_str().unwrap().as_bytes()[14], b'7', "a UUID of version 7");
    let versions = (&envelope["eventSysVer"], &envelope["eventSchemaVer"]);
    assert_eq!(versions, (&json!("switchyard-telemetry/1.0"), &json!("1.12")));
    let [event] = envelope["events"].as_array().unwrap().as_slice() else { panic!("{envelope}") };
    assert_eq!(event["name"], "switchyard_outcome");
    let mut parameters = event["parameters"].clone();
    assert_eq!(parameters.as_object().unwrap().len(), 14, "{parameters}");
    assert_eq!(parameters.as_object_mut().unwrap().remove("nemoSource"), Some("switchyard".into()));
    parameters
}

fn model(name: &str, longest: usize, url: &str) -> String {
    format!("{name},{longest},{url}")
}

#[test]
fn a_prompt_goes_to_the_smallest_model_that_takes_it() {
    let (small, large) = (Server::start(), Server::start());
    let watched =
        Watched::start(&[model("large-70b", 5000, &large.url()), model("small-8b", 20, &small.url())]);
    let (status, answer) = watched.route("What time is it?");
    assert_eq!((status, &answer["model"], small.received().len()), (200, &"small-8b".into(), 1));
    let (_, second) = watched.route(&"Tell me a story. ".repeat(30));
    assert_eq!((&second["model"], large.next_request().body.len()), (&"large-70b".into(), 510));

    let mut outcomes = watched.outcomes();
    for outcome in &mut outcomes {
        let duration = outcome["routing_duration_ms"].take();
        assert!(duration.as_u64().is_some_and(|duration| duration < 30_000), "{duration}");
    }
    let expected = |id: &Value, class: &str, selected: &str, excluded: Value, fallback: Value| {
        json!({
            "outcome_id": id, "algorithm": "smallest_that_fits", "algorithm_version": "1.0",
            "feature_flags": {"fallback": true}, "considered_model_ids": ["small-8b", "large-70b"],
            "routing_status": "success", "no_eligible_target": false, "routing_error_code": null,
            "exclusion_reason_codes": excluded, "routing_duration_ms": null,
            "evidence": {"prompt_size": class}, "selected_model_id": selected, "fallback_plan_model_ids": fallback,
        })
    };
    assert_eq!(
        outcomes,
        [
            expected(&answer["outcome_id"], "short", "small-8b", Value::Null, json!(["large-70b"])),
            expected(&second["outcome_id"], "medium", "large-70b", json!(["prompt_too_long"]), json!([])),
        ]
    );
}

#[test]
fn a_model_that_fails_is_passed_over_and_then_left_alone() {
    let (small, large) = (Server::answering([Answer::Status(500)]), Server::start());
    let watched = Watched::start(&[model("small", 20, &small.url()), model("large", 50, &large.url())]);
    assert_eq!(watched.route("Hello").1["model"], "large");
    assert_eq!(watched.route("Hello again").1["model"], "large");
    assert_eq!(small.received().len(), 1);
    let outcomes = watched.outcomes();
    let excluded: Vec<_> = outcomes.iter().map(|outcome| &outcome["exclusion_reason_codes"]).collect();
    assert_eq!(excluded, [&Value::Null, &json!(["unhealthy"])]);
    assert!(outcomes.iter().all(|outcome| outcome["routing_status"] == "success"), "{outcomes:?}");
}

#[test]
fn a_prompt_that_nobody_answers_is_an_error_with_its_code() {
    let watched =
        Watched::start(&["--no-fallback".into(), model("down", 20, DOWN), model("never-tried", 30, DOWN)]);
    let (status, answer) = watched.route("Hello");
    assert_eq!((status, &answer["error"]), (503, &"no_model_answered".into()));
    assert_eq!(watched.route(&"x".repeat(31)).1["error"], "no_eligible_target");
    let outcomes = watched.outcomes();
    let field = |field: &str| outcomes.iter().map(|outcome| outcome[field].clone()).collect::<Vec<_>>();
    assert_eq!(field("routing_status"), ["error", "error"]);
    assert_eq!(field("routing_error_code"), ["no_model_answered", "no_eligible_target"]);
    assert_eq!(field("no_eligible_target"), [false, true]);
    assert_eq!(field("selected_model_id"), [Value::Null, Value::Null]);
    assert_eq!(field("feature_flags"), [json!({"fallback": false}), json!({"fallback": false})]);
    assert_eq!(field("exclusion_reason_codes"), [Value::Null, json!(["prompt_too_long", "prompt_too_long"])]);
}

/// Concurrent requests do not mix.
#[test]
fn prompts_at_the_same_time_have_outcomes_of_their_own() {
    const PROMPTS: usize = 40;
    let (small, large) = (Server::start(), Server::start());
    let watched = Watched::start(&[model("small", 10, &small.url()), model("large", 99, &large.url())]);
    let ids: BTreeSet<(String, String)> = std::thread::scope(|scope| {
        let client = &watched.service.client;
        let ask = move |index: usize| {
            let prompt = if index.is_multiple_of(2) { "Short" } else { "Quite a long prompt" };
            let answer = route(client, prompt).1;
            ["outcome_id", "model"].map(|key| answer[key].as_str().unwrap().to_owned()).into()
        };
        let asked: Vec<_> = (0..PROMPTS).map(|index| scope.spawn(move || ask(index))).collect();
        asked.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(ids.len(), PROMPTS);
    let outcomes = watched.outcomes();
    let reported = |outcome: &Value| {
        assert_eq!(outcome["considered_model_ids"], json!(["small", "large"]));
        let excluded =
            if outcome["selected_model_id"] == "small" { Value::Null } else { json!(["prompt_too_long"]) };
        assert_eq!(outcome["exclusion_reason_codes"], excluded, "{outcome}");
        ["outcome_id", "selected_model_id"].map(|key| outcome[key].as_str().unwrap().to_owned()).into()
    };
    assert_eq!(outcomes.iter().map(reported).collect::<BTreeSet<_>>(), ids);
}

/// The product's own variable says no.
#[test]
fn whoever_opts_out_has_the_router_and_no_event() {
    let (large, collector, home) = (Server::start(), Server::start(), Home::new());
    let program = Probe::new(env!("CARGO_BIN_EXE_router_service"), &home)
        .env("SWITCHYARD_TELEMETRY_ENDPOINT", collector.url())
        .env("SWITCHYARD_TELEMETRY_ENABLED", "false");
    let service = Service::start(program, &[&model("large", 50, &large.url())]);
    assert_eq!(route(&service.client, "Hello").1["model"], "large");
    let _ = service.end();
    assert!(collector.after_exit().is_empty() && home.is_untouched());
}

#[test]
fn models_elsewhere_and_arguments_that_say_nothing_are_refused() {
    for (argument, words) in [
        ("a,10,https://models.example.com/", "is not on this machine"),
        ("a,ten,http://127.0.0.1:1/", "`ten` is not a length"),
        ("a", "write `NAME,LONGEST,URL`"),
    ] {
        let outcome = Probe::new(env!("CARGO_BIN_EXE_router_service"), &Home::new()).run(&[argument]);
        assert_eq!(outcome.code, Some(1));
        assert!(outcome.errors.iter().any(|line| line.contains(words)), "{:?}", outcome.errors);
    }
}
