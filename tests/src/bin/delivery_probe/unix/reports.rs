// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Reports in one process.

use std::time::Duration;

use serde_json::json;
use telemetry_core::stats::{BreakerState, DropReason};
use telemetry_core::{Client, Product, Stats};
use telemetry_tests::server::PATIENCE;

use super::products::{BatchedNumber, Patient, Plain, report};

pub(crate) fn say_stats(stats: &Stats) {
    let dropped: serde_json::Map<_, _> =
        DropReason::ALL.iter().map(|reason| (reason.to_string(), stats.dropped(*reason).into())).collect();
    println!(
        "{}",
        json!({
            "produced": stats.produced,
            "delivered": stats.delivered,
            "queued": stats.queued,
            "requests": stats.requests,
            "audit_failures": stats.audit_failures,
            "breaker": stats.breaker.to_string(),
            "dropped": dropped,
        })
    );
}

fn finish<P: Product>(client: &Client<P>) {
    client.flush(PATIENCE);
    say_stats(&client.stats());
}

pub(crate) fn flood(threads: u32, events: u32) {
    let client = Client::<Plain>::builder().start();
    std::thread::scope(|scope| {
        for thread in 0..threads {
            let client = &client;
            scope.spawn(move || {
                (thread..events).step_by(threads as usize).for_each(|number| report(client, number))
            });
        }
    });
    finish(&client);
}

pub(crate) fn batches(events: u32) {
    let client = Client::<Patient>::builder().start();
    (0..events).for_each(|number| client.emit(BatchedNumber { number }));
    // The breaker stays open for longer than a test waits.
    while client.stats().breaker != BreakerState::Open && !client.flush(Duration::from_millis(100)) {}
    say_stats(&client.stats());
}

pub(crate) fn audited_at(path: &str) {
    let client = Client::<Plain>::builder().audit_file(path).start();
    (0..3).for_each(|number| report(&client, number));
    finish(&client);
}

pub(crate) fn limited(limit: impl FnOnce()) {
    let client = Client::<Plain>::builder().start();
    limit();
    (0..3).for_each(|number| report(&client, number));
    finish(&client);
}

pub(crate) fn write() {
    let client = Client::<Plain>::builder().start();
    for number in 0.. {
        report(&client, number);
        // Slower than the worker, so that the queue stays short.
        std::thread::sleep(Duration::from_micros(300));
    }
}
