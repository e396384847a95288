// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Blocking waits for delivery: in a flush, in a shutdown, and at the exit of the process.

use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};

use super::handle::{Delivery, State};
use super::machine::Machine;
use crate::sync::{MutexGuard, retry_within, taken};

/// Longer than any running thread holds the lock.
const LOCK_PATIENCE: Duration = Duration::from_millis(5);

impl State {
    /// Whether nothing more can be delivered until `last_moment`.
    fn cannot_progress(&self, last_moment: Duration) -> bool {
        let too_late = self.machine.next_request_at().is_some_and(|at| at > last_moment);
        self.machine.is_idle() || !self.has_worker || too_late
    }
}

impl Delivery {
    /// Waits until the queue is empty, for at most `timeout`. Returns whether it is.
    pub(crate) fn flush(self: &Arc<Self>, timeout: Duration) -> bool {
        if !self.can_be_locked(timeout) {
            return false;
        }
        self.change(Machine::flush);
        self.wait_for_progress(timeout, |state| state.machine.is_idle() || !state.has_worker);
        self.with_machine(|machine| machine.is_idle())
    }

    /// Like [`flush`](Self::flush), but does not start a thread, and does not wait for deliveries that cannot finish in time. Returns
    /// within `timeout` even if the lock is held by a thread that never runs again. It does not allocate or free memory, since that
    /// thread may hold the allocator's lock too.
    pub(crate) fn flush_before_exit(&self, timeout: Duration) {
        let (start, last_moment) = (Instant::now(), self.now().saturating_add(timeout));
        let Some(mut state) = retry_within(timeout, || self.try_lock()) else { return };
        state.machine.flush();
        // Never decremented, so that reports of other threads wake the worker at once while the process exits.
        state.waiters += 1;
        let wakes_worker = state.mark_running();
        drop(state);
        if wakes_worker {
            self.work.notify_one();
        }
        // A condition variable would wait for the lock without a timeout.
        let rest = timeout.saturating_sub(start.elapsed());
        retry_within(rest, || self.try_lock().filter(|state| state.cannot_progress(last_moment)));
    }

    /// Whether the lock becomes free within `timeout`, or within [`LOCK_PATIENCE`] if that is longer. It never does if a signal handler
    /// interrupts a report and calls `exit`, and an exit hook of the host then flushes.
    fn can_be_locked(&self, timeout: Duration) -> bool {
        // The model checker does not interrupt threads, and its time does not pass.
        cfg!(feature = "model") || retry_within(timeout.max(LOCK_PATIENCE), || self.try_lock()).is_some()
    }

    fn try_lock(&self) -> Option<MutexGuard<'_, State>> {
        taken(self.state.try_lock())
    }

    /// Stops accepting records, waits for at most `timeout` until the queued ones are delivered and the thread has ended, and drops the
    /// rest. Returns whether nothing was left to drop.
    pub(crate) fn shutdown(self: &Arc<Self>, timeout: Duration) -> bool {
        if !self.can_be_locked(timeout) {
            return false;
        }
        self.stop();
        self.wait_for_progress(timeout, |state| !state.has_worker);
        let mut state = self.lock();
        let done = state.machine.is_idle() && !state.has_worker;
        state.machine.abandon();
        self.wake(state);
        done
    }

    /// Stops accepting records. The thread delivers the queued ones and ends.
    pub(crate) fn stop(self: &Arc<Self>) {
        self.change(Machine::stop);
    }

    fn wait_for_progress(&self, timeout: Duration, done: impl Fn(&State) -> bool) {
        let start = Instant::now();
        let mut state = self.lock();
        state.waiters += 1;
        while !done(&state) {
            let Some(rest) = timeout.checked_sub(start.elapsed()).filter(|rest| !rest.is_zero()) else {
                break;
            };
            state = self.progress.wait_timeout(state, rest).unwrap_or_else(PoisonError::into_inner).0;
        }
        state.waiters -= 1;
    }
}
