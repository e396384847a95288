// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

#![allow(unused, non_camel_case_types)]

#[path = "../shop.rs"]
mod shop;

use shop::Shop;
use telemetry_core::TelemetryEvent;

/// A basket was paid for.
#[derive(TelemetryEvent)]
#[telemetry(product = Shop, event_name = "numbers", schema_version = "1.0", schema = "schemas/helps.json")]
struct Checkout {
    /// No value of the type is in the bounds.
    port: u8,
    /// An integer where the bounds are floats.
    share: u8,
    /// No integer is in the bounds.
    half: u8,
    /// Nor is any without a sign.
    signed: u32,
    /// Some are.
    ratio: i16,
}

fn main() {}
