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
    /// A constant.
    #[telemetry(range = 0..=64, sentinel = UNKNOWN)]
    plain: u32,
    /// A bound that is a constant.
    #[telemetry(range = 0..=MOST, sentinel = 255)]
    bound: u32,
    /// Constants of the struct.
    #[telemetry(range = Self::LEAST..=64, sentinel = Self::LEAST as u8 - 1)]
    of_the_struct: u8,
    /// In an option.
    #[telemetry(range = 0..=64, sentinel = Some(255))]
    optional: Option<u8>,
    /// A wide integer.
    #[telemetry(range = 0..=64, sentinel = u128::MAX)]
    wide: u128,
    /// A constant function.
    #[telemetry(range = -64..=0, sentinel = unknown())]
    computed: i64,
    /// By another name of the type.
    #[telemetry(range = 0..=MOST, sentinel = -1)]
    aliased: Count,
    /// A float.
    #[telemetry(range = 0.0..=1.0, sentinel = SHARE)]
    share: f64,
}

impl Checkout {
    const LEAST: i64 = 1;
}

type Count = i16;

const UNKNOWN: u32 = 65;
const MOST: i64 = 64;
const SHARE: f64 = -1.0;

const fn unknown() -> i64 {
    1
}

fn main() {}
