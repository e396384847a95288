// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The command `collect` in a process of its own, and requests to it.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;

use crate::child::{Outcome, Probe, Running};
use crate::server::PATIENCE;

/// A collector that runs.
#[derive(Debug)]
pub struct Collecting {
    /// Its process.
    pub running: Running,
    /// Its IP address and port.
    pub address: String,
    /// The first line that it printed.
    pub invitation: String,
}

/// The answer to a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// The status line and the headers.
    pub head: String,
    /// The body.
    pub body: String,
}

impl Reply {
    /// The body as JSON.
    ///
    /// # Panics
    ///
    /// If it is not JSON.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

impl Collecting {
    /// Starts `collect` with these further arguments, at a free port, and waits until it listens.
    #[must_use]
    pub fn start(command: Probe, arguments: &[&str]) -> Self {
        Self::start_at("127.0.0.1:0", command, arguments)
    }

    /// Starts `collect` at this address.
    #[must_use]
    pub fn start_at(address: &str, command: Probe, arguments: &[&str]) -> Self {
        let mut all = vec!["collect", "--listen", address];
        all.extend(arguments);
        let running = command.start(&all);
        // With `--json`, there are only events on standard output.
        let invitation = if arguments.contains(&"--json") { running.error() } else { running.line() };
        let address =
            invitation.rsplit("http://").next().unwrap_or_default().trim_end_matches('/').to_owned();
        Self { running, address, invitation }
    }

    /// Sends an envelope.
    ///
    /// # Panics
    ///
    /// If there is no answer.
    #[must_use]
    pub fn post(&self, body: &str) -> Reply {
        self.post_with("", body.as_bytes())
    }

    /// Sends a body with further header lines, each of which ends with `\r\n`.
    ///
    /// # Panics
    ///
    /// If there is no answer.
    #[must_use]
    pub fn post_with(&self, headers: &str, body: &[u8]) -> Reply {
        let head = format!(
            "POST / HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n{headers}content-length: {}\r\n\r\n",
            self.address,
            body.len()
        );
        self.send(&[head.as_bytes(), body].concat()).expect("the collector answers")
    }

    /// Sends these bytes over a new connection, and reads the answer to the end of the connection.
    ///
    /// # Errors
    ///
    /// If there is no answer.
    pub fn send(&self, bytes: &[u8]) -> io::Result<Reply> {
        let mut stream = TcpStream::connect(&self.address)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        // The collector may answer and close before it has read everything.
        let sent = stream.write_all(bytes);
        let mut answer = Vec::new();
        let read = stream.read_to_end(&mut answer);
        if answer.is_empty() {
            sent?;
            read?;
        }
        reply(&String::from_utf8_lossy(&answer)).ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }

    /// Ends the collector as a user does, and waits for its end.
    ///
    /// # Panics
    ///
    /// If it cannot be signalled.
    #[cfg(unix)]
    #[must_use]
    pub fn interrupt(self) -> Outcome {
        self.running.interrupt();
        self.running.finish()
    }
}

/// A client that keeps its connection.
#[derive(Debug)]
pub struct Connection {
    reader: BufReader<TcpStream>,
    host: String,
}

impl Connection {
    /// Connects to a collector.
    ///
    /// # Errors
    ///
    /// If it does not accept connections.
    pub fn open(address: &str) -> io::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(Self { reader: BufReader::new(stream), host: address.to_owned() })
    }

    /// Sends an envelope, and returns the status of the answer.
    ///
    /// # Errors
    ///
    /// If the connection breaks before the answer is complete.
    pub fn post(&mut self, body: &str) -> io::Result<u16> {
        let head =
            format!("POST / HTTP/1.1\r\nhost: {}\r\ncontent-length: {}\r\n\r\n", self.host, body.len());
        self.reader.get_mut().write_all([head.as_bytes(), body.as_bytes()].concat().as_slice())?;
        let mut status = String::new();
        self.reader.read_line(&mut status)?;
        let length = self.content_length()?;
        self.reader.read_exact(&mut vec![0; length])?;
        status
            .split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok())
            .ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }

    fn content_length(&mut self) -> io::Result<usize> {
        let mut length = 0;
        loop {
            let mut line = String::new();
            self.reader.read_line(&mut line)?;
            let Some((name, value)) = line.trim_end().split_once(": ") else { return Ok(length) };
            if name.eq_ignore_ascii_case("content-length") {
                length = value.parse().map_err(io::Error::other)?;
            }
        }
    }
}

/// The answer in this text.
fn reply(text: &str) -> Option<Reply> {
    let (head, body) = text.split_once("\r\n\r\n")?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    Some(Reply { status, head: head.to_owned(), body: body.to_owned() })
}
