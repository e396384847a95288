// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! How the worker waits for something to do, and so what a report has to do about it.
//!
//! Waking a thread is by far the dearest thing that a report can do: it costs several times of everything else together, and
//! more where a hypervisor has to help. So a worker that has just had something to do lingers first: it looks again by itself,
//! and a report of this time need not wake it. A process that reports now and then pays for one wake-up, one that reports
//! again and again for none, even while a batch waits for company or a collector is left alone: a worker that is woken
//! lingers again.

use std::time::Duration;

/// How long the worker lingers, by which an event may leave later.
pub(super) const LINGER: Duration = Duration::from_millis(25);

/// A model checker's time does not pass, so its worker never lingers.
const LINGER_OR_NONE: Duration = if cfg!(feature = "model") { Duration::ZERO } else { LINGER };

/// What the worker does while nothing is ready.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WorkerState {
    /// It runs, and looks for work before it waits.
    Running,
    /// It looks again by itself in a moment; only what is urgent wakes it.
    Lingering,
    /// It has to be woken.
    Parked,
}

impl WorkerState {
    /// How to wait the next time, and until when, for a worker that found nothing to do `now` and may wait for `until`.
    /// It lingers in its first wait.
    pub(super) fn next(has_lingered: bool, now: Duration, until: Duration) -> (Self, Duration) {
        let end = now.saturating_add(LINGER_OR_NONE);
        if has_lingered || LINGER_OR_NONE.is_zero() {
            (Self::Parked, until)
        } else {
            (Self::Lingering, until.min(end))
        }
    }
}

#[cfg(all(test, not(feature = "model")))]
mod tests {
    use super::*;

    const NOW: Duration = Duration::from_secs(7);

    #[test]
    fn the_worker_lingers_once_before_it_parks() {
        let until = Duration::from_secs(3600);
        assert_eq!(WorkerState::next(false, NOW, until), (WorkerState::Lingering, NOW + LINGER_OR_NONE));
        assert_eq!(WorkerState::next(true, NOW, until), (WorkerState::Parked, until));
    }

    #[test]
    fn a_worker_lingers_no_longer_than_it_waits() {
        let soon = NOW + Duration::from_millis(1);
        assert_eq!(WorkerState::next(false, NOW, soon), (WorkerState::Lingering, soon));
    }
}
