// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The end of an action: batches that the worker hands back.

use std::time::Duration;

use super::{Batch, Machine};
use crate::delivery::retry::{Completion, Disposition, disposition};
use crate::stats::DropReason;

impl Machine {
    /// The batch has been written to the audit log, except for `failures` of its records, which are sent too.
    pub(crate) fn audited(&mut self, batch: Batch, failures: u64) {
        self.stats.audit_failures += failures;
        match self.take_in_flight() {
            Some(reason) => self.record_outcome(Err(reason), &batch),
            None => self.audited.push_back(batch),
        }
    }

    /// Keeps the reason why a record of the current batch could not be written to the audit log.
    pub(crate) fn audit_failed(&mut self, reason: String) {
        self.stats.last_audit_error = Some(reason);
    }

    /// The worker has found an opt-out and hands the batch back unused.
    pub(crate) fn withheld(&mut self, batch: &Batch) {
        self.take_in_flight();
        self.breaker.request_withheld();
        self.stats.breaker = self.breaker.state();
        self.record_outcome(Err(DropReason::OptedOut), batch);
    }

    /// The worker has panicked, and its batch is lost.
    pub(crate) fn worker_died(&mut self) {
        let Some(lost) = self.in_flight.take() else { return };
        self.breaker.request_withheld();
        self.stats.breaker = self.breaker.state();
        self.stats.record_outcome(
            Err(lost.cancelled.unwrap_or(DropReason::Transport)),
            lost.records,
            lost.bytes,
        );
    }

    /// The request for the batch has ended. `jitter` is between 0 and 1.
    pub(crate) fn sent(&mut self, batch: Batch, answer: Completion, now: Duration, jitter: f64) {
        let now = self.advance(now);
        let cancelled = self.take_in_flight();
        let disposition = disposition(&answer.report.result, batch.endpoint.protocol());
        self.stats.requests += 1;
        self.stats.last_request = Some(answer.report);
        self.tell_breaker(disposition, now);
        self.pause(answer.retry_after.unwrap_or_default().min(self.retry.longest_asked), now);
        match disposition {
            Disposition::Accepted => self.delivered(&batch, answer.rejected),
            Disposition::Rejected => self.record_outcome(Err(DropReason::Rejected), &batch),
            Disposition::Odd | Disposition::Forbidden => {
                self.record_outcome(Err(DropReason::Refused), &batch)
            }
            Disposition::TooLarge => self.split(batch, cancelled),
            Disposition::Transient(reason) => {
                self.retry(batch, cancelled.unwrap_or(reason), cancelled.is_some(), jitter)
            }
        }
    }

    /// The request was accepted, without some of its events perhaps. Which ones they are is unknown, so none is sent again.
    fn delivered(&mut self, batch: &Batch, rejected: u64) {
        let rejected = rejected.min(batch.len());
        self.stats.record_outcome(Ok(()), batch.len() - rejected, batch.bytes());
        self.stats.record_outcome(Err(DropReason::Rejected), rejected, 0);
    }

    /// The worker has handed its batch back. Returns the reason to drop it, if it was cancelled meanwhile.
    fn take_in_flight(&mut self) -> Option<DropReason> {
        self.in_flight.take().and_then(|in_flight| in_flight.cancelled)
    }

    fn tell_breaker(&mut self, disposition: Disposition, now: Duration) {
        match disposition {
            Disposition::Accepted | Disposition::Rejected | Disposition::TooLarge => {
                self.breaker.request_succeeded()
            }
            Disposition::Transient(_) | Disposition::Odd => self.breaker.request_failed(now),
            Disposition::Forbidden => self.breaker.open(now),
        }
        self.stats.breaker = self.breaker.state();
    }

    fn pause(&mut self, pause: Duration, now: Duration) {
        self.pause_until = self.pause_until.max(now.saturating_add(pause));
    }

    fn split(&mut self, batch: Batch, cancelled: Option<DropReason>) {
        if let Some(reason) = cancelled {
            return self.record_outcome(Err(reason), &batch);
        }
        match batch.split() {
            Ok([head, tail]) => {
                self.audited.push_front(tail);
                self.audited.push_front(head);
            }
            Err(lone) => self.record_outcome(Err(DropReason::TooLarge), &lone),
        }
    }

    fn retry(&mut self, mut batch: Batch, reason: DropReason, cancelled: bool, jitter: f64) {
        batch.attempts = batch.attempts.saturating_add(1);
        if cancelled || self.stopping || batch.attempts >= self.retry.attempts {
            return self.record_outcome(Err(reason), &batch);
        }
        self.pause(self.retry.wait_after(batch.attempts, jitter), self.now);
        self.audited.push_front(batch);
    }

    fn record_outcome(&mut self, outcome: Result<(), DropReason>, batch: &Batch) {
        self.stats.record_outcome(outcome, batch.len(), batch.bytes());
    }

    /// Drops the queued records. A batch in flight is not retried after its request.
    pub(super) fn cancel(&mut self, reason: DropReason) {
        self.drop_waiting(reason);
        if let Some(in_flight) = &mut self.in_flight {
            in_flight.cancelled = Some(reason);
        }
    }

    pub(super) fn drop_waiting(&mut self, reason: DropReason) {
        for batch in std::mem::take(&mut self.audited) {
            self.record_outcome(Err(reason), &batch);
        }
        while let Some(batch) = self.queue.take_batch() {
            self.record_outcome(Err(reason), &batch);
        }
    }
}
