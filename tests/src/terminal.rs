// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Pseudo terminals, on which a command prints as it does for a user at a terminal.

#![cfg(unix)]

use std::fs::File;
use std::io::Read;
use std::os::fd::FromRawFd;
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
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

/// Runs the command on a terminal with this many columns; 0 is a terminal that does not know its size.
///
/// # Panics
///
/// If there are no pseudo terminals, or if the command hangs.
#[must_use]
pub fn run(mut command: Command, columns: u16) -> Screen {
    let (master, slave) = open(columns);
    let stream = || Stdio::from(slave.try_clone().expect("there are descriptors"));
    let mut child =
        command.stdin(stream()).stdout(stream()).stderr(stream()).spawn().expect("the command starts");
    // The terminal ends when its last descriptor is closed: this process keeps none.
    drop((command, slave));
    let text = read(master).unwrap_or_else(|text| {
        child.kill().ok();
        panic!("the command hangs after printing {text}")
    });
    Screen { code: child.wait().expect("the child is ours").code(), text }
}

/// Reads until the terminal ends, on a thread of its own, so that a test can stop waiting.
fn read(mut master: File) -> Result<String, String> {
    let (sender, chunks) = mpsc::channel();
    std::thread::spawn(move || {
        let mut chunk = [0; 4096];
        while let Ok(1..) = master.read(&mut chunk).inspect(|length| {
            sender.send(chunk[..*length].to_vec()).ok();
        }) {}
    });
    let (mut bytes, end) = (Vec::new(), Instant::now() + PATIENCE);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace("\r\n", "\n");
    loop {
        match chunks.recv_timeout(end.saturating_duration_since(Instant::now())) {
            Ok(chunk) => bytes.extend(chunk),
            Err(RecvTimeoutError::Disconnected) => return Ok(text(&bytes)),
            Err(RecvTimeoutError::Timeout) => return Err(text(&bytes)),
        }
    }
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
