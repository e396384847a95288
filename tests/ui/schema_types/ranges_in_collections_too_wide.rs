// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

#![allow(unused, non_camel_case_types)]

#[path = "../shop.rs"]
mod shop;

use std::collections::{BTreeMap, BTreeSet};

use shop::Shop;
use telemetry_core::value::Token;
use telemetry_core::TelemetryEvent;

/// A basket was paid for.
#[derive(TelemetryEvent)]
#[telemetry(product = Shop, event_name = "collections", schema_version = "1.0", schema = "schemas/helps.json")]
struct Checkout {
    /// In a list.
    list: Vec<u8>,
    /// In a set, with a range.
    #[telemetry(range = 0..=10)]
    set: BTreeSet<u16>,
    /// In a map.
    map: BTreeMap<Token, i32>,
    /// In a list that is optional, with a range.
    #[telemetry(range = -1..=9)]
    optional: Option<Vec<i64>>,
    /// A list of wide integers.
    #[telemetry(range = 0..=10)]
    wide: Vec<u64>,
    /// A map of wide integers.
    #[telemetry(range = 0..=MOST)]
    wide_map: BTreeMap<Token, u64>,
    /// Floats.
    #[telemetry(sentinel = Vec::new())]
    shares: Vec<f64>,
    /// No value of the type is in the bounds.
    far: Vec<u8>,
}

const MOST: i64 = 99;

fn main() {}
