// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

#![allow(unused, non_camel_case_types)]

#[path = "../shop.rs"]
mod shop;

use std::collections::{BTreeMap, BTreeSet};

use shop::Shop;
use telemetry_core::value::Token;
use telemetry_core::{TelemetryEnum, TelemetryEvent, TelemetryValue};

/// A basket was paid for.
#[derive(TelemetryEvent)]
#[telemetry(product = Shop, event_name = "words", schema_version = "1.0", schema = "schemas/nulls.json")]
struct Checkout {
    /// The type allows `null`, and `enum` does not list it.
    plain: Option<Payment>,
    /// By another name.
    aliased: Paid,
    /// In a list.
    list: Vec<Option<Payment>>,
    /// In a set.
    set: BTreeSet<Option<Payment>>,
    /// In a map.
    map: BTreeMap<Token, Option<Payment>>,
    /// With the keywords in another order.
    type_last: Option<Payment>,
    /// Without a type.
    without_type: Option<Payment>,
    /// In a value.
    address: Address,
}

type Paid = Option<Payment>;

/// How the customer paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
enum Payment {
    Cash,
    Card,
}

/// Where it goes.
#[derive(TelemetryValue)]
struct Address {
    /// How it is paid there.
    kind: Option<Payment>,
}

fn main() {}
