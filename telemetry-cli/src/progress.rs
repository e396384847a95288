// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A line on the terminal while a command works for more than a second.

mod line;

use std::io;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

#[cfg(all(unix, feature = "collector"))]
pub(crate) use self::line::interrupts;
#[cfg(feature = "collector")]
use crate::output::stdout_is_file;
use crate::output::width;
use crate::wrap::columns;

/// The time until the line appears, and between its changes.
const EVERY: Duration = Duration::from_secs(1);

/// Shows the time that some work has taken, from the first second on. Dropping it removes the line.
///
/// The line is on standard error, and only if that is a terminal. Ctrl-C removes it too.
#[derive(Debug)]
pub struct Progress {
    work: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// Starts to measure. `work` begins with a lower case letter, such as "reading the audit log".
    #[must_use]
    pub fn start(work: impl Into<String>) -> Self {
        // Read here, because the variable `COLUMNS` is not safe to read on another thread of a host that is in `setenv`.
        let Some(width) = width(&io::stderr()) else { return Self { work: None } };
        let (end, ended) = mpsc::channel();
        let work = work.into();
        // Without a thread there is no line, and the work goes on.
        let thread = thread::Builder::new().name("progress".into()).spawn(move || show(&work, width, &ended));
        Self { work: thread.ok().map(|thread| (end, thread)) }
    }

    /// Does the work. With `as_json` there is no line, because a program may read both streams from one terminal.
    pub fn during<T>(as_json: bool, work: &str, done: impl FnOnce() -> T) -> T {
        let _progress = (!as_json).then(|| Self::start(work));
        done()
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((end, thread)) = self.work.take() {
            drop(end);
            // A panic of the thread would be about the line alone.
            let _ = thread.join();
        }
    }
}

/// A line for work that prints as it goes on: until the first output, or until the end of the work if the output goes to a file.
#[cfg(feature = "collector")]
#[derive(Debug)]
pub(crate) struct UntilOutput {
    progress: Option<Progress>,
    stays: bool,
}

#[cfg(feature = "collector")]
impl UntilOutput {
    /// Starts to measure, without a line if the output is JSON.
    pub(crate) fn start(as_json: bool, work: &str) -> Self {
        Self { progress: (!as_json).then(|| Progress::start(work)), stays: stdout_is_file() }
    }

    /// Removes the line where output follows.
    pub(crate) fn before_output(&mut self) {
        if !self.stays {
            self.progress = None;
        }
    }
}

fn show(work: &str, width: usize, ended: &Receiver<()>) {
    let start = Instant::now();
    while ended.recv_timeout(EVERY) == Err(RecvTimeoutError::Timeout) {
        let text = format!("{work}: {} s", start.elapsed().as_secs());
        // A longer text would fill a second line, which cannot be removed.
        if columns(&text) + line::ECHO < width {
            line::show(&text);
        }
    }
    line::remove();
}
