// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

#![allow(unused, non_camel_case_types)]

use telemetry_core::TelemetryEnum;

/// How the customer paid.
#[derive(TelemetryEnum)]
#[telemetry(rename_all = "Train-Case")]
enum Payment {
    Cash,
}

fn main() {}
