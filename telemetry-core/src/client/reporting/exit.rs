// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Waiting for delivery when the process exits. The hook signals the worker threads and waits for them. It does not log or use
//! thread-locals, because parts of the process may already be torn down.
//!
//! The exit may come from a signal handler that has interrupted a report. The hook therefore gives up on a lock after its timeout, and
//! does not allocate or free memory.

use std::mem::ManuallyDrop;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

use super::append_only_list::AppendOnlyList;
use crate::delivery::Delivery;
use crate::process_identity::ProcessIdentity;
use crate::sync::{retry_within, taken};

/// The deliveries that this process waits for, after those of the processes that it was forked from.
static PROCESSES: AppendOnlyList<Waits> = AppendOnlyList::new();
static HOOKED: AtomicBool = AtomicBool::new(false);

/// The deliveries that the exit of one process waits for. Only that process takes the lock: a forked child appends a list of its own,
/// so that it never waits for a lock that a thread of its parent has held.
struct Waits {
    identity: ProcessIdentity,
    /// The longest timeout, in nanoseconds. It also bounds the wait for the lock of the list.
    longest: AtomicU64,
    list: Mutex<List>,
}

#[derive(Default)]
struct List {
    waits: Vec<Wait>,
    /// The length at which dropped clients are removed.
    full_at: usize,
}

/// One delivery to wait for, as long as its client or its worker exists.
struct Wait {
    delivery: Weak<Delivery>,
    timeout: Duration,
}

/// Makes the exit of this process wait for `delivery`.
pub(super) fn wait_for(identity: ProcessIdentity, delivery: &Arc<Delivery>, timeout: Duration) {
    if !HOOKED.swap(true, Ordering::Relaxed) && !install() {
        log::debug!("cannot install an exit hook: events reported right before the exit may be lost");
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

    /// The lock is held for a few instructions only, never during a wait.
    fn lock(&self) -> MutexGuard<'_, List> {
        self.list.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the list. It is empty if the lock cannot be had within the longest timeout.
    fn take(&self) -> Vec<Wait> {
        let longest = Duration::from_nanos(self.longest.load(Ordering::Relaxed));
        let list = retry_within(longest, || taken(self.list.try_lock()));
        list.map(|mut list| std::mem::take(&mut list.waits)).unwrap_or_default()
    }
}

impl List {
    /// Adds a wait. A full list first removes dropped clients, and then allows for twice the clients that are left, so that the cost of
    /// removing them is constant per client.
    fn add(&mut self, wait: Wait) {
        if self.waits.len() >= self.full_at {
            self.waits.retain(|wait| wait.delivery.strong_count() > 0);
            self.full_at = (2 * self.waits.len()).max(16);
        }
        self.waits.push(wait);
    }
}

fn install() -> bool {
    // The C library locks its list of hooks, so a signal handler that calls `exit` must not interrupt this.
    #[cfg(unix)]
    return crate::sys::without_signals(|| crate::sys::at_exit(hook));
    #[cfg(windows)]
    return crate::sys::at_exit(hook);
    #[cfg(not(any(unix, windows)))]
    return {
        // These platforms have no threads to wait for.
        let _ = hook;
        false
    };
}

/// The hook that the C library calls.
extern "C" fn hook() {
    #[cfg(windows)]
    if crate::sys::has_lost_its_threads() {
        return;
    }
    flush_all();
}

/// Waits for all deliveries of this process, each until its own timeout.
fn flush_all() {
    let (identity, start) = (ProcessIdentity::current(), Instant::now());
    let Some(own) = PROCESSES.iter().find(|waits| waits.identity == identity) else { return };
    // Never freed: the interrupted thread may hold the lock of the allocator.
    let waits = ManuallyDrop::new(own.take());
    for Wait { delivery, timeout } in waits.iter() {
        // Never dropped: that could run code of the host, parts of which may already be torn down.
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

    /// A client whose process waits for it.
    fn client() -> Client<Shop> {
        let client = Client::builder().config_dir("/nonexistent").start();
        assert!(client.session().is_some());
        client
    }

    /// This happens if a signal handler interrupts the start of a client.
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
    fn dropped_clients_are_removed_and_the_others_are_kept() {
        let kept: Vec<_> = (0..100).map(|_| client()).collect();
        for _ in 0..5_000 {
            drop(client());
        }
        let count = count();
        assert!((kept.len()..=3 * kept.len()).contains(&count), "{count} for {} clients", kept.len());
    }
}
