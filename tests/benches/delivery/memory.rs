// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What 10,000 reports leave behind in a process whose collector hangs.

use std::time::Duration;

use crate::collector::{Collector, Manner};
use crate::part::{self, say};
use crate::table::Table;

pub(crate) fn measure() {
    let collector = Collector::start(Manner::Silent);
    let numbers = part::take("memory", &collector.url(), 10_000);
    let mut table =
        Table::new(&["hanging collector, 10,000 reports", "worker threads", "growth MB", "target"]);
    table.row("client", &[numbers["threads"], numbers["growth"]], "≤ 1 thread, ≤ 2 MB");
    crate::show("Threads and memory", &table);
}

pub(crate) fn ours(count: usize) {
    let report = || telemetry_guardrails::report_usage(None, "library", "LLMRails");
    let before = resident_mb();
    let mut threads = 0.0_f64;
    for _ in 0..count {
        report();
        threads = threads.max(own_status("Threads:") - 1.0);
    }
    std::thread::sleep(Duration::from_millis(200));
    say("threads", threads);
    say("growth", resident_mb() - before);
}

fn resident_mb() -> f64 {
    own_status("VmRSS:") / 1024.0
}

/// A number from this process's entry in `/proc`; zero on other systems.
fn own_status(name: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap_or("0");
    line.split_whitespace().next().and_then(|number| number.parse().ok()).unwrap_or(0.0)
}
