// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Handing records over: the lock around the state machine, and the thread that is there when there is something to do.

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

/// Makes the record of a heartbeat at the given Unix time, with the number of values that were out of bounds, or says why its
/// event has no record.
pub(crate) type BeatSource = Box<dyn Fn(f64) -> Result<(Record, u32), DropReason> + Send + Sync>;

/// All that delivery needs of the world. The worker never reads the environment: what came from there is in here.
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
    /// What to look at before each request.
    pub(crate) watch: ConsentWatch,
}

impl DeliveryContext {
    /// What the process says about itself in a request made at this time. Nothing if there is no session to be had. For a
    /// session that is kept in a file this reads and perhaps writes it: only after there was no
    /// [`check`](ConsentWatch::check).
    pub(super) fn sender_at(&self, unix_seconds: f64) -> Option<Cow<'_, Sender>> {
        let Some(file) = self.session.state_file() else { return Some(Cow::Borrowed(&self.sender)) };
        let session_id = file.at(unix_seconds)?.to_string();
        Some(Cow::Owned(Sender { session_id, ..self.sender.clone() }))
    }
}

pub(super) struct State {
    pub(super) machine: Machine,
    /// Whether a thread runs or is being started.
    pub(super) has_worker: bool,
    /// What that thread does while nothing is ready.
    pub(super) worker_state: WorkerState,
    /// How many threads wait for progress.
    pub(super) waiters: usize,
    /// The tasks that wait for it.
    pub(super) waits: Waits,
    /// What the next thread is to use: made by the report that has found no thread, or left behind by one that has panicked.
    pub(super) transport: Option<Box<dyn Transport + Send>>,
}

impl State {
    /// Whether a record may wait for the end of the worker's lingering: nobody waits for it, and there is room for many more.
    fn can_wait(&self) -> bool {
        let is_awaited = self.waiters > 0 || self.waits.has_pending();
        self.worker_state == WorkerState::Lingering && !is_awaited && !self.machine.is_filling_up()
    }

    /// Marks the worker as running, and returns whether it was not, so that it has to be woken.
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

    /// The lock is held for a few instructions only, never across a file, a socket or foreign code.
    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The machine's time: it never goes back, whatever happens to the time of day.
    pub(super) fn now(&self) -> Duration {
        self.epoch.elapsed()
    }

    /// Looks at the state machine, or changes it.
    pub(super) fn with_machine<T>(&self, access: impl FnOnce(&mut Machine) -> T) -> T {
        access(&mut self.lock().machine)
    }

    pub(crate) fn stats(&self) -> Stats {
        self.with_machine(|machine| machine.stats().clone())
    }

    /// The decision that `ask` gives, which need not look for the markers that it is told are absent.
    pub(crate) fn decide(&self, ask: impl FnOnce(KnownAbsent) -> ConsentDecision) -> ConsentDecision {
        let (now, machine_opts_out) = (self.now(), &self.context.watch.machine_opts_out);
        let absent = KnownAbsent {
            marker: self.opt_out_check.is_fresh(now),
            machine: !machine_opts_out.load(Ordering::Relaxed),
        };
        let decision = ask(absent);
        if !absent.marker && decision.is_enabled() {
            self.opt_out_check.remember_report(now);
        }
        if !absent.machine && decision.is_enabled() {
            machine_opts_out.store(false, Ordering::Relaxed);
        }
        decision
    }

    /// Hands a record over and returns at once. A transport that has to be made reads `environment`.
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
            self.see_to(state, Some(environment));
        }
    }

    /// Counts an event that cannot be handed over.
    pub(crate) fn drop_unqueued(&self, reason: DropReason) {
        self.with_machine(|machine| machine.drop_unqueued(reason));
    }

    pub(crate) fn lacks_heartbeat(&self) -> bool {
        self.with_machine(|machine| !machine.has_heartbeat())
    }

    /// Starts heartbeats at `interval_s` with the first source ever given.
    pub(crate) fn start_heartbeat(self: &Arc<Self>, interval_s: f64, source: impl FnOnce() -> BeatSource) {
        self.beat.get_or_init(|| Box::new(source()));
        let (now, jitter) = (self.now(), crate::random::fraction());
        self.change(|machine| machine.start_heartbeat(interval_s, now, jitter));
    }

    /// The user has opted out: what waits is dropped and the thread ends.
    pub(crate) fn opt_out(&self) {
        let mut state = self.lock();
        state.machine.opted_out();
        self.wake(state);
    }

    /// The same, unless the switch is on again: then somebody may have reported since.
    pub(crate) fn opt_out_if_off(&self) {
        let mut state = self.lock();
        if self.context.watch.is_switched_off() {
            state.machine.opted_out();
            self.wake(state);
        }
    }

    /// Changes the machine and makes sure that a thread looks at it.
    pub(super) fn change(self: &Arc<Self>, change: impl FnOnce(&mut Machine)) {
        self.change_state(|state| change(&mut state.machine));
    }

    /// The same with all that the lock guards.
    pub(super) fn change_state<T>(self: &Arc<Self>, change: impl FnOnce(&mut State) -> T) -> T {
        let mut state = self.lock();
        let changed = change(&mut state);
        self.see_to(state, None);
        changed
    }

    /// Makes sure that a thread looks at the machine now. Without an `environment` a new thread can only use the transport
    /// that is left; if there is none, the next report starts the thread.
    fn see_to(
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

    /// Wakes the thread if it waits, and everybody who waits for it. Who is awake costs nothing.
    pub(super) fn wake(&self, mut state: MutexGuard<'_, State>) {
        let wakes_worker = state.mark_running();
        self.tell_progress(state);
        if wakes_worker {
            self.work.notify_one();
        }
    }

    /// Wakes the threads that wait for progress, and the tasks that have nothing to wait for any more.
    pub(super) fn tell_progress(&self, mut state: MutexGuard<'_, State>) {
        let has_waiters = state.waiters > 0;
        let wakers = state.end_waits(|| self.now());
        drop(state);
        if has_waiters {
            self.progress.notify_all();
        }
        wake_all(wakers);
    }

    /// Makes the transport of the next thread, here and not there: finding proxy and certificates reads the environment.
    /// Returns whether that was possible.
    fn make_transport(&self, environment: EnvironmentSource<'_>) -> bool {
        let made = catch_unwind(AssertUnwindSafe(|| (self.context.transport)(environment))).ok();
        if made.is_none() {
            log::debug!("the transport panicked while it was made, events wait for the next report");
        }
        let is_made = made.is_some();
        self.lock().transport = made;
        is_made
    }

    /// Starts the thread. If there is none to be had, the records stay queued and the next report tries again.
    fn start_worker(self: &Arc<Self>) {
        let delivery = Arc::clone(self);
        if let Err(error) = threads::start(self.context.profile.name, move || Worker::run(delivery)) {
            log::debug!("no thread for telemetry, events wait for the next report: {error}");
            self.worker_ended();
        }
    }

    /// There is no thread any more.
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

    /// Whether the next report is told that there is no marker; it finds none itself.
    fn is_spared(delivery: &Delivery) -> bool {
        let mut spared = false;
        delivery.decide(|absent| {
            spared = absent.marker;
            ConsentDecision::Enabled
        });
        spared
    }

    #[test]
    fn a_report_that_looks_spares_the_next_one_while_there_is_a_worker() {
        let delivery = delivery();
        assert!(!is_spared(&delivery) && !is_spared(&delivery), "without a worker each one looks");
        delivery.opt_out_check.remember(Duration::from_nanos(1));
        std::thread::sleep(Duration::from_millis(30));
        assert!(!is_spared(&delivery), "the worker has looked long ago");
        assert!((0..1000).any(|_| is_spared(&delivery)));
    }

    #[test]
    fn a_report_that_is_opted_out_spares_no_other() {
        let delivery = delivery();
        delivery.opt_out_check.remember(Duration::from_nanos(1));
        std::thread::sleep(Duration::from_millis(30));
        delivery.decide(|_| ConsentDecision::OptedOut(Signal::Marker));
        assert!(!is_spared(&delivery));
    }

    /// As after a signal handler has interrupted a report: the thread that exits holds the lock itself.
    #[test]
    fn an_exit_gives_up_a_lock_that_is_never_released() {
        let delivery = delivery();
        let interrupted = delivery.lock();
        delivery.flush_before_exit(Duration::from_millis(20));
        assert!(!delivery.flush(Duration::from_millis(20)) && !delivery.shutdown(Duration::ZERO));
        drop(interrupted);
        delivery.flush_before_exit(Duration::from_millis(20));
        assert_eq!(delivery.lock().waiters, 1, "it was told to the other threads once it had the lock");
    }

    #[test]
    fn a_record_waits_while_the_worker_lingers_and_at_no_other_time() {
        assert!(state(9).can_wait());
        for worker_state in [WorkerState::Running, WorkerState::Parked] {
            assert!(!State { worker_state, ..state(9) }.can_wait(), "{worker_state:?}");
        }
    }

    #[test]
    fn a_record_does_not_wait_if_somebody_waits_for_it_or_room_is_scarce() {
        assert!(!State { waiters: 1, ..state(9) }.can_wait());
        let mut awaited = state(9);
        awaited.waits.add(Duration::MAX);
        assert!(!awaited.can_wait(), "a task waits for it");
        assert_eq!(awaited.end_waits(|| Duration::ZERO).len(), 0, "it was never polled");
        assert!(awaited.can_wait(), "nothing is queued, so the task waits no longer");
        assert!(!state(3).can_wait(), "one more is a quarter");
    }
}
