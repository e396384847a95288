// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The time of day, which a test can set.

use std::time::{SystemTime, UNIX_EPOCH};

/// The time of day. Waiting never depends on it, so it may jump.
pub trait Clock: Send + Sync + 'static {
    /// Seconds since the start of 1970, UTC.
    fn unix_seconds(&self) -> f64;
}

/// The clock of the system.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn unix_seconds(&self) -> f64 {
        match SystemTime::now().duration_since(UNIX_EPOCH) {
            Ok(since) => since.as_secs_f64(),
            Err(before) => -before.duration().as_secs_f64(),
        }
    }
}
