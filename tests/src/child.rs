// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Child processes that report: the program `probe`, in an environment made for it alone.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::home::Home;
use crate::server::PATIENCE;
#[cfg(unix)]
use crate::terminal::{Screen, Terminal};

/// The program `probe` that cargo has built for the calling test, in the given [`Home`].
#[macro_export]
macro_rules! probe {
    ($home:expr) => {
        $crate::child::Probe::new(env!("CARGO_BIN_EXE_probe"), $home)
    };
}

/// A child before its start. It inherits no variable: neither opt-outs of the test run nor cargo's. As a child of a test it
/// reaches loopback only, which it knows from `NEXTEST`; a test of what others reach takes that away.
#[derive(Debug)]
pub struct Probe {
    command: Command,
}

impl Probe {
    /// The program `program`, living and working in `home`.
    pub fn new(program: &str, home: &Home) -> Self {
        let mut command = Command::new(program);
        command.env_clear().env("HOME", home.path()).env("NEXTEST", "1").current_dir(home.path());
        lead_a_group(&mut command);
        heed_signals(&mut command);
        Self { command }
    }

    /// Sets a variable.
    #[must_use]
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Removes a variable.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.command.env_remove(name);
        self
    }

    /// Runs the child as another user from the start, who can enter its home.
    #[cfg(unix)]
    #[must_use]
    pub fn as_user(mut self, uid: u32) -> Self {
        use std::os::unix::process::CommandExt;
        self.command.uid(uid).gid(uid);
        self
    }

    /// Has events go to `url`.
    #[must_use]
    pub fn sending_to(self, url: impl AsRef<OsStr>) -> Self {
        self.env("NEMO_GUARDRAILS_USAGE_STATS_SERVER", url)
    }

    /// Has the events of all other products go to `url`.
    #[must_use]
    pub fn sending_products_to(self, url: &str) -> Self {
        let send = |probe: Self, variable| probe.env(variable, url);
        crate::products::ENDPOINT_VARIABLES.into_iter().fold(self, send)
    }

    /// Runs the steps to their end.
    #[must_use]
    pub fn run(self, steps: &[&str]) -> Outcome {
        self.start(steps).finish()
    }

    /// Runs the steps to their end, on a terminal with this many columns that knows colors.
    #[cfg(unix)]
    #[must_use]
    pub fn on_terminal(self, columns: u16, steps: &[&str]) -> Screen {
        self.start_on_terminal(columns, steps).finish()
    }

    /// Starts the steps on such a terminal.
    #[cfg(unix)]
    #[must_use]
    pub fn start_on_terminal(mut self, columns: u16, steps: &[&str]) -> Terminal {
        self.command.args(steps);
        if self.command.get_envs().all(|(name, _)| name != "TERM") {
            self.command.env("TERM", "xterm-256color");
        }
        Terminal::start(self.command, columns)
    }

    /// Starts the steps. Standard input stays open, so that the step `wait` waits for [`Running::go_on`].
    #[must_use]
    pub fn start(mut self, steps: &[&str]) -> Running {
        let command = self.command.args(steps);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the probe starts");
        let (lines, stdin) = (lines_of(child.stdout.take()), child.stdin.take());
        let errors = lines_of(child.stderr.take());
        Running { child, stdin, lines, errors }
    }
}

/// Reads on a thread of its own, so that a test can stop waiting.
fn lines_of(output: Option<impl Read + Send + 'static>) -> Receiver<String> {
    let (sender, lines) = mpsc::channel();
    let output = BufReader::new(output.expect("the output is piped"));
    std::thread::spawn(move || {
        output.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)).ok();
    });
    lines
}

/// A child that runs. It is killed, with what it has forked, if the test gives up on it.
#[derive(Debug)]
pub struct Running {
    child: Child,
    stdin: Option<ChildStdin>,
    lines: Receiver<String>,
    errors: Receiver<String>,
}

impl Running {
    /// The next line that the child prints.
    #[must_use]
    pub fn line(&self) -> String {
        self.lines.recv_timeout(PATIENCE).expect("the child prints a line")
    }

    /// The next line that the child prints, if it prints one within this time.
    #[must_use]
    pub fn line_within(&self, time: Duration) -> Option<String> {
        self.lines.recv_timeout(time).ok()
    }

    /// The next line that the child prints to standard error.
    #[must_use]
    pub fn error(&self) -> String {
        self.errors.recv_timeout(PATIENCE).expect("the child prints a line to standard error")
    }

    /// Lets the child go on from its step `wait`.
    pub fn go_on(&mut self) {
        self.say("");
    }

    /// Gives the child a line to read.
    pub fn say(&mut self, line: &str) {
        let stdin = self.stdin.as_mut().expect("standard input is piped, and open");
        stdin.write_all(format!("{line}\n").as_bytes()).expect("the child reads");
    }

    /// Gives the child nothing more to read.
    pub fn end_input(&mut self) {
        self.stdin = None;
    }

    /// Kills the child as the operating system does, without any warning.
    pub fn kill(&mut self) {
        self.child.kill().expect("the child is ours");
    }

    /// The most memory that the child has had so far, in bytes.
    ///
    /// # Panics
    ///
    /// If the child has ended.
    #[cfg(target_os = "linux")]
    #[must_use]
    pub fn peak_memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()));
        let status = status.expect("the child runs");
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("Linux counts it");
        let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse().expect("it is a number of kB");
        kilobytes * 1024
    }

    /// Limits the size of the files that the child writes from now on, in bytes.
    ///
    /// # Panics
    ///
    /// If the limit cannot be set.
    #[cfg(target_os = "linux")]
    #[allow(unsafe_code, reason = "the standard library sets no limits")]
    pub fn limit_file_size(&self, bytes: u64) {
        let limit = libc::rlimit { rlim_cur: bytes, rlim_max: libc::RLIM_INFINITY };
        let child = self.child.id().cast_signed();
        // SAFETY: the child has not been waited for, so the id is its own; the limit is read, and the old one is not asked for.
        let result =
            unsafe { libc::prlimit(child, libc::RLIMIT_FSIZE, &raw const limit, std::ptr::null_mut()) };
        assert_eq!(result, 0, "{}", std::io::Error::last_os_error());
    }

    /// Sends the child a signal.
    #[cfg(unix)]
    #[allow(unsafe_code, reason = "the standard library can only kill")]
    pub fn signal(&self, signal: i32) {
        // SAFETY: the child has not been waited for, so the id is its own.
        unsafe { libc::kill(self.child.id().cast_signed(), signal) };
    }

    /// Sends the child the signal that a terminal sends for Ctrl+C.
    #[cfg(unix)]
    pub fn interrupt(&self) {
        self.signal(libc::SIGINT);
    }

    /// Acts while the child is stopped, so that to the child everything happens at once.
    ///
    /// # Panics
    ///
    /// If it cannot be stopped.
    #[cfg(unix)]
    #[allow(unsafe_code, reason = "the standard library can only kill")]
    pub fn while_stopped(&self, act: impl FnOnce()) {
        let child = self.child.id().cast_signed();
        // SAFETY: the child has not been waited for, so the id is its own; its status is not asked for.
        let stopped = unsafe {
            libc::kill(child, libc::SIGSTOP);
            libc::waitpid(child, std::ptr::null_mut(), libc::WUNTRACED)
        };
        assert_eq!(stopped, child, "{}", std::io::Error::last_os_error());
        act();
        // SAFETY: as above; the child is stopped, so it has not ended.
        unsafe { libc::kill(child, libc::SIGCONT) };
    }

    /// Waits until the child, and whatever it has forked, has ended.
    #[must_use]
    pub fn finish(mut self) -> Outcome {
        let lines = self.rest(|running| &running.lines);
        let errors = self.rest(|running| &running.errors);
        let status = self.child.wait().expect("the child is ours");
        Outcome { code: status.code(), lines, errors }
    }

    fn rest(&self, output: fn(&Self) -> &Receiver<String>) -> Vec<String> {
        let end = Instant::now() + PATIENCE;
        let mut rest = Vec::new();
        loop {
            match output(self).recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(line) => rest.push(line),
                Err(mpsc::RecvTimeoutError::Disconnected) => return rest,
                Err(mpsc::RecvTimeoutError::Timeout) => panic!("the child hangs after printing {rest:?}"),
            }
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Ok(None) = self.child.try_wait() {
            kill_group(&mut self.child);
            self.child.wait().ok();
        }
    }
}

/// A test run that a shell has started in the background ignores interrupts, and a child of it would too.
#[cfg(unix)]
#[allow(unsafe_code, reason = "the standard library does not reset signals")]
fn heed_signals(command: &mut Command) {
    let reset = || {
        for signal in [libc::SIGHUP, libc::SIGINT, libc::SIGQUIT, libc::SIGTERM] {
            // SAFETY: `signal` may be called between fork and exec, and the default action is valid for each of these signals.
            unsafe { libc::signal(signal, libc::SIG_DFL) };
        }
        Ok(())
    };
    // SAFETY: the closure makes only the calls above, and neither allocates nor locks.
    unsafe { std::os::unix::process::CommandExt::pre_exec(command, reset) };
}

#[cfg(not(unix))]
fn heed_signals(_: &mut Command) {}

/// What the child forks belongs to its group, so that nothing outlives a test that gives up.
#[cfg(unix)]
fn lead_a_group(command: &mut Command) {
    std::os::unix::process::CommandExt::process_group(command, 0);
}

#[cfg(unix)]
#[allow(unsafe_code, reason = "the standard library kills single processes only")]
fn kill_group(child: &mut Child) {
    let group = child.id().cast_signed();
    // SAFETY: the child leads its own group and has not been waited for, so the id is still its own.
    unsafe { libc::kill(-group, libc::SIGKILL) };
}

#[cfg(not(unix))]
fn lead_a_group(_: &mut Command) {}

#[cfg(not(unix))]
fn kill_group(child: &mut Child) {
    child.kill().ok();
}

/// A child that has ended.
#[derive(Debug)]
pub struct Outcome {
    /// The exit code; none if a signal ended the child.
    pub code: Option<i32>,
    /// The output that has not been read.
    pub lines: Vec<String>,
    /// What it printed to standard error.
    pub errors: Vec<String>,
}

impl Outcome {
    /// Checks that the child ended well and kept quiet on standard error.
    #[must_use]
    pub fn checked(self) -> Self {
        assert_eq!((self.code, self.errors.as_slice()), (Some(0), [].as_slice()), "{:?}", self.lines);
        self
    }

    /// What the steps printed that print JSON, one value for each line.
    #[must_use]
    pub fn json(&self) -> Vec<Value> {
        self.lines.iter().map(|line| serde_json::from_str(line).expect("the line is JSON")).collect()
    }
}
