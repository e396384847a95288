// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! This toolkit as an exporter of OTLP log records, beside the OpenTelemetry SDK's own: `cargo run --release --bin telemetry-exporters` in
//! this directory prints three tables. The last one compiles the program `one` four times, from nothing; `-- costs exits` leaves it out.
//!
//! Each measurement is a process of its own, and both exporters send the same events to the same kind of receiver on loopback, in the
//! parent process. They take turns, since the speed of a machine changes from one second to the next.

#[path = "../../../src/allocations.rs"]
#[allow(dead_code, reason = "shared with the other benchmarks")]
mod allocations;
mod builds;
#[path = "../../peers/src/event.rs"]
mod event;
#[path = "../../peers/src/measure.rs"]
mod measure;
mod measurements;
#[path = "../../../src/otlp_collector.rs"]
#[allow(dead_code, reason = "shared with the tests")]
mod otlp_collector;
#[path = "../../peers/src/part.rs"]
mod part;
mod receiver;
#[path = "../../peers/src/record.rs"]
mod record;
mod sdk;
#[path = "../../delivery/table.rs"]
mod table;
mod toolkit;

use measurements::{EXIT_EVENTS, HANGING_EVENTS, RATE_EVENTS, Room, Started};
use receiver::Receiver;
use table::Table;
use toolkit::WorkDone;

#[global_allocator]
static ALLOCATOR: allocations::Counting = allocations::Counting;

const ROUNDS: usize = 5;

/// The variable with the base URL of the receiver, which both exporters are given.
const RECEIVER: &str = "WORKER_OTLP_ENDPOINT";

/// One of the exporters that are compared.
struct Exporter {
    name: &'static str,
    start: fn(Room) -> Started,
}

const EXPORTERS: [Exporter; 3] = [
    Exporter { name: "this toolkit, `ConsentPolicy::strict()` and audit log", start: toolkit::start },
    Exporter { name: "this toolkit, without either", start: toolkit::start_bare },
    Exporter { name: "OpenTelemetry SDK, batch processor and OTLP exporter", start: sdk::start },
];

fn main() {
    if part::run_if_child(|name| measurements::take(name, &EXPORTERS)) {
        return;
    }
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let sections: [(&str, fn()); 3] = [("costs", costs), ("exits", exits), ("builds", builds::compare)];
    let is_wanted = |name: &str| wanted.is_empty() || wanted.iter().any(|wanted| wanted == name);
    sections.iter().filter(|(name, _)| is_wanted(name)).for_each(|(_, print)| print());
}

/// Caller, rate and memory.
fn costs() {
    let rounds: Vec<Vec<[f64; 7]>> = (0..ROUNDS).map(|_| EXPORTERS.iter().map(cost).collect()).collect();
    let head =
        ["exporter", "p50 µs", "p99 µs", "allocations", "bytes", "events/s", "threads", "growth MB", ""];
    let mut table = Table::new(&head);
    for (index, exporter) in EXPORTERS.iter().enumerate() {
        let values = rounds.iter().map(|costs| costs[index]);
        table.row(exporter.name, &measure::median(values), "");
    }
    println!("A call; {RATE_EVENTS} events in a row; {HANGING_EVENTS} events beside a receiver that hangs\n{table}");
}

fn cost(exporter: &Exporter) -> [f64; 7] {
    let receiver = Receiver::start();
    let [p50, p99, allocations, bytes] = take(exporter, "caller", &receiver.url());
    let receiver = Receiver::start();
    let [rate] = take(exporter, "rate", &receiver.url());
    assert_eq!(receiver.events(), RATE_EVENTS, "{} has lost events", exporter.name);
    let [threads, growth] = take(exporter, "hanging", &receiver::hanging().url);
    [p50, p99, allocations, bytes, rate, threads, growth]
}

fn take<const N: usize>(exporter: &Exporter, measurement: &str, url: &str) -> [f64; N] {
    part::take(&format!("{measurement}/{}", exporter.name), &[(RECEIVER, url)])
}

/// What arrives of processes that end right after their last event.
fn exits() {
    let mut table = Table::new(&["events that arrive of a process that …", "returns from `main`", "calls `exit`", ""]);
    for exporter in &EXPORTERS {
        let arrived = ["return", "exit"].map(|end| {
            let (receiver, home) = (Receiver::start(), tempfile::tempdir().expect("there is room"));
            let name = format!("{end}/{}", exporter.name);
            part::command(&name, home.path(), &[(RECEIVER, &receiver.url())]).output().expect("this program starts");
            receiver.events() as f64
        });
        table.row(exporter.name, &arrived, &format!("of {EXIT_EVENTS}"));
    }
    println!("{table}");
}
