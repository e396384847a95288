// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The line on standard error. It is removed at the end of the work, and before Ctrl-C ends the program.

use std::io::{self, Write};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::wrap::columns;

/// The columns of `^C`, which a terminal shows behind the line.
pub(super) const ECHO: usize = 2;

/// The columns of the line; 0 if it is not shown.
static SHOWN: Mutex<usize> = Mutex::new(0);

/// Shows this text, which has at least as many columns as the one before.
pub(super) fn show(text: &str) {
    #[cfg(unix)]
    interrupts::watch();
    let mut shown = shown();
    write(&format!("\r{text}"));
    *shown = columns(text);
}

pub(super) fn remove() {
    remove_shown(&mut shown());
}

fn remove_shown(shown: &mut usize) {
    if *shown > 0 {
        write(&format!("\r{:1$}\r", "", *shown + ECHO));
        *shown = 0;
    }
}

fn shown() -> MutexGuard<'static, usize> {
    SHOWN.lock().unwrap_or_else(PoisonError::into_inner)
}

fn write(text: &str) {
    let mut stderr = io::stderr().lock();
    // If the terminal is gone, the work goes on.
    let _ = stderr.write_all(text.as_bytes()).and_then(|()| stderr.flush());
}

/// Ctrl-C, where it ends the program by default. It goes on to do so, after the line is removed.
#[cfg(unix)]
pub(crate) mod interrupts {
    use std::sync::Once;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::sync::mpsc::{self, Sender};
    use std::thread;

    use signal_hook::consts::SIGINT;
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;
    use telemetry_core::__command1::interrupt_ends_process;

    static WATCH: Once = Once::new();

    static IS_HANDLED: AtomicBool = AtomicBool::new(false);

    /// From now on another part of the program ends it after an interrupt.
    #[cfg(feature = "collector")]
    pub(crate) fn are_handled() {
        IS_HANDLED.store(true, Ordering::Relaxed);
    }

    /// Removes the line before an interrupt ends the program. A program that ignores or handles interrupts is left alone.
    pub(super) fn watch() {
        WATCH.call_once(|| {
            if interrupt_ends_process() {
                let (ready, is_ready) = mpsc::channel();
                let end = move || end_after_interrupt(ready);
                // Without a thread the line stays, and the interrupt ends the program as before.
                let _ = thread::Builder::new().name("interrupts".into()).spawn(end);
                // The other half is dropped when it is ready, or if there is no thread.
                let _ = is_ready.recv();
            }
        });
    }

    fn end_after_interrupt(ready: Sender<()>) {
        let Ok(mut signals) = Signals::new([SIGINT]) else { return };
        drop(ready);
        for signal in signals.forever() {
            let mut shown = super::shown();
            super::remove_shown(&mut shown);
            if !IS_HANDLED.load(Ordering::Relaxed) {
                // The lock keeps the line from being shown again.
                let _ = emulate_default_handler(signal);
            }
        }
    }
}
