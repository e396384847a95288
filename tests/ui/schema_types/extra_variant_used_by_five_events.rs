// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

#![allow(unused, non_camel_case_types)]

#[path = "../shop.rs"]
mod shop;

use shop::Shop;
use telemetry_core::{TelemetryEnum, TelemetryEvent};

macro_rules! events {
    ($($name:ident $wire:literal)*) => {$(
        /// Something happened.
        #[derive(TelemetryEvent)]
        #[telemetry(product = Shop, event_name = $wire, schema_version = "1.0", schema = "schemas/used_by_many.json")]
        struct $name {
            /// How the customer paid.
            payment: Payment,
        }
    )*};
}

events! { A "a" B "b" C "c" D "d" E "e" }

/// How the customer paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
enum Payment {
    Cash,
    Card,
    Cheque,
}

fn main() {}
