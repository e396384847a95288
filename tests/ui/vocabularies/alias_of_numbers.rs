// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

#![allow(unused, non_camel_case_types)]

use telemetry_core::TelemetryEnum;

/// How it ended.
#[derive(TelemetryEnum)]
enum Outcome {
    #[telemetry(alias(1, 2))]
    Success,
    #[telemetry(alias())]
    Failure,
    #[telemetry(alias("stopped", ""))]
    Interrupted,
}

fn main() {}
