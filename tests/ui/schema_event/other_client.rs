// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

#![allow(unused, non_camel_case_types)]

#[path = "../shop.rs"]
mod shop;

use shop::Shop;
use telemetry_core::TelemetryEvent;

/// The profile of the product has another client id.
#[derive(TelemetryEvent)]
#[telemetry(product = Shop, event_name = "login", schema_version = "1.0", schema = "schemas/client.json")]
struct Login {}

/// The profile is one place to change.
#[derive(TelemetryEvent)]
#[telemetry(product = Shop, event_name = "logout", schema_version = "1.0", schema = "schemas/client.json")]
struct Logout {}

fn main() {}
