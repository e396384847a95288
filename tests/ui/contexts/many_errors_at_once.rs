// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

#![allow(unused, non_camel_case_types)]

#[path = "../shop.rs"]
mod shop;

use shop::Shop;
use telemetry_core::TelemetryEvent;

#[derive(TelemetryEvent)]
#[telemetry(product = Shop, event_name = "check out", schema_version = "one", colour = "red")]
struct Checkout {
    num_articles: u32,
    /// How long it took.
    #[telemetry(duration = "min", range = 9..=1)]
    duration: i64,
    /// Who sold it.
    #[telemetry(free_text = "", max_len = 0)]
    seller: String,
    /// Its buckets.
    #[telemetry(bucket(3, 1), outcome)]
    bucket: u32,
    /// The same again.
    #[telemetry(rename = "bucket", sentinal = 0)]
    count: u32,
}

fn main() {}
