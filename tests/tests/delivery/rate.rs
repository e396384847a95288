// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A program that reports in a loop, and what it costs others.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use telemetry_core::consent::Rule;
use telemetry_core::{
    Client, ConsentPolicy, DropReason, Product, Profile, RatePolicy, Request, TelemetryEvent, Transport,
    TransportError,
};
#[cfg(target_os = "linux")]
use telemetry_tests::{child::Probe, home::Home, server::Server};

const PATIENCE: Duration = Duration::from_secs(30);
const THREADS: u64 = 4;
const REPORTS: u64 = 1_000_000;

/// The number that the documentation of [`RatePolicy::DEFAULT`] gives.
const IN_A_MINUTE: u64 = 60_000;

struct Mill;

impl Product for Mill {
    const PROFILE: Profile = Profile::new("mill", "1")
        .consent(ConsentPolicy::variables(&[("MILL_OFF", Rule::OptOut)]).without_marker());
}

/// The wheel has turned.
#[derive(Debug, TelemetryEvent)]
#[telemetry(product = Mill, event_name = "turn", schema_version = "1.0")]
struct Turn {
    /// Which turn it was.
    number: u32,
}

/// The mill was opened.
#[derive(Debug, TelemetryEvent)]
#[telemetry(product = Mill, event_name = "opened", schema_version = "1.0")]
struct Opened {
    /// Wheels that it has.
    num_wheels: u32,
}

/// Counts what would be sent.
#[derive(Clone, Default)]
struct Counting(Arc<AtomicU64>);

impl Transport for Counting {
    fn post(&mut self, _: &Request<'_>) -> Result<u16, TransportError> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Ok(200)
    }
}

#[test]
fn a_loop_of_a_million_reports_costs_a_bounded_number_and_other_events_nothing() {
    let (sent, start) = (Counting::default(), Instant::now());
    let transport = sent.clone();
    let mill = Client::<Mill>::builder()
        .without_audit_file()
        .endpoint("http://127.0.0.1:9/")
        .transport(move || transport.clone())
        .start();
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            let mill = &mill;
            scope.spawn(move || {
                (0..REPORTS / THREADS).for_each(|number| mill.emit(Turn { number: number as u32 }));
            });
        }
    });
    assert!(mill.flush(PATIENCE));
    mill.emit(Opened { num_wheels: 2 });
    assert!(mill.flush(PATIENCE));
    let (stats, minutes) = (mill.stats(), start.elapsed().as_secs() / 60 + 1);
    assert_eq!(stats.produced, REPORTS + 1);
    assert_eq!(stats.produced, stats.delivered + stats.dropped_total(), "{stats}");
    let taken = stats.produced - stats.dropped(DropReason::RateLimited) - 1;
    assert!((IN_A_MINUTE..=IN_A_MINUTE * minutes).contains(&taken), "{taken} in {minutes} minutes: {stats}");
    assert_eq!(stats.delivered + stats.dropped(DropReason::QueueFull), taken + 1, "{stats}");
    assert_eq!(sent.0.load(Ordering::Relaxed), stats.delivered);
}

#[test]
fn the_limit_is_the_one_of_the_profile_and_the_documented_one_without() {
    assert_eq!(RatePolicy::DEFAULT, RatePolicy::per_minute(IN_A_MINUTE as u32));
    assert_eq!(Mill::PROFILE, Mill::PROFILE.rate(RatePolicy::DEFAULT));
}

/// The product `service` may report three events in a minute. A child begins a minute of its own, also if its parent has used
/// its up, and what it reports counts in no other process.
#[cfg(target_os = "linux")]
#[test]
fn a_forked_child_has_a_minute_of_its_own() {
    let (home, server) = (Home::new(), Server::start());
    let report = ["service:report"; 5];
    let (flush, stats) = (["service:flush"], ["service:stats"]);
    let steps = [&report[..], &flush, &["fork"], &report, &flush, &stats, &["join"], &report, &flush, &stats]
        .concat();
    let probe = Probe::new(env!("CARGO_BIN_EXE_product_probe"), &home).sending_products_to(&server.url());
    let child = "5 produced = 3 delivered + 0 queued + 2 dropped (rate limited 2)";
    let parent = "10 produced = 3 delivered + 0 queued + 7 dropped (rate limited 7)";
    assert_eq!(probe.run(&steps).checked().lines, ["true", "true", child, "true", parent]);
    assert_eq!(server.after_exit().len(), 6);
}
