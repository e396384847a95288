// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The system has no thread to give: reports return all the same, wait, and go out when there is one.

#![cfg(target_os = "linux")]

use serde_json::json;
use telemetry_tests::home::Home;
use telemetry_tests::marked_home::{OTHER_USER, is_privileged};
use telemetry_tests::probe;
use telemetry_tests::server::Server;
use telemetry_tests::skipped::skipped;

#[test]
fn without_a_thread_events_wait_for_the_next_report() {
    let (home, server) = (Home::of_nobody(), Server::start());
    let become_other_user = format!("become={OTHER_USER}");
    let identity: &[&str] = if is_privileged() { &[&become_other_user] } else { &[] };
    let steps = [
        identity,
        &["limit-processes=1", "report", "report", "threads", "await-flush", "stats"],
        &["limit-processes=", "report", "await-flush", "stats"],
    ]
    .concat();
    let outcome = probe!(&home).sending_to(server.url()).run(&steps).checked();
    let [threads, flushed_without, before, flushed, after] = &outcome.json()[..] else {
        panic!("{:?}", outcome.lines)
    };
    if threads != 1 {
        return skipped("a limit on processes does not bind who runs this test");
    }
    assert_eq!(flushed_without, false, "at once, since no worker delivers");
    let counters = |stats: &serde_json::Value| {
        [&stats["produced"], &stats["queued"], &stats["delivered"]].map(Clone::clone)
    };
    assert_eq!(counters(before), [json!(2), json!(2), json!(0)]);
    assert_eq!((flushed, counters(after)), (&json!(true), [json!(3), json!(0), json!(3)]));
    assert_eq!(server.after_exit().len(), 3);
    assert_eq!(home.audit_lines().len(), 3);
}

#[test]
fn a_process_that_can_start_no_thread_exits_normally() {
    let (home, server) = (Home::of_nobody(), Server::start());
    let become_other_user = format!("become={OTHER_USER}");
    let identity: &[&str] = if is_privileged() { &[&become_other_user] } else { &[] };
    let steps = [identity, &["limit-processes=1", "report", "threads", "leave=3"]].concat();
    let outcome = probe!(&home).sending_to(server.url()).run(&steps);
    assert_eq!((outcome.code, outcome.errors.as_slice()), (Some(3), [].as_slice()));
    if outcome.lines == ["1"] {
        assert!(server.after_exit().is_empty() && home.is_untouched());
    }
}
