// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

#![allow(unused)]

#[path = "../shop.rs"]
mod shop;

use shop::Shop;
use telemetry_core::{TelemetryEnum, TelemetryEvent, TelemetryValue};

/// How a basket was paid for.
#[derive(TelemetryEnum)]
enum Payment<T> {
    Cash,
    Card(T),
}

/// A step of a job.
#[derive(TelemetryValue)]
struct Step<T> {
    /// Its position in the job.
    #[telemetry(sentinel = 0)]
    index: T,
}

/// A job ran.
#[derive(TelemetryEvent)]
#[telemetry(product = Shop, event_name = "job", schema_version = "1.0")]
struct Job {
    /// The first step.
    step: Step<u32>,
    /// How it was paid for.
    payment: Payment<u32>,
    /// The other steps.
    steps: Vec<Step<u64>>,
}

fn main() {
    Step::<u32>::default();
    Payment::<u32>::Cash.as_str();
}
