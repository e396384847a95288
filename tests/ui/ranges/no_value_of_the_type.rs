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
    /// Above the type.
    #[telemetry(range = 300..=400)]
    above: u8,
    /// Below the type.
    #[telemetry(range = -5..=-1)]
    below: u32,
    /// Of a type with a sign.
    #[telemetry(range = 200..=300)]
    signed: i8,
    /// A part of the type.
    #[telemetry(range = -5..=300)]
    partly: u8,
    /// Below a wide integer.
    #[telemetry(range = -5..=-1)]
    wide: u64,
    /// A part of the widest.
    #[telemetry(range = -1..=9)]
    widest: u128,
    /// Hexadecimal, with underscores.
    #[telemetry(range = 0x0..=0x1_00)]
    hexadecimal: u8,
}

fn main() {}
