// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What a report that is not made takes: next to nothing, from the first one on.

use telemetry_tests::child::Probe;
use telemetry_tests::home::Home;
use telemetry_tests::server::{DOWN, Server};

/// More than the path of a marker is long, less than an event.
const SMALL: u64 = 512;

/// How often the first two reports of a process allocate, and how many bytes.
fn allocations(program: Probe) -> [(u64, u64); 2] {
    let outcome = program.run(&[]).checked();
    let pair = |line: &String| {
        let (number, bytes) = line.split_once(' ').unwrap();
        (number.parse().unwrap(), bytes.parse().unwrap())
    };
    outcome.lines.iter().map(pair).collect::<Vec<_>>().try_into().unwrap()
}

fn probe(home: &Home) -> Probe {
    Probe::new(env!("CARGO_BIN_EXE_counting_probe"), home).sending_to(DOWN)
}

#[test]
fn a_report_under_an_opt_out_makes_at_most_one_small_allocation_the_first_one_too() {
    let (by_variable, by_marker) = (Home::new(), Home::new());
    by_marker.opt_out();
    for program in [probe(&by_variable).env("DO_NOT_TRACK", "1"), probe(&by_marker)] {
        for (number, bytes) in allocations(program) {
            assert!(number <= 1 && bytes <= SMALL, "{number} allocations, {bytes} bytes");
        }
    }
}

/// The same count notices a report that is made.
#[test]
fn a_report_that_is_made_is_counted() {
    let (server, home) = (Server::start(), Home::new());
    let [first, _] = allocations(probe(&home).sending_to(server.url()));
    assert!(first.0 > 1 && first.1 > SMALL, "{first:?}");
}
