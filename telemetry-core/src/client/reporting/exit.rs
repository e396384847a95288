// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Waiting for delivery when the process exits. The hook signals worker threads and waits for them; it logs nothing and
//! uses no thread-local, because much of the process may already be gone.
//!
//! The exit may come from a signal handler that has interrupted a report. So the hook only tries its locks until its bound,
//! and allocates and frees nothing.

use std::mem::ManuallyDrop;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

use super::append_only_list::AppendOnlyList;
use crate::delivery::Delivery;
use crate::process_identity::ProcessIdentity;
use crate::sync::{retry_within, taken};

/// What this process waits for, and what those waited for that it was forked from.
static PROCESSES: AppendOnlyList<Waits> = AppendOnlyList::new();
static HOOKED: AtomicBool = AtomicBool::new(false);

/// What the exit of one process waits for. Only that process takes the lock: a forked child has a list of its own behind
/// those that it finds, and never meets a lock that a thread of its parent has held.
struct Waits {
    identity: ProcessIdentity,
    /// The longest wait, in nanoseconds: how long to try the lock of the list.
    longest: AtomicU64,
    list: Mutex<List>,
}

#[derive(Default)]
struct List {
    waits: Vec<Wait>,
    /// The length at which those are forgotten that nobody has to wait for any more.
    full_at: usize,
}

/// A client that is gone, with its thread, has nothing to wait for.
struct Wait {
    delivery: Weak<Delivery>,
    timeout: Duration,
}

/// Has the exit of this process wait for `delivery`.
pub(super) fn wait_for(identity: ProcessIdentity, delivery: &Arc<Delivery>, timeout: Duration) {
    if !HOOKED.swap(true, Ordering::Relaxed) && !install() {
        log::debug!("no exit hook to be had: events reported right before the exit may be lost");
    }
    let is_own = |waits: &Waits| waits.identity == identity;
    if let Some(waits) = PROCESSES.find_or_add(is_own, || Some(Waits::new(identity))) {
        waits.add(Wait { delivery: Arc::downgrade(delivery), timeout });
    }
}

impl Waits {
    fn new(identity: ProcessIdentity) -> Self {
        Self { identity, longest: AtomicU64::new(0), list: Mutex::default() }
    }

    fn add(&self, wait: Wait) {
        self.longest.fetch_max(wait.timeout.as_nanos().try_into().unwrap_or(u64::MAX), Ordering::Relaxed);
        self.lock().add(wait);
    }

    /// Held for a few instructions, never while anything is waited for.
    fn lock(&self) -> MutexGuard<'_, List> {
        self.list.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes what there is to wait for, unless the lock is held until the longest wait is over.
    fn take(&self) -> Vec<Wait> {
        let longest = Duration::from_nanos(self.longest.load(Ordering::Relaxed));
        let list = retry_within(longest, || taken(self.list.try_lock()));
        list.map(|mut list| std::mem::take(&mut list.waits)).unwrap_or_default()
    }
}

impl List {
    /// As long as there are more clients than ever before the list grows; otherwise the places of those that are gone serve
    /// again. It is twice as long as it has to be, so that looking through it costs each client little.
    fn add(&mut self, wait: Wait) {
        if self.waits.len() >= self.full_at {
            self.waits.retain(|wait| wait.delivery.strong_count() > 0);
            self.full_at = (2 * self.waits.len()).max(16);
        }
        self.waits.push(wait);
    }
}

fn install() -> bool {
    // The C library has a lock of its own for hooks: no handler that calls `exit` may interrupt this.
    #[cfg(unix)]
    return crate::sys::without_signals(|| crate::sys::at_exit(hook));
    #[cfg(windows)]
    return crate::sys::at_exit(hook);
    #[cfg(not(any(unix, windows)))]
    return {
        // Without threads there is nothing to wait for.
        let _ = hook;
        false
    };
}

/// What the C library calls.
extern "C" fn hook() {
    #[cfg(windows)]
    if crate::sys::has_lost_its_threads() {
        return;
    }
    flush_all();
}

/// Waits for all deliveries of this process, no longer than the longest wait asked for.
fn flush_all() {
    let (identity, start) = (ProcessIdentity::current(), Instant::now());
    let Some(own) = PROCESSES.iter().find(|waits| waits.identity == identity) else { return };
    // Never freed: the allocator may be locked for good.
    let waits = ManuallyDrop::new(own.take());
    for Wait { delivery, timeout } in waits.iter() {
        // Freeing it could run what the host has put into it, too, and much of that may be gone.
        let Some(delivery) = delivery.upgrade().map(ManuallyDrop::new) else { continue };
        delivery.flush_before_exit(timeout.saturating_sub(start.elapsed()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::Client;
    use crate::consent::ConsentPolicy;
    use crate::product::Product;
    use crate::profile::Profile;

    struct Shop;
    impl Product for Shop {
        const PROFILE: Profile = Profile::new("shop", "1")
            .consent(ConsentPolicy::variables(&[]))
            .exit_wait(Duration::from_millis(1));
    }

    /// A client that its process waits for.
    fn client() -> Client<Shop> {
        let client = Client::builder().config_dir("/nonexistent").start();
        assert!(client.session().is_some());
        client
    }

    /// As after a signal handler has interrupted the start of a client.
    #[test]
    fn a_list_that_stays_locked_is_given_up() {
        let waits = Waits::new(ProcessIdentity::current());
        waits.add(Wait { delivery: Weak::new(), timeout: Duration::from_millis(20) });
        let interrupted = waits.lock();
        assert!(waits.take().is_empty());
        drop(interrupted);
        assert_eq!(waits.take().len(), 1);
    }

    fn count() -> usize {
        let identity = ProcessIdentity::current();
        let own = PROCESSES.iter().filter(|waits| waits.identity == identity);
        own.map(|waits| waits.lock().waits.len()).sum()
    }

    #[test]
    fn clients_that_are_gone_are_not_kept_and_the_others_are() {
        let kept: Vec<_> = (0..100).map(|_| client()).collect();
        for _ in 0..5_000 {
            drop(client());
        }
        let count = count();
        assert!((kept.len()..=3 * kept.len()).contains(&count), "{count} for {} clients", kept.len());
    }
}
