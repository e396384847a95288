// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A shop whose payments are operations.

#![allow(dead_code, reason = "each test takes what it needs")]

use telemetry_core::testing::{Captured, Json, capture};
use telemetry_core::{Client, Product, Profile, TelemetryEnum, TelemetryEvent};

pub(crate) struct Shop;

impl Product for Shop {
    const PROFILE: Profile = Profile::new("shop", "1").source("nemoSource", "shop");
}

/// How a payment ended.
#[derive(Debug, Clone, Copy, PartialEq, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
pub(crate) enum Outcome {
    Success,
    Failure,
    Interrupted,
    #[telemetry(fallback)]
    Undefined,
}

/// A payment was tried.
#[derive(Debug, TelemetryEvent)]
#[telemetry(product = Shop, event_name = "payment", schema_version = "1.0")]
pub(crate) struct Payment {
    /// How it ended.
    #[telemetry(outcome, sentinel = Outcome::Undefined)]
    pub(crate) outcome: Outcome,
    /// How long it took.
    #[telemetry(duration = "ms", sentinel = -1)]
    pub(crate) duration_ms: i64,
    /// How often the card was declined.
    #[telemetry(sentinel = 0)]
    pub(crate) num_declined: u32,
}

/// How the operations ended that were sent, in order.
pub(crate) fn outcomes(sent: &Captured<Shop>) -> Vec<String> {
    let text = |value: &Json| value.as_str().unwrap().to_owned();
    sent.events().iter().map(|event| text(&event.parameters["outcome"])).collect()
}

/// What one way out of `work` emits.
pub(crate) fn outcome_of(work: impl FnOnce(&Client<Shop>)) -> Vec<String> {
    let (telemetry, sent) = capture::<Shop>();
    work(&telemetry);
    outcomes(&sent)
}
