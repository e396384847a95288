// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

#![allow(unused, non_camel_case_types)]

use telemetry_core::TelemetryEvent;

mod inner {
    use telemetry_core::{Product, Profile};

    pub(super) struct Bakery;

    impl Product for Bakery {
        const PROFILE: Profile = Profile::new("bakery", "1");
    }
}

/// A basket was paid for.
#[derive(TelemetryEvent)]
#[telemetry(product = inner::Bakery, event_name = "checkout", schema_version = "1.0")]
pub struct Checkout {
    /// Whether it is a gift.
    is_gift: bool,
}

fn main() {}
