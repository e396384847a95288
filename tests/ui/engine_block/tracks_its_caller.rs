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
    #[track_caller]
    fn new(config: RailsConfig) -> Self {
        Self { config }
    }
}

fn main() {
    let _there_is_one = RailsConfig::from_path("config").map(Engine::new);
}
