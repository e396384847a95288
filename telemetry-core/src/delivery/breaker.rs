// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The breaker: after repeated failure the collector is left alone, but for one probe per interval.

use std::time::Duration;

use crate::profile::BreakerPolicy;
use crate::stats::BreakerState;

#[derive(Debug)]
pub(super) struct Breaker {
    policy: BreakerPolicy,
    failures: u32,
    /// When the next probe may start; none while the breaker is closed.
    next_probe: Option<Duration>,
    /// While a probe is on its way: when it was due.
    probing: Option<Duration>,
}

impl Breaker {
    pub(super) fn new(policy: BreakerPolicy) -> Self {
        Self { policy, failures: 0, next_probe: None, probing: None }
    }

    /// The moment from which a request may start.
    pub(super) fn opens_at(&self) -> Duration {
        self.next_probe.unwrap_or_default()
    }

    pub(super) fn is_open(&self) -> bool {
        self.next_probe.is_some()
    }

    /// A request starts. The interval between probes counts from here, so a slow failure does not shorten it.
    pub(super) fn request_starts(&mut self, now: Duration) {
        self.probing = self.next_probe;
        if self.is_open() {
            self.next_probe = Some(now.saturating_add(self.policy.probe_interval));
        }
    }

    /// The request was not made after all, so it was no probe.
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

    /// Opens at once; a breaker that is open keeps the moment of its next probe.
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
