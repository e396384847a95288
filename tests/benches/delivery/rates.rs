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
    let parts = ["rate-bare", "rate", "rate-unlogged", "rate-baseline"];
    let runs: Vec<Vec<f64>> =
        (0..RUNS).map(|_| parts.iter().map(|part| take(part, 20_000).0).collect()).collect();
    let rate = |part: usize| median(runs.iter().map(|run| run[part]));
    let bare = rate(0);
    let mut table = Table::new(&["one event per envelope", "events/s", "of bare", "target"]);
    table.row("bare ureq loop, same bytes", &[bare, 1.0], "");
    table.row("client, with audit log", &[rate(1), rate(1) / bare], "≥ 0.85 of bare");
    table.row("client, without audit log", &[rate(2), rate(2) / bare], "≥ 0.85 of bare");
    table.row("baseline", &[rate(3), rate(3) / bare], "");
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

pub(crate) fn bare(url: &str, count: usize) {
    let agent = baseline::agent();
    let event = serde_json::json!({
        "ts": "2026-04-22T18:34:56.789Z",
        "name": "measured",
        "parameters": {
            "nemoSource": "bench", "number": 1, "tracingEnabled": true, "hasKnowledgeBase": false,
            "numRailsConfigured": 7, "numCustomFlows": 3, "timestamp": 1_700_000_000,
        },
    });
    let body = baseline::envelope(event).to_string();
    baseline::post(&agent, url, body.as_bytes());
    let start = Instant::now();
    (0..count).for_each(|_| baseline::post(&agent, url, body.as_bytes()));
    say("rate", count as f64 / start.elapsed().as_secs_f64());
}

pub(crate) fn baseline(url: &str, count: usize) {
    let baseline = Baseline::start(url);
    let start = Instant::now();
    (0..count).for_each(|_| baseline.report());
    baseline.finish();
    say("rate", count as f64 / start.elapsed().as_secs_f64());
}
