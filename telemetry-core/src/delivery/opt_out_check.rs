// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Caches the latest check for opt-outs, by the worker or by a report, for 25 ms: it counts for all reports of the process.
//!
//! The system call costs more than the rest of a report, and tells reports in quick succession nothing new. The worker checks the
//! marker before each of its actions, so nothing is sent after an opt-out, however old the cached check is. The cache is empty without
//! a worker.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use super::worker_state::LINGER;

/// How long a check is valid: no longer than the worker lingers, since it checks again when it continues.
const TTL: Duration = LINGER;

/// The markers that the process has recently found absent, so that a report need not check them.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct KnownAbsent {
    /// The user's marker.
    pub(crate) marker: bool,
    /// The markers of the machine, which the worker and the first report of a process check.
    pub(crate) machine: bool,
}

/// The time of the latest check that found no opt-out, in nanoseconds of the machine's time; zero without a worker, or before its
/// first check.
#[derive(Debug, Default)]
pub(super) struct OptOutCheckCache(AtomicU64);

impl OptOutCheckCache {
    /// The worker has found no opt-out, by a check that began `now`.
    pub(super) fn remember(&self, now: Duration) {
        self.0.store(nanoseconds(now), Ordering::Relaxed);
    }

    /// A report has found no opt-out, by a check that began `now`.
    pub(super) fn remember_report(&self, now: Duration) {
        let later = |checked_at: u64| (checked_at != 0).then_some(checked_at.max(nanoseconds(now)));
        // Fails, and changes nothing, without a worker.
        let _ = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, later);
    }

    /// The worker has found an opt-out, or ends.
    pub(super) fn forget(&self) {
        self.0.store(0, Ordering::Relaxed);
    }

    /// Whether the latest check is so recent that a report need not make one.
    pub(super) fn is_fresh(&self, now: Duration) -> bool {
        let checked_at = self.0.load(Ordering::Relaxed);
        checked_at != 0 && now.saturating_sub(Duration::from_nanos(checked_at)) < TTL
    }
}

fn nanoseconds(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Duration = Duration::from_secs(7);

    const MOMENT: Duration = Duration::from_nanos(1);

    #[test]
    fn a_check_of_the_worker_stays_fresh_for_a_moment() {
        let cache = OptOutCheckCache::default();
        assert!(!cache.is_fresh(NOW), "nothing was checked");
        cache.remember(NOW);
        assert!(cache.is_fresh(NOW));
        assert!(cache.is_fresh(NOW + TTL - MOMENT));
        assert!(!cache.is_fresh(NOW + TTL));
    }

    #[test]
    fn a_check_of_a_report_stays_fresh_as_long_and_never_replaces_a_later_one() {
        let cache = OptOutCheckCache::default();
        cache.remember(NOW);
        cache.remember_report(NOW + TTL);
        cache.remember_report(NOW);
        assert!(cache.is_fresh(NOW + 2 * TTL - MOMENT));
        assert!(!cache.is_fresh(NOW + 2 * TTL));
    }

    #[test]
    fn a_check_of_a_report_does_not_count_without_a_worker_to_check_again() {
        let cache = OptOutCheckCache::default();
        cache.remember_report(NOW);
        assert!(!cache.is_fresh(NOW));
        cache.remember(NOW);
        cache.forget();
        cache.remember_report(NOW);
        assert!(!cache.is_fresh(NOW));
    }
}
