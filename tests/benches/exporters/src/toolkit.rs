// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! This toolkit, with its own transport.

use std::time::Duration;

use telemetry_core::profile::{BatchPolicy, QueuePolicy, RatePolicy};
use telemetry_core::{Client, ConsentPolicy, Product, Profile, TelemetryEvent};

use crate::RECEIVER;
use crate::event::work_done;
use crate::measurements::{BATCH, DELAY, Room, Started};

const fn profile(room: Room) -> Profile {
    Profile::new("worker", "1")
        .source("nemoSource", "worker")
        .otlp_env(RECEIVER)
        .queue(QueuePolicy::of(room.events()).max_bytes(room.events() * 1024))
        .rate(RatePolicy::per_minute(u32::MAX))
        .batch(BatchPolicy::of(BATCH).interval(DELAY))
        .exit_wait(Duration::from_secs(2))
}

/// Defines a product and its event.
macro_rules! worker {
    ($product:ident, $event:ident, $profile:expr) => {
        pub(crate) struct $product;

        impl Product for $product {
            const PROFILE: Profile = $profile;
        }

        work_done!($event, $product);
    };
}

const BARE: ConsentPolicy = ConsentPolicy::variables(&[]);

worker!(Strict, WorkDone, profile(Room::Usual).consent(ConsentPolicy::strict()));
worker!(StrictFlood, WorkDoneInFlood, profile(Room::ForAll).consent(ConsentPolicy::strict()));
worker!(Bare, BareWorkDone, profile(Room::Usual).consent(BARE).without_audit());
worker!(BareFlood, BareWorkDoneInFlood, profile(Room::ForAll).consent(BARE).without_audit());

pub(crate) fn start(room: Room) -> Started {
    match room {
        Room::Usual => started::<Strict, _>(WorkDone::sample),
        Room::ForAll => started::<StrictFlood, _>(WorkDoneInFlood::sample),
    }
}

pub(crate) fn start_bare(room: Room) -> Started {
    match room {
        Room::Usual => started::<Bare, _>(BareWorkDone::sample),
        Room::ForAll => started::<BareFlood, _>(BareWorkDoneInFlood::sample),
    }
}

fn started<P: Product, E: TelemetryEvent<Product = P> + 'static>(event: fn() -> E) -> Started {
    let client = Client::<P>::builder().start();
    assert!(client.consent_decision().is_enabled(), "the environment of a measurement opts out");
    let flushed = client.clone();
    Started {
        report: Box::new(move || client.emit(event())),
        flush: Box::new(move || assert!(flushed.flush(Duration::from_secs(60)), "the receiver does not answer")),
    }
}
