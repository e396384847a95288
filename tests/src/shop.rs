// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A shop whose payments are operations.

use telemetry_core::{ConsentPolicy, Product, Profile, TelemetryEnum, TelemetryEvent};

/// A product that nothing but its switch turns off. `SHOP_URL` names its collector.
#[derive(Debug)]
pub struct Shop;

impl Product for Shop {
    const PROFILE: Profile = Profile::new("shop", "1")
        .source("nemoSource", "shop")
        .endpoint_env("SHOP_URL")
        .consent(ConsentPolicy::variables(&[]));
}

/// How a payment ended.
#[derive(Debug, Clone, Copy, PartialEq, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
pub enum Outcome {
    /// It was made.
    Success,
    /// It was refused.
    Failure,
    /// It was given up.
    Interrupted,
    /// Not known.
    #[telemetry(fallback)]
    Undefined,
}

/// A payment was tried.
#[derive(Debug, TelemetryEvent)]
#[telemetry(product = Shop, event_name = "payment", schema_version = "1.0")]
pub struct Payment {
    /// How it ended.
    #[telemetry(outcome, sentinel = Outcome::Undefined)]
    pub outcome: Outcome,
    /// How long it took.
    #[telemetry(duration = "ms", sentinel = -1)]
    pub duration_ms: i64,
    /// How often the card was declined.
    #[telemetry(sentinel = 0)]
    pub num_declined: u32,
    /// Which one it was.
    #[telemetry(sentinel = 0)]
    pub number: u32,
    /// The process that it ended in.
    #[telemetry(sentinel = 0)]
    pub process: u32,
}
