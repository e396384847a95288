// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A signal handler that calls `exit` in the middle of a report: the process ends with the code that it gave. A child that
//! hangs fails its test.

#![cfg(target_os = "linux")]

use telemetry_tests::child::Probe;
use telemetry_tests::home::Home;

/// The code with which the handler exits.
const CODE: Option<i32> = Some(7);

fn exit_code(home: &Home, steps: &[&str]) -> Option<i32> {
    let outcome = Probe::new(env!("CARGO_BIN_EXE_exit_in_handler"), home).run(steps);
    assert!(outcome.errors.is_empty(), "{steps:?}: {:?}", outcome.errors);
    outcome.code
}

/// Some of these places are under a lock of the client: the interrupted thread keeps it.
#[test]
fn an_exit_at_any_allocation_of_a_report_ends_the_process_with_its_own_code() {
    let home = Home::new();
    let code = |number: i32| exit_code(&home, &["allocation", &number.to_string()]);
    let interrupted = (1..1000).take_while(|number| {
        let code = code(*number);
        assert!([CODE, Some(0)].contains(&code), "interrupted at allocation {number}: {code:?}");
        code == CODE
    });
    let count = interrupted.count();
    assert!((20..900).contains(&count), "five reports allocate {count} times");
}

#[test]
fn an_exit_at_any_point_of_a_report_keeps_the_exit_code() {
    let home = Home::new();
    for number in 0..60 {
        let microseconds = (2_000 + number * 997 % 20_000).to_string();
        assert_eq!(exit_code(&home, &["timer", &microseconds]), CODE, "after {microseconds} µs");
    }
}

/// The worker waits for memory, most often while it holds the client's lock.
#[test]
fn an_exit_neither_allocates_nor_waits_for_the_clients_lock() {
    let home = Home::new();
    for _ in 0..10 {
        assert_eq!(exit_code(&home, &["locked-allocator"]), CODE);
    }
}
