// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

#![allow(unused, non_camel_case_types)]

use telemetry_core::TelemetryEnum;

enum Payment {
    Cash,
}

fn text<T: TelemetryEnum>(_: T) {}

fn used() {
    text(Payment::Cash);
}

fn main() {}
