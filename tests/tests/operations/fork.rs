// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Forks while operations are open: an operation belongs to the process that began it, and is emitted there or nowhere.

#![cfg(target_os = "linux")]

use std::collections::BTreeMap;

use telemetry_tests::child::{Outcome, Probe};
use telemetry_tests::home::Home;
use telemetry_tests::server::Server;
use telemetry_tests::skipped::skipped;

/// The events that arrive, by number and outcome, and how the process ended.
fn run(arguments: &[&str]) -> (BTreeMap<(u64, String), usize>, Outcome) {
    let (home, server) = (Home::new(), Server::start());
    let probe = Probe::new(env!("CARGO_BIN_EXE_operations"), &home).env("SHOP_URL", server.url());
    let outcome = probe.run(arguments).checked();
    let mut arrived = BTreeMap::new();
    for request in server.after_exit() {
        let parameters = request.parameters();
        let text = parameters["outcome"].as_str().unwrap().to_owned();
        *arrived.entry((parameters["number"].as_u64().unwrap(), text)).or_default() += 1;
    }
    (arrived, outcome)
}

/// Each of these numbers, once.
fn once(numbers: &[(u64, &str)]) -> BTreeMap<(u64, String), usize> {
    numbers.iter().map(|(number, outcome)| ((*number, (*outcome).to_owned()), 1)).collect()
}

#[test]
fn operations_open_at_a_fork_are_emitted_by_the_parent_alone() {
    let expected = once(&[(1, "success"), (2, "interrupted"), (11, "success")]);
    assert_eq!(run(&["guards"]).0, expected);
    for clone in ["raw-clone", "raw-clone-namespace"] {
        let (arrived, outcome) = run(&[clone]);
        if outcome.lines == ["not allowed"] {
            skipped(&format!("{clone} is not allowed here"));
            continue;
        }
        assert_eq!(arrived, expected, "{clone}");
    }
}

#[test]
fn a_function_that_forks_and_returns_twice_has_one_event() {
    assert_eq!(run(&["function"]).0, once(&[(1, "success")]));
}

#[test]
fn each_generation_emits_its_own_operation() {
    assert_eq!(run(&["generations"]).0, once(&[(1, "success"), (2, "success"), (3, "success")]));
}

#[test]
fn forks_during_operations_on_other_threads_neither_duplicate_events_nor_hang() {
    const CHILDREN: usize = 20;
    let (arrived, _) = run(&["threads", &CHILDREN.to_string()]);
    for (outcome, times) in [("success", CHILDREN), ("interrupted", CHILDREN)] {
        assert_eq!(arrived.get(&(2, outcome.to_owned())), Some(&times), "{arrived:?}");
    }
    for child in 0..CHILDREN as u64 {
        assert_eq!(arrived.get(&(100 + child, "success".to_owned())), Some(&1), "{arrived:?}");
    }
}

#[test]
fn a_daemon_leaves_the_operations_of_its_parent_behind() {
    assert_eq!(run(&["daemon"]).0, once(&[(2, "success")]));
}

#[test]
fn a_guard_that_is_never_dropped_emits_nothing_and_hinders_nothing() {
    assert_eq!(run(&["kept"]).0, once(&[(3, "success")]));
}
