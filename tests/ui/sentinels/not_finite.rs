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
    /// Of the type.
    #[telemetry(sentinel = f64::NAN)]
    plain: f64,
    /// Of the other type.
    #[telemetry(sentinel = f32::INFINITY)]
    narrow: f32,
    /// With a sign.
    #[telemetry(sentinel = -f64::INFINITY)]
    negative: f64,
    /// Of a module.
    #[telemetry(sentinel = std::f64::NEG_INFINITY)]
    of_a_module: f64,
    /// With a range.
    #[telemetry(range = 0.5..=1.0, sentinel = f64::NAN)]
    share: f64,
    /// In an option.
    #[telemetry(sentinel = Some(f64::NAN))]
    optional: Option<f64>,
    /// In a list.
    #[telemetry(sentinel = vec![f64::NAN])]
    list: Vec<f64>,
    /// By another name of the type.
    #[telemetry(sentinel = Seconds::NAN)]
    aliased: Seconds,
}

type Seconds = f64;

fn main() {}
