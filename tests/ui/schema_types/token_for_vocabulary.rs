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
#[telemetry(product = Shop, event_name = "checkout", schema_version = "1.2", schema = "schemas/shop.json")]
struct Checkout {
    /// Articles in the basket.
    #[telemetry(range = 0..=1000)]
    num_articles: u32,
    /// How the customer paid.
    payment: Token,
}

fn main() {}
