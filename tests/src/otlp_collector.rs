// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A receiver of OTLP over HTTP on loopback that can be stopped and started, and that answers as a test says. It keeps bodies as they
//! are: a test reads them with the official message types.

use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread::JoinHandle;

/// One request.
#[derive(Debug, Clone)]
pub struct Export {
    /// The path.
    pub path: String,
    /// The headers; names are in lower case.
    pub headers: BTreeMap<String, String>,
    /// The body.
    pub body: Vec<u8>,
    /// Whether the answer could not be given, so that the client may send the same again.
    pub is_cut_off: bool,
}

/// An answer: the status, further header lines, and the body.
#[derive(Debug, Clone)]
pub struct Answer(pub u16, pub &'static str, pub Vec<u8>);

impl Answer {
    /// All events are accepted.
    #[must_use]
    pub fn accepted() -> Self {
        Self(200, "", Vec::new())
    }
}

/// A receiver.
#[derive(Debug)]
pub struct OtlpCollector {
    address: SocketAddr,
    shared: Arc<Shared>,
    running: Option<(Arc<AtomicBool>, JoinHandle<()>)>,
}

/// The answer to each request.
struct Answers(Box<dyn Fn(&Export) -> Answer + Send + Sync>);

impl fmt::Debug for Answers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Answers")
    }
}

#[derive(Debug)]
struct Shared {
    exports: Mutex<Vec<Export>>,
    answers: Answers,
    connections: Mutex<Vec<TcpStream>>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().expect("no thread of the receiver panics")
}

impl OtlpCollector {
    /// A receiver that gives these answers to its first requests and 200 with an empty body to all others.
    #[must_use]
    pub fn start(script: impl IntoIterator<Item = Answer>) -> Self {
        let script = Mutex::new(script.into_iter().collect::<VecDeque<_>>());
        Self::answering(move |_| lock(&script).pop_front().unwrap_or_else(Answer::accepted))
    }

    /// A receiver that answers each request as this function decides.
    #[must_use]
    pub fn answering(answer: impl Fn(&Export) -> Answer + Send + Sync + 'static) -> Self {
        let answers = Answers(Box::new(answer));
        let shared = Arc::new(Shared { exports: Mutex::default(), answers, connections: Mutex::default() });
        let mut collector = Self { address: SocketAddr::from(([127, 0, 0, 1], 0)), shared, running: None };
        collector.go_on();
        collector
    }

    /// Its base URL, as operators give it.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What has come in so far.
    #[must_use]
    pub fn exports(&self) -> Vec<Export> {
        lock(&self.shared.exports).clone()
    }

    /// Listens, at the same address if it has had one.
    ///
    /// # Panics
    ///
    /// If that address is taken.
    pub fn go_on(&mut self) {
        let listener = TcpListener::bind(self.address).expect("the port is free");
        self.address = listener.local_addr().expect("a bound listener has an address");
        let (is_stopped, shared) = (Arc::new(AtomicBool::new(false)), Arc::clone(&self.shared));
        let watched = Arc::clone(&is_stopped);
        let accepting = std::thread::spawn(move || shared.accept(&listener, &watched));
        self.running = Some((is_stopped, accepting));
    }

    /// Ends every connection, whatever it is doing, and listens no more.
    ///
    /// # Panics
    ///
    /// If a thread of the receiver has panicked.
    pub fn stop(&mut self) {
        let Some((is_stopped, accepting)) = self.running.take() else { return };
        is_stopped.store(true, Ordering::SeqCst);
        drop(TcpStream::connect(self.address));
        accepting.join().expect("no thread of the receiver panics");
        for connection in lock(&self.shared.connections).drain(..) {
            connection.shutdown(Shutdown::Both).ok();
        }
    }
}

impl Shared {
    fn accept(self: Arc<Self>, listener: &TcpListener, is_stopped: &Arc<AtomicBool>) {
        for connection in listener.incoming().map_while(Result::ok) {
            if is_stopped.load(Ordering::SeqCst) {
                return;
            }
            lock(&self.connections).push(connection.try_clone().expect("a socket can be cloned"));
            let (shared, is_stopped) = (Arc::clone(&self), Arc::clone(is_stopped));
            std::thread::spawn(move || shared.serve(connection, &is_stopped));
        }
    }

    fn serve(&self, mut connection: TcpStream, is_stopped: &AtomicBool) {
        let mut reader = BufReader::new(connection.try_clone().expect("a socket can be cloned"));
        while let Some(export) = read_export(&mut reader) {
            // Kept before it is answered: a test looks as soon as the client has the answer.
            let Answer(status, headers, body) = (self.answers.0)(&export);
            let index = self.keep(export);
            let head = format!("HTTP/1.1 {status} -\r\n{headers}Content-Length: {}\r\n\r\n", body.len());
            let answer = [head.as_bytes(), &body].concat();
            if is_stopped.load(Ordering::SeqCst) || connection.write_all(&answer).is_err() {
                return self.cut_off(index);
            }
        }
    }

    fn keep(&self, export: Export) -> usize {
        let mut exports = lock(&self.exports);
        exports.push(export);
        exports.len() - 1
    }

    fn cut_off(&self, index: usize) {
        lock(&self.exports)[index].is_cut_off = true;
    }
}

/// The next request of a connection, unless it has ended.
fn read_export(reader: &mut BufReader<TcpStream>) -> Option<Export> {
    let mut line = || {
        let mut line = String::new();
        reader.read_line(&mut line).ok().filter(|length| *length > 0)?;
        Some(line.trim_end().to_owned())
    };
    let path = line()?.split(' ').nth(1)?.to_owned();
    let mut headers = BTreeMap::new();
    while let Some((name, value)) = line()?.split_once(": ") {
        headers.insert(name.to_ascii_lowercase(), value.to_owned());
    }
    let mut body = vec![0; headers.get("content-length")?.parse().ok()?];
    reader.read_exact(&mut body).ok()?;
    Some(Export { path, headers, body, is_cut_off: false })
}
