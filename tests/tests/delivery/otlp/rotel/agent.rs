// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The process of the collector, which can be ended and started again at the same address.

use std::io::{BufRead, BufReader};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::JoinHandle;
use std::time::Duration;

pub(super) struct Rotel {
    command: Command,
    running: Option<(Child, JoinHandle<()>)>,
    port: u16,
    sender: Sender<String>,
    /// What it prints, without the white space around each line.
    pub(super) lines: Receiver<String>,
}

impl Rotel {
    pub(super) fn start(agent: &str, options: &[&str]) -> Self {
        let free = || TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
        let (port, grpc_port) = (free(), free());
        let mut command = Command::new(agent);
        command.arg("start").args(options).stdout(Stdio::piped()).stderr(Stdio::null());
        command.args(["--otlp-http-endpoint", &format!("127.0.0.1:{port}")]);
        command.args(["--otlp-grpc-endpoint", &format!("127.0.0.1:{grpc_port}")]);
        let (sender, lines) = mpsc::channel();
        let mut rotel = Self { command, running: None, port, sender, lines };
        rotel.go_on();
        rotel
    }

    pub(super) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Starts it, and waits until it listens.
    pub(super) fn go_on(&mut self) {
        let mut child = self.command.spawn().unwrap();
        let (output, sender) = (child.stdout.take().unwrap(), self.sender.clone());
        self.running = Some((child, std::thread::spawn(move || read(output, &sender))));
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Asks it to end, and waits until it has ended and all that it has printed is read.
    pub(super) fn stop(&mut self) {
        let Some((mut child, reader)) = self.running.take() else { return };
        let asked = Command::new("kill").arg(child.id().to_string()).status().unwrap();
        assert!(asked.success() && child.wait().is_ok());
        reader.join().unwrap();
    }
}

fn read(output: ChildStdout, sender: &Sender<String>) {
    let lines = BufReader::new(output).lines().map_while(Result::ok);
    lines.map(|line| line.trim().to_owned()).try_for_each(|line| sender.send(line)).ok();
}

impl Drop for Rotel {
    fn drop(&mut self) {
        if let Some((mut child, _)) = self.running.take() {
            child.kill().ok();
            child.wait().ok();
        }
    }
}
