// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Waiting for delivery when the process exits. The hook signals worker threads and waits for them; it logs nothing and
//! uses no thread-local, because much of the process may already be gone.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use once_cell::race::OnceBox;

use super::identity::ProcessIdentity;
use crate::delivery::Delivery;

/// Deliveries to wait for, of this process and of those it was forked from.
static WAITING: OnceBox<Waiting> = OnceBox::new();
static HOOKED: AtomicBool = AtomicBool::new(false);

/// One link of a chain that only grows: nothing in it is ever locked.
struct Waiting {
    identity: ProcessIdentity,
    delivery: Arc<Delivery>,
    wait: Duration,
    next: OnceBox<Waiting>,
}

/// Has the exit of this process wait for `delivery`.
pub(super) fn wait_for(identity: ProcessIdentity, delivery: &Arc<Delivery>, wait: Duration) {
    if !HOOKED.swap(true, Ordering::Relaxed) && !install() {
        log::debug!("no exit hook to be had: events reported right before the exit may be lost");
    }
    let link = Waiting { identity, delivery: Arc::clone(delivery), wait, next: OnceBox::new() };
    let mut link = Box::new(link);
    let mut slot = &WAITING;
    // Another thread may take the slot: then its link comes first.
    while let Err(back) = slot.set(link) {
        link = back;
        let Some(taken) = slot.get() else { return };
        slot = &taken.next;
    }
}

#[cfg(unix)]
fn install() -> bool {
    extern "C" fn hook() {
        flush_all();
    }
    crate::sys::at_exit(hook)
}

#[cfg(not(unix))]
fn install() -> bool {
    false
}

/// Waits for all deliveries of this process, no longer than the longest wait asked for.
fn flush_all() {
    let (identity, start) = (ProcessIdentity::current(), Instant::now());
    let mut link = WAITING.get();
    while let Some(waiting) = link {
        if waiting.identity == identity {
            waiting.delivery.flush_before_exit(waiting.wait.saturating_sub(start.elapsed()));
        }
        link = waiting.next.get();
    }
}
