// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A product that runs as a service: the environment decides about consent, and it starts seldom.

use telemetry_core::consent::Rule;
use telemetry_core::profile::{EventKeyOrder, RatePolicy};
use telemetry_core::{ConsentPolicy, Product, Profile, TelemetryEvent};
use telemetry_tests::samples::Sample;

pub(crate) struct Service;

impl Product for Service {
    const PROFILE: Profile = Profile::new("service", "1")
        .endpoint_env("NEMO_TELEMETRY_ENDPOINT")
        .rate(RatePolicy::per_minute(3))
        .event_keys(EventKeyOrder::TimeLast)
        .headers(&[("User-Agent", "service/1.2.3")])
        .consent(
            ConsentPolicy::variables(&[("SERVICE_TELEMETRY", Rule::Enable), ("DO_NOT_TRACK", Rule::OptOut)])
                .without_marker(),
        );
}

/// The service has started.
#[derive(Debug, Clone, TelemetryEvent)]
#[telemetry(product = Service, event_name = "started", schema_version = "1.0")]
pub(crate) struct Started {
    /// Processors that it may use.
    num_processors: u32,
}

impl Sample for Started {
    fn sample() -> Self {
        Self { num_processors: 2 }
    }
}
