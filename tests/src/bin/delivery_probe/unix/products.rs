// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Products for tests of delivery.

use std::time::Duration;

use telemetry_core::consent::Rule;
use telemetry_core::profile::{BatchPolicy, BreakerPolicy, QueuePolicy, RetryPolicy};
use telemetry_core::{Client, ConsentPolicy, Product, Profile, TelemetryEvent};

const PLAIN: Profile = Profile::new("delivery", "1")
    .source("nemoSource", "delivery")
    .endpoint_env("DELIVERY_URL")
    .consent(ConsentPolicy::variables(&[("DO_NOT_TRACK", Rule::OptOut)]))
    .queue(QueuePolicy::of(50_000).max_bytes(1 << 28));

/// One event per envelope, like guardrails, with a longer queue.
pub(crate) struct Plain;

impl Product for Plain {
    const PROFILE: Profile = PLAIN;
}

/// Batches, retries and a breaker, with waits that a test can bear. A batch that is not full waits for the flush.
pub(crate) struct Patient;

impl Product for Patient {
    const PROFILE: Profile = PLAIN
        .batch(BatchPolicy::of(4).interval(Duration::from_secs(600)))
        .retry(RetryPolicy::attempts(4).backoff(Duration::from_millis(10), Duration::from_millis(40)))
        .breaker(BreakerPolicy::after(4, Duration::from_secs(600)));
}

/// A number was reported.
#[derive(Debug, TelemetryEvent)]
#[telemetry(product = Plain, event_name = "number", schema_version = "1.0")]
pub(crate) struct Number {
    /// Who reported it.
    pub(crate) process: u32,
    /// The number.
    pub(crate) number: u32,
}

/// A number was reported, and others with it.
#[derive(Debug, TelemetryEvent)]
#[telemetry(product = Patient, event_name = "batched_number", schema_version = "1.0")]
pub(crate) struct BatchedNumber {
    /// The number.
    pub(crate) number: u32,
}

pub(crate) fn report(client: &Client<Plain>, number: u32) {
    client.emit(Number { process: std::process::id(), number });
}
