// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

#![allow(unused, non_camel_case_types)]

#[path = "../shop.rs"]
mod shop;

use shop::Shop;
use telemetry_core::{TelemetryEnum, TelemetryEvent};

/// A basket was paid for.
#[derive(TelemetryEvent)]
#[telemetry(product = Shop, event_name = "words", schema_version = "1.0", schema = "schemas/long.json")]
struct Checkout {
    /// What it is.
    kind: Kind,
}

/// What it is.
#[derive(TelemetryEnum)]
enum Kind {
    #[telemetry(rename = "x")]
    Other,
}

fn main() {}
