// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

#![allow(unused, non_camel_case_types)]

#[path = "../shop.rs"]
mod shop;

use std::collections::BTreeMap;

use shop::Shop;
use telemetry_core::value::Token;
use telemetry_core::{TelemetryEnum, TelemetryEvent};

/// A basket was paid for.
#[derive(TelemetryEvent)]
#[telemetry(product = Shop, event_name = "maps", schema_version = "1.0", schema = "schemas/helps.json")]
struct Checkout {
    /// A map need not have the key.
    required: BTreeMap<Token, u32>,
    /// One key is no property.
    one_known: BTreeMap<Payment, bool>,
    /// Any key can be there.
    tokens: BTreeMap<Token, bool>,
    /// One property has another type.
    other_value: BTreeMap<Payment, bool>,
}

/// How the customer paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
enum Payment {
    Cash,
    Card,
}

fn main() {}
