// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

#![allow(unused, non_camel_case_types)]

#[path = "../shop.rs"]
mod shop;

use shop::Shop;
use telemetry_core::TelemetryEvent;

/// A basket was paid for.
#[derive(TelemetryEvent)]
#[telemetry(product = Shop, event_name = "checkout", schema_version = "1.0")]
struct Checkout {
    /// How it ended.
    #[telemetry(outcome)]
    ended: Ended,
}

/// How it ended.
#[derive(telemetry_core::TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
enum Ended {
    Well,
    Badly,
}

fn main() {}
