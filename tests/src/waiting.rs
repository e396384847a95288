// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Waits that do not depend on the speed of the machine.

use std::time::{Duration, Instant};

use crate::server::PATIENCE;

/// How often [`one_within`] tries.
const ATTEMPTS: u32 = 10;

/// Waits until the condition holds.
///
/// # Panics
///
/// If that takes longer than a test waits.
pub fn wait_until(holds: impl FnMut() -> bool) {
    assert!(becomes_true(holds), "the condition does not come true");
}

/// Whether the condition holds before a test stops waiting.
#[must_use]
pub fn becomes_true(mut holds: impl FnMut() -> bool) -> bool {
    let end = Instant::now() + PATIENCE;
    while !holds() {
        if Instant::now() >= end {
            return false;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    true
}

/// Runs something until it takes less than `limit` once, which is how long it takes each time if it waits for what it should not. A busy
/// machine delays some runs, and not each of ten.
///
/// # Panics
///
/// If each run takes `limit` or longer.
pub fn one_within<T>(limit: Duration, mut run: impl FnMut() -> T) -> T {
    for _ in 0..ATTEMPTS {
        let start = Instant::now();
        let result = run();
        if start.elapsed() < limit {
            return result;
        }
    }
    panic!("each of {ATTEMPTS} runs took {limit:?} or longer");
}
