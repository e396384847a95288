// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

#![allow(unused, non_camel_case_types)]

#[path = "../shop.rs"]
mod shop;

use std::collections::{BTreeMap, BTreeSet};

use shop::Shop;
use telemetry_core::value::Token;
use telemetry_core::{TelemetryEvent, TelemetryValue};

/// A basket was paid for.
#[derive(TelemetryEvent)]
#[telemetry(product = Shop, event_name = "ranges", schema_version = "1.0", schema = "schemas/nulls.json")]
struct Checkout {
    /// The range says nothing about `None`.
    #[telemetry(range = 0..=5)]
    plain: Option<u32>,
    /// By another name.
    #[telemetry(range = 0..=5)]
    aliased: Few,
    /// A wide integer.
    #[telemetry(range = 0..=5, sentinel = None)]
    wide: Option<u64>,
    /// In a list.
    #[telemetry(range = 0..=5)]
    in_list: Vec<Option<u8>>,
    /// Around a list.
    #[telemetry(range = 0..=5)]
    list: Option<Vec<u64>>,
    /// In a set.
    #[telemetry(range = 0..=5)]
    set: BTreeSet<Option<u16>>,
    /// In a map.
    #[telemetry(range = 0..=5)]
    map: BTreeMap<Token, Option<u64>>,
    /// In a value.
    address: Address,
}

type Few = Option<u8>;

/// Where it goes.
#[derive(TelemetryValue)]
struct Address {
    /// The zone.
    #[telemetry(range = 0..=5)]
    zone: Option<u32>,
}

fn main() {}
