// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

#![allow(unused)]

use telemetry_guardrails::{RailsConfig, RailsEngine, telemetry_engine};

#[telemetry_engine(engine = RailsEngine::LlmRails)]
mod engine {}

fn main() {}
