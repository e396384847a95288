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
#[telemetry(product = Shop, event_name = "kinds", schema_version = "1.0", schema = "schemas/nulls.json")]
struct Checkout {
    /// A number.
    #[telemetry(sentinel = None)]
    number: Option<f64>,
    /// A number with bounds.
    #[telemetry(sentinel = None)]
    share: Option<f64>,
    /// Numbers.
    #[telemetry(sentinel = Vec::new())]
    shares: Vec<Option<f64>>,
    /// Booleans.
    flags: Vec<Option<bool>>,
    /// A boolean.
    flag: Option<bool>,
    /// A text.
    text: Option<Token>,
    /// A list.
    list: Option<Vec<Token>>,
    /// A number without zero.
    code: Option<u16>,
    /// An object.
    object: Option<BTreeMap<Token, bool>>,
}

fn main() {}
