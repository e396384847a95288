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
    /// Longer than `max_len`.
    #[telemetry(free_text = "made up", max_len = 4, sentinel = "unknown")]
    long: String,
    /// Longer in characters, which are not bytes.
    #[telemetry(free_text = "made up", max_len = 2, sentinel = "öäü")]
    umlauts: String,
    /// With a line break.
    #[telemetry(free_text = "made up", max_len = 4, sentinel = "a\nb")]
    line_break: String,
    /// With a tab.
    #[telemetry(free_text = "made up", max_len = 4, sentinel = "\t")]
    tab: String,
    /// With a delete character.
    #[telemetry(free_text = "made up", max_len = 4, sentinel = "\u{7f}")]
    delete: String,
    /// By another name of the type.
    #[telemetry(free_text = "made up", max_len = 4, sentinel = "unknown")]
    aliased: Text,
    /// In an option.
    #[telemetry(free_text = "made up", max_len = 4, sentinel = "unknown")]
    optional: Option<String>,
}

type Text = String;

fn main() {}
