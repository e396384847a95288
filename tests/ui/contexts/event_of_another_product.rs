// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

#![allow(unused, non_camel_case_types)]

#[path = "../shop.rs"]
mod shop;

use shop::Shop;
use telemetry_core::TelemetryEvent;

struct Bakery;

impl telemetry_core::Product for Bakery {
    const PROFILE: telemetry_core::Profile = telemetry_core::Profile::new("bakery", "2");
}

/// A basket was paid for.
#[derive(TelemetryEvent)]
#[telemetry(product = Shop, event_name = "checkout", schema_version = "1.0")]
struct Checkout {
    /// Articles in the basket.
    num_articles: u32,
}

fn emit<E: TelemetryEvent<Product = Bakery>>(_: E) {}

fn used() {
    emit(Checkout { num_articles: 1 });
}

fn main() {}
