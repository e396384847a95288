// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

#![allow(unused, non_camel_case_types)]

#[path = "../shop.rs"]
mod shop;

use shop::Shop;
use telemetry_core::TelemetryEvent;

/// A basket was paid for.
#[derive(TelemetryEvent)]
#[telemetry(product = Shop, event_name = "empty", schema_version = "1.0", schema = "schemas/nulls.json")]
struct Checkout {
    /// `null` alone is allowed.
    #[telemetry(sentinel = 0.0)]
    only_null: f32,
    /// By a constant.
    const_null: bool,
    /// With a range.
    #[telemetry(range = 0..=1)]
    type_null: u64,
    /// No value is allowed.
    nothing: u8,
    /// By the schema `false`.
    never: bool,
    /// No value has the type.
    other_type: i64,
    /// A text.
    #[telemetry(free_text = "made up", max_len = 9, sentinel = "")]
    contradiction: String,
}

fn main() {}
