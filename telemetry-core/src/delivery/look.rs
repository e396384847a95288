// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The worker's latest look for an opt-out: for a moment it stands for the reports of this process too.
//!
//! The worker looks at the marker before everything it does, so while it is at work a report that looks as well learns
//! nothing new, and pays for a system call that costs more than the rest of the report. What a report does not see the worker
//! sees before the event leaves, so nothing is sent after an opt-out, however old a look is.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// How long a look stands: about as long as the worker rests between two pieces of work.
const STANDS_FOR: Duration = Duration::from_millis(25);

/// When the worker last looked and found no opt-out, in nanoseconds of the machine's time; zero if no look stands.
#[derive(Debug, Default)]
pub(super) struct Look(AtomicU64);

impl Look {
    /// There was no opt-out, by a look that began `now`.
    pub(super) fn remember(&self, now: Duration) {
        self.0.store(u64::try_from(now.as_nanos()).unwrap_or(0), Ordering::Relaxed);
    }

    /// There was one, or nobody will look before the next event leaves.
    pub(super) fn forget(&self) {
        self.0.store(0, Ordering::Relaxed);
    }

    /// Whether the latest look is so recent that nobody else has to.
    pub(super) fn stands(&self, now: Duration) -> bool {
        let looked_at = self.0.load(Ordering::Relaxed);
        looked_at != 0 && now.saturating_sub(Duration::from_nanos(looked_at)) < STANDS_FOR
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Duration = Duration::from_secs(7);

    #[test]
    fn a_look_stands_for_a_moment() {
        let look = Look::default();
        assert!(!look.stands(NOW), "nobody has looked");
        look.remember(NOW);
        assert!(look.stands(NOW));
        assert!(look.stands(NOW + STANDS_FOR - Duration::from_nanos(1)));
        assert!(!look.stands(NOW + STANDS_FOR));
    }

    #[test]
    fn a_look_that_found_an_opt_out_does_not_stand() {
        let look = Look::default();
        look.remember(NOW);
        look.forget();
        assert!(!look.stands(NOW));
    }
}
