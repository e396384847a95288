// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

#![allow(unused, non_camel_case_types)]

use telemetry_core::TelemetryEnum;

/// How the customer paid.
#[derive(TelemetryEnum)]
enum Payment {
    Cash,
    #[telemetry(rename = "Cash")]
    Coins,
}

fn main() {}
