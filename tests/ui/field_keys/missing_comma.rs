// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

#![allow(unused, non_camel_case_types)]

#[path = "../shop.rs"]
mod shop;

use shop::Shop;
use telemetry_core::{TelemetryEnum, TelemetryEvent};

const MAX: i64 = 3;

/// How it ended.
#[derive(TelemetryEnum)]
enum Outcome {
    Success,
    Failure,
}

/// A basket was paid for.
#[derive(TelemetryEvent)]
#[telemetry(product = Shop, event_name = "checkout", schema_version = "1.0")]
struct Checkout {
    /// What it says.
    #[telemetry(range = 0..=MAX sentinel = 0)]
    value: u32,
    /// How it ended.
    #[telemetry(outcome sentinel = Outcome::Failure)]
    outcome: Outcome,
}

fn main() {}
