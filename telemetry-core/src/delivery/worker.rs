// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The thread round the state machine: it waits, writes the audit log, posts and makes heartbeats.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use once_cell::race::OnceBox;

use super::machine::{Action, Batch, Limits, Machine};
use crate::audit::AuditLog;
use crate::clock::Clock;
use crate::consent::{MarkerState, marker_state};
use crate::endpoint::Endpoint;
use crate::envelope::{Sender, envelope};
use crate::profile::Profile;
use crate::record::Record;
use crate::stats::{RequestReport, Stats};
use crate::timestamp::IsoTimestamp;
use crate::transport::{Request, Transport, TransportError, TransportFactory};

/// Makes the record of a heartbeat at the given Unix time, with the number of values that were out of bounds.
pub(crate) type BeatSource = Box<dyn Fn(f64) -> Option<(Record, u32)> + Send + Sync>;

/// All that delivery needs of the world. The worker never reads the environment: what came from there is in here.
pub(crate) struct Outside {
    pub(crate) profile: Profile,
    pub(crate) sender: Sender,
    pub(crate) audit: Option<AuditLog>,
    pub(crate) transport: TransportFactory,
    pub(crate) clock: Arc<dyn Clock>,
    /// The marker to look at before each request.
    pub(crate) marker: Option<PathBuf>,
    /// The program's own switch.
    pub(crate) switch: Arc<AtomicBool>,
}

impl Outside {
    /// Whether the marker or the switch has come to object since the report was made.
    fn objects(&self) -> bool {
        let marker = self.marker.as_deref().map_or(MarkerState::Absent, marker_state);
        !self.switch.load(Ordering::Relaxed) || marker != MarkerState::Absent
    }
}

struct State {
    machine: Machine,
    /// Whether a thread runs or is being started.
    has_worker: bool,
    /// Whether that thread waits for something to do.
    worker_sleeps: bool,
}

/// Delivery of one client in one process.
pub(crate) struct Delivery {
    state: Mutex<State>,
    work: Condvar,
    progress: Condvar,
    beat: OnceBox<BeatSource>,
    outside: Outside,
    epoch: Instant,
}

impl Delivery {
    pub(crate) fn new(outside: Outside) -> Arc<Self> {
        let machine = Machine::new(Limits { queue: outside.profile.queue });
        Arc::new(Self {
            state: Mutex::new(State { machine, has_worker: false, worker_sleeps: false }),
            work: Condvar::new(),
            progress: Condvar::new(),
            beat: OnceBox::new(),
            outside,
            epoch: Instant::now(),
        })
    }

    /// The lock is held for a few instructions only, never across a file, a socket or foreign code.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks at the state machine, or changes it.
    pub(crate) fn with_machine<T>(&self, look: impl FnOnce(&mut Machine) -> T) -> T {
        look(&mut self.lock().machine)
    }

    pub(crate) fn stats(&self) -> Stats {
        self.with_machine(|machine| machine.stats().clone())
    }

    /// Hands a record over and returns at once.
    pub(crate) fn submit(self: &Arc<Self>, record: Record, adjusted_values: u32, endpoint: Arc<Endpoint>) {
        self.change(|machine| {
            machine.adjusted(adjusted_values);
            machine.push(record, endpoint);
        });
    }

    pub(crate) fn lacks_heartbeat(&self) -> bool {
        self.with_machine(|machine| !machine.has_heartbeat())
    }

    /// Starts heartbeats at `interval_s` with the first source ever given.
    pub(crate) fn start_heartbeat(self: &Arc<Self>, interval_s: f64, source: impl FnOnce() -> BeatSource) {
        self.beat.get_or_init(|| Box::new(source()));
        let (now, jitter) = (self.epoch.elapsed(), crate::random::fraction());
        self.change(|machine| machine.start_heartbeat(interval_s, now, jitter));
    }

    /// The user has opted out: what waits is dropped and the thread ends.
    pub(crate) fn opt_out(&self) {
        self.with_machine(Machine::opted_out);
        self.work.notify_all();
        self.progress.notify_all();
    }

    /// Changes the machine and makes sure that a thread looks at it.
    fn change(self: &Arc<Self>, change: impl FnOnce(&mut Machine)) {
        let mut state = self.lock();
        change(&mut state.machine);
        let needs_worker = !state.has_worker && !state.machine.is_at_rest();
        let wakes_worker = state.worker_sleeps;
        state.has_worker |= needs_worker;
        drop(state);
        if needs_worker {
            self.start_worker();
        } else if wakes_worker {
            self.work.notify_one();
        }
    }

    /// Starts the thread. If there is none to be had, the records stay queued and the next report tries again.
    fn start_worker(self: &Arc<Self>) {
        // Made here, not on the thread: finding the proxy reads the environment.
        let Ok(transport) = catch_unwind(AssertUnwindSafe(|| (self.outside.transport)())) else {
            self.lock().has_worker = false;
            return log::debug!("the transport panicked while it was made, events wait for the next report");
        };
        let worker = Worker { delivery: Arc::clone(self), transport };
        let name = format!("{}-telemetry", self.outside.profile.name);
        let started = std::thread::Builder::new().name(name).spawn(move || worker.run());
        if let Err(error) = started {
            self.lock().has_worker = false;
            log::debug!("no thread for telemetry, events wait for the next report: {error}");
        }
    }

    /// Waits until nothing is queued, `timeout` at most. Returns whether nothing is.
    pub(crate) fn flush(self: &Arc<Self>, timeout: Duration) -> bool {
        self.change(|_| ());
        self.wait_for_idle(timeout)
    }

    /// Like [`flush`](Self::flush), but starts no thread.
    pub(crate) fn wait_for_idle(&self, timeout: Duration) -> bool {
        self.wait_for_progress(timeout, |state| state.machine.is_idle())
    }

    /// Takes no more records, waits until what is queued is delivered and the thread has ended, `timeout` at most, and drops
    /// the rest. Returns whether there was no rest.
    pub(crate) fn shutdown(self: &Arc<Self>, timeout: Duration) -> bool {
        self.stop();
        let done = self.wait_for_progress(timeout, |state| state.machine.is_idle() && !state.has_worker);
        self.with_machine(Machine::abandon);
        done
    }

    /// Takes no more records. The thread delivers what waits and ends.
    pub(crate) fn stop(self: &Arc<Self>) {
        self.change(Machine::stop);
    }

    fn wait_for_progress(&self, timeout: Duration, done: impl Fn(&State) -> bool) -> bool {
        let start = Instant::now();
        let mut state = self.lock();
        while !done(&state) {
            let Some(rest) = timeout.checked_sub(start.elapsed()).filter(|rest| !rest.is_zero()) else {
                return false;
            };
            state = self.progress.wait_timeout(state, rest).unwrap_or_else(PoisonError::into_inner).0;
        }
        true
    }
}

/// The thread's own state.
struct Worker {
    delivery: Arc<Delivery>,
    transport: Box<dyn Transport + Send>,
}

impl Worker {
    fn run(mut self) {
        while let Some(action) = self.next_action() {
            let goes_on = match action {
                Action::Audit(batch) => self.unless_opted_out(|worker| worker.audit(batch)),
                Action::Send(batch) => self.unless_opted_out(|worker| worker.send(&batch)),
                Action::Beat => self.unless_opted_out(Self::beat),
                Action::Wait(_) | Action::Exit => true,
            };
            self.delivery.progress.notify_all();
            if !goes_on && self.leave_if_at_rest() {
                return;
            }
        }
    }

    /// Waits for the next thing to do; nothing once the thread is to end.
    fn next_action(&self) -> Option<Action> {
        let mut state = self.delivery.lock();
        loop {
            let until = match state.machine.poll(self.delivery.epoch.elapsed()) {
                Action::Wait(until) => until,
                Action::Exit => {
                    state.has_worker = false;
                    self.delivery.progress.notify_all();
                    return None;
                }
                action => return Some(action),
            };
            state.worker_sleeps = true;
            state = self.sleep(state, until);
            state.worker_sleeps = false;
        }
    }

    fn sleep<'a>(&self, state: MutexGuard<'a, State>, until: Option<Duration>) -> MutexGuard<'a, State> {
        let work = &self.delivery.work;
        match until.map(|until| until.saturating_sub(self.delivery.epoch.elapsed())) {
            Some(rest) => work.wait_timeout(state, rest).unwrap_or_else(PoisonError::into_inner).0,
            None => work.wait(state).unwrap_or_else(PoisonError::into_inner),
        }
    }

    /// Does the work unless somebody has opted out in the meantime: then everything that waits is dropped.
    fn unless_opted_out(&mut self, work: impl FnOnce(&mut Self)) -> bool {
        if self.delivery.outside.objects() {
            self.delivery.with_machine(Machine::opted_out);
            return false;
        }
        work(self);
        true
    }

    /// Ends the thread unless something has come in since.
    fn leave_if_at_rest(&self) -> bool {
        let mut state = self.delivery.lock();
        let leaves = state.machine.is_at_rest();
        state.has_worker &= !leaves;
        self.delivery.progress.notify_all();
        leaves
    }

    fn audit(&self, batch: Batch) {
        let failures = match &self.delivery.outside.audit {
            Some(log) => batch.records.iter().filter(|record| !is_logged(log, record)).count() as u64,
            None => 0,
        };
        self.delivery.with_machine(|machine| machine.audited(batch, failures));
    }

    fn send(&mut self, batch: &Batch) {
        let start = Instant::now();
        let result = self.post(batch).map_err(|error| error.to_string());
        let report = RequestReport { result, elapsed: start.elapsed() };
        log::debug!("telemetry request ended: {report:?}");
        self.delivery.with_machine(|machine| machine.sent(batch, report));
    }

    fn post(&mut self, batch: &Batch) -> Result<u16, TransportError> {
        let outside = &self.delivery.outside;
        let sent_at = IsoTimestamp::new(outside.clock.unix_seconds()).map_err(TransportError::new)?;
        let body = envelope(&outside.profile, &outside.sender, &batch.records, sent_at)
            .map_err(TransportError::new)?;
        let request = Request {
            url: batch.endpoint.url(),
            body: body.as_bytes(),
            deadline: outside.profile.request_deadline,
        };
        let transport = &mut self.transport;
        // A host's own transport may panic; that is one failed request.
        let posted = catch_unwind(AssertUnwindSafe(|| transport.post(&request)));
        posted.unwrap_or_else(|_| Err(TransportError::new("the transport panicked")))
    }

    fn beat(&mut self) {
        let delivery = &self.delivery;
        let made = delivery.beat.get().and_then(|source| {
            let now = delivery.outside.clock.unix_seconds();
            catch_unwind(AssertUnwindSafe(|| source(now))).ok().flatten()
        });
        let (now, jitter) = (delivery.epoch.elapsed(), crate::random::fraction());
        delivery.with_machine(|machine| {
            machine.adjusted(made.as_ref().map_or(0, |(_, adjusted_values)| *adjusted_values));
            machine.beat(made.map(|(record, _)| record), now, jitter);
        });
    }
}

fn is_logged(log: &AuditLog, record: &Record) -> bool {
    match log.append(&record.parameters) {
        Ok(()) => true,
        Err(error) => {
            log::debug!("event `{}` is not in the audit log: {error}", record.name);
            false
        }
    }
}
