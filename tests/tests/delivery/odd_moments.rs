// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Engines that are constructed before `main` and while the process exits: never a crash, never a hang, and an event where
//! the process can still wait for it.

#![cfg(target_os = "linux")]

use std::time::Duration;

use telemetry_tests::child::Probe;
use telemetry_tests::home::Home;
use telemetry_tests::server::{Answer, Request, Server};
use telemetry_tests::waiting::one_within;

/// How long a request that hangs takes. An exit waits for 200 ms unless its host says otherwise.
const REQUEST: Duration = Duration::from_secs(5);

/// The events that arrive from engines constructed at these moments.
fn construct(moments: &str) -> Vec<Request> {
    let (home, server) = (Home::new(), Server::start());
    let probe = Probe::new(env!("CARGO_BIN_EXE_odd_moments"), &home)
        .sending_to(server.url())
        .env("SHOP_URL", server.url())
        .env("MOMENTS", moments)
        .env("PATIENT", "1");
    let _ = probe.run(&[]).checked();
    server.after_exit()
}

fn engines(requests: &[Request]) -> Vec<String> {
    requests.iter().map(|request| request.parameters()["railsEngine"].to_string()).collect()
}

#[test]
fn no_moment_is_no_event() {
    assert!(construct("never").is_empty());
}

#[test]
fn an_engine_constructed_before_main_reports_like_any_other() {
    assert_eq!(engines(&construct("before-main")), ["\"LLMRails\""]);
    let both = construct("before-main,main");
    assert_eq!(engines(&both), ["\"LLMRails\""; 2]);
    assert_eq!(both[0].session(), both[1].session(), "one process, one session");
}

/// The destructors of the main thread's variables run before the exit hooks.
#[test]
fn an_engine_constructed_by_a_destructor_of_the_main_thread_is_delivered() {
    assert_eq!(engines(&construct("thread-local")), ["\"LLMRails\""]);
    assert_eq!(construct("main,thread-local").len(), 2);
}

/// The hook that waits is registered with the first report, and hooks run in reverse order.
#[test]
fn an_engine_constructed_in_an_exit_hook_is_delivered_if_the_hook_that_waits_is_still_to_come() {
    assert_eq!(construct("main,exit-after").len(), 2);
    assert_eq!(engines(&construct("exit-after")), ["\"LLMRails\""], "the first report, as the process exits");
    assert_eq!(engines(&construct("exit-before")), ["\"LLMRails\""], "the first report, at the very last");
}

/// The exit no longer waits: the event may be lost, and the exit code is unchanged.
#[test]
fn an_engine_constructed_after_the_wait_is_over_holds_nothing_up() {
    let requests = construct("main,exit-before");
    assert!((1..=2).contains(&requests.len()), "{requests:?}");
}

#[test]
fn an_operation_in_a_variable_of_the_main_thread_ends_with_it() {
    let requests = construct("guard-thread-local");
    let outcomes: Vec<_> = requests.iter().map(|request| request.parameters()["outcome"].clone()).collect();
    assert_eq!(outcomes, ["success", "interrupted"]);
}

#[test]
fn a_hanging_collector_delays_no_report_outside_of_main() {
    for moments in ["before-main", "thread-local", "exit-after", "exit-before", "main,exit-before"] {
        one_within(REQUEST, || {
            let (home, server) = (Home::new(), Server::answering([Answer::Hang; 4]));
            let probe = Probe::new(env!("CARGO_BIN_EXE_odd_moments"), &home).sending_to(server.url());
            let _ = probe.env("MOMENTS", moments).run(&[]).checked();
        });
    }
}
