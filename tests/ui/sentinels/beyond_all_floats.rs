// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

#![allow(unused, non_camel_case_types, overflowing_literals)]

#[path = "../shop.rs"]
mod shop;

use shop::Shop;
use telemetry_core::TelemetryEvent;

/// A basket was paid for.
#[derive(TelemetryEvent)]
#[telemetry(product = Shop, event_name = "checkout", schema_version = "1.0")]
struct Checkout {
    /// More than an `f64` holds.
    #[telemetry(sentinel = 1e999)]
    wide: f64,
    /// More than an `f32` holds.
    #[telemetry(sentinel = -1e39)]
    narrow: f32,
    /// In an option.
    #[telemetry(sentinel = Some(1e39))]
    optional: Option<f32>,
    /// By another name of the type.
    #[telemetry(sentinel = 1e39)]
    aliased: Share,
    /// As much as an `f64` holds, which is sent.
    #[telemetry(sentinel = 1e308)]
    largest: f64,
}

type Share = f32;

fn main() {}
