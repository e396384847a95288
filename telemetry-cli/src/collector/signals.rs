// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The signals with which users, terminals and supervisors end a program.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::time::Duration;

use tokio::runtime::Builder;
use tokio::sync::watch;

use crate::message::CommandError;

/// The time in which the program ends after such a signal, unless its output is blocked.
const END_TIME: Duration = Duration::from_secs(5);

/// The number of `SIGINT`, and of Ctrl-C elsewhere.
const INTERRUPT: u8 = 2;

/// The signals that a terminal sends when it is closed and for Ctrl-\\. A program that is started with one of them ignored, as by
/// `nohup`, goes on.
#[cfg(unix)]
const OF_TERMINALS: [u8; 2] = [1, 3];

#[cfg(unix)]
const TERMINATE: u8 = 15;

/// The signal of a write beyond the limit of a file's size, on all platforms that the README lists. Without a handler it ends the program.
#[cfg(unix)]
const FILE_SIZE: i32 = 25;

/// Waits for a signal on a task of its own. The result becomes `true` with the first one; from now on they do not end the program by
/// themselves. If the program does not end soon after, `clean_up` runs and ends it.
pub(super) fn interrupted(clean_up: impl FnOnce() + Send + 'static) -> io::Result<watch::Receiver<bool>> {
    let first = first()?;
    let (sender, interrupted) = watch::channel(false);
    tokio::spawn(async move {
        let signal = first.await;
        sender.send_replace(true);
        tokio::time::sleep(END_TIME).await;
        // The reader of the output has stopped reading. All that is acknowledged is committed.
        clean_up();
        end(signal);
    });
    Ok(interrupted)
}

/// The first signal, for work on other threads.
#[derive(Debug, Clone, Default)]
pub(crate) struct Interrupt {
    is_set: Arc<AtomicBool>,
    /// The number of the signal; 0 before it.
    signal: Arc<AtomicU8>,
}

impl Interrupt {
    /// Waits for a signal on a thread of its own. The program ends by itself soon after.
    pub(crate) fn watch() -> io::Result<Self> {
        let runtime = Builder::new_current_thread().enable_io().build()?;
        let first = runtime.block_on(async { first() })?;
        let interrupt = Self::default();
        let set = interrupt.clone();
        std::thread::Builder::new().name("interrupt".to_owned()).spawn(move || {
            let signal = runtime.block_on(first);
            set.signal.store(signal, Ordering::Relaxed);
            set.is_set.store(true, Ordering::Release);
            std::thread::sleep(END_TIME);
            end(signal);
        })?;
        Ok(interrupt)
    }

    /// A flag that becomes `true` with the signal.
    pub(crate) fn flag(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.is_set)
    }

    /// The error after the signal.
    pub(crate) fn check(&self) -> Result<(), CommandError> {
        match self.is_set.load(Ordering::Acquire) {
            true => Err(CommandError::Interrupted(self.signal.load(Ordering::Relaxed))),
            false => Ok(()),
        }
    }
}

fn end(signal: u8) -> ! {
    std::process::exit(CommandError::Interrupted(signal).exit_code().into())
}

/// The number of the first signal.
#[cfg(unix)]
fn first() -> io::Result<impl Future<Output = u8>> {
    use std::task::Poll;
    use telemetry_core::__command1::is_ignored;
    use tokio::signal::unix::{SignalKind, signal};
    crate::progress::interrupts::are_handled();
    let of_terminals = OF_TERMINALS.into_iter().filter(|number| !is_ignored((*number).into()));
    let handled = [INTERRUPT, TERMINATE].into_iter().chain(of_terminals);
    let handled = handled.map(|number| Ok((number, signal(SignalKind::from_raw(number.into()))?)));
    let mut handled = handled.collect::<io::Result<Vec<_>>>()?;
    // SQLite reports the error of the write.
    let _handled = signal(SignalKind::from_raw(FILE_SIZE))?;
    Ok(std::future::poll_fn(move |context| {
        let mut arrived = handled
            .iter_mut()
            .filter_map(|(number, signal)| signal.poll_recv(context).is_ready().then_some(*number));
        arrived.next().map_or(Poll::Pending, Poll::Ready)
    }))
}

/// A console that is closed ends its programs a few seconds later.
#[cfg(windows)]
fn first() -> io::Result<impl Future<Output = u8>> {
    use tokio::signal::windows::{ctrl_break, ctrl_c, ctrl_close};
    let (mut interrupt, mut break_, mut close) = (ctrl_c()?, ctrl_break()?, ctrl_close()?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = break_.recv() => {}
            _ = close.recv() => {}
        }
        INTERRUPT
    })
}

#[cfg(not(any(unix, windows)))]
fn first() -> io::Result<impl Future<Output = u8>> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
        INTERRUPT
    })
}
