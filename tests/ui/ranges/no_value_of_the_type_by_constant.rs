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
#[telemetry(product = Shop, event_name = "checkout", schema_version = "1.0")]
struct Checkout {
    /// A constant.
    #[telemetry(range = MANY..=400)]
    plain: u8,
    /// Of the struct.
    #[telemetry(range = 0..=Self::MOST)]
    of_the_struct: u8,
    /// By another name.
    #[telemetry(range = -1..=9)]
    aliased: Count,
    /// In an option.
    #[telemetry(range = 0..=256)]
    optional: Option<u8>,
    /// In a list.
    #[telemetry(range = -1..=9)]
    list: Vec<u64>,
    /// In a set.
    #[telemetry(range = 0..=65_536)]
    set: BTreeSet<u16>,
    /// In a map.
    #[telemetry(range = -129..=0)]
    map: BTreeMap<Token, i8>,
    /// In a list that is optional.
    #[telemetry(range = 300..=400)]
    nested: Option<Vec<u8>>,
}

impl Checkout {
    const MOST: i64 = 256;
}

type Count = u16;

const MANY: i64 = 300;

fn main() {}
