// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

#![allow(unused)]

use telemetry_guardrails::{RailsConfig, RailsEngine, telemetry_engine};

#[telemetry_engine(engine = RailsEngine::LlmRails, config = self.config)]
struct Engine<T> {
    config: RailsConfig,
    part: T,
}

#[telemetry_engine]
impl<T: Default> Engine<T> {
    #[telemetry(constructor)]
    fn new(config: RailsConfig) -> Self {
        Self { config, part: T::default() }
    }

    #[telemetry(constructor)]
    fn qualified(config: RailsConfig) -> Self {
        <Self>::new(config)
    }

    #[telemetry(constructor)]
    fn qualified_by_name(config: RailsConfig) -> Self {
        <crate::Engine<T>>::new(config)
    }

    #[telemetry(constructor)]
    fn with_arguments(config: RailsConfig) -> Self {
        Engine::<T>::new(config)
    }

    #[telemetry(constructor)]
    fn in_parentheses(config: RailsConfig) -> Self {
        (<Self>::new)(config)
    }
}

fn main() {}
