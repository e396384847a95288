// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The connections of a collector, each on a thread of its own.

use std::collections::{BTreeMap, VecDeque};
use std::io::{self, BufReader, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use telemetry_schema::json::Json;

use super::answer::Answer;
use super::read::{Refusal, Stop, read};
use super::request::ReceivedRequest;
use crate::event::Event;

/// The maximum number of connections at a time.
const MOST_CONNECTIONS: usize = 64;

/// The maximum number of problems that a test can list.
const MOST_PROBLEMS: usize = 1000;

/// The maximum size of all requests that are kept, in bytes. Their events take several times that in memory.
const MOST_KEPT: usize = 64 << 20;

/// The time limit for the next bytes of a request, and between two requests of a connection.
const PATIENCE: Duration = Duration::from_secs(30);

/// The time between two bytes of [`Answer::Drip`], and their number.
const DRIP: (Duration, u32) = (Duration::from_millis(100), 300);

/// The state that the connections of a collector share.
#[derive(Debug, Default)]
pub(super) struct Shared {
    state: Mutex<State>,
    /// Notified when the state changes.
    pub(super) changed: Condvar,
}

#[derive(Debug, Default)]
pub(super) struct State {
    /// The answers to the next requests.
    answers: VecDeque<Answer>,
    /// The answer to all later ones.
    pub(super) answer: Answer,
    pub(super) requests: Vec<ReceivedRequest>,
    /// The events of those that were accepted. Each envelope is parsed once, when it arrives.
    pub(super) events: Vec<Event>,
    /// The size of the requests in bytes.
    kept: usize,
    /// Why requests were refused, or are not envelopes.
    pub(super) problems: Vec<String>,
    /// The number of connections so far.
    pub(super) connections: u64,
    /// The open connections by the number of each.
    open: BTreeMap<u64, TcpStream>,
    pub(super) is_released: bool,
    is_stopped: bool,
}

impl State {
    fn add_problem(&mut self, problem: String) {
        if self.problems.len() < MOST_PROBLEMS {
            self.problems.push(problem);
        }
    }

    fn add(&mut self, request: ReceivedRequest, envelope: Result<Json, String>) {
        match envelope {
            Ok(envelope) if request.is_accepted() => Event::append(&envelope, &mut self.events),
            Ok(_) => {}
            Err(problem) => self.add_problem(problem),
        }
        self.kept += request.size();
        self.requests.push(request);
    }
}

impl Shared {
    pub(super) fn answering(answers: impl IntoIterator<Item = Answer>) -> Self {
        let state = State { answers: answers.into_iter().collect(), ..State::default() };
        Self { state: Mutex::new(state), changed: Condvar::new() }
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for a change, at most so long.
    pub(super) fn wait<'a>(&self, state: MutexGuard<'a, State>, timeout: Duration) -> MutexGuard<'a, State> {
        self.changed.wait_timeout(state, timeout).unwrap_or_else(PoisonError::into_inner).0
    }

    /// Waits until the condition holds, and returns whether it does.
    fn wait_while(&self, timeout: Duration, condition: impl FnMut(&mut State) -> bool) -> bool {
        let waited = self.changed.wait_timeout_while(self.lock(), timeout, condition);
        !waited.unwrap_or_else(PoisonError::into_inner).1.timed_out()
    }

    pub(super) fn wait_for_connections(&self, timeout: Duration) -> bool {
        self.wait_while(timeout, |state| !state.open.is_empty())
    }

    /// Closes all connections.
    pub(super) fn stop(&self) {
        let mut state = self.lock();
        state.is_stopped = true;
        for stream in state.open.values() {
            let _ = stream.shutdown(Shutdown::Both);
        }
        self.changed.notify_all();
    }

    pub(super) fn accept(self: &Arc<Self>, listener: &TcpListener) {
        for (number, stream) in (0..).zip(listener.incoming()) {
            if self.lock().is_stopped {
                return;
            }
            // A client may be gone before it is accepted.
            let Ok(stream) = stream else { continue };
            if !self.is_opened(number, &stream) {
                let _ = self.refuse(Refusal::FULL, &stream);
                continue;
            }
            let shared = Arc::clone(self);
            let served = std::thread::Builder::new().spawn(move || {
                let _ = shared.serve(&stream);
                let _ = stream.shutdown(Shutdown::Both);
                shared.close(number);
            });
            if served.is_err() {
                self.close(number);
            }
        }
    }

    /// Takes the connection into account, unless there are too many.
    fn is_opened(&self, number: u64, stream: &TcpStream) -> bool {
        let mut state = self.lock();
        state.connections += 1;
        let Ok(stream) = stream.try_clone() else { return false };
        if state.is_stopped || state.open.len() >= MOST_CONNECTIONS {
            return false;
        }
        state.open.insert(number, stream);
        true
    }

    fn close(&self, number: u64) {
        self.lock().open.remove(&number);
        self.changed.notify_all();
    }

    fn serve(&self, mut stream: &TcpStream) -> io::Result<()> {
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        stream.set_nodelay(true)?;
        let mut reader = BufReader::new(stream);
        loop {
            match read(&mut reader, &mut stream) {
                Err(Stop::Broken(error)) => return Err(error),
                Err(Stop::Refused(refusal)) => return self.refuse(refusal, stream),
                Ok(None) => return Ok(()),
                Ok(Some(request)) => {
                    let answer = self.answer_to(&request);
                    if !self.give(answer, request, stream)? {
                        return Ok(());
                    }
                }
            }
        }
    }

    fn refuse(&self, refusal: Refusal, stream: &TcpStream) -> io::Result<()> {
        self.lock().add_problem(refusal.reason.to_owned());
        answer_with(stream, refusal.status, "connection: close\r\n")
    }

    fn answer_to(&self, request: &ReceivedRequest) -> Answer {
        let mut state = self.lock();
        if state.kept.saturating_add(request.size()) > MOST_KEPT {
            return Answer::Status(Refusal::FULL.status);
        }
        state.answers.pop_front().unwrap_or(state.answer)
    }

    /// Gives the answer. Returns whether the connection can be used again.
    fn give(&self, answer: Answer, mut request: ReceivedRequest, stream: &TcpStream) -> io::Result<bool> {
        let envelope = request.envelope();
        request.status = answer.status(&request, envelope.is_ok());
        let status = request.status;
        // Kept before it is answered: once a client has its answer, its events are here.
        self.keep(request, envelope);
        if answer == Answer::Hold {
            self.wait_while(PATIENCE, |state| !state.is_released && !state.is_stopped);
        }
        match (answer, status) {
            (Answer::Redirect(path), _) => answer_with(stream, 302, &format!("location: {path}\r\n"))?,
            (Answer::Drip, _) => self.drip(stream)?,
            (Answer::Hang, _) => {
                io::copy(&mut &*stream, &mut io::sink())?;
                return Ok(false);
            }
            (_, Some(status)) => answer_with(stream, status, "")?,
            (_, None) => return Ok(false),
        }
        Ok(true)
    }

    fn keep(&self, request: ReceivedRequest, envelope: Result<Json, String>) {
        let mut state = self.lock();
        if state.kept.saturating_add(request.size()) <= MOST_KEPT {
            state.add(request, envelope);
        } else {
            state.add_problem(Refusal::FULL.reason.to_owned());
        }
        drop(state);
        self.changed.notify_all();
    }

    /// Each byte comes soon, and the answer never ends.
    fn drip(&self, mut stream: &TcpStream) -> io::Result<()> {
        stream.write_all(b"HTTP/1.1 200 OK\r\nx-drip: ")?;
        for _ in 0..DRIP.1 {
            if self.wait_while(DRIP.0, |state| !state.is_stopped) {
                break;
            }
            stream.write_all(b"x")?;
        }
        stream.shutdown(Shutdown::Both)
    }
}

fn answer_with(mut stream: &TcpStream, status: u16, headers: &str) -> io::Result<()> {
    // In one piece: the second of two would wait until the client has confirmed the first.
    stream.write_all(format!("HTTP/1.1 {status} Answer\r\n{headers}content-length: 0\r\n\r\n").as_bytes())
}
