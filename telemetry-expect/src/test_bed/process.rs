// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The command of a scenario.

mod group;

use std::io::{self, Write};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::Duration;

use self::group::Group;
use super::tail::Tail;
use crate::manifest::Settings;

/// A command, with the processes that it starts. All of them are killed when this is dropped.
#[derive(Debug)]
pub(super) struct Process {
    child: Child,
    group: Group,
    output: Tail,
    /// Standard input stays open until this is dropped.
    input: Option<Sender<()>>,
}

impl Process {
    /// The time between two looks at the command.
    pub(super) const PAUSE: Duration = Duration::from_millis(10);

    /// How long a command may take to end after its standard input has ended, and after `SIGTERM`.
    pub(super) const GRACE: Duration = Duration::from_secs(2);

    pub(super) fn start(command: &mut Command, settings: &Settings) -> io::Result<Self> {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let (mut child, group) = Group::start(command)?;
        let output = Tail::of(child.stdout.take(), child.stderr.take());
        let (input, open) = mpsc::channel();
        if let Some(stdin) = child.stdin.take() {
            let lines = settings.input.clone();
            thread::spawn(move || say(stdin, &lines, &open));
        }
        Ok(Self { child, group, output, input: settings.stop_when_met.then_some(input) })
    }

    pub(super) fn has_ended(&mut self) -> io::Result<bool> {
        self.group.has_ended(&mut self.child)
    }

    pub(super) fn end_input(&mut self) {
        self.input = None;
    }

    /// Asks it to end.
    pub(super) fn terminate(&mut self) {
        self.group.terminate(&mut self.child);
    }

    /// Kills all processes that are left, and returns the status of the command.
    pub(super) fn end(&mut self) -> io::Result<ExitStatus> {
        self.group.kill(&mut self.child);
        self.child.wait()
    }

    /// The end of what it has printed.
    pub(super) fn output(&self) -> String {
        self.output.text()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.end();
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
