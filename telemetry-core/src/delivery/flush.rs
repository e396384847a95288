// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Waiting for delivery: how long a flush, a shutdown and the exit of the process wait, and what for.

use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};

use super::handle::{Delivery, State};
use super::machine::Machine;
use crate::sync::{MutexGuard, retry_within, taken};

/// Longer than any thread that runs holds the lock.
const LOCK_TAKES: Duration = Duration::from_millis(5);

impl State {
    /// Whether nothing more can be delivered until `last_moment`.
    fn has_nothing_to_come(&self, last_moment: Duration) -> bool {
        let too_late = self.machine.next_request_at().is_some_and(|at| at > last_moment);
        self.machine.is_idle() || !self.has_worker || too_late
    }
}

impl Delivery {
    /// Waits until nothing is queued, `timeout` at most. Returns whether nothing is.
    pub(crate) fn flush(self: &Arc<Self>, timeout: Duration) -> bool {
        if !self.can_be_locked(timeout) {
            return false;
        }
        self.change(Machine::flush);
        self.wait_for_progress(timeout, |state| state.machine.is_idle() || !state.has_worker);
        self.with_machine(|machine| machine.is_idle())
    }

    /// Like [`flush`](Self::flush), but starts no thread, and does not wait for what cannot come in time. It returns within
    /// `timeout` even if a thread holds the lock that will never run again, and it neither allocates nor frees, since that
    /// thread may hold the allocator's lock too.
    pub(crate) fn flush_before_exit(&self, timeout: Duration) {
        let (start, last_moment) = (Instant::now(), self.now().saturating_add(timeout));
        let Some(mut state) = retry_within(timeout, || self.try_lock()) else { return };
        state.machine.flush();
        // Not taken back: what other threads report while the process exits wakes the worker at once.
        state.waiters += 1;
        let wakes_worker = state.mark_running();
        drop(state);
        if wakes_worker {
            self.work.notify_one();
        }
        // A condition variable would wait for the lock without a bound.
        let rest = timeout.saturating_sub(start.elapsed());
        retry_within(rest, || self.try_lock().filter(|state| state.has_nothing_to_come(last_moment)));
    }

    /// Whether the lock is released within `timeout`, or at least a moment. An exit hook of the host's may flush too, after a
    /// signal handler has interrupted a report and called `exit`: then it never is.
    fn can_be_locked(&self, timeout: Duration) -> bool {
        // No thread is interrupted in a model checker, whose time does not pass.
        cfg!(feature = "model") || retry_within(timeout.max(LOCK_TAKES), || self.try_lock()).is_some()
    }

    fn try_lock(&self) -> Option<MutexGuard<'_, State>> {
        taken(self.state.try_lock())
    }

    /// Takes no more records, waits until what is queued is delivered and the thread has ended, `timeout` at most, and drops
    /// the rest. Returns whether there was no rest.
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

    /// Takes no more records. The thread delivers what waits and ends.
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
