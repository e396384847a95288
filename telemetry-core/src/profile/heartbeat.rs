// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! How often a process repeats an event, as data.

use std::time::Duration;

use super::Profile;

/// How often a process reports that it is still running. A profile has no heartbeat by default.
///
/// ```
/// use std::time::Duration;
/// use telemetry_core::profile::HeartbeatPolicy;
///
/// const HOURLY: HeartbeatPolicy =
///     HeartbeatPolicy::every(Duration::from_secs(3600)).interval_env("SHOP_HEARTBEAT_INTERVAL_S");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeartbeatPolicy {
    pub(crate) interval: Duration,
    pub(crate) interval_env: Option<&'static str>,
}

impl HeartbeatPolicy {
    /// A heartbeat after each `interval` plus a random delay of up to a tenth of it, at most 60 s.
    ///
    /// # Panics
    ///
    /// If the interval is shorter than 1 s; in a constant that is a compile error.
    #[must_use]
    pub const fn every(interval: Duration) -> Self {
        assert!(interval.as_secs() > 0, "a heartbeat interval is at least a second");
        Self { interval, interval_env: None }
    }

    /// Names the environment variable with another interval in seconds. It is read once, at the first start.
    #[must_use]
    pub const fn interval_env(mut self, variable: &'static str) -> Self {
        assert!(!variable.is_empty(), "an environment variable needs a name");
        self.interval_env = Some(variable);
        self
    }
}

impl Profile {
    /// Adds a heartbeat. Default: none.
    ///
    /// ```
    /// # use telemetry_core::Profile;
    /// # use std::time::Duration;
    /// # use telemetry_core::profile::HeartbeatPolicy;
    /// const PROFILE: Profile = Profile::new("shop", "1").heartbeat(HeartbeatPolicy::every(Duration::from_secs(600)));
    /// ```
    #[must_use]
    pub const fn heartbeat(mut self, policy: HeartbeatPolicy) -> Self {
        self.heartbeat = Some(policy);
        self
    }
}
