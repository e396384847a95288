// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! How the worker waits for something to do, and so what a report has to do about it.
//!
//! Waking a thread is by far the dearest thing that a report can do: it costs several times of everything else together, and
//! more where a hypervisor has to help. So a worker that has just had something to do takes a short rest first: it looks again
//! by itself, and a report of this time needs to wake nobody. A process that reports now and then pays for one wake-up, one
//! that reports again and again for none, even while a batch waits for company or a collector is left alone: who is woken
//! rests anew.

use std::time::Duration;

/// How long the worker rests, by which an event may leave later, and how long a look for an opt-out counts.
pub(super) const LINGER: Duration = Duration::from_millis(25);

/// A model checker's time does not pass, so it never sees a rest.
const REST: Duration = if cfg!(feature = "model") { Duration::ZERO } else { LINGER };

/// How the worker waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sleep {
    /// It does not.
    Awake,
    /// It looks again by itself in a moment; only what is urgent wakes it.
    Resting,
    /// It has to be woken.
    Asleep,
}

impl Sleep {
    /// How to wait the next time, and until when, for a worker that found nothing to do `now` and may wait for `until`.
    /// The first wait is a rest.
    pub(super) fn next(has_rested: bool, now: Duration, until: Duration) -> (Self, Duration) {
        let end = now.saturating_add(REST);
        if has_rested || REST.is_zero() { (Self::Asleep, until) } else { (Self::Resting, until.min(end)) }
    }
}

#[cfg(all(test, not(feature = "model")))]
mod tests {
    use super::*;

    const NOW: Duration = Duration::from_secs(7);

    #[test]
    fn the_worker_rests_once_before_it_falls_asleep() {
        let until = Duration::from_secs(3600);
        assert_eq!(Sleep::next(false, NOW, until), (Sleep::Resting, NOW + REST));
        assert_eq!(Sleep::next(true, NOW, until), (Sleep::Asleep, until));
    }

    #[test]
    fn a_rest_is_no_longer_than_the_wait() {
        let soon = NOW + Duration::from_millis(1);
        assert_eq!(Sleep::next(false, NOW, soon), (Sleep::Resting, soon));
    }
}
