// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A collector on loopback that keeps what it receives.

mod answer;
mod chunks;
mod connection;
mod read;
mod request;
#[cfg(test)]
mod tests;

use std::io::{self, Read};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

pub use answer::Answer;
use connection::Shared;
pub use request::ReceivedRequest;

use crate::event::Event;

/// The time limit for connections to be accepted, which is the work of this process and takes no time on a machine that is not busy.
const ACCEPTING: Duration = Duration::from_secs(30);

/// The time limit for the last requests of connections when the collector is dropped.
const END: Duration = Duration::from_secs(5);

/// A collector on loopback that keeps what it receives in memory, and answers as the test chooses.
///
/// It accepts requests at each path, compressed with gzip or not, and with a length or in chunks. It handles at most 64 connections at a time, takes bodies of at most
/// 8 MiB, and keeps at most 64 MiB of requests; it refuses the rest with 503 or 413. When it is dropped, it closes all connections and
/// its threads end.
///
/// ```
/// use std::io::Write;
/// use std::net::TcpStream;
/// use std::time::Duration;
/// use telemetry_expect::Collector;
///
/// let collector = Collector::start()?;
///
/// // A product sends this.
/// let envelope = r#"{"clientId": "1", "sessionId": "a", "events": [{"name": "order", "ts": "2026-01-01T00:00:00.000Z", "parameters": {"n": 3}}]}"#;
/// let mut product = TcpStream::connect(collector.address())?;
/// write!(product, "POST / HTTP/1.1\r\ncontent-length: {}\r\n\r\n{envelope}", envelope.len())?;
///
/// assert!(collector.wait_until(Duration::from_secs(10), |events| events.len() == 1));
/// let events = collector.events();
/// assert_eq!(events[0].name, "order");
/// assert_eq!(events[0].parameters["n"], 3);
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct Collector {
    address: SocketAddr,
    shared: Arc<Shared>,
    /// The number of connections that this collector has opened to itself.
    own_connections: AtomicU64,
    accepting: Option<JoinHandle<()>>,
}

impl Collector {
    /// Starts a collector that accepts each envelope, on a free port of `127.0.0.1`.
    ///
    /// # Errors
    ///
    /// If there is no free port or no thread.
    pub fn start() -> io::Result<Self> {
        Self::answering([])
    }

    /// Starts a collector that gives these answers to its first requests. It gives [`Answer::Accept`] to all later ones.
    ///
    /// ```
    /// use telemetry_expect::{Answer, Collector};
    ///
    /// // The first request has to be repeated.
    /// let collector = Collector::answering([Answer::Status(503)])?;
    /// # Ok::<(), std::io::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If there is no free port or no thread.
    pub fn answering(answers: impl IntoIterator<Item = Answer>) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared::answering(answers));
        let accepting = Arc::clone(&shared);
        let accepting = std::thread::Builder::new()
            .name("telemetry-expect".to_owned())
            .spawn(move || accepting.accept(&listener))?;
        Ok(Self { address, shared, own_connections: AtomicU64::new(0), accepting: Some(accepting) })
    }

    /// The address at which it listens.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// The URL for the product's endpoint variable, such as `http://127.0.0.1:49152/v1.1/events/json`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}/v1.1/events/json", self.address)
    }

    /// Gives `answer` to all requests from now on that no answer of [`answering`](Self::answering) is left for.
    pub fn answer(&self, answer: Answer) {
        self.shared.lock().answer = answer;
    }

    /// Answers the requests that [`Answer::Hold`] holds, and from now on each such request at once.
    pub fn release(&self) {
        self.shared.lock().is_released = true;
        self.shared.changed.notify_all();
    }

    /// The requests so far, in the order of their arrival.
    #[must_use]
    pub fn requests(&self) -> Vec<ReceivedRequest> {
        self.shared.lock().requests.clone()
    }

    /// The events of all envelopes so far that the collector has accepted with a status from 200 to 299, in the order of their
    /// arrival.
    #[must_use]
    pub fn events(&self) -> Vec<Event> {
        self.shared.lock().events.clone()
    }

    /// Why requests were refused, or are not envelopes.
    pub(crate) fn problems(&self) -> Vec<String> {
        self.shared.lock().problems.clone()
    }

    /// The number of connections that programs have opened, also of those without a request.
    pub(crate) fn connections(&self) -> u64 {
        self.shared.lock().connections.saturating_sub(self.own_connections.load(Ordering::Relaxed))
    }

    /// The number of events so far.
    pub(crate) fn count(&self) -> usize {
        self.shared.lock().events.len()
    }

    /// Waits until `is_enough` returns `true` for the events so far, and returns whether it did within `timeout`.
    pub fn wait_until(&self, timeout: Duration, mut is_enough: impl FnMut(&[Event]) -> bool) -> bool {
        let end = Instant::now().checked_add(timeout);
        let mut state = self.shared.lock();
        loop {
            if is_enough(&state.events) {
                return true;
            }
            let left = end.map_or(timeout, |end| end.saturating_duration_since(Instant::now()));
            if left.is_zero() {
                return false;
            }
            state = self.shared.wait(state, left);
        }
    }

    /// Waits until all connections that were begun before this call are closed, and returns whether that happened within `timeout`. A
    /// process that has ended has closed its own. On a busy machine it first takes longer until the collector has accepted them.
    #[must_use]
    pub fn wait_for_connections(&self, timeout: Duration) -> bool {
        // Connections are accepted in their order: when this one is closed, all earlier ones have been accepted.
        let last = TcpStream::connect(self.address).and_then(|mut last| {
            self.own_connections.fetch_add(1, Ordering::Relaxed);
            last.set_read_timeout(Some(timeout.max(ACCEPTING)))?;
            last.shutdown(Shutdown::Write)?;
            last.read(&mut [0]).map(|_| ())
        });
        last.is_ok() && self.shared.wait_for_connections(timeout)
    }
}

impl Drop for Collector {
    fn drop(&mut self) {
        self.shared.stop();
        // Wakes the thread that accepts.
        let woken = TcpStream::connect(self.address);
        if let (Ok(_), Some(accepting)) = (woken, self.accepting.take()) {
            let _ = accepting.join();
        }
        self.shared.wait_for_connections(END);
    }
}
