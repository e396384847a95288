// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A platform without threads: events wait, are counted, and are dropped at the end. Nothing panics, and nothing waits.

#![cfg(target_os = "wasi")]

use std::time::Duration;

use telemetry_core::stats::DropReason;
use telemetry_core::{Client, ConsentPolicy, Product, Profile, Stats, TelemetryEvent};

/// Longer than any test run.
const FOR_EVER: Duration = Duration::from_secs(1_000_000);

struct Shop;

impl Product for Shop {
    const PROFILE: Profile = Profile::new("shop", "1").consent(ConsentPolicy::variables(&[]));
}

/// A basket was paid for.
#[derive(Debug, TelemetryEvent)]
#[telemetry(product = Shop, event_name = "checkout", schema_version = "1.0")]
struct Checkout {
    /// Articles in the basket.
    num_articles: u32,
}

#[test]
fn events_wait_and_are_counted_and_nobody_waits_for_them() {
    let client = Client::<Shop>::builder()
        .config_dir("/nowhere")
        .endpoint("http://127.0.0.1:9/")
        .flush_at_exit(FOR_EVER)
        .start();
    (0..3).for_each(|num_articles| client.emit(Checkout { num_articles }));
    assert!(
        matches!(client.stats(), Stats { produced: 3, queued: 3, delivered: 0, .. }),
        "{}",
        client.stats()
    );
    assert!(!client.flush(FOR_EVER));
    drop(client.flush_on_drop(FOR_EVER));
    assert!(!client.shutdown(FOR_EVER));
    assert_eq!((client.stats().queued, client.stats().dropped(DropReason::Shutdown)), (0, 3));
}
