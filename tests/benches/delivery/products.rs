// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Products for measurements that need another queue or other batches than guardrails have.

use std::time::Duration;

use telemetry_core::consent::Rule;
use telemetry_core::profile::{BatchPolicy, QueuePolicy, RatePolicy};
use telemetry_core::{ConsentPolicy, Product, Profile, TelemetryEvent};

const LARGE: QueuePolicy = QueuePolicy::of(400_000).max_bytes(1 << 30);

const PLAIN: Profile = Profile::new("bench", "1")
    .source("nemoSource", "bench")
    .endpoint_env("BENCH_URL")
    .consent(ConsentPolicy::variables(&[("DO_NOT_TRACK", Rule::OptOut)]))
    .queue(LARGE)
    .rate(RatePolicy::per_minute(u32::MAX));

/// An event with as much in it as a usage event without a configuration.
pub(crate) trait Measured: Product {
    fn emit(client: &telemetry_core::Client<Self>, number: u32)
    where
        Self: Sized;
}

macro_rules! measured {
    ($(#[$doc:meta])* $product:ident, $event:ident, $profile:expr) => {
        $(#[$doc])*
        pub(crate) struct $product;

        impl Product for $product {
            const PROFILE: Profile = $profile;
        }

        /// Something was measured.
        #[derive(Debug, TelemetryEvent)]
        #[telemetry(product = $product, event_name = "measured", schema_version = "1.0")]
        pub(crate) struct $event {
            /// Which one it was.
            number: u32,
            /// Whether this and that is in use.
            tracing_enabled: bool,
            /// Whether this and that is in use.
            has_knowledge_base: bool,
            /// How many there are.
            num_rails_configured: u32,
            /// How many there are.
            num_custom_flows: u32,
            /// Seconds since the start of 1970.
            timestamp: u32,
        }

        impl Measured for $product {
            fn emit(client: &telemetry_core::Client<Self>, number: u32) {
                client.emit($event {
                    number,
                    tracing_enabled: true,
                    has_knowledge_base: false,
                    num_rails_configured: 7,
                    num_custom_flows: 3,
                    timestamp: 1_700_000_000,
                });
            }
        }
    };
}

measured!(/** One event per envelope, with the audit log. */ Single, SingleEvent, PLAIN);
measured!(/** One event per envelope, without the audit log. */ Unlogged, UnloggedEvent, PLAIN.without_audit());
measured!(
    /** Batches of 50, without the audit log. */
    Batches, BatchedEvent,
    PLAIN.without_audit().batch(BatchPolicy::of(50).interval(Duration::from_millis(100)))
);
