// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A product whose events are only made and serialized.

use telemetry_core::{Product, Profile, TelemetryEnum, TelemetryEvent};

pub(crate) struct Shop;

impl Product for Shop {
    const PROFILE: Profile = Profile::new("shop", "1").source("nemoSource", "shop");
}

/// The parameters of an event after normalization, and the number of values that it changed.
pub(crate) fn sent(mut event: impl TelemetryEvent) -> (u32, serde_json::Value) {
    (event.normalize().unwrap(), serde_json::to_value(&event).unwrap())
}

/// How the customer paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
pub(crate) enum Payment {
    Cash,
    Card,
}
