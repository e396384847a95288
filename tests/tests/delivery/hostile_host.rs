// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A host whose own code goes wrong inside ours: it costs an event at most, and neither the host nor later events.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use telemetry_core::time::Clock;
use telemetry_core::transport::{Request, Response, TransportError};
use telemetry_core::{Client, ConsentPolicy, Product, Profile, Stats, TelemetryEvent, Transport};
use telemetry_tests::server::PATIENCE;

struct Shop;

impl Product for Shop {
    const PROFILE: Profile = Profile::new("shop", "1").consent(ConsentPolicy::variables(&[])).without_audit();
}

/// A basket was paid for.
#[derive(Debug, TelemetryEvent)]
#[telemetry(product = Shop, event_name = "checkout", schema_version = "1.0")]
struct Checkout {
    /// Articles in the basket.
    num_articles: u32,
}

/// A clock that breaks on the worker thread, so many times.
struct BrokenClock {
    on: std::thread::ThreadId,
    failures: AtomicUsize,
}

impl Clock for BrokenClock {
    fn unix_seconds(&self) -> f64 {
        let is_worker = std::thread::current().id() != self.on;
        if is_worker
            && self.failures.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |n| n.checked_sub(1)).is_ok()
        {
            panic!("the clock is broken");
        }
        0.0
    }
}

/// A transport that panics so many times, and then delivers.
#[derive(Clone)]
struct BrokenTransport {
    failures: Arc<AtomicUsize>,
    delivered: Arc<Mutex<usize>>,
}

impl Transport for BrokenTransport {
    fn post(&mut self, _: &Request<'_>) -> Result<Response, TransportError> {
        if self.failures.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |n| n.checked_sub(1)).is_ok() {
            panic!("the transport is broken");
        }
        *self.delivered.lock().unwrap() += 1;
        Ok(Response::new(204))
    }
}

/// Reports ten events one by one, and says what became of them.
fn report_ten(clock_failures: usize, transport_failures: usize) -> (Stats, usize) {
    let home = tempfile::tempdir().unwrap();
    let transport =
        BrokenTransport { failures: Arc::new(transport_failures.into()), delivered: Arc::default() };
    let delivered = Arc::clone(&transport.delivered);
    let clock = BrokenClock { on: std::thread::current().id(), failures: clock_failures.into() };
    let telemetry = Client::<Shop>::builder()
        .config_dir(home.path())
        .endpoint("http://127.0.0.1:9/")
        .clock(clock)
        .transport(move || transport.clone())
        .start();
    for num_articles in 0..10 {
        telemetry.emit(Checkout { num_articles });
        telemetry.flush(PATIENCE);
    }
    let delivered = *delivered.lock().unwrap();
    (telemetry.stats(), delivered)
}

#[test]
fn a_clock_that_panics_on_the_worker_loses_only_the_current_event() {
    let (stats, delivered) = report_ten(3, 0);
    assert_eq!((stats.produced, stats.delivered, stats.queued, stats.dropped_total()), (10, 7, 0, 3));
    assert_eq!(delivered, 7);
}

#[test]
fn a_panicking_transport_loses_only_one_request() {
    let (stats, delivered) = report_ten(0, 2);
    assert_eq!((stats.produced, stats.delivered, stats.queued, stats.dropped_total()), (10, 8, 0, 2));
    assert_eq!(delivered, 8);
}
