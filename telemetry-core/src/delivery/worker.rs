// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The worker thread: runs the actions of the state machine. It waits, writes the audit log, posts envelopes and makes heartbeats.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};

use super::exchange::{completion, headers, request_body};
use super::handle::{Delivery, State};
use super::left_alone::{FIRST_NAP, only_telemetry_is_left};
use super::machine::{Action, Machine};
use super::queue::Batch;
use super::worker_state::WorkerState;
use crate::audit::AuditLog;
use crate::consent::LateOptOut;
use crate::record::Record;
use crate::sync::MutexGuard;
use crate::transport::{Request, Response, Transport, TransportError};

/// How an idle worker has waited so far.
struct Idle {
    has_lingered: bool,
    /// How long to sleep before it checks whether its host has ended.
    nap: Duration,
}

/// The thread's own state.
pub(super) struct Worker {
    delivery: Arc<Delivery>,
    transport: Box<dyn Transport + Send>,
}

impl Worker {
    /// Runs the thread. If the host's clock or logger panics, the thread ends, its batch is counted as dropped, and the next report
    /// starts another thread.
    pub(super) fn run(delivery: Arc<Delivery>) {
        let Some(transport) = delivery.lock().transport.take() else { return delivery.worker_ended() };
        let mut worker = Self { delivery: Arc::clone(&delivery), transport };
        let ended = catch_unwind(AssertUnwindSafe(|| worker.work()));
        // The cached check expires with the worker.
        delivery.opt_out_check.forget();
        if ended.is_err() {
            delivery.with_machine(Machine::worker_died);
            // The next worker may be started by a call that must not read the environment.
            delivery.lock().transport = Some(worker.transport);
            delivery.worker_ended();
        }
    }

    fn work(&mut self) {
        while let Some(action) = self.next_action() {
            if let Some(opt_out) = self.opt_out() {
                if self.leave_after_opt_out(action, opt_out) {
                    return;
                }
                continue;
            }
            match action {
                Action::Audit(batch) => self.audit(batch),
                Action::Send(batch) => self.send(batch),
                Action::Beat => self.beat(),
                Action::Wait(_) | Action::Exit => {}
            }
        }
    }

    /// The opt-out that has appeared since the report, if there is one. Reports reuse this check for 25 ms.
    fn opt_out(&self) -> Option<LateOptOut> {
        let (delivery, now) = (&self.delivery, self.delivery.now());
        let opt_out = delivery.context.watch.check();
        if opt_out.is_none() {
            delivery.opt_out_check.remember(now)
        } else {
            delivery.opt_out_check.forget()
        }
        opt_out
    }

    /// Waits for the next action. `None` ends the thread.
    fn next_action(&self) -> Option<Action> {
        let mut state = self.delivery.lock();
        let mut idle = Idle { has_lingered: false, nap: FIRST_NAP };
        loop {
            state = self.delivery.wake_tasks(state);
            match state.machine.poll(self.delivery.now()) {
                Action::Wait(until) => state = self.wait(state, until, &mut idle)?,
                Action::Exit => return self.leave(state),
                action => return Some(action),
            }
        }
    }

    /// Waits until `until`, a wake-up or the end of a nap. `None` if the host has ended meanwhile.
    fn wait<'a>(
        &'a self,
        mut state: MutexGuard<'a, State>,
        until: Duration,
        idle: &mut Idle,
    ) -> Option<MutexGuard<'a, State>> {
        let now = self.delivery.now();
        let (worker_state, until) = WorkerState::next(idle.has_lingered, now, state.waits.sooner(until));
        state.worker_state = worker_state;
        state = self.block_until(state, until.min(now.saturating_add(idle.nap)));
        // A wake-up has marked the worker as running; it is likely to be followed by another, so the worker lingers again.
        idle.has_lingered = state.mark_running();
        let is_after_nap =
            idle.has_lingered && worker_state == WorkerState::Parked && state.machine.is_idle();
        if is_after_nap {
            idle.nap = idle.nap.saturating_mul(2);
            return self.unless_left_alone(state);
        }
        Some(state)
    }

    /// Returns the state, or `None` if the host has ended, so that the thread ends too.
    fn unless_left_alone<'a>(&'a self, state: MutexGuard<'a, State>) -> Option<MutexGuard<'a, State>> {
        drop(state);
        let is_left_alone = only_telemetry_is_left();
        let state = self.delivery.lock();
        if is_left_alone && state.machine.is_idle() { self.leave(state) } else { Some(state) }
    }

    /// Ends the thread.
    fn leave<T>(&self, mut state: MutexGuard<'_, State>) -> Option<T> {
        state.has_worker = false;
        self.delivery.tell_progress(state);
        None
    }

    fn block_until<'a>(&self, state: MutexGuard<'a, State>, until: Duration) -> MutexGuard<'a, State> {
        let remaining = until.saturating_sub(self.delivery.now());
        self.delivery.work.wait_timeout(state, remaining).unwrap_or_else(PoisonError::into_inner).0
    }

    /// Drops the queued records and ends the thread, unless a record has been queued since. Returns whether the thread ends.
    ///
    /// If the switch has been turned on again since the check, only the current batch is dropped. Turning it off has dropped the records
    /// that were queued then, and later ones may be allowed.
    fn leave_after_opt_out(&self, action: Action, opt_out: LateOptOut) -> bool {
        let mut state = self.delivery.lock();
        let still_applies = opt_out == LateOptOut::File || self.delivery.context.watch.is_switched_off();
        if still_applies {
            state.machine.opted_out();
        }
        if let Action::Audit(batch) | Action::Send(batch) = action {
            state.machine.withheld(&batch);
        }
        let leaves = still_applies && state.machine.needs_no_thread();
        state.has_worker &= !leaves;
        self.delivery.tell_progress(state);
        leaves
    }

    fn change(&self, change: impl FnOnce(&mut Machine)) {
        let mut state = self.delivery.lock();
        change(&mut state.machine);
        self.delivery.tell_progress(state);
    }

    fn audit(&self, batch: Batch) {
        let failures = match &self.delivery.context.audit {
            Some(log) => batch.records.iter().filter(|record| !self.is_logged(log, record)).count() as u64,
            None => 0,
        };
        self.change(|machine| machine.audited(batch, failures));
    }

    fn is_logged(&self, log: &AuditLog, record: &Record) -> bool {
        let Err(error) = log.append(&record.parameters) else { return true };
        log::debug!("cannot write event `{}` to the audit log: {error}", record.name);
        self.delivery.with_machine(|machine| machine.audit_failed(error.to_string()));
        false
    }

    fn send(&mut self, batch: Batch) {
        let start = Instant::now();
        let response = self.post(&batch);
        let answer = completion(&batch, response, start.elapsed());
        log::debug!("telemetry request ended: {:?}", answer.report);
        let (now, jitter) = (self.delivery.now(), crate::random::fraction());
        self.change(|machine| machine.sent(batch, answer, now, jitter));
    }

    fn post(&mut self, batch: &Batch) -> Result<Response, TransportError> {
        let context = &self.delivery.context;
        let (endpoint, body) = (&batch.endpoint, request_body(context, batch)?);
        let headers = headers(&context.profile, endpoint);
        let request = Request::new(endpoint.url(), &body)
            .headers(&headers)
            .content_type(endpoint.protocol().content_type())
            .deadline(context.profile.request_deadline);
        let transport = &mut self.transport;
        // If the host's transport panics, the request has failed.
        let posted = catch_unwind(AssertUnwindSafe(|| transport.post(&request)));
        posted.unwrap_or_else(|_| Err(TransportError::new("the transport panicked")))
    }

    fn beat(&mut self) {
        let delivery = &self.delivery;
        let made = delivery.beat.get().and_then(|source| {
            let now = delivery.context.clock.unix_seconds();
            catch_unwind(AssertUnwindSafe(|| source(now))).ok()
        });
        let (now, jitter) = (delivery.now(), crate::random::fraction());
        self.change(|machine| {
            if let Some(Ok((_, adjusted_values))) = &made {
                machine.adjusted(*adjusted_values);
            }
            machine.beat(made.map(|made| made.map(|(record, _)| record)), now, jitter);
        });
    }
}
