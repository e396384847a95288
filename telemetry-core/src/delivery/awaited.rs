// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Flushes that async tasks await. The worker watches their timeouts, so that they need neither a thread nor a timer.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::task::{Poll, Waker};
use std::time::Duration;

use super::handle::{Delivery, State};
use crate::process_identity::ProcessIdentity;
use crate::sync::MutexGuard;

/// The deadline of a wait, and its number. Keys sort by deadline.
type Key = (Duration, u64);

/// All awaited flushes. The pending ones are sorted by deadline, so that a report and each turn of the worker check only the first.
#[derive(Default)]
pub(super) struct Waits {
    /// The waker of each task, once it has been polled.
    pending: BTreeMap<Key, Option<Waker>>,
    /// Whether the queue was empty when the wait ended. Later reports do not change this before the task runs.
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

    /// Whether a task is waiting.
    pub(super) fn has_pending(&self) -> bool {
        !self.pending.is_empty()
    }

    /// `until`, or the first deadline if it is earlier.
    pub(super) fn sooner(&self, until: Duration) -> Duration {
        self.pending.first_key_value().map_or(until, |((last_moment, _), _)| until.min(*last_moment))
    }

    /// Ends all waits with this outcome, and returns the wakers of their tasks.
    fn end_all(&mut self, outcome: bool) -> Vec<Waker> {
        let ended = std::mem::take(&mut self.pending);
        self.over.extend(ended.keys().map(|key| (*key, outcome)));
        ended.into_values().flatten().collect()
    }

    /// Ends the waits whose deadline has passed while events are still queued, and returns the wakers of their tasks.
    fn end_due(&mut self, now: Duration) -> Vec<Waker> {
        let mut wakers = Vec::new();
        while let Some(first) = self.pending.first_entry().filter(|first| first.key().0 <= now) {
            let (key, waker) = first.remove_entry();
            self.over.insert(key, false);
            wakers.extend(waker);
        }
        wakers
    }

    /// The outcome of a wait if it is over; otherwise keeps `waker` for it. Also returns the waker that is no longer needed, which is to
    /// be dropped after the lock is released.
    fn poll(&mut self, key: Key, waker: Waker) -> (Poll<bool>, Option<Waker>) {
        match self.pending.get_mut(&key) {
            Some(current) => (Poll::Pending, current.replace(waker)),
            None => (Poll::Ready(self.over.get(&key).copied().unwrap_or_default()), Some(waker)),
        }
    }

    /// Removes a wait. Returns its waker, which is to be dropped after the lock is released.
    fn remove(&mut self, key: Key) -> Option<Waker> {
        self.over.remove(&key);
        self.pending.remove(&key).flatten()
    }
}

impl State {
    /// Ends the waits that are over: all of them if the queue is empty or no worker exists, else those past their deadline.
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

/// Wakes tasks. This calls code of their runtime, so it must not be called with the lock held.
pub(super) fn wake_all(wakers: Vec<Waker>) {
    for waker in wakers {
        // A panic in the runtime must not end the worker or the report that calls this.
        let _ = catch_unwind(AssertUnwindSafe(|| waker.wake()));
    }
}

impl Delivery {
    /// Starts a flush for a task that waits for at most `timeout`. `process` is the owner of this delivery.
    pub(crate) fn flush_awaited(self: &Arc<Self>, process: ProcessIdentity, timeout: Duration) -> Awaited {
        let last_moment = self.now().saturating_add(timeout);
        let key = self.change_state(|state| {
            state.machine.flush();
            state.waits.add(last_moment)
        });
        Awaited { delivery: Arc::clone(self), process, key }
    }

    /// Wakes the tasks whose waits are over. Releases the lock meanwhile.
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

/// A flush that a task awaits. Dropping it cancels the wait.
pub(crate) struct Awaited {
    delivery: Arc<Delivery>,
    process: ProcessIdentity,
    key: Key,
}

impl Awaited {
    /// Whether the queue is empty, once the wait is over. In a forked child it is over at once, since the child does not deliver its
    /// parent's events.
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

    /// A forked child must not take the lock, which a thread of its parent may have held.
    fn is_of_this_process(&self) -> bool {
        self.process == ProcessIdentity::current()
    }
}

impl Drop for Awaited {
    fn drop(&mut self) {
        if self.is_of_this_process() {
            let waker = self.delivery.lock().waits.remove(self.key);
            // Dropping the waker calls code of its runtime, so the lock is released first.
            drop(waker);
        }
    }
}
