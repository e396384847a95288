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
    /// Hexadecimal.
    #[telemetry(range = 0..=64, sentinel = 0xFF)]
    hexadecimal: u32,
    /// Binary.
    #[telemetry(range = 0..=64, sentinel = 0b100_0001)]
    binary: u8,
    /// Octal.
    #[telemetry(range = 0..=64, sentinel = 0o101)]
    octal: i16,
    /// With a suffix.
    #[telemetry(range = 0..=64, sentinel = 255u32)]
    suffix: u32,
    /// With a suffix and underscores.
    #[telemetry(range = 0..=64, sentinel = 2_5_5_i64)]
    underscores: i64,
    /// Negative.
    #[telemetry(range = 0..=64, sentinel = -1)]
    negative: i8,
    /// Of a wide integer.
    #[telemetry(range = -5..=-1, sentinel = 0)]
    wide: i128,
    /// A float with an exponent.
    #[telemetry(range = 0.0..=1.0, sentinel = 2e0)]
    exponent: f64,
    /// A float with a suffix.
    #[telemetry(range = 0.0..=1.0, sentinel = -0.5_f32)]
    float_suffix: f32,
}

macro_rules! passed_on {
    ($sentinel:expr, $number:literal) => {
        /// A basket was left.
        #[derive(TelemetryEvent)]
        #[telemetry(product = Shop, event_name = "basket", schema_version = "1.0")]
        struct Basket {
            /// An expression.
            #[telemetry(range = 0..=64, sentinel = $sentinel)]
            expression: u32,
            /// A literal that is negated.
            #[telemetry(range = 0..=64, sentinel = -$number)]
            number: i32,
        }
    };
}

passed_on!(0xFF, 1);

fn main() {}
