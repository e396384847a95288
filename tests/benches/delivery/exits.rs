// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Processes that report once and return from `main`: how soon the event arrives, and how much later they end.

use std::time::{Duration, Instant};

use crate::collector::{Collector, Manner};
use crate::part::{self, median};
use crate::table::Table;

const RUNS: usize = 21;

/// An address without a listener.
const DOWN: &str = "http://127.0.0.1:1/";

pub(crate) fn measure(scale: usize) {
    let runs = (RUNS / scale).max(3);
    let good = Collector::start(Manner::Good);
    let plain = median((0..runs).map(|_| ms(lifetime("no-report", &good.url()))));
    arrival(&good, runs, plain);
    let mut table = Table::new(&["collector", "lifetime ms", "exit delay ms", "target"]);
    table.row("no report", &[plain, 0.0], "");
    let mut measure = |name: &str, url: &str| {
        let lifetime = median((0..runs).map(|_| ms(lifetime("exit", url))));
        table.row(name, &[lifetime, lifetime - plain], "≤ 250");
    };
    measure("good", &good.url());
    measure("refuses connections", DOWN);
    for (name, manner) in [
        ("closes connections", Manner::Reset),
        ("is silent", Manner::Silent),
        ("answers with a byte per second", Manner::Drip),
        ("answers with 64 MB", Manner::Flood),
        ("answers with 500", Manner::Status(500)),
        ("answers with 404", Manner::Status(404)),
        ("answers with 413", Manner::Status(413)),
    ] {
        measure(name, &Collector::start(manner).url());
    }
    measure("never greets back (TLS)", &Collector::start(Manner::Silent).encrypted_url());
    crate::show("A process that reports once and returns from main", &table);
}

/// From the start of the process to the request at the collector.
fn arrival(good: &Collector, runs: usize, plain: f64) {
    let arrivals = (0..runs).filter_map(|_| {
        let home = tempfile::tempdir().expect("there is room for a scratch directory");
        let start = Instant::now();
        let child = part::command("exit", &good.url(), 0, home.path()).spawn().expect("this program starts");
        let arrival = good.next_arrival();
        part::finish(child);
        Some(ms(arrival?.duration_since(start)))
    });
    let arrivals: Vec<f64> = arrivals.collect();
    let mut table = Table::new(&["from process start to delivered event", "ms", "target"]);
    table.row("process that does nothing, to its end", &[plain], "");
    table.row("event at the collector", &[median(arrivals)], "≤ 5");
    crate::show("Process start", &table);
}

fn lifetime(part: &str, url: &str) -> Duration {
    let home = tempfile::tempdir().expect("there is room for a scratch directory");
    let start = Instant::now();
    part::finish(part::command(part, url, 0, home.path()).spawn().expect("this program starts"));
    start.elapsed()
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

pub(crate) fn report_and_return() {
    telemetry_guardrails::report_usage(None, "library", "LLMRails");
}
