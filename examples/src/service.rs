// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A JSON service on loopback, which runs until its standard input ends.

use std::error::Error;
use std::io::{self, Read};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};

use serde_json::{Value, json};
use tiny_http::{Request, Response, Server};

/// How many requests are handled at a time.
const THREADS: usize = 4;

/// The longest body, in bytes.
const LONGEST_BODY: u64 = 1 << 20;

/// A listening service.
///
/// ```
/// use telemetry_examples::service::{Reply, Service};
///
/// let service = Service::bind(0)?;
/// assert!(service.url().starts_with("http://127.0.0.1:"));
/// // service.run(|call| Reply::ok(serde_json::json!({"path": call.path})));
/// # Ok::<(), Box<dyn std::error::Error + Send + Sync>>(())
/// ```
pub struct Service {
    server: Server,
    address: SocketAddr,
}

impl std::fmt::Debug for Service {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Service").field("address", &self.address).finish_non_exhaustive()
    }
}

impl Service {
    /// Listens on this port of 127.0.0.1; 0 is any free one.
    ///
    /// # Errors
    ///
    /// If the port cannot be had.
    pub fn bind(port: u16) -> Result<Self, Box<dyn Error + Send + Sync>> {
        Self::on(TcpListener::bind((Ipv4Addr::LOCALHOST, port))?)
    }

    /// Serves what comes in here. Several processes may serve one listener.
    ///
    /// # Errors
    ///
    /// If the listener has no address.
    pub fn on(listener: TcpListener) -> Result<Self, Box<dyn Error + Send + Sync>> {
        let address = listener.local_addr()?;
        Ok(Self { server: Server::from_listener(listener, None)?, address })
    }

    /// Where the service is.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Answers requests, several at a time, until standard input ends.
    pub fn run(&self, handle: impl Fn(&Call) -> Reply + Sync) {
        std::thread::scope(|scope| {
            for _ in 0..THREADS {
                scope.spawn(|| self.serve(&handle));
            }
            wait_for_end_of_input();
            (0..THREADS).for_each(|_| self.server.unblock());
        });
    }

    fn serve(&self, handle: &impl Fn(&Call) -> Reply) {
        while let Ok(mut request) = self.server.recv() {
            let Reply { status, body } =
                Call::read(&mut request).map_or_else(Reply::from, |call| handle(&call));
            let answer = Response::from_string(body.to_string()).with_status_code(status);
            // The client may have left.
            let _: io::Result<()> = request.respond(answer);
        }
    }
}

fn wait_for_end_of_input() {
    // An input that cannot be read has ended, too.
    let _: io::Result<u64> = io::copy(&mut io::stdin().lock(), &mut io::sink());
}

/// One request.
#[derive(Debug)]
pub struct Call {
    /// The method.
    pub method: String,
    /// The path with its query.
    pub path: String,
    /// The body; null if it is missing.
    pub body: Value,
}

impl Call {
    fn read(request: &mut Request) -> Result<Self, Box<dyn Error>> {
        let mut text = String::new();
        request.as_reader().take(LONGEST_BODY).read_to_string(&mut text)?;
        let body = if text.is_empty() { Value::Null } else { serde_json::from_str(&text)? };
        Ok(Self { method: request.method().to_string(), path: request.url().to_owned(), body })
    }

    /// The method, and the path in pieces, to be matched.
    #[must_use]
    pub fn route(&self) -> (&str, Vec<&str>) {
        (&self.method, self.path.split('/').skip(1).collect())
    }

    /// A text of the body; empty if it is missing.
    #[must_use]
    pub fn text(&self, key: &str) -> &str {
        self.body.get(key).and_then(Value::as_str).unwrap_or_default()
    }

    /// The texts in a list of the body.
    pub fn texts(&self, key: &str) -> impl Iterator<Item = &str> {
        let list = self.body.get(key).and_then(Value::as_array);
        list.into_iter().flatten().filter_map(Value::as_str)
    }
}

/// An answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The body.
    pub body: Value,
}

impl Reply {
    /// It went well.
    #[must_use]
    pub fn ok(body: Value) -> Self {
        Self { status: 200, body }
    }

    /// It did not, and this is why.
    pub fn refused(status: u16, reason: impl std::fmt::Display) -> Self {
        Self { status, body: json!({"error": reason.to_string()}) }
    }

    /// Nothing is there.
    #[must_use]
    pub fn not_found() -> Self {
        Self::refused(404, "there is no such thing")
    }
}

impl From<Box<dyn Error>> for Reply {
    fn from(error: Box<dyn Error>) -> Self {
        Self::refused(400, error)
    }
}
