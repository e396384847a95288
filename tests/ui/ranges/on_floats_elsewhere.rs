// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

#![allow(unused, non_camel_case_types)]

#[path = "../shop.rs"]
mod shop;

use std::collections::BTreeMap;

use shop::Shop;
use telemetry_core::value::Token;
use telemetry_core::TelemetryEvent;

/// A basket was paid for.
#[derive(TelemetryEvent)]
#[telemetry(product = Shop, event_name = "checkout", schema_version = "1.0")]
struct Checkout {
    /// In a list.
    #[telemetry(range = 0.0..=1.0, sentinel = vec![])]
    list: Vec<f64>,
    /// In an option of a list.
    #[telemetry(range = 0.0..=1.0, sentinel = None)]
    nested: Option<Vec<f32>>,
    /// In a map.
    #[telemetry(range = 0.0..=1.0, sentinel = BTreeMap::new())]
    map: BTreeMap<Token, f64>,
}

fn main() {}
