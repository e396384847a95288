// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Flushes that tasks await: which tasks wait, until when, and how they are woken. The worker keeps their time, so that none
//! of them needs a thread or a timer.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::task::{Poll, Waker};
use std::time::Duration;

use super::handle::{Delivery, State};
use crate::process_identity::ProcessIdentity;
use crate::sync::MutexGuard;

/// When a wait is over at the latest, and its number. The earliest is first.
type Key = (Duration, u64);

/// All flushes that tasks await. Those that are pending are kept apart, in the order of their ends: a report and a turn of
/// the worker look at the first one, however many there are.
#[derive(Default)]
pub(super) struct Waits {
    /// How each task is woken. Missing before the first poll.
    pending: BTreeMap<Key, Option<Waker>>,
    /// Whether nothing was queued when a wait was over. It stays so, whatever is reported until the task runs.
    over: BTreeMap<Key, bool>,
    next_number: u64,
}

impl Waits {
    pub(super) fn add(&mut self, last_moment: Duration) -> Key {
        let key = (last_moment, self.next_number);
        self.next_number = self.next_number.wrapping_add(1);
        self.pending.insert(key, None);
        key
    }

    /// Whether a task waits.
    pub(super) fn has_pending(&self) -> bool {
        !self.pending.is_empty()
    }

    /// This moment, or an earlier one at which a task has waited long enough.
    pub(super) fn sooner(&self, until: Duration) -> Duration {
        self.pending.first_key_value().map_or(until, |((last_moment, _), _)| until.min(*last_moment))
    }

    /// Ends all waits with this outcome, and returns how to wake their tasks.
    fn end_all(&mut self, outcome: bool) -> Vec<Waker> {
        let ended = std::mem::take(&mut self.pending);
        self.over.extend(ended.keys().map(|key| (*key, outcome)));
        ended.into_values().flatten().collect()
    }

    /// Ends the waits that have lasted long enough `now`, with something still queued, and returns how to wake their tasks.
    fn end_due(&mut self, now: Duration) -> Vec<Waker> {
        let mut wakers = Vec::new();
        while let Some(first) = self.pending.first_entry().filter(|first| first.key().0 <= now) {
            let (key, waker) = first.remove_entry();
            self.over.insert(key, false);
            wakers.extend(waker);
        }
        wakers
    }

    /// The outcome of a wait, if it is over; else its task is woken by `waker` from now on. Returns the waker that is not
    /// needed any more, to be dropped without the lock.
    fn poll(&mut self, key: Key, waker: Waker) -> (Poll<bool>, Option<Waker>) {
        match self.pending.get_mut(&key) {
            Some(current) => (Poll::Pending, current.replace(waker)),
            None => (Poll::Ready(self.over.get(&key).copied().unwrap_or_default()), Some(waker)),
        }
    }

    /// Forgets a wait. Returns its waker, to be dropped without the lock.
    fn remove(&mut self, key: Key) -> Option<Waker> {
        self.over.remove(&key);
        self.pending.remove(&key).flatten()
    }
}

impl State {
    /// Ends the waits of all tasks that have nothing to wait for `now`.
    pub(super) fn end_waits(&mut self, now: impl FnOnce() -> Duration) -> Vec<Waker> {
        if !self.waits.has_pending() {
            return Vec::new();
        }
        let is_idle = self.machine.is_idle();
        if is_idle || !self.has_worker {
            return self.waits.end_all(is_idle);
        }
        self.waits.end_due(now())
    }
}

/// Wakes tasks. Their runtime is foreign code, so no lock is held here.
pub(super) fn wake_all(wakers: Vec<Waker>) {
    for waker in wakers {
        // A runtime that panics must not end the worker, nor the report that made the progress.
        let _ = catch_unwind(AssertUnwindSafe(|| waker.wake()));
    }
}

impl Delivery {
    /// Starts to flush, for a task that waits `timeout` at most. `process` is the one that this delivery belongs to.
    pub(crate) fn flush_awaited(self: &Arc<Self>, process: ProcessIdentity, timeout: Duration) -> Awaited {
        let last_moment = self.now().saturating_add(timeout);
        let key = self.change_state(|state| {
            state.machine.flush();
            state.waits.add(last_moment)
        });
        Awaited { delivery: Arc::clone(self), process, key }
    }

    /// Wakes the tasks that have waited long enough. The lock is released for that.
    pub(super) fn wake_tasks<'a>(&'a self, mut state: MutexGuard<'a, State>) -> MutexGuard<'a, State> {
        let wakers = state.end_waits(|| self.now());
        if wakers.is_empty() {
            return state;
        }
        drop(state);
        wake_all(wakers);
        self.lock()
    }
}

/// A flush that a task awaits. When it is dropped, nothing of it is left.
pub(crate) struct Awaited {
    delivery: Arc<Delivery>,
    process: ProcessIdentity,
    key: Key,
}

impl Awaited {
    /// Whether nothing is queued, if the wait is over. A forked child has nothing of its parent's to deliver.
    pub(crate) fn poll(&self, waker: &Waker) -> Poll<bool> {
        if !self.is_of_this_process() {
            return Poll::Ready(true);
        }
        let waker = waker.clone();
        let mut state = self.delivery.lock();
        let over = state.end_waits(|| self.delivery.now());
        let (polled, unneeded) = state.waits.poll(self.key, waker);
        drop(state);
        wake_all(over);
        drop(unneeded);
        polled
    }

    /// A forked child must not wait for a lock that a thread of its parent held.
    fn is_of_this_process(&self) -> bool {
        self.process == ProcessIdentity::current()
    }
}

impl Drop for Awaited {
    fn drop(&mut self) {
        if self.is_of_this_process() {
            let waker = self.delivery.lock().waits.remove(self.key);
            // The waker is foreign code, so the lock is released first.
            drop(waker);
        }
    }
}
