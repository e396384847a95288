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
    /// What it says.
    value: std::collections::BTreeMap<telemetry_core::value::Token, serde_json::Value>,
}

fn main() {}
