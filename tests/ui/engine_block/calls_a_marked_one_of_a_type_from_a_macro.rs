// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

#![allow(unused)]

use telemetry_guardrails::{RailsConfig, RailsEngine, telemetry_engine};

#[telemetry_engine(engine = RailsEngine::LlmRails, config = self.config)]
struct Engine {
    config: RailsConfig,
}

macro_rules! constructors {
    ($engine:ty) => {
        #[telemetry_engine]
        impl $engine {
            #[telemetry(constructor)]
            fn new(config: RailsConfig) -> Self {
                Self { config }
            }

            #[telemetry(constructor)]
            fn optional(config: RailsConfig) -> Option<$engine> {
                Some(<$engine>::new(config))
            }
        }
    };
}

constructors!(Engine);

fn main() {}
