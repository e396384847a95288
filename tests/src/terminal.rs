// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Pseudo terminals, on which a command prints as it does for a user at a terminal.

#![cfg(unix)]

use std::fs::File;
use std::io::Read;
use std::os::fd::FromRawFd;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Instant;

use crate::server::PATIENCE;

/// The screen of a command that has ended.
#[derive(Debug)]
pub struct Screen {
    /// The exit code; none if a signal ended the command.
    pub code: Option<i32>,
    /// Everything that was printed to standard output and standard error, with `\n` at the ends of lines.
    pub text: String,
}

impl Screen {
    /// The width of the longest line, in characters. Escape sequences count too.
    #[must_use]
    pub fn width(&self) -> usize {
        self.text.lines().map(|line| line.chars().count()).max().unwrap_or_default()
    }
}

/// A command that runs on a terminal.
#[derive(Debug)]
pub struct Terminal {
    child: Child,
    chunks: Receiver<Vec<u8>>,
    bytes: Vec<u8>,
}

impl Terminal {
    /// Starts the command on a terminal with this many columns; 0 is a terminal that does not know its size.
    ///
    /// # Panics
    ///
    /// If there are no pseudo terminals.
    #[must_use]
    pub fn start(mut command: Command, columns: u16) -> Self {
        let (master, slave) = open(columns);
        let stream = || Stdio::from(slave.try_clone().expect("there are descriptors"));
        // The terminal ends when its last descriptor is closed: this process keeps none.
        let child =
            command.stdin(stream()).stdout(stream()).stderr(stream()).spawn().expect("the command starts");
        Self { child, chunks: chunks_of(master), bytes: Vec::new() }
    }

    /// Waits until the command has printed this.
    ///
    /// # Panics
    ///
    /// If it does not print it.
    pub fn wait_for(&mut self, text: &str) {
        assert!(
            self.read_until(|shown| shown.contains(text)),
            "the command ends after printing {}",
            self.text()
        );
    }

    /// Sends the command the signal of Ctrl-C. The terminal does not show `^C`.
    #[allow(unsafe_code, reason = "the standard library can only kill")]
    pub fn interrupt(&self) {
        // SAFETY: the child has not been waited for, so the id is its own.
        unsafe { libc::kill(self.child.id().cast_signed(), libc::SIGINT) };
    }

    /// Waits until the command has ended.
    ///
    /// # Panics
    ///
    /// If it hangs.
    #[must_use]
    pub fn finish(mut self) -> Screen {
        self.read_until(|_| false);
        Screen { code: self.child.wait().expect("the child is ours").code(), text: self.text() }
    }

    /// The text printed so far, with `\n` at the ends of lines.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).replace("\r\n", "\n")
    }

    /// Reads until this is enough, or until the terminal ends. Returns whether it is enough.
    fn read_until(&mut self, is_enough: impl Fn(&str) -> bool) -> bool {
        let end = Instant::now() + PATIENCE;
        while !is_enough(&self.text()) {
            match self.chunks.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(chunk) => self.bytes.extend(chunk),
                Err(RecvTimeoutError::Disconnected) => return false,
                Err(RecvTimeoutError::Timeout) => {
                    self.child.kill().ok();
                    panic!("the command hangs after printing {}", self.text());
                }
            }
        }
        true
    }
}

/// Reads on a thread of its own, so that a test can stop waiting.
fn chunks_of(mut master: File) -> Receiver<Vec<u8>> {
    let (sender, chunks) = mpsc::channel();
    std::thread::spawn(move || {
        let mut chunk = [0; 4096];
        while let Ok(1..) = master.read(&mut chunk).inspect(|length| {
            sender.send(chunk[..*length].to_vec()).ok();
        }) {}
    });
    chunks
}

/// A pseudo terminal: the side of the terminal, and that of the command.
#[allow(unsafe_code, reason = "the standard library has no pseudo terminals")]
fn open(columns: u16) -> (File, File) {
    let size = libc::winsize { ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
    let (mut master, mut slave) = (-1, -1);
    let (name, attributes) = (std::ptr::null_mut(), std::ptr::null_mut());
    // SAFETY: the pointers are to values that outlive the call; name and attributes may be null.
    let opened =
        unsafe { libc::openpty(&raw mut master, &raw mut slave, name, attributes, &raw const size as _) };
    assert_eq!(opened, 0, "there are pseudo terminals");
    // The child must not inherit the descriptor of the terminal, which would then not end.
    // SAFETY: both descriptors were opened just now and belong to this function alone.
    unsafe {
        libc::fcntl(master, libc::F_SETFD, libc::FD_CLOEXEC);
        libc::fcntl(slave, libc::F_SETFD, libc::FD_CLOEXEC);
        (File::from_raw_fd(master), File::from_raw_fd(slave))
    }
}
