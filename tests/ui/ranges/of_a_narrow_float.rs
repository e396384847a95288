// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

#![allow(unused, non_camel_case_types)]

#[path = "../shop.rs"]
mod shop;

use shop::Shop;
use telemetry_core::TelemetryEvent;

/// A basket was paid for.
#[derive(TelemetryEvent)]
#[telemetry(product = Shop, event_name = "checkout", schema_version = "1.0")]
struct Checkout {
    /// One more than a whole number that it holds.
    #[telemetry(range = 0.0..=16777217.0, sentinel = 0.0)]
    odd: f32,
    /// Above all of them.
    #[telemetry(range = 0.0..=1e39, sentinel = 0.0)]
    above: f32,
    /// Below all of them.
    #[telemetry(range = -1e39..=0.0, sentinel = 0.0)]
    below: f32,
    /// With more digits than it holds.
    #[telemetry(range = 0.123456789..=1.0, sentinel = 1.0)]
    digits: f32,
}

fn main() {}
