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
    /// A number.
    #[telemetry(sentinel = 0)]
    flag: bool,
    /// A text.
    #[telemetry(sentinel = "false")]
    quoted: bool,
    /// Above the type.
    #[telemetry(sentinel = 0x100)]
    above: u8,
    /// Below the type.
    #[telemetry(sentinel = -129)]
    below: i8,
    /// A float for an integer.
    #[telemetry(sentinel = 0.0)]
    integer: i64,
    /// An integer for a float.
    #[telemetry(sentinel = -1)]
    float: f64,
    /// A character.
    #[telemetry(sentinel = '0')]
    digit: u16,
    /// Negative for a wide integer.
    #[telemetry(range = 5..=9, sentinel = -1)]
    wide: u64,
    /// A text for a wide integer.
    #[telemetry(range = -9..=9, sentinel = "unknown")]
    wider: i128,
}

fn main() {}
