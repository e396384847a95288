// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The command of a scenario.

use std::io::{self, Write};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{self, sleep};
use std::time::{Duration, Instant};

use super::tail::Tail;
use crate::manifest::Settings;

/// How a command ended.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Ending {
    Exited(ExitStatus),
    /// The test has stopped it, since everything had arrived. It has a status unless it was killed.
    Stopped(Option<ExitStatus>),
    /// It was still running at the time limit.
    TimedOut(Duration),
}

/// A running command. It is killed when this is dropped.
#[derive(Debug)]
pub(super) struct Process {
    child: Child,
    output: Tail,
    /// Standard input stays open until this is dropped.
    input: Option<Sender<()>>,
}

impl Process {
    /// The time between two looks at the command.
    pub(super) const PAUSE: Duration = Duration::from_millis(10);

    /// How long a command may take to end after its standard input has ended.
    const GRACE: Duration = Duration::from_secs(2);

    pub(super) fn start(command: &mut Command, settings: &Settings) -> io::Result<Self> {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn()?;
        let output = Tail::of(child.stdout.take(), child.stderr.take());
        let (input, open) = mpsc::channel();
        if let Some(stdin) = child.stdin.take() {
            let lines = settings.input.clone();
            thread::spawn(move || say(stdin, &lines, &open));
        }
        Ok(Self { child, output, input: settings.stop_when_met.then_some(input) })
    }

    pub(super) fn status(&mut self) -> io::Result<Option<ExitStatus>> {
        self.child.try_wait()
    }

    /// Ends standard input, and kills the command if it does not end soon. Returns the status unless it was killed.
    pub(super) fn stop(&mut self) -> Option<ExitStatus> {
        self.input = None;
        let end = Instant::now() + Self::GRACE;
        while Instant::now() < end {
            if let Ok(Some(status)) = self.child.try_wait() {
                return Some(status);
            }
            sleep(Self::PAUSE);
        }
        self.kill();
        None
    }

    fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// The end of what it has printed.
    pub(super) fn output(&self) -> String {
        self.output.text()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if let Ok(None) = self.child.try_wait() {
            self.kill();
        }
    }
}

/// Writes the lines, and keeps the input open as long as `open` is.
fn say(mut stdin: ChildStdin, lines: &[String], open: &Receiver<()>) {
    for line in lines {
        // A command may end without reading.
        if writeln!(stdin, "{line}").is_err() {
            return;
        }
    }
    let _ = open.recv();
}
