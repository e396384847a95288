// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

#![allow(unused, non_camel_case_types)]

#[path = "../shop.rs"]
mod shop;

use shop::Shop;
use telemetry_core::value::Token;
use telemetry_core::{TelemetryEvent, TelemetryValue};

/// A basket was paid for.
#[derive(TelemetryEvent)]
#[telemetry(product = Shop, event_name = "empty", schema_version = "1.0", schema = "schemas/nulls.json")]
struct Checkout {
    /// `null` alone is allowed.
    only_null: Option<Address>,
    /// By a constant.
    const_null: Token,
    /// By the type.
    type_null: Option<u32>,
    /// No value is allowed.
    nothing: Address,
    /// By the schema `false`.
    never: Option<bool>,
    /// No value has the type.
    other_type: Vec<i64>,
    /// No value is both.
    contradiction: Token,
    /// In a list.
    list: Vec<bool>,
}

/// Where it goes.
#[derive(TelemetryValue)]
struct Address {
    /// Whether it is far.
    is_far: bool,
}

fn main() {}
