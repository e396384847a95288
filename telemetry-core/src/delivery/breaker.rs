// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A circuit breaker: after repeated failures it holds requests back, except for one probe per interval.

use std::time::Duration;

use crate::profile::BreakerPolicy;
use crate::stats::BreakerState;

#[derive(Debug)]
pub(super) struct Breaker {
    policy: BreakerPolicy,
    failures: u32,
    /// When the next probe may start; `None` while the breaker is closed.
    next_probe: Option<Duration>,
    /// When the current probe was due, while one is in flight.
    probing: Option<Duration>,
}

impl Breaker {
    pub(super) fn new(policy: BreakerPolicy) -> Self {
        Self { policy, failures: 0, next_probe: None, probing: None }
    }

    /// The earliest time at which a request may start.
    pub(super) fn opens_at(&self) -> Duration {
        self.next_probe.unwrap_or_default()
    }

    pub(super) fn is_open(&self) -> bool {
        self.next_probe.is_some()
    }

    /// Records the start of a request. The interval between probes counts from here, so a slow failure does not shorten it.
    pub(super) fn request_starts(&mut self, now: Duration) {
        self.probing = self.next_probe;
        if self.is_open() {
            self.next_probe = Some(now.saturating_add(self.policy.probe_interval));
        }
    }

    /// Takes the start of a request back, since it was not made.
    pub(super) fn request_withheld(&mut self) {
        self.next_probe = self.probing.take().or(self.next_probe);
    }

    pub(super) fn request_succeeded(&mut self) {
        *self = Self::new(self.policy);
    }

    pub(super) fn request_failed(&mut self, now: Duration) {
        self.probing = None;
        self.failures = self.failures.saturating_add(1);
        if self.failures >= self.policy.failures {
            self.open(now);
        }
    }

    /// Opens the breaker at once. If it is already open, the time of the next probe does not change.
    pub(super) fn open(&mut self, now: Duration) {
        self.failures = self.policy.failures;
        self.next_probe.get_or_insert(now.saturating_add(self.policy.probe_interval));
        self.probing = None;
    }

    pub(super) fn state(&self) -> BreakerState {
        match (self.is_open(), self.probing.is_some()) {
            (false, _) => BreakerState::Closed,
            (true, false) => BreakerState::Open,
            (true, true) => BreakerState::Probing,
        }
    }
}
