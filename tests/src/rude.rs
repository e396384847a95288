// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A collector on loopback that misbehaves at the byte level.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// What the collector does with a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rudeness {
    /// Never accepts it.
    NeverAccepts,
    /// Resets it without reading.
    Resets,
    /// Accepts it and then neither reads nor writes; for an encrypted connection, it does not greet back.
    Silent,
    /// Reads the request and never answers.
    NoHeaders,
    /// Answers with a byte of a header per second.
    DrippingHeaders,
    /// Answers with 200, and never sends the body that it promises.
    MissingBody,
    /// Answers with 200 and a byte of the body per second.
    DrippingBody,
    /// Answers with 200 and 64 MB.
    Flood,
    /// Answers with something that is not HTTP.
    Gibberish,
    /// Answers with headers that never end.
    EndlessHeaders,
}

/// A collector that treats every connection the same way.
#[derive(Debug)]
pub struct RudeServer {
    address: SocketAddr,
    connections: Arc<Mutex<Vec<Instant>>>,
}

impl RudeServer {
    /// Starts a collector that runs until the test ends.
    #[must_use]
    pub fn start(rudeness: Rudeness) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("loopback has a free port");
        let address = listener.local_addr().expect("a bound listener has an address");
        let connections = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&connections);
        std::thread::spawn(move || {
            if rudeness == Rudeness::NeverAccepts {
                // The kernel completes the handshake all the same.
                return std::thread::sleep(Duration::from_secs(3600));
            }
            for stream in listener.incoming().map_while(Result::ok) {
                seen.lock().expect("the lock is not poisoned").push(Instant::now());
                std::thread::spawn(move || serve(&stream, rudeness));
            }
        });
        Self { address, connections }
    }

    /// The URL that events go to.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// The same place, meant to be encrypted.
    #[must_use]
    pub fn encrypted_url(&self) -> String {
        format!("https://{}/", self.address)
    }

    /// How many connections were made so far.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.connections.lock().expect("the lock is not poisoned").len()
    }
}

fn serve(mut stream: &TcpStream, rudeness: Rudeness) -> io::Result<()> {
    let ok = b"HTTP/1.1 200 OK\r\n";
    match rudeness {
        // A connection that is closed with something unread is reset.
        Rudeness::Resets => return Ok(()),
        Rudeness::Silent | Rudeness::NeverAccepts => return linger(stream),
        _ => read_request(stream)?,
    }
    match rudeness {
        Rudeness::NoHeaders => {}
        Rudeness::DrippingHeaders => {
            stream.write_all(ok)?;
            drip(stream, b"x: ")?;
        }
        Rudeness::MissingBody => stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n")?,
        Rudeness::DrippingBody => {
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n")?;
            drip(stream, b"x")?;
        }
        Rudeness::Flood => {
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 64000000\r\n\r\n")?;
            (0..1000).try_for_each(|_| stream.write_all(&[b'x'; 64_000]))?;
        }
        Rudeness::Gibberish => stream.write_all(b"\x00\xff what?\r\n\r\n")?,
        Rudeness::EndlessHeaders => {
            stream.write_all(ok)?;
            (0..1_000_000)
                .try_for_each(|_| stream.write_all(b"x: yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\r\n"))?;
        }
        _ => {}
    }
    linger(stream)
}

/// Waits until the client hangs up.
fn linger(mut stream: &TcpStream) -> io::Result<()> {
    io::copy(&mut stream, &mut io::sink()).map(drop)
}

fn drip(mut stream: &TcpStream, bytes: &[u8]) -> io::Result<()> {
    for byte in bytes.iter().cycle().take(60) {
        stream.write_all(&[*byte])?;
        std::thread::sleep(Duration::from_secs(1));
    }
    Ok(())
}

fn read_request(stream: &TcpStream) -> io::Result<()> {
    let mut reader = BufReader::new(stream);
    let (mut line, mut length) = (String::new(), 0);
    while line != "\r\n" {
        line.clear();
        reader.read_line(&mut line)?;
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    reader.read_exact(&mut vec![0; length])
}
