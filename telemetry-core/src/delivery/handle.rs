// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Hands records to the state machine, under a lock, and starts or wakes the worker thread when it has work.

use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};

use super::awaited::{Waits, wake_all};
use super::machine::Machine;
use super::opt_out_check::{KnownAbsent, OptOutCheckCache};
use super::worker::Worker;
use super::worker_state::WorkerState;
use crate::audit::AuditLog;
use crate::consent::{ConsentDecision, ConsentWatch};
use crate::endpoint::Endpoint;
use crate::envelope::Sender;
use crate::profile::Profile;
use crate::record::Record;
use crate::session::ProcessSession;
use crate::stats::{DropReason, Stats};
use crate::sync::{Condvar, Mutex, MutexGuard, OnceBox};
use crate::threads;
use crate::time::Clock;
use crate::transport::{Transport, TransportFactory};
use crate::variables::EnvironmentSource;

/// Makes the record of a heartbeat at the given Unix time, in seconds, with the number of values that were adjusted to their bounds. The
/// error is the reason to drop the heartbeat.
pub(crate) type BeatSource = Box<dyn Fn(f64) -> Result<(Record, u32), DropReason> + Send + Sync>;

/// Everything that delivery needs from outside, including all settings from the environment, which the worker never reads.
pub(crate) struct DeliveryContext {
    pub(crate) profile: Profile,
    pub(crate) sender: Sender,
    /// What an OpenTelemetry collector is told about the machine.
    #[cfg(feature = "otlp")]
    pub(crate) host: Arc<crate::host::HostFacts>,
    pub(crate) session: Arc<ProcessSession>,
    pub(crate) audit: Option<AuditLog>,
    pub(crate) transport: TransportFactory,
    pub(crate) clock: Arc<dyn Clock>,
    /// The opt-out sources to check before each request.
    pub(crate) watch: ConsentWatch,
}

impl DeliveryContext {
    /// The sender of a request made at this time, or `None` if no session can be made. A stored session is read from its file, which may
    /// be written, so call this only after [`check`](ConsentWatch::check) has found no opt-out.
    pub(super) fn sender_at(&self, unix_seconds: f64) -> Option<Cow<'_, Sender>> {
        let Some(file) = self.session.state_file() else { return Some(Cow::Borrowed(&self.sender)) };
        let session_id = file.at(unix_seconds)?.to_string();
        Some(Cow::Owned(Sender { session_id, ..self.sender.clone() }))
    }
}

pub(super) struct State {
    pub(super) machine: Machine,
    /// Whether a worker thread runs or is being started.
    pub(super) has_worker: bool,
    /// How that thread waits.
    pub(super) worker_state: WorkerState,
    /// How many threads wait for progress.
    pub(super) waiters: usize,
    /// The tasks that wait for progress.
    pub(super) waits: Waits,
    /// The transport of the next worker: made by the report that starts it, or left by a worker that has panicked.
    pub(super) transport: Option<Box<dyn Transport + Send>>,
}

impl State {
    /// Whether a record may wait until the lingering worker looks again: nothing waits for its delivery, and the queue has room.
    fn can_wait(&self) -> bool {
        let is_awaited = self.waiters > 0 || self.waits.has_pending();
        self.worker_state == WorkerState::Lingering && !is_awaited && !self.machine.is_filling_up()
    }

    /// Marks the worker as running. Returns whether it was waiting, so that the caller has to wake it.
    pub(super) fn mark_running(&mut self) -> bool {
        std::mem::replace(&mut self.worker_state, WorkerState::Running) != WorkerState::Running
    }
}

/// Delivery of one client in one process.
pub(crate) struct Delivery {
    pub(super) state: Mutex<State>,
    pub(super) work: Condvar,
    pub(super) progress: Condvar,
    pub(super) beat: OnceBox<BeatSource>,
    pub(super) opt_out_check: OptOutCheckCache,
    pub(super) context: DeliveryContext,
    epoch: Instant,
}

impl Delivery {
    pub(crate) fn new(context: DeliveryContext) -> Arc<Self> {
        let machine = Machine::new(&context.profile);
        Arc::new(Self {
            state: Mutex::new(State {
                machine,
                has_worker: false,
                worker_state: WorkerState::Running,
                waiters: 0,
                waits: Waits::default(),
                transport: None,
            }),
            work: Condvar::new(),
            progress: Condvar::new(),
            beat: OnceBox::new(),
            opt_out_check: OptOutCheckCache::default(),
            context,
            epoch: Instant::now(),
        })
    }

    /// Takes the lock. It is held for a few instructions only, never during file or network access or foreign code.
    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The time of the machine, which is monotonic.
    pub(super) fn now(&self) -> Duration {
        self.epoch.elapsed()
    }

    /// Reads or changes the state machine, without waking the worker.
    pub(super) fn with_machine<T>(&self, access: impl FnOnce(&mut Machine) -> T) -> T {
        access(&mut self.lock().machine)
    }

    pub(crate) fn stats(&self) -> Stats {
        self.with_machine(|machine| machine.stats().clone())
    }

    /// Calls `decide` with the markers that are known to be absent, and remembers that an allowed report has checked the others.
    pub(crate) fn decide(&self, decide: impl FnOnce(KnownAbsent) -> ConsentDecision) -> ConsentDecision {
        let (now, machine_opts_out) = (self.now(), &self.context.watch.machine_opts_out);
        let absent = KnownAbsent {
            marker: self.opt_out_check.is_fresh(now),
            machine: !machine_opts_out.load(Ordering::Relaxed),
        };
        let decision = decide(absent);
        if !absent.marker && decision.is_enabled() {
            self.opt_out_check.remember_report(now);
        }
        if !absent.machine && decision.is_enabled() {
            machine_opts_out.store(false, Ordering::Relaxed);
        }
        decision
    }

    /// Queues a record and returns at once. If a transport has to be made, it reads `environment`.
    pub(crate) fn submit(
        self: &Arc<Self>,
        record: Record,
        adjusted_values: u32,
        endpoint: Arc<Endpoint>,
        environment: EnvironmentSource<'_>,
    ) {
        let now = self.now();
        let mut state = self.lock();
        state.machine.adjusted(adjusted_values);
        state.machine.push(record, endpoint, now);
        if !state.can_wait() {
            self.ensure_worker(state, Some(environment));
        }
    }

    /// Counts an event that cannot be queued.
    pub(crate) fn drop_unqueued(&self, reason: DropReason) {
        self.with_machine(|machine| machine.drop_unqueued(reason));
    }

    pub(crate) fn lacks_heartbeat(&self) -> bool {
        self.with_machine(|machine| !machine.has_heartbeat())
    }

    /// Starts heartbeats every `interval_s` seconds, with the source of the first call.
    pub(crate) fn start_heartbeat(self: &Arc<Self>, interval_s: f64, source: impl FnOnce() -> BeatSource) {
        self.beat.get_or_init(|| Box::new(source()));
        let (now, jitter) = (self.now(), crate::random::fraction());
        self.change(|machine| machine.start_heartbeat(interval_s, now, jitter));
    }

    /// Drops the queued records and ends the thread, because the user has opted out.
    pub(crate) fn opt_out(&self) {
        let mut state = self.lock();
        state.machine.opted_out();
        self.wake(state);
    }

    /// Like [`opt_out`](Self::opt_out), unless the switch is on again, since another thread may have reported by then.
    pub(crate) fn opt_out_if_off(&self) {
        let mut state = self.lock();
        if self.context.watch.is_switched_off() {
            state.machine.opted_out();
            self.wake(state);
        }
    }

    /// Changes the machine and ensures that a worker acts on it.
    pub(super) fn change(self: &Arc<Self>, change: impl FnOnce(&mut Machine)) {
        self.change_state(|state| change(&mut state.machine));
    }

    /// Like [`change`](Self::change), for the whole state.
    pub(super) fn change_state<T>(self: &Arc<Self>, change: impl FnOnce(&mut State) -> T) -> T {
        let mut state = self.lock();
        let changed = change(&mut state);
        self.ensure_worker(state, None);
        changed
    }

    /// Wakes the worker, or starts one if it is needed. Without an `environment`, a new worker can only use a transport that exists; if
    /// none does, the next report starts the worker.
    fn ensure_worker(
        self: &Arc<Self>,
        mut state: MutexGuard<'_, State>,
        environment: Option<EnvironmentSource<'_>>,
    ) {
        if state.has_worker || state.machine.needs_no_thread() {
            return self.wake(state);
        }
        if environment.is_none() && state.transport.is_none() {
            return self.tell_progress(state);
        }
        state.has_worker = true;
        drop(state);
        if environment.is_none_or(|environment| self.make_transport(environment)) {
            self.start_worker();
        } else {
            self.worker_ended();
        }
    }

    /// Wakes the worker if it waits, and the threads and tasks that wait for it. Costs nothing for those that are awake.
    pub(super) fn wake(&self, mut state: MutexGuard<'_, State>) {
        let wakes_worker = state.mark_running();
        self.tell_progress(state);
        if wakes_worker {
            self.work.notify_one();
        }
    }

    /// Wakes the threads that wait for progress, and the tasks whose waits are over.
    pub(super) fn tell_progress(&self, mut state: MutexGuard<'_, State>) {
        let has_waiters = state.waiters > 0;
        let wakers = state.end_waits(|| self.now());
        drop(state);
        if has_waiters {
            self.progress.notify_all();
        }
        wake_all(wakers);
    }

    /// Makes the transport of the next worker, on this thread because finding the proxy and certificates reads the environment. Returns
    /// whether it succeeded.
    fn make_transport(&self, environment: EnvironmentSource<'_>) -> bool {
        let made = catch_unwind(AssertUnwindSafe(|| (self.context.transport)(environment))).ok();
        if made.is_none() {
            log::debug!("the transport panicked while it was made: events wait for the next report");
        }
        let is_made = made.is_some();
        self.lock().transport = made;
        is_made
    }

    /// Starts the worker thread. If that fails, the records stay queued and the next report tries again.
    fn start_worker(self: &Arc<Self>) {
        let delivery = Arc::clone(self);
        if let Err(error) = threads::start(self.context.profile.name, move || Worker::run(delivery)) {
            log::debug!("cannot start the telemetry thread, events wait for the next report: {error}");
            self.worker_ended();
        }
    }

    /// Records that the worker has ended.
    pub(super) fn worker_ended(&self) {
        let mut state = self.lock();
        state.has_worker = false;
        self.tell_progress(state);
    }
}

#[cfg(all(test, not(feature = "model")))]
mod tests {
    use super::*;
    use crate::consent::Signal;
    use crate::profile::QueuePolicy;
    use crate::session::SessionId;
    use crate::time::SystemClock;
    use crate::transport::default_factory;

    fn state(max_records: usize) -> State {
        let profile = Profile::new("shop", "1").queue(QueuePolicy::of(max_records).max_bytes(1000));
        State {
            machine: Machine::new(&profile),
            has_worker: true,
            worker_state: WorkerState::Lingering,
            waiters: 0,
            waits: Waits::default(),
            transport: None,
        }
    }

    fn delivery() -> Arc<Delivery> {
        let profile = Profile::new("shop", "1");
        Delivery::new(DeliveryContext {
            profile,
            sender: Sender {
                client_version: String::new(),
                session_id: String::new(),
                cpu_architecture: String::new(),
            },
            #[cfg(feature = "otlp")]
            host: Arc::new(crate::host::HostFacts::unknown()),
            session: Arc::new(ProcessSession::Known(SessionId::UNDEFINED)),
            audit: None,
            transport: default_factory(Duration::from_secs(1), None),
            clock: Arc::new(SystemClock),
            watch: ConsentWatch {
                switch: Arc::default(),
                machine: None,
                machine_opts_out: Default::default(),
                marker: None,
                file: None,
                needs_file: Arc::default(),
            },
        })
    }

    /// Whether the next report can skip the check of the marker; if not, it checks and finds none.
    fn skips_check(delivery: &Delivery) -> bool {
        let mut skips = false;
        delivery.decide(|absent| {
            skips = absent.marker;
            ConsentDecision::Enabled
        });
        skips
    }

    #[test]
    fn a_report_that_checks_lets_the_next_one_skip_while_a_worker_runs() {
        let delivery = delivery();
        assert!(!skips_check(&delivery) && !skips_check(&delivery), "without a worker each report checks");
        delivery.opt_out_check.remember(Duration::from_nanos(1));
        std::thread::sleep(Duration::from_millis(30));
        assert!(!skips_check(&delivery), "the check of the worker has expired");
        assert!((0..1000).any(|_| skips_check(&delivery)));
    }

    #[test]
    fn a_report_under_an_opt_out_does_not_let_others_skip() {
        let delivery = delivery();
        delivery.opt_out_check.remember(Duration::from_nanos(1));
        std::thread::sleep(Duration::from_millis(30));
        delivery.decide(|_| ConsentDecision::OptedOut(Signal::Marker));
        assert!(!skips_check(&delivery));
    }

    /// This happens if a signal handler interrupts a report: the exiting thread itself holds the lock.
    #[test]
    fn an_exit_gives_up_a_lock_that_is_never_released() {
        let delivery = delivery();
        let interrupted = delivery.lock();
        delivery.flush_before_exit(Duration::from_millis(20));
        assert!(!delivery.flush(Duration::from_millis(20)) && !delivery.shutdown(Duration::ZERO));
        drop(interrupted);
        delivery.flush_before_exit(Duration::from_millis(20));
        assert_eq!(delivery.lock().waiters, 1, "other threads see the wait once the lock is free");
    }

    #[test]
    fn a_record_waits_only_while_the_worker_lingers() {
        assert!(state(9).can_wait());
        for worker_state in [WorkerState::Running, WorkerState::Parked] {
            assert!(!State { worker_state, ..state(9) }.can_wait(), "{worker_state:?}");
        }
    }

    #[test]
    fn a_record_does_not_wait_if_a_flush_waits_for_it_or_the_queue_fills_up() {
        assert!(!State { waiters: 1, ..state(9) }.can_wait());
        let mut awaited = state(9);
        awaited.waits.add(Duration::MAX);
        assert!(!awaited.can_wait(), "a task waits for delivery");
        assert_eq!(awaited.end_waits(|| Duration::ZERO).len(), 0, "it was never polled");
        assert!(awaited.can_wait(), "the queue is empty, so the wait is over");
        assert!(!state(3).can_wait(), "a quarter of the queue is full");
    }
}
