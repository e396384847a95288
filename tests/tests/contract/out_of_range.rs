// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Values out of the range of a field with `out_of_range = "drop"` cost the event, wherever they are and however it is
//! reported, and every event is accounted for.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use telemetry_core::profile::HeartbeatPolicy;
use telemetry_core::stats::DropReason;
use telemetry_core::value::{Token, Unsendable};
use telemetry_core::{Client, Product, Profile, TelemetryEnum, TelemetryEvent, TelemetryValue};
use telemetry_tests::server::PATIENCE;
use telemetry_tests::waiting::wait_until;

struct Shop;

impl Product for Shop {
    const PROFILE: Profile = Profile::new("out-of-range-shop", "1")
        .source("nemoSource", "shop")
        .heartbeat(HeartbeatPolicy::every(Duration::from_secs(1)));
}

/// How an operation ended.
#[derive(Debug, Clone, Copy, PartialEq, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
enum Outcome {
    Success,
    Failure,
    Interrupted,
}

/// One box.
#[derive(Debug, Clone, PartialEq, TelemetryValue)]
struct Carton {
    /// Articles in it.
    #[telemetry(range = 1..=9, out_of_range = "drop")]
    articles: u64,
    /// Its weight, which is moved to the nearest bound.
    #[telemetry(range = 0..=50)]
    weight_kg: u64,
}

/// A delivery left the shop.
#[derive(Debug, Clone, PartialEq, TelemetryEvent)]
#[telemetry(product = Shop, event_name = "delivery", schema_version = "1.0", default)]
struct Delivery {
    /// How it ended.
    #[telemetry(outcome, sentinel = Outcome::Interrupted)]
    outcome: Outcome,
    /// How long it took.
    #[telemetry(duration = "ms", range = 0..=3_600_000, out_of_range = "drop", sentinel = 0)]
    duration_ms: i64,
    /// Stops on the way.
    #[telemetry(range = 0..=20, out_of_range = "drop", sentinel = 0)]
    stops: u32,
    /// Stops, moved to the nearest bound.
    #[telemetry(range = 0..=20, out_of_range = "saturate", sentinel = 0)]
    rough_stops: u32,
    /// How full the car was.
    #[telemetry(range = 0.0..=1.0, out_of_range = "drop", sentinel = 0.5)]
    load: f64,
    /// Stops that were skipped.
    #[telemetry(range = 0..=20, out_of_range = "drop")]
    skipped: Option<u8>,
    /// Minutes at each stop.
    #[telemetry(range = 0..=60, out_of_range = "drop")]
    minutes: Vec<u64>,
    /// Doors that were knocked at.
    #[telemetry(range = 0..=60, out_of_range = "drop")]
    doors: BTreeSet<i64>,
    /// What was left over.
    #[telemetry(range = 0..=60, out_of_range = "drop")]
    rest: BTreeMap<Token, i64>,
    /// The boxes.
    cartons: Vec<Carton>,
}

/// Each event that is dropped has one value out of range.
fn dropped() -> Vec<Delivery> {
    let event = Delivery::default;
    let carton = Carton { articles: 10, weight_kg: 1 };
    vec![
        Delivery { duration_ms: -1, ..event() },
        Delivery { stops: 21, ..event() },
        Delivery { stops: u32::MAX, ..event() },
        Delivery { load: 1.01, ..event() },
        Delivery { load: -f64::MIN_POSITIVE, ..event() },
        Delivery { skipped: Some(21), ..event() },
        Delivery { minutes: vec![0, 61], ..event() },
        Delivery { doors: BTreeSet::from([-1, 5]), ..event() },
        Delivery { rest: BTreeMap::from([(Token::from_static("a"), 61)]), ..event() },
        Delivery { cartons: vec![carton], ..event() },
    ]
}

/// The normalized values, and the number of values that normalization changes.
fn kept() -> Vec<(Delivery, u32)> {
    let event = Delivery::default;
    let carton = Carton { articles: 9, weight_kg: 51 };
    vec![
        (event(), 0),
        (Delivery { stops: 20, load: 1.0, skipped: Some(20), ..event() }, 0),
        (Delivery { rough_stops: 21, ..event() }, 1),
        (Delivery { load: f64::NAN, ..event() }, 1),
        (Delivery { load: f64::INFINITY, ..event() }, 1),
        (Delivery { cartons: vec![carton.clone(), carton], ..event() }, 2),
    ]
}

#[test]
fn one_value_out_of_range_keeps_its_event_from_being_sent_wherever_it_is() {
    for mut event in dropped() {
        let shown = format!("{event:?}");
        assert_eq!(event.normalize(), Err(Unsendable::OutOfRange), "{shown}");
        // A heartbeat is made of it.
        assert_eq!(event.normalize(), Err(Unsendable::OutOfRange), "{shown}");
    }
    for (mut event, changes) in kept() {
        let shown = format!("{event:?}");
        assert_eq!(event.normalize(), Ok(changes), "{shown}");
        assert_eq!(event.normalize(), Ok(0), "{shown}");
    }
}

/// Counts that fit together, of which so many are events that were dropped for being out of range.
fn assert_dropped(client: &Client<Shop>, out_of_range: usize) {
    let stats = client.stats();
    assert_eq!(stats.dropped(DropReason::OutOfRange), out_of_range as u64, "{stats}");
    assert_eq!(stats.produced, stats.delivered + stats.queued + stats.dropped_total(), "{stats}");
}

#[test]
fn each_event_that_is_dropped_is_counted_and_the_others_are_sent() {
    let (telemetry, sent) = telemetry_core::testing::capture::<Shop>();
    dropped().into_iter().for_each(|event| telemetry.emit(event));
    kept().into_iter().for_each(|(event, _)| telemetry.emit(event));
    assert_eq!(sent.events().len(), kept().len());
    assert_dropped(&telemetry, dropped().len());
    assert_eq!(telemetry.stats().adjusted_values, 5);
    assert!(telemetry.stats().to_string().contains("out of range 10"), "{}", telemetry.stats());
}

#[test]
fn an_operation_with_a_value_out_of_range_is_dropped_and_counted() {
    let (telemetry, sent) = telemetry_core::testing::capture::<Shop>();
    telemetry.operation(Delivery { stops: 21, ..Delivery::default() }).finish(&Ok::<(), ()>(()));
    drop(telemetry.operation(Delivery { stops: 21, ..Delivery::default() }));
    telemetry.operation(Delivery::default()).finish(&Err::<(), ()>(()));
    assert_eq!(sent.events().len(), 1);
    assert_dropped(&telemetry, 2);
}

#[test]
fn heartbeats_with_a_value_out_of_range_are_dropped_and_counted() {
    let (telemetry, sent) = telemetry_core::testing::capture::<Shop>();
    let beat =
        |first: &Delivery, _: &telemetry_core::client::Context<'_>| Delivery { stops: 99, ..first.clone() };
    telemetry.emit_with_heartbeat(|_| Delivery::default(), beat);
    wait_until(|| telemetry.stats().dropped(DropReason::OutOfRange) > 0);
    telemetry.shutdown(PATIENCE);
    assert_eq!(sent.events().len(), 1);
    let stats = telemetry.stats();
    assert_eq!(stats.produced, stats.delivered + stats.queued + stats.dropped_total(), "{stats}");
}

#[test]
fn heartbeats_start_with_the_first_event_that_is_not_dropped() {
    let (telemetry, sent) = telemetry_core::testing::capture::<Shop>();
    let report = |stops: u32| {
        let event = Delivery { stops, ..Delivery::default() };
        telemetry.emit_with_heartbeat(|_| event, |first, _| first.clone());
    };
    report(99);
    assert_dropped(&telemetry, 1);
    report(3);
    wait_until(|| sent.events().len() > 1);
    telemetry.shutdown(PATIENCE);
    assert!(sent.events().iter().all(|event| event.parameters["stops"] == 3), "{:?}", sent.events());
    assert_dropped(&telemetry, 1);
}
