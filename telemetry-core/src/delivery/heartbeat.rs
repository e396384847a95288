// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The schedule of heartbeats. After a sleep of the process, a single heartbeat replaces all that were missed.

use std::time::Duration;

use crate::heartbeat_interval::usable_interval;

/// The longest random delay of a heartbeat, in seconds and as a share of the interval (reference: `_heartbeat_loop`).
const MAX_JITTER_S: f64 = 60.0;
const JITTER_SHARE: f64 = 0.1;

#[derive(Debug)]
pub(super) struct Heartbeat {
    interval_s: f64,
    pub(super) due: Duration,
}

impl Heartbeat {
    /// A heartbeat that is due one interval and a random delay after `now`. `None` if the interval is not usable. `jitter` is between 0
    /// and 1.
    pub(super) fn scheduled(interval_s: f64, loopback: bool, now: Duration, jitter: f64) -> Option<Self> {
        let interval = usable_interval(interval_s, loopback)?;
        let longest = MAX_JITTER_S.min(interval_s * JITTER_SHARE);
        let delay = Duration::try_from_secs_f64(longest * jitter).unwrap_or_default();
        Some(Self { interval_s, due: now.checked_add(interval)?.checked_add(delay)? })
    }

    /// The heartbeat after this one.
    pub(super) fn next(&self, loopback: bool, now: Duration, jitter: f64) -> Option<Self> {
        Self::scheduled(self.interval_s, loopback, now, jitter)
    }
}
