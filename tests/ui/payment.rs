// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The operation of the cases.

use telemetry_core::{Product, Profile, TelemetryEnum, TelemetryEvent};

pub struct Shop;

impl Product for Shop {
    const PROFILE: Profile = Profile::new("shop", "1").source("nemoSource", "shop");
}

/// How a payment ended.
#[derive(Debug, Clone, Copy, PartialEq, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
pub enum Outcome {
    Success,
    Failure,
    Interrupted,
}

/// A payment was tried.
#[derive(Debug, TelemetryEvent)]
#[telemetry(product = Shop, event_name = "payment", schema_version = "1.0")]
pub struct Payment {
    /// How it ended.
    #[telemetry(outcome, sentinel = Outcome::Interrupted)]
    pub outcome: Outcome,
    /// How often the card was declined.
    #[telemetry(sentinel = 0)]
    pub num_declined: u32,
}

/// A basket was left.
#[derive(Debug, TelemetryEvent)]
#[telemetry(product = Shop, event_name = "basket", schema_version = "1.0")]
pub struct Basket {
    /// Articles in it.
    #[telemetry(sentinel = 0)]
    pub num_articles: u32,
}
