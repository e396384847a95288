// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The latest look for an opt-out, by the worker or by a report: for a moment it counts for all reports of the process.
//!
//! The system call costs more than the rest of a report, and reports that follow each other closely learn nothing new from
//! it. The worker looks at the marker before everything it does, so it sees before the event leaves what a report has not
//! seen: nothing is sent after an opt-out, however old a look is. That takes a worker, so without one no look counts.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use super::sleep::LINGER;

/// The markers that need not be looked for, since the process has looked and they were not there.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct KnownAbsent {
    /// The user's marker.
    pub(crate) marker: bool,
    /// The markers of the machine. The worker looks for them, and so does the first report of a process.
    pub(crate) machine: bool,
}

/// The time of the latest look that found no opt-out, in nanoseconds of the machine's time; zero without a worker, or before its
/// first look.
#[derive(Debug, Default)]
pub(super) struct Look(AtomicU64);

impl Look {
    /// The worker has found no opt-out, by a look that began `now`.
    pub(super) fn remember(&self, now: Duration) {
        self.0.store(nanoseconds(now), Ordering::Relaxed);
    }

    /// A report has found no opt-out, by a look that began `now`.
    pub(super) fn remember_report(&self, now: Duration) {
        let later = |looked_at: u64| (looked_at != 0).then_some(looked_at.max(nanoseconds(now)));
        // Nothing to remember if there is no worker.
        let _ = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, later);
    }

    /// The worker has found an opt-out, or ends.
    pub(super) fn forget(&self) {
        self.0.store(0, Ordering::Relaxed);
    }

    /// Whether the latest look is so recent that a report need not look.
    pub(super) fn counts(&self, now: Duration) -> bool {
        let looked_at = self.0.load(Ordering::Relaxed);
        looked_at != 0 && now.saturating_sub(Duration::from_nanos(looked_at)) < LINGER
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
    fn a_look_of_the_worker_counts_for_a_moment() {
        let look = Look::default();
        assert!(!look.counts(NOW), "no look was taken");
        look.remember(NOW);
        assert!(look.counts(NOW));
        assert!(look.counts(NOW + LINGER - MOMENT));
        assert!(!look.counts(NOW + LINGER));
    }

    #[test]
    fn a_look_of_a_report_counts_as_long_and_never_replaces_a_later_one() {
        let look = Look::default();
        look.remember(NOW);
        look.remember_report(NOW + LINGER);
        look.remember_report(NOW);
        assert!(look.counts(NOW + 2 * LINGER - MOMENT));
        assert!(!look.counts(NOW + 2 * LINGER));
    }

    #[test]
    fn a_look_of_a_report_does_not_count_without_a_worker_to_look_again() {
        let look = Look::default();
        look.remember_report(NOW);
        assert!(!look.counts(NOW));
        look.remember(NOW);
        look.forget();
        look.remember_report(NOW);
        assert!(!look.counts(NOW));
    }
}
