// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

#![allow(unused, non_camel_case_types)]

#[path = "../shop.rs"]
mod shop;

use shop::Shop;
use telemetry_core::{TelemetryEnum, TelemetryEvent};

/// A basket was paid for.
#[derive(TelemetryEvent)]
#[telemetry(product = Shop, event_name = "checkout", schema_version = "1.0")]
struct Checkout {
    /// Nothing is out of no range.
    #[telemetry(out_of_range = "drop")]
    num_articles: u32,
    /// Texts are cut.
    #[telemetry(free_text = "our own", max_len = 9, sentinel = "-", out_of_range = "drop")]
    till: String,
    /// Labels have no range.
    #[telemetry(bucket(1, 2), out_of_range = "drop")]
    num_coins: u32,
    /// That is not one of the two words.
    #[telemetry(range = 0..=9, out_of_range = "ignore")]
    num_gifts: u32,
    /// It needs quotes.
    #[telemetry(range = 0..=9, out_of_range = drop)]
    num_cards: u32,
    /// It needs a value.
    #[telemetry(range = 0..=9, out_of_range)]
    num_bags: u32,
}

/// How the customer paid.
#[derive(TelemetryEnum)]
enum Payment {
    #[telemetry(out_of_range = "drop")]
    Cash,
}

fn main() {}
