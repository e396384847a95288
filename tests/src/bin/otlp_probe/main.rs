// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A process whose events an operator may send to an OpenTelemetry collector: `FLEET_OTLP_ENDPOINT`.
//!
//! | command | what it does |
//! |---|---|
//! | `values` | reports one event with every kind of value, and its limits |
//! | `steady EVENTS MS` | reports one numbered event after each pause of so many milliseconds |
//! | `opt-out` | reports numbered events, waits for a line on standard input and reports again |
//! | `leave EVENTS` | reports numbered events and returns from `main` at once |
//! | `status` | prints the status as JSON |
//!
//! The first three wait for delivery, and print the counters as JSON.

#![allow(clippy::unwrap_used, reason = "a probe that fails makes its test fail")]

mod values;

use std::time::{Duration, Instant};

use telemetry_core::consent::Rule;
use telemetry_core::profile::{BatchPolicy, BreakerPolicy, QueuePolicy, RatePolicy, RetryPolicy};
use telemetry_core::{Client, ConsentPolicy, Product, Profile, TelemetryEvent};
use telemetry_tests::server::PATIENCE;

/// A product of a company that keeps telemetry inside.
struct Fleet;

impl Product for Fleet {
    const PROFILE: Profile = Profile::new("fleet", "42")
        .source("nemoSource", "fleet")
        .endpoint_env("FLEET_ENDPOINT")
        .otlp_env("FLEET_OTLP_ENDPOINT")
        .consent(ConsentPolicy::variables(&[("DO_NOT_TRACK", Rule::OptOut)]))
        .headers(&[("X-Vendor-Key", "of the vendor")])
        .queue(QueuePolicy::of(50_000).max_bytes(1 << 26))
        .rate(RatePolicy::per_minute(10_000_000))
        .batch(BatchPolicy::of(100).interval(Duration::from_millis(100)))
        .retry(RetryPolicy::attempts(50).backoff(Duration::from_millis(50), Duration::from_millis(400)))
        .breaker(BreakerPolicy::after(10_000, Duration::from_secs(1)))
        .request_deadline(Duration::from_secs(2))
        .exit_wait(Duration::from_secs(2));
}

/// A number was reported.
#[derive(Debug, TelemetryEvent)]
#[telemetry(product = Fleet, event_name = "number", schema_version = "1.0")]
struct Number {
    /// The number.
    number: u32,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |index: usize| arguments.get(index).and_then(|text| text.parse().ok()).unwrap_or(0);
    let client = Client::<Fleet>::builder().version("2.1").start();
    match arguments.first().map(String::as_str) {
        Some("values") => client.emit(values::Values::with_limits()),
        Some("steady") => steady(&client, number(1), Duration::from_millis(number(2).into())),
        Some("opt-out") => around_a_line(&client),
        Some("leave") => return (0..number(1)).for_each(|number| client.emit(Number { number })),
        Some("status") => return println!("{}", serde_json::to_string(&client.status()).unwrap()),
        _ => panic!("no such command"),
    }
    client.flush(PATIENCE);
    println!("{}", serde_json::to_string(&client.stats()).unwrap());
}

fn steady(client: &Client<Fleet>, events: u32, pause: Duration) {
    let start = Instant::now();
    for number in 0..events {
        client.emit(Number { number });
        std::thread::sleep((pause * (number + 1)).saturating_sub(start.elapsed()));
    }
}

fn around_a_line(client: &Client<Fleet>) {
    client.emit(Number { number: 1 });
    println!("{}", client.flush(PATIENCE));
    std::io::stdin().read_line(&mut String::new()).unwrap();
    client.emit(Number { number: 2 });
}
