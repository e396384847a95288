// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The signals with which users and supervisors end a program.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::runtime::Builder;
use tokio::sync::watch;

use crate::message::CommandError;

/// The time in which the program ends after such a signal, unless its output is blocked.
const END_TIME: Duration = Duration::from_secs(5);

/// The signal of a write beyond the limit of a file's size, on all platforms that the README lists. Without a handler it ends the program.
#[cfg(unix)]
const FILE_SIZE: i32 = 25;

/// Waits for a signal on a task of its own. The result becomes `true` with the first one; from now on they do not end the program by
/// themselves.
pub(super) fn interrupted() -> io::Result<watch::Receiver<bool>> {
    let first = first()?;
    let (sender, interrupted) = watch::channel(false);
    tokio::spawn(async move {
        first.await;
        sender.send_replace(true);
        tokio::time::sleep(END_TIME).await;
        // The reader of the output has stopped reading. All that is acknowledged is committed.
        std::process::exit(1);
    });
    Ok(interrupted)
}

/// A flag that becomes `true` with the first signal, for work on other threads. The program ends by itself soon after.
pub(crate) fn interrupt_flag() -> io::Result<Arc<AtomicBool>> {
    let runtime = Builder::new_current_thread().enable_io().build()?;
    let first = runtime.block_on(async { first() })?;
    let flag = Arc::new(AtomicBool::new(false));
    let set = Arc::clone(&flag);
    std::thread::Builder::new().name("interrupt".to_owned()).spawn(move || {
        runtime.block_on(first);
        set.store(true, Ordering::Relaxed);
        std::thread::sleep(END_TIME);
        std::process::exit(CommandError::Interrupted.exit_code().into());
    })?;
    Ok(flag)
}

#[cfg(unix)]
fn first() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    crate::progress::interrupts::are_handled();
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    // SQLite reports the error of the write.
    let _handled = signal(SignalKind::from_raw(FILE_SIZE))?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn first() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}
