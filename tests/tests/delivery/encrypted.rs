// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! An encrypted collector on loopback, for a name that nothing but a test's own system knows.

#![allow(dead_code, reason = "no test file needs all of it")]

use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};

use rustls::pki_types::PrivateKeyDer;
use rustls::{HandshakeKind, ServerConfig, ServerConnection, StreamOwned};
use telemetry_tests::home::Home;

/// Ends in `.invalid`, so that nothing could leave this machine.
pub(crate) const NAME: &str = "events.example.invalid";

/// A collector for [`NAME`] and `localhost` that is also the proxy on the way to itself.
pub(crate) struct Encrypted {
    pub(crate) address: SocketAddr,
    certificate: String,
    first_lines: Receiver<String>,
    handshakes: Receiver<HandshakeKind>,
}

/// The keys and certificates of a connection.
struct Serving {
    config: Arc<ServerConfig>,
    first_lines: Sender<String>,
    handshakes: Sender<HandshakeKind>,
}

impl Encrypted {
    pub(crate) fn start() -> Self {
        Self::answering([])
    }

    /// A collector that answers its first requests like this and all further ones with 204. After each it hangs up.
    pub(crate) fn answering(script: impl IntoIterator<Item = u16>) -> Self {
        let (certificate, config) = identity();
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let (sender, first_lines) = mpsc::channel();
        let (handshake, handshakes) = mpsc::channel();
        let serving = Serving { config, first_lines: sender, handshakes: handshake };
        let mut script: VecDeque<u16> = script.into_iter().collect();
        std::thread::spawn(move || {
            // Clients that do not trust the certificate hang up.
            for stream in listener.incoming().map_while(Result::ok) {
                drop(serving.serve(stream, || script.pop_front().unwrap_or(204)));
            }
        });
        Self { address, certificate, first_lines, handshakes }
    }

    /// The requests so far: `CONNECT` requests of a proxy, `POST` requests of the collector.
    pub(crate) fn asked_for(&self) -> Vec<String> {
        self.first_lines.try_iter().collect()
    }

    /// How the connections of the requests so far began.
    pub(crate) fn handshakes(&self) -> Vec<HandshakeKind> {
        self.handshakes.try_iter().collect()
    }

    pub(crate) fn certificate_in(&self, home: &Home) -> String {
        let file = home.path().join("trusted.pem");
        std::fs::write(&file, &self.certificate).unwrap();
        file.to_str().unwrap().to_owned()
    }

    /// The URL with the name that has to be looked up.
    pub(crate) fn named_url(&self) -> String {
        format!("https://{NAME}:{}/", self.address.port())
    }
}

/// A certificate that is made on the spot, and the server's side of it.
fn identity() -> (String, Arc<ServerConfig>) {
    let made = rcgen::generate_simple_self_signed([NAME, "localhost"].map(str::to_owned)).unwrap();
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .unwrap();
    (made.cert.pem(), Arc::new(config))
}

impl Serving {
    fn serve(&self, mut stream: TcpStream, status: impl FnOnce() -> u16) -> io::Result<()> {
        let mut first = [0];
        stream.peek(&mut first)?;
        if first == *b"C" {
            // Byte by byte: the bytes after the empty line are already encrypted.
            let _ = self.first_lines.send(read_head(&mut BufReader::with_capacity(1, &stream))?);
            stream.write_all(b"HTTP/1.1 200 Connected\r\n\r\n")?;
        }
        let connection = ServerConnection::new(Arc::clone(&self.config)).map_err(io::Error::other)?;
        let mut reader = BufReader::new(StreamOwned::new(connection, stream));
        let _ = self.first_lines.send(read_head(&mut reader)?);
        reader.get_ref().conn.handshake_kind().map(|kind| self.handshakes.send(kind));
        write!(
            reader.get_mut(),
            "HTTP/1.1 {} Told\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
            status()
        )
    }
}

/// The first line of a request whose headers and body are read.
fn read_head(reader: &mut impl BufRead) -> io::Result<String> {
    let (mut first, mut line, mut length) = (String::new(), String::new(), 0);
    reader.read_line(&mut first)?;
    while line != "\r\n" {
        line.clear();
        reader.read_line(&mut line)?;
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    reader.read_exact(&mut vec![0; length])?;
    Ok(first.trim_end().to_owned())
}
