// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

#![allow(unused, non_camel_case_types)]

#[path = "../shop.rs"]
mod shop;

use shop::Shop;
use telemetry_core::TelemetryEvent;

use telemetry_core::{Product, TelemetryEnum};

/// A basket was paid for.
#[derive(TelemetryEvent)]
#[telemetry(product = Shop, event_name = "checkout", schema_version = "1.0")]
struct Checkout {
    /// How the customer paid.
    #[telemetry(sentinel = Payment::Unknown)]
    payment: Payment,
    /// Articles in the basket.
    #[telemetry(sentinel = 0, colour = "red")]
    num_articles: u32,
}

/// How the customer paid.
#[derive(Debug, TelemetryEnum)]
#[telemetry(rename_all = "snek_case")]
enum Payment {
    Cash,
    #[telemetry(fallback)]
    Unknown,
}

fn emit<P: Product, E: TelemetryEvent<Product = P> + Default>(_: P, _: E) {}

fn used() {
    let payment: Payment = Payment::from_wire("cash");
    let parsed: Result<Payment, _> = "cash".parse();
    println!("{payment} {:?} {} {}", parsed, payment.as_str(), Payment::VARIANTS.len());
    emit(Shop, Checkout { payment, ..Checkout::default() });
    emit(Shop, Checkout { num_articles: 1, ..Default::default() });
}

fn main() {}
