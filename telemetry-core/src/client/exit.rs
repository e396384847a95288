// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Waiting for delivery when the process exits. The hook signals worker threads and waits for them; it logs nothing and
//! uses no thread-local, because much of the process may already be gone.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::chain::Chain;
use super::identity::ProcessIdentity;
use crate::delivery::Delivery;

/// Deliveries to wait for, of this process and of those it was forked from.
static WAITING: Chain<Waiting> = Chain::new();
static HOOKED: AtomicBool = AtomicBool::new(false);

/// What the exit of one process waits for. Nothing in it is ever locked.
struct Waiting {
    identity: ProcessIdentity,
    delivery: Arc<Delivery>,
    wait: Duration,
}

/// Has the exit of this process wait for `delivery`.
pub(super) fn wait_for(identity: ProcessIdentity, delivery: &Arc<Delivery>, wait: Duration) {
    if !HOOKED.swap(true, Ordering::Relaxed) && !install() {
        log::debug!("no exit hook to be had: events reported right before the exit may be lost");
    }
    WAITING.add(Waiting { identity, delivery: Arc::clone(delivery), wait });
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
    for waiting in WAITING.iter().filter(|waiting| waiting.identity == identity) {
        waiting.delivery.flush_before_exit(waiting.wait.saturating_sub(start.elapsed()));
    }
}
