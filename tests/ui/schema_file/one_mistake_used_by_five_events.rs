// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

#![allow(unused, non_camel_case_types)]

#[path = "../shop.rs"]
mod shop;

use shop::Shop;
use telemetry_core::TelemetryEvent;

macro_rules! events {
    ($($name:ident $wire:literal)*) => {$(
        /// Something happened.
        #[derive(TelemetryEvent)]
        #[telemetry(product = Shop, event_name = $wire, schema_version = "1.0", schema = "schemas/broken/used_by_many.json")]
        struct $name {
            /// Whether it is a gift.
            is_gift: bool,
        }
    )*};
}

events! { A "a" B "b" C "c" D "d" }

/// Something else happened.
#[derive(TelemetryEvent)]
#[telemetry(product = Shop, event_name = "e", schema_version = "1.0", schema = "schemas/broken/used_by_many.json")]
struct E {
    /// Whether it is a gift.
    is_gift: bool,
}

fn used() {
    serde_json::to_string(&A { is_gift: true }).unwrap();
    serde_json::to_string(&E { is_gift: true }).unwrap();
}

fn main() {}
