// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The time of day, which a test can set.

use std::time::{SystemTime, UNIX_EPOCH};

/// The time of day. Waiting never depends on it, so it may jump.
///
/// ```
/// use telemetry_core::time::{Clock, IsoTimestamp};
///
/// /// A clock that a test has stopped.
/// struct Stopped(f64);
///
/// impl Clock for Stopped {
///     fn unix_seconds(&self) -> f64 {
///         self.0
///     }
/// }
///
/// let now = Stopped(1_700_000_000.0).unix_seconds();
/// assert_eq!(IsoTimestamp::new(now).unwrap().to_string(), "2023-11-14T22:13:20.000Z");
/// ```
pub trait Clock: Send + Sync + 'static {
    /// Seconds since the start of 1970, UTC.
    fn unix_seconds(&self) -> f64;
}

/// The clock of the system.
///
/// ```
/// use telemetry_core::time::{Clock, SystemClock};
///
/// assert!(SystemClock.unix_seconds() > 1_700_000_000.0);
/// ```
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
