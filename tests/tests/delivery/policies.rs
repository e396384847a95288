// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Batches, retries, splitting and the breaker, with a real process and a real socket.

#![cfg(target_os = "linux")]

use std::collections::BTreeSet;

use serde_json::Value;
use telemetry_tests::child::{Outcome, Probe};
use telemetry_tests::home::Home;
use telemetry_tests::server::{Answer, Request, Server};

/// The numbers in each request, and the counters at the end.
fn batches(events: u32, answers: &[Answer]) -> (Vec<Vec<u64>>, Value) {
    let (home, server) = (Home::new(), Server::answering(answers.iter().copied()));
    let probe = Probe::new(env!("CARGO_BIN_EXE_delivery_probe"), &home).env("DELIVERY_URL", server.url());
    let outcome = probe.run(&["batches", &events.to_string()]).checked();
    let audited = std::fs::read_to_string(home.path().join(".config/delivery/usage_stats.json")).unwrap();
    let requests: Vec<Vec<u64>> = server.after_exit().iter().map(numbers).collect();
    let sent: BTreeSet<u64> = requests.iter().flatten().copied().collect();
    assert_eq!(audited.lines().count(), sent.len(), "every event that is sent is audited once");
    (requests, stats(&outcome))
}

fn numbers(request: &Request) -> Vec<u64> {
    let envelope = request.envelope();
    let events = envelope["events"].as_array().expect("events are a list");
    events.iter().map(|event| event["parameters"]["number"].as_u64().expect("a number")).collect()
}

fn stats(outcome: &Outcome) -> Value {
    outcome.json().pop().expect("the probe prints its counters")
}

#[test]
fn events_travel_in_full_batches_and_the_rest_goes_with_the_flush() {
    let (requests, stats) = batches(10, &[]);
    assert_eq!(requests.concat(), (0..10).collect::<Vec<_>>());
    assert!(requests.iter().all(|batch| batch.len() <= 4) && requests.len() <= 4, "{requests:?}");
    assert_eq!(stats["delivered"], 10);
}

#[test]
fn what_fails_for_now_is_sent_again_until_it_arrives() {
    for status in [408, 425, 429, 500, 502, 503] {
        let (requests, stats) = batches(4, &[Answer::Status(status), Answer::Close, Answer::Status(status)]);
        assert_eq!(requests, vec![vec![0, 1, 2, 3]; 4], "{status}");
        assert_eq!((&stats["delivered"], &stats["requests"]), (&4.into(), &4.into()));
    }
}

#[test]
fn after_the_last_attempt_events_are_dropped_and_counted() {
    let (requests, stats) = batches(4, &[Answer::Status(503); 9]);
    assert_eq!(requests.len(), 4);
    assert_eq!((&stats["dropped"]["refused"], &stats["queued"]), (&4.into(), &0.into()));
    assert_eq!(stats["breaker"], "open");
}

#[test]
fn what_is_too_large_is_halved() {
    let (requests, stats) =
        batches(4, &[Answer::Status(413), Answer::Status(200), Answer::Status(413), Answer::Status(413)]);
    assert_eq!(requests, [vec![0, 1, 2, 3], vec![0, 1], vec![2, 3], vec![2], vec![3]]);
    assert_eq!((&stats["delivered"], &stats["dropped"]["too large"]), (&3.into(), &1.into()));
}

#[test]
fn what_the_collector_does_not_want_is_not_sent_again() {
    for (status, reason, breaker) in [
        (400, "rejected", "closed"),
        (422, "rejected", "closed"),
        (302, "refused", "closed"),
        (401, "refused", "open"),
        (404, "refused", "open"),
    ] {
        let (requests, stats) = batches(4, &[Answer::Status(status); 9]);
        assert_eq!(requests.len(), 1, "{status}");
        assert_eq!(
            (&stats["dropped"][reason], &stats["breaker"]),
            (&4.into(), &breaker.into()),
            "{status}: {stats}"
        );
    }
}

#[test]
fn a_process_whose_breaker_is_open_makes_no_request() {
    let (requests, stats) = batches(12, &[Answer::Status(403); 9]);
    assert_eq!(requests.len(), 1);
    assert_eq!((&stats["queued"], &stats["dropped"]["refused"]), (&8.into(), &4.into()));
}
