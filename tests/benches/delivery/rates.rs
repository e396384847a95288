// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! How many events per second arrive.

use std::time::{Duration, Instant};

use telemetry_core::Client;

use crate::baseline::{self, Baseline};
use crate::collector::{Collector, Manner};
use crate::part::{self, median, say};
use crate::products::Measured;
use crate::table::Table;

const RUNS: usize = 5;

pub(crate) fn measure(scale: usize) {
    let collector = Collector::start(Manner::Good);
    let take = |part: &str, count: usize| {
        let before = collector.requests();
        let rate = part::take(part, &collector.url(), count / scale)["rate"];
        (rate, (collector.requests() - before) as f64)
    };
    // Taken in turns, so that a machine whose speed changes treats all alike.
    let parts = ["rate-bare", "rate", "rate-unlogged", "rate-baseline", "rate-bare-phases"];
    let runs: Vec<Vec<f64>> =
        (0..RUNS).map(|_| parts.iter().map(|part| take(part, 20_000).0).collect()).collect();
    let rate = |part: usize| median(runs.iter().map(|run| run[part]));
    let (bare, fastest) = (rate(0), rate(4));
    let mut table =
        Table::new(&["one event per envelope", "events/s", "of bare", "of faster bare", "target"]);
    let mut row =
        |name: &str, rate: f64, target: &str| table.row(name, &[rate, rate / bare, rate / fastest], target);
    row("bare ureq loop, total deadline", bare, "");
    row("bare ureq loop, deadlines per phase", fastest, "");
    row("client, with audit log", rate(1), "≥ 0.85 of bare");
    row("client, without audit log", rate(2), "≥ 0.85 of bare");
    row("baseline", rate(3), "");
    crate::show("Events per second, one per envelope", &table);
    let mut table = Table::new(&["batches of 50, audit off", "events/s", "requests", "target"]);
    let batches: Vec<(f64, f64)> = (0..RUNS).map(|_| take("rate-batches", 300_000)).collect();
    let requests = median(batches.iter().map(|run| run.1));
    table.row("client", &[median(batches.iter().map(|run| run.0)), requests], "≥ 150,000/s");
    crate::show("Events per second in batches", &table);
}

/// From the first report to the last answer.
pub(crate) fn single<P: Measured>(_: &str, count: usize) {
    let client = Client::<P>::builder().start();
    P::emit(&client, 0);
    client.flush(Duration::from_secs(5));
    let start = Instant::now();
    (0..count).for_each(|number| P::emit(&client, number as u32));
    let done = client.flush(Duration::from_secs(60));
    let elapsed = start.elapsed();
    let stats = client.stats();
    assert!(done && stats.delivered == count as u64 + 1, "{stats:?}");
    say("rate", count as f64 / elapsed.as_secs_f64());
}

pub(crate) fn bare(url: &str, count: usize, agent: &ureq::Agent) {
    let event = serde_json::json!({
        "ts": "2026-04-22T18:34:56.789Z",
        "name": "measured",
        "parameters": {
            "nemoSource": "bench", "number": 1, "tracingEnabled": true, "hasKnowledgeBase": false,
            "numRailsConfigured": 7, "numCustomFlows": 3, "timestamp": 1_700_000_000,
        },
    });
    let body = baseline::envelope(event).to_string();
    assert!(baseline::post(agent, url, body.as_bytes()), "the collector does not answer");
    let start = Instant::now();
    let answered = (0..count).filter(|_| baseline::post(agent, url, body.as_bytes())).count();
    assert_eq!(answered, count, "the collector does not answer");
    say("rate", count as f64 / start.elapsed().as_secs_f64());
}

pub(crate) fn baseline(url: &str, count: usize) {
    let baseline = Baseline::start(url);
    let start = Instant::now();
    (0..count).for_each(|_| baseline.report());
    baseline.finish();
    say("rate", count as f64 / start.elapsed().as_secs_f64());
}
