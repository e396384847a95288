// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

#![allow(unused, non_camel_case_types)]

#[path = "../shop.rs"]
mod shop;

use shop::Shop;
use telemetry_core::TelemetryValue;

/// An article.
#[derive(TelemetryValue)]
struct Article {
    /// Its weight in kilograms.
    #[telemetry(sentinel = f32::NAN)]
    weight: f32,
    /// Its price.
    #[telemetry(range = 0.0..=9.0, sentinel = f64::NAN)]
    price: f64,
}

fn main() {}
