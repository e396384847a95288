// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

#![allow(unused, non_camel_case_types)]

#[path = "../shop.rs"]
mod shop;

use std::collections::BTreeMap;

use shop::Shop;
use telemetry_core::value::Token;
use telemetry_core::{TelemetryEvent, TelemetryValue};

/// A basket was paid for.
#[derive(TelemetryEvent)]
#[telemetry(product = Shop, event_name = "checkout", schema_version = "1.0")]
struct Checkout {
    /// In an option.
    optional: Option<Basket>,
    /// In a map.
    map: BTreeMap<Token, Basket>,
    /// In a value.
    value: Value,
}

/// A value.
#[derive(TelemetryValue)]
struct Value {
    /// What it holds.
    basket: Basket,
}

struct Basket;

fn main() {}
