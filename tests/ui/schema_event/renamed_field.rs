// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

#![allow(unused, non_camel_case_types)]

#[path = "../shop.rs"]
mod shop;

use shop::Shop;
use telemetry_core::value::Token;
use telemetry_core::TelemetryEvent;

/// A basket was paid for.
#[derive(TelemetryEvent)]
#[telemetry(product = Shop, event_name = "checkout", schema_version = "1.0", schema = "schemas/renamed.json")]
struct Checkout {
    /// Whether it is a gift.
    is_gift: bool,
    /// How many: what the schema calls `numArticles`.
    size_of_basket: u32,
    /// Who paid: what the schema calls `userName`.
    login: Token,
}

fn main() {}
