// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

#![allow(unused, non_camel_case_types)]

#[path = "../shop.rs"]
mod shop;

use shop::Shop;
use telemetry_core::TelemetryEvent;

/// The version of all events.
const SCHEMA_VERSION: &str = "1.1";

/// A basket was paid for.
#[derive(TelemetryEvent)]
#[telemetry(product = Shop, event_name = "checkout", schema_version = SCHEMA_VERSION, schema = "schemas/shop.json")]
struct Checkout {
    /// Articles in the basket.
    #[telemetry(range = 0..=1000)]
    num_articles: u32,
}

/// Another one: the constant is still one place to change.
#[derive(TelemetryEvent)]
#[telemetry(product = Shop, event_name = "checkout", schema_version = SCHEMA_VERSION, schema = "schemas/shop.json")]
struct Again {
    /// Articles in the basket.
    #[telemetry(range = 0..=1000)]
    num_articles: u32,
}

mod inner {
    use super::shop::Shop;
    use telemetry_core::TelemetryEvent;

    /// Another constant of the same name.
    const SCHEMA_VERSION: &str = "1.3";

    /// A basket was paid for.
    #[derive(TelemetryEvent)]
    #[telemetry(product = Shop, event_name = "checkout", schema_version = SCHEMA_VERSION, schema = "schemas/shop.json")]
    struct Checkout {
        /// Articles in the basket.
        #[telemetry(range = 0..=1000)]
        num_articles: u32,
    }

    /// With a path.
    #[derive(TelemetryEvent)]
    #[telemetry(product = Shop, event_name = "checkout", schema_version = self::SCHEMA_VERSION, schema = "schemas/shop.json")]
    struct ByPath {
        /// Articles in the basket.
        #[telemetry(range = 0..=1000)]
        num_articles: u32,
    }

    /// With an expression.
    #[derive(TelemetryEvent)]
    #[telemetry(product = Shop, event_name = "checkout", schema_version = concat!("1", ".4"), schema = "schemas/shop.json")]
    struct ByExpression {
        /// Articles in the basket.
        #[telemetry(range = 0..=1000)]
        num_articles: u32,
    }
}

fn main() {}
