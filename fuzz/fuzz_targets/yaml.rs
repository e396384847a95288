// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Runs only the YAML layer.

#![no_main]

use libfuzzer_sys::fuzz_target;
use telemetry_fuzz::{answer, memory};

#[global_allocator]
static GAUGE: memory::Gauge = memory::Gauge;

fuzz_target!(|text: &str| {
    let (outcome, peak) = memory::peak_of(|| guardrails_config::__fuzz1::check_yaml(text));
    assert!(peak <= memory::MOST + text.len(), "{peak} bytes for an input of {}", text.len());
    if let Err(error) = outcome {
        answer::check_error(&error);
        let lines = text.matches(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']).count() + 2;
        assert!(error.line().is_none_or(|line| line as usize <= lines), "{error}");
    }
});
