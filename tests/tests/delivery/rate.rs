// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A program that reports in a loop: how much of that is taken. All events of a product share one queue, so a loop that is faster
//! than the collector can still cost other events their place, which is counted as `queue full`.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use telemetry_core::consent::Rule;
use telemetry_core::profile::RatePolicy;
use telemetry_core::stats::DropReason;
use telemetry_core::transport::{Request, Response, TransportError};
use telemetry_core::{Client, ConsentPolicy, Product, Profile, Stats, TelemetryEvent, Transport};
use telemetry_tests::server::PATIENCE;
#[cfg(target_os = "linux")]
use telemetry_tests::{child::Probe, home::Home, server::Server};

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

struct SlowMill;

impl Product for SlowMill {
    const PROFILE: Profile = Mill::PROFILE.rate(RatePolicy::per_minute(600));
}

/// The wheel of the slow mill has turned.
#[derive(Debug, TelemetryEvent)]
#[telemetry(product = SlowMill, event_name = "turn", schema_version = "1.0")]
struct SlowTurn {
    /// Which turn it was.
    number: u32,
}

/// The slow mill was opened.
#[derive(Debug, TelemetryEvent)]
#[telemetry(product = SlowMill, event_name = "opened", schema_version = "1.0")]
struct SlowOpened {
    /// Wheels that it has.
    num_wheels: u32,
}

/// Counts what would be sent.
#[derive(Clone, Default)]
struct Counting(Arc<AtomicU64>);

impl Transport for Counting {
    fn post(&mut self, _: &Request<'_>) -> Result<Response, TransportError> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Ok(Response::new(200))
    }
}

#[test]
fn a_loop_of_a_million_reports_is_rate_limited_and_the_rest_is_counted() {
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

/// Answers once it may.
#[derive(Clone)]
struct Gate(Arc<Mutex<()>>);

impl Transport for Gate {
    fn post(&mut self, _: &Request<'_>) -> Result<Response, TransportError> {
        drop(self.0.lock());
        Ok(Response::new(200))
    }
}

/// Opens the mill behind a loop of so many reports, with a collector that takes nothing meanwhile.
fn open_behind_a_loop<P: Product>(reports: u32, opened: fn(&Client<P>), turn: fn(&Client<P>)) -> Stats {
    let gate = Arc::new(Mutex::new(()));
    let transport = Gate(Arc::clone(&gate));
    let mill = Client::<P>::builder().without_audit_file().endpoint("http://127.0.0.1:9/");
    let mill = mill.transport(move || transport.clone()).start();
    let closed = gate.lock();
    (0..reports).for_each(|_| turn(&mill));
    opened(&mill);
    drop(closed);
    assert!(mill.flush(PATIENCE));
    mill.stats()
}

/// All events share a queue of 1,000 records, and one or a few are in the worker's hand.
#[test]
fn a_loop_that_has_not_reached_its_limit_costs_other_events_their_place_in_the_queue_and_they_are_counted() {
    const REPORTS: u32 = 2_000;
    let stats = open_behind_a_loop::<Mill>(
        REPORTS,
        |mill| mill.emit(Opened { num_wheels: 2 }),
        |mill| mill.emit(Turn { number: 1 }),
    );
    assert_eq!(stats.dropped(DropReason::RateLimited), 0, "{stats}");
    assert!(stats.dropped(DropReason::QueueFull) > 900, "{stats}");
    assert_eq!(stats.produced, u64::from(REPORTS) + 1);
    assert_eq!(stats.produced, stats.delivered + stats.dropped_total(), "{stats}");
}

#[test]
fn a_limit_below_the_size_of_the_queue_leaves_room_for_other_events() {
    let stats = open_behind_a_loop::<SlowMill>(
        2_000,
        |mill| mill.emit(SlowOpened { num_wheels: 2 }),
        |mill| mill.emit(SlowTurn { number: 1 }),
    );
    assert_eq!((stats.dropped(DropReason::QueueFull), stats.delivered), (0, 601), "{stats}");
    assert_eq!(stats.dropped(DropReason::RateLimited), 1_400, "{stats}");
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
fn a_forked_child_has_a_rate_limit_of_its_own() {
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
