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
    /// A boolean for a float.
    #[telemetry(sentinel = true)]
    share: f32,
    /// A boolean for an integer.
    #[telemetry(sentinel = false)]
    count: u32,
    /// A boolean for a wide integer.
    #[telemetry(range = 0..=9, sentinel = false)]
    wide: u64,
}

fn main() {}
