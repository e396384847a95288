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

/// One flush that a task awaits.
struct Wait {
    /// When it is over at the latest.
    last_moment: Duration,
    /// How its task is woken. Missing before the first poll.
    waker: Option<Waker>,
    /// Whether nothing was queued when it was over. It stays so, whatever is reported until the task runs.
    outcome: Option<bool>,
}

/// All flushes that tasks await.
#[derive(Default)]
pub(super) struct Waits {
    waits: BTreeMap<u64, Wait>,
    next_key: u64,
}

impl Waits {
    fn add(&mut self, last_moment: Duration) -> u64 {
        let key = self.next_key;
        self.next_key = key.wrapping_add(1);
        self.waits.insert(key, Wait { last_moment, waker: None, outcome: None });
        key
    }

    fn pending(&self) -> impl Iterator<Item = &Wait> {
        self.waits.values().filter(|wait| wait.outcome.is_none())
    }

    /// Whether a task waits.
    pub(super) fn has_pending(&self) -> bool {
        self.pending().next().is_some()
    }

    /// This moment, or an earlier one at which a task has waited long enough.
    pub(super) fn sooner(&self, until: Duration) -> Duration {
        self.pending().map(|wait| wait.last_moment).min().map_or(until, |last_moment| last_moment.min(until))
    }

    /// Ends all waits that are over, with this outcome, and returns how to wake their tasks.
    fn end(&mut self, is_over: impl Fn(&Wait) -> bool, outcome: bool) -> Vec<Waker> {
        let over = self.waits.values_mut().filter(|wait| wait.outcome.is_none() && is_over(wait));
        over.filter_map(|wait| {
            wait.outcome = Some(outcome);
            wait.waker.take()
        })
        .collect()
    }

    /// The outcome of a wait, if it is over; else its task is woken by `waker` from now on. Returns what is not needed any
    /// more, to be dropped without the lock.
    fn poll(&mut self, key: u64, waker: Waker) -> (Poll<bool>, Option<Waker>) {
        match self.waits.get_mut(&key) {
            Some(Wait { outcome: None, waker: current, .. }) => (Poll::Pending, current.replace(waker)),
            Some(Wait { outcome: Some(outcome), .. }) => (Poll::Ready(*outcome), Some(waker)),
            None => (Poll::Ready(false), Some(waker)),
        }
    }
}

impl State {
    /// Ends the waits of all tasks that have nothing to wait for `now`.
    pub(super) fn end_waits(&mut self, now: impl FnOnce() -> Duration) -> Vec<Waker> {
        if !self.waits.has_pending() {
            return Vec::new();
        }
        let (now, is_idle) = (now(), self.machine.is_idle());
        let is_over = is_idle || !self.has_worker;
        self.waits.end(|wait| is_over || wait.last_moment <= now, is_idle)
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
        let mut key = 0;
        self.change_state(|state| {
            key = state.waits.add(last_moment);
            state.machine.flush();
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
    key: u64,
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
            let wait = self.delivery.lock().waits.waits.remove(&self.key);
            // The waker is foreign code, so the lock is released first.
            drop(wait);
        }
    }
}
