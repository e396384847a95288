// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

#![allow(unused)]

use telemetry_guardrails::{RailsConfig, RailsEngine, telemetry_engine};

#[telemetry_engine(engine = RailsEngine::LlmRails, config = self.config)]
struct Engine {
    config: RailsConfig,
}

#[telemetry_engine]
impl Engine {
    #[telemetry(constructor)]
    fn two(config: RailsConfig) -> Vec<Self> {
        Vec::new()
    }
}

fn main() {}
