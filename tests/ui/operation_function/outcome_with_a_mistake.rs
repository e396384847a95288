// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

#![allow(unused)]

#[path = "../payment.rs"]
mod payment;

use payment::Shop;
use telemetry_core::{Client, TelemetryEnum, TelemetryEvent, telemetry_operation};

/// How it ended.
#[derive(Debug, Clone, Copy, TelemetryEnum)]
#[telemetry(rename_all = "snake")]
enum Outcome {
    Success,
    Failure,
    Interrupted,
}

/// A payment was tried.
#[derive(TelemetryEvent)]
#[telemetry(product = Shop, event_name = "payment", schema_version = "1.0", schema = "schemas/payment.json")]
struct Payment {
    /// How it ended.
    #[telemetry(outcome, sentinel = Outcome::Interrupted)]
    outcome: Outcome,
    /// How often the card was declined.
    #[telemetry(range = 0..=500, sentinel = 0)]
    num_declined: u32,
}

/// A payment was tried, without a schema.
#[derive(TelemetryEvent)]
#[telemetry(product = Shop, event_name = "payment", schema_version = "1.0")]
struct Unchecked {
    /// How it ended.
    #[telemetry(outcome)]
    outcome: Option<Outcome>,
}

#[telemetry_operation(client = telemetry, event = Payment::default())]
fn pay(telemetry: &Client<Shop>) -> Result<(), String> {
    Ok(())
}

#[telemetry_operation(client = telemetry, event = Unchecked { outcome: None })]
fn pay_unchecked(telemetry: &Client<Shop>) -> Result<(), String> {
    Ok(())
}

fn main() {}
