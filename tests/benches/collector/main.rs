// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! How much the local collector takes, and what it loses when it is killed: `cargo bench -p telemetry-tests --bench collector`. A number
//! after `--` is the time in seconds for which it is killed again and again, 10 by default.
//!
//! The collector runs in a process of its own, checks each event against its struct, and writes to a store on the disk of the system's
//! temporary directory. The clients of this process share its cores with it. Tables show medians; nothing here passes or fails.

#[path = "../delivery/table.rs"]
mod table;

use std::time::{Duration, Instant};

use table::Table;
use telemetry_tests::child::Probe;
use telemetry_tests::collecting::{Collecting, Connection};
use telemetry_tests::home::Home;
use telemetry_tests::killing::{BATCH, CLIENTS, Ended, kill_repeatedly};

const EVENT: &str = r#"{"ts":"2026-05-06T07:08:01.234Z","name":"openshell_lifecycle_event","parameters":{"nvidiaSource":"openshell","resource":"sandbox","operation":"create","outcome":"success"}}"#;

const RUNS: usize = 5;

/// A load: its name, the clients, the events of a request, and the goal.
const LOADS: [(&str, usize, usize, &str); 6] = [
    ("single events, 1 connection", 1, 1, ""),
    ("single events, 16 connections", 16, 1, "≥ 2,000 requests/s"),
    ("single events, 64 connections", 64, 1, "≥ 2,000 requests/s"),
    ("single events, 256 connections", 256, 1, "≥ 2,000 requests/s"),
    ("batches of 50, 4 connections", 4, 50, "≥ 5,000 events/s"),
    ("batches of 500, 4 connections", 4, 500, "≥ 5,000 events/s"),
];

fn main() {
    // `cargo test --benches` only wants to know whether this runs; `cargo bench` says `--bench`.
    let is_bench = std::env::args().any(|argument| argument == "--bench");
    let (runs, time) =
        if is_bench { (RUNS, Duration::from_secs(2)) } else { (1, Duration::from_millis(100)) };
    let mut table = Table::new(&["load", "requests/s", "events/s", "slowest ms", "peak MiB", "goal"]);
    for (name, clients, events, goal) in LOADS {
        let measured: Vec<_> = (0..runs).map(|_| measure(clients, events, time)).collect();
        let median = |column: usize| {
            let mut values: Vec<f64> = measured.iter().map(|run| run[column]).collect();
            values.sort_by(f64::total_cmp);
            values[values.len() / 2]
        };
        let rate = median(0);
        table.row(name, &[rate, rate * events as f64, median(1), median(2)], goal);
    }
    println!("\nThe local collector, acknowledged after the commit\n{table}");
    print_killed(if is_bench { kill_time() } else { time });
}

/// The time that the user asks for.
fn kill_time() -> Duration {
    Duration::from_secs(std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(10))
}

fn print_killed(time: Duration) {
    let Ended { rounds, acknowledged, stored, lost } = kill_repeatedly(command, time);
    println!(
        "Killed under load {rounds} times in {} s, with {CLIENTS} clients that send single events or batches of {BATCH}\n\
         {acknowledged} events acknowledged, {stored} stored, {} of the acknowledged ones lost",
        time.as_secs_f64(),
        lost.len()
    );
}

fn command(home: &Home) -> Probe {
    Probe::new(env!("CARGO_BIN_EXE_products_command"), home).env("PRODUCT", "openshell")
}

/// Requests per second, the longest wait for an answer in milliseconds, and the most memory of the collector in MiB.
fn measure(clients: usize, events: usize, time: Duration) -> [f64; 3] {
    let home = Home::new();
    let collector = Collecting::start(command(&home), &["--store", "events.sqlite", "--quiet"]);
    let body = format!(
        r#"{{"clientId":"415437562476676","clientVer":"1.2.3","eventSchemaVer":"4.0","sessionId":"s","events":[{}]}}"#,
        vec![EVENT; events].join(",")
    );
    let start = Instant::now();
    let counts = std::thread::scope(|scope| {
        let send = || send(&collector.address, &body, start + time);
        let clients: Vec<_> = (0..clients).map(|_| scope.spawn(send)).collect();
        clients.into_iter().map(|client| client.join().expect("no client panics")).collect::<Vec<_>>()
    });
    let requests: usize = counts.iter().map(|(requests, _)| requests).sum();
    let slowest = counts.iter().map(|(_, slowest)| *slowest).max().unwrap_or_default();
    [requests as f64 / start.elapsed().as_secs_f64(), slowest.as_secs_f64() * 1e3, peak(&collector)]
}

/// Sends until `end`. Returns the number of requests, and the longest wait for an answer.
fn send(address: &str, body: &str, end: Instant) -> (usize, Duration) {
    let mut connection = Connection::open(address).expect("the collector accepts");
    let (mut requests, mut slowest) = (0, Duration::ZERO);
    while Instant::now() < end {
        let start = Instant::now();
        assert_eq!(connection.post(body).expect("the collector answers"), 200);
        (requests, slowest) = (requests + 1, slowest.max(start.elapsed()));
    }
    (requests, slowest)
}

#[cfg(target_os = "linux")]
fn peak(collector: &Collecting) -> f64 {
    collector.running.peak_memory() as f64 / f64::from(1 << 20)
}

#[cfg(not(target_os = "linux"))]
fn peak(_: &Collecting) -> f64 {
    f64::NAN
}
