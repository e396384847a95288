// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A collector on loopback: it keeps what it is sent and answers as told.
//!
//! It differs from the collector of `telemetry-expect`, which is made for a product's tests: that one decompresses and judges requests, and
//! bounds their number and size. Tests of delivery flood their collector, and see each request once and as it was sent.

use std::collections::{BTreeMap, VecDeque};
use std::io::{self, BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use serde_json::Value;

use crate::ordered::Ordered;

/// How long a test waits for something that should come soon. Only a failing test waits that long.
pub const PATIENCE: Duration = Duration::from_secs(120);

/// The time between two bytes of [`Answer::Trickle`].
const TRICKLE: Duration = Duration::from_millis(100);

/// The path of the requests with which a test finds out that all earlier connections have been seen.
const LAST: &str = "/last";

/// An address without a listener.
pub const DOWN: &str = "http://127.0.0.1:1/v1.1/events/json";

/// What the server does with one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Answers with this status and an empty body.
    Status(u16),
    /// Answers with this status and body.
    Body(u16, &'static str),
    /// Sends the client to this path of the same server.
    Redirect(&'static str),
    /// Never answers, until the client gives up.
    Hang,
    /// Answers with 200 once the test says [`Server::release`].
    Hold,
    /// Answers with 200, but so slowly that no client waits for the end.
    Trickle,
    /// Closes the connection without an answer.
    Close,
}

/// One request as it came in.
#[derive(Debug, Clone)]
pub struct Request {
    /// The method.
    pub method: String,
    /// The path with its query.
    pub path: String,
    /// The headers; names are in lower case.
    pub headers: BTreeMap<String, String>,
    /// The body.
    pub body: String,
}

impl Request {
    /// The body as JSON.
    #[must_use]
    pub fn envelope(&self) -> Value {
        serde_json::from_str(&self.body).expect("an envelope is JSON")
    }

    /// The body as JSON that remembers the order of its keys.
    #[must_use]
    pub fn ordered_envelope(&self) -> Ordered {
        Ordered::parse(&self.body)
    }

    /// The parameters of the first event.
    #[must_use]
    pub fn parameters(&self) -> Value {
        self.envelope()["events"][0]["parameters"].clone()
    }

    /// When the first event happened, as the envelope says it.
    #[must_use]
    pub fn event_time(&self) -> String {
        self.envelope()["events"][0]["ts"].as_str().expect("every event has a time").to_owned()
    }

    /// The session of the process that sent this.
    #[must_use]
    pub fn session(&self) -> String {
        self.envelope()["sessionId"].as_str().expect("every envelope has a session").to_owned()
    }
}

/// A server that runs until the test ends.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    requests: Receiver<Request>,
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    script: Mutex<VecDeque<Answer>>,
    open: Mutex<usize>,
    closed: Condvar,
    released: Mutex<bool>,
    release: Condvar,
}

impl Server {
    /// A server that answers every request with 200.
    #[must_use]
    pub fn start() -> Self {
        Self::answering([])
    }

    /// A server that answers its first requests like this and all further ones with 200.
    #[must_use]
    pub fn answering(script: impl IntoIterator<Item = Answer>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("loopback has a free port");
        let address = listener.local_addr().expect("a bound listener has an address");
        let (sender, requests) = mpsc::channel();
        let script = Mutex::new(script.into_iter().collect());
        let shared = Arc::new(Shared { script, ..Shared::default() });
        let accepting = Arc::clone(&shared);
        std::thread::spawn(move || accepting.accept(&listener, &sender));
        Self { address, requests, shared }
    }

    /// The URL that events go to.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}/v1.1/events/json", self.address)
    }

    /// The next request, which may still be on its way.
    #[must_use]
    pub fn next_request(&self) -> Request {
        self.requests.recv_timeout(PATIENCE).expect("a request comes in")
    }

    /// The requests that have arrived and not been read yet; more may follow.
    #[must_use]
    pub fn received(&self) -> Vec<Request> {
        self.requests.try_iter().collect()
    }

    /// Answers the requests that are on [`Answer::Hold`], from now on at once.
    pub fn release(&self) {
        *self.shared.released.lock().expect("no handler panics") = true;
        self.shared.release.notify_all();
    }

    /// The requests that have not been read yet. Call it when the sending processes have ended, so that no more
    /// requests can follow.
    #[must_use]
    pub fn after_exit(&self) -> Vec<Request> {
        let mut last = TcpStream::connect(self.address).expect("the server accepts");
        write!(last, "GET {LAST} HTTP/1.1\r\nconnection: close\r\n\r\n").expect("the server reads");
        io::copy(&mut last, &mut io::sink()).expect("the server answers");
        drop(last);
        let open = self.shared.open.lock().expect("no handler panics");
        let quiet = self.shared.closed.wait_timeout_while(open, PATIENCE, |open| *open > 0);
        assert!(!quiet.expect("no handler panics").1.timed_out(), "a process still holds a connection");
        self.received().into_iter().filter(|request| request.path != LAST).collect()
    }
}

impl Shared {
    fn accept(self: &Arc<Self>, listener: &TcpListener, requests: &Sender<Request>) {
        for stream in listener.incoming().map_while(Result::ok) {
            *self.open.lock().expect("no handler panics") += 1;
            let (shared, requests) = (Arc::clone(self), requests.clone());
            std::thread::spawn(move || {
                // Clients may vanish at any moment.
                let _: io::Result<()> = shared.serve(&stream, &requests);
                *shared.open.lock().expect("no handler panics") -= 1;
                shared.closed.notify_all();
            });
        }
    }

    fn serve(&self, stream: &TcpStream, requests: &Sender<Request>) -> io::Result<()> {
        let mut reader = BufReader::new(stream);
        while let Some(request) = read_request(&mut reader)? {
            let is_last = request.path == LAST;
            let answer = if is_last { Answer::Status(200) } else { self.next_answer() };
            if requests.send(request).is_err() || !self.give(answer, stream)? || is_last {
                return Ok(());
            }
        }
        Ok(())
    }

    fn next_answer(&self) -> Answer {
        self.script.lock().expect("no handler panics").pop_front().unwrap_or(Answer::Status(200))
    }
}

impl Shared {
    /// Gives the answer. Returns whether the connection can be used again.
    fn give(&self, answer: Answer, mut stream: &TcpStream) -> io::Result<bool> {
        match answer {
            Answer::Status(status) => answer_with(stream, status, "", "")?,
            Answer::Body(status, body) => answer_with(stream, status, "", body)?,
            Answer::Redirect(path) => answer_with(stream, 302, &format!("location: {path}\r\n"), "")?,
            Answer::Hold => {
                self.wait_for_release();
                answer_with(stream, 200, "", "")?;
            }
            Answer::Trickle => trickle(stream)?,
            Answer::Hang => {
                io::copy(&mut stream, &mut io::sink())?;
                return Ok(false);
            }
            Answer::Close => return Ok(false),
        }
        Ok(true)
    }

    fn wait_for_release(&self) {
        let released = self.released.lock().expect("no handler panics");
        let waited = self.release.wait_timeout_while(released, PATIENCE, |released| !*released);
        drop(waited.expect("no handler panics"));
    }
}

fn answer_with(mut stream: &TcpStream, status: u16, headers: &str, body: &str) -> io::Result<()> {
    // In one piece: the second of two would wait until the client has confirmed the first.
    let length = body.len();
    stream.write_all(
        format!("HTTP/1.1 {status} Told\r\n{headers}content-length: {length}\r\n\r\n{body}").as_bytes(),
    )
}

/// One byte at a time: each comes soon, all together never end.
fn trickle(mut stream: &TcpStream) -> io::Result<()> {
    write!(stream, "HTTP/1.1 200 Told\r\nx-slow: ")?;
    for _ in 0..PATIENCE.as_millis() / TRICKLE.as_millis() {
        stream.write_all(b"x")?;
        std::thread::sleep(TRICKLE);
    }
    Ok(())
}

/// One request, or nothing if the client has hung up.
fn read_request(reader: &mut impl BufRead) -> io::Result<Option<Request>> {
    let mut first = String::new();
    if reader.read_line(&mut first)? == 0 {
        return Ok(None);
    }
    let mut words = first.split_whitespace().map(str::to_owned);
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let headers = read_headers(reader)?;
    let length = headers.get("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let body = String::from_utf8(body).map_err(io::Error::other)?;
    Ok(Some(Request { method, path, headers, body }))
}

fn read_headers(reader: &mut impl BufRead) -> io::Result<BTreeMap<String, String>> {
    let mut headers = BTreeMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(':') else { return Ok(headers) };
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
}
