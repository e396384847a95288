// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A collector on loopback that reads requests as fast as it can and answers each with 204, or misbehaves.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// How the collector treats a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manner {
    Good,
    /// Answers each request with this status.
    Status(u16),
    /// Closes each connection at once.
    Reset,
    /// Accepts, and then does nothing.
    Silent,
    /// Answers with one byte per second.
    Drip,
    /// Answers with a body of 64 MB.
    Flood,
}

pub(crate) struct Collector {
    address: SocketAddr,
    requests: Arc<AtomicU64>,
    arrivals: Receiver<Instant>,
}

impl Collector {
    pub(crate) fn start(manner: Manner) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("loopback has a free port");
        let address = listener.local_addr().expect("a bound listener has an address");
        let requests = Arc::new(AtomicU64::new(0));
        let (sender, arrivals) = channel();
        let counter = Arc::clone(&requests);
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (counter, sender) = (Arc::clone(&counter), sender.clone());
                std::thread::spawn(move || {
                    let arrived = || {
                        counter.fetch_add(1, Ordering::Relaxed);
                        let _ = sender.send(Instant::now());
                    };
                    // Clients may vanish at any moment.
                    let _ = serve(&stream, manner, arrived);
                });
            }
        });
        Self { address, requests, arrivals }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/v1.1/events/json", self.address)
    }

    /// The same place, but encrypted: it never answers the greeting.
    pub(crate) fn encrypted_url(&self) -> String {
        format!("https://{}/v1.1/events/json", self.address)
    }

    pub(crate) fn next_arrival(&self) -> Option<Instant> {
        self.arrivals.recv_timeout(Duration::from_secs(2)).ok()
    }

    pub(crate) fn requests(&self) -> u64 {
        self.requests.load(Ordering::Relaxed)
    }
}

fn serve(stream: &TcpStream, manner: Manner, arrived: impl Fn()) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut reader = BufReader::with_capacity(64 * 1024, stream);
    match manner {
        Manner::Reset => return Ok(()),
        Manner::Silent => return std::io::copy(&mut reader, &mut std::io::sink()).map(drop),
        Manner::Good | Manner::Status(_) | Manner::Drip | Manner::Flood => {}
    }
    let mut body = Vec::new();
    while read_request(&mut reader, &mut body)? {
        arrived();
        answer(stream, manner)?;
    }
    Ok(())
}

fn answer(mut stream: &TcpStream, manner: Manner) -> std::io::Result<()> {
    match manner {
        Manner::Status(status) => write!(stream, "HTTP/1.1 {status} Told\r\ncontent-length: 0\r\n\r\n"),
        Manner::Drip => b"HTTP/1.1 200 OK\r\nx: ".iter().cycle().try_for_each(|byte| {
            stream.write_all(&[*byte])?;
            std::thread::sleep(Duration::from_secs(1));
            Ok(())
        }),
        Manner::Flood => {
            write!(stream, "HTTP/1.1 200 OK\r\ncontent-length: 64000000\r\n\r\n")?;
            (0..1000).try_for_each(|_| stream.write_all(&[b'x'; 64_000]))
        }
        _ => stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n"),
    }
}

/// Returns whether there was a request.
fn read_request(reader: &mut impl BufRead, body: &mut Vec<u8>) -> std::io::Result<bool> {
    let (mut line, mut length) = (String::new(), 0);
    loop {
        line.clear();
        if reader.read_line(&mut line)? == 0 {
            return Ok(false);
        }
        if line == "\r\n" {
            break;
        }
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    body.resize(length, 0);
    reader.read_exact(body)?;
    Ok(true)
}
