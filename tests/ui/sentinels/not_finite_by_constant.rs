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
    #[telemetry(sentinel = UNKNOWN)]
    plain: f64,
    /// With a range.
    #[telemetry(range = 0.0..=1.0, sentinel = UNKNOWN)]
    share: f64,
    /// Computed.
    #[telemetry(sentinel = f32::MAX * 2.0)]
    narrow: f32,
    /// In an option.
    #[telemetry(sentinel = Some(UNKNOWN))]
    optional: Option<f64>,
    /// By another name of the type.
    #[telemetry(sentinel = UNKNOWN)]
    aliased: Seconds,
    /// Of the struct.
    #[telemetry(sentinel = Self::NEVER)]
    of_the_struct: Seconds,
    /// In an option of another name.
    #[telemetry(sentinel = Some(UNKNOWN))]
    optional_aliased: Option<Seconds>,
    /// An option by another name.
    #[telemetry(sentinel = MAYBE)]
    maybe: Maybe,
    /// The other type.
    #[telemetry(sentinel = NARROW)]
    aliased_narrow: Narrow,
}

impl Checkout {
    const NEVER: f64 = f64::INFINITY;
}

type Seconds = f64;
type Maybe = Option<f64>;
type Narrow = f32;

const UNKNOWN: f64 = f64::NAN;
const MAYBE: Maybe = Some(f64::NEG_INFINITY);
const NARROW: f32 = f32::NAN;

fn main() {}
