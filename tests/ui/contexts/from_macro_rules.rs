// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

#![allow(unused, non_camel_case_types)]

#[path = "../shop.rs"]
mod shop;

use shop::Shop;
use telemetry_core::TelemetryEvent;

macro_rules! event {
    ($name:ident, $field:ident, $limit:literal) => {
        /// Made by a macro.
        #[derive(TelemetryEvent)]
        #[telemetry(product = Shop, event_name = "made", schema_version = "1.0")]
        struct $name {
            $field: u32,
            /// How many.
            #[telemetry(bucket(5, $limit))]
            count: u32,
        }
    };
}

event!(Made, undocumented, 1);

fn main() {}
