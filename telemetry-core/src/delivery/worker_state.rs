// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! How the worker waits, which decides whether a report has to wake it.
//!
//! Waking a thread is by far the most expensive part of a report: it costs several times as much as the rest, and more under a
//! hypervisor. A worker that has just been active therefore lingers first. It looks for work again by itself, and a report in the
//! meantime need not wake it. A process that reports occasionally pays for one wake-up per report. A process that reports continuously
//! pays for none, even while a batch is incomplete or a backoff is running, because a worker that is woken lingers again.

use std::time::Duration;

/// How long the worker lingers. An event may be sent later by this much.
pub(super) const LINGER: Duration = Duration::from_millis(25);

/// Time does not pass in a model checker, so its worker never lingers.
const LINGER_OR_NONE: Duration = if cfg!(feature = "model") { Duration::ZERO } else { LINGER };

/// What the worker is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WorkerState {
    /// Running. It looks for work before it waits.
    Running,
    /// Waiting for at most [`LINGER`]. Only urgent work wakes it.
    Lingering,
    /// Waiting until it is woken, or until its next action is due.
    Parked,
}

impl WorkerState {
    /// How a worker waits next, and until when, if it is idle `now` and may wait until `until`. It lingers in its first wait.
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
