// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Starts a client, reports twice, and prints for each report how often it allocated, and how many bytes.

use telemetry_guardrails::{client, report_usage};
use telemetry_tests::allocations::{Counting, count};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn main() {
    let _ = client();
    for _ in 0..2 {
        let (number, bytes) = count(|| report_usage(None, "library", "LLMRails"));
        println!("{number} {bytes}");
    }
}
