// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! How every thread of this library starts: with a name, with a stack size of its own, and with the host's signals blocked.

use std::io;

use crate::sync::thread;

/// The stack of each thread, whatever `RUST_MIN_STACK` says: a tiny value would overflow it, a huge one would leave the
/// process without the thread.
///
/// Measured on Linux x86_64, unoptimized: an encrypted request, from the certificates to the answer, touches 132 KiB of it, one
/// without encryption 72 KiB, and a name lookup in a file 12 KiB (the C library's modules for other sources take more). The
/// worker also runs the host's own code, that is its transport, logger, clock and heartbeats, which may expect what Rust gives
/// a thread by default: this. Only the pages that are touched take memory.
const STACK_BYTES: usize = 2 * 1024 * 1024;

/// How the names of our threads begin. Linux shows 15 characters of a name.
pub(crate) const PREFIX: &str = "telemetry-";

/// Starts a thread that nobody joins, for this purpose or product.
pub(crate) fn start(what_for: &str, run: impl FnOnce() + Send + 'static) -> io::Result<()> {
    let builder = thread::Builder::new().name(format!("{PREFIX}{what_for}")).stack_size(STACK_BYTES);
    let spawn = || builder.spawn(|| with_faults_deliverable(run));
    without_signals(spawn).map(drop)
}

/// Signals are for the host's threads: its handlers must not run on ours, and a file that may not grow must not end the
/// process (`SIGXFSZ`).
#[cfg(unix)]
fn without_signals<T>(spawn: impl FnOnce() -> T) -> T {
    crate::sys::without_signals(spawn)
}

#[cfg(not(unix))]
fn without_signals<T>(spawn: impl FnOnce() -> T) -> T {
    spawn()
}

/// Except for what the thread itself causes: the system ends a process in which such a signal is blocked.
#[cfg(unix)]
fn with_faults_deliverable(run: impl FnOnce()) {
    crate::sys::unblock_faults();
    run();
}

#[cfg(not(unix))]
fn with_faults_deliverable(run: impl FnOnce()) {
    run();
}
