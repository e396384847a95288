// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

#![allow(unused, non_camel_case_types)]

#[path = "../shop.rs"]
mod shop;

use shop::Shop;
use telemetry_core::TelemetryEvent;

/// The value is left out.
#[derive(TelemetryEvent)]
#[telemetry(product = Shop, event_name = "checkout", schema_version =)]
struct WithoutValue {}

fn main() {}
