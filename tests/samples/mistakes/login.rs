// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! An event and its vocabulary, without mistakes.

use telemetry_core::value::Token;
use telemetry_core::{Product, Profile, TelemetryEnum, TelemetryEvent};

/// The shop.
pub struct Shop;

impl Product for Shop {
    const PROFILE: Profile = Profile::new("shop", "1").source("nemoSource", "shop");
}

/// Who logged in.
#[derive(TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
pub enum UserKind {
    Human,
    Service,
    Undefined,
}

/// A user logged in.
#[derive(TelemetryEvent)]
#[telemetry(product = Shop, event_name = "login", schema_version = "1.0", schema = "schemas/login.json")]
pub struct Login {
    /// Who it was.
    pub user_kind: UserKind,
    /// How long it took, in milliseconds.
    #[telemetry(range = 0..=86_400_000)]
    pub duration_ms: u32,
    /// How often it was tried.
    pub attempts: u8,
    /// The country, if it is known.
    pub country: Option<Token>,
}

fn main() {}
