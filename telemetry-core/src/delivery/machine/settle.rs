// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What becomes of a batch when the shell hands it back.

use std::time::Duration;

use super::{Batch, Machine};
use crate::delivery::retry::{Answer, Meaning, meaning};
use crate::stats::DropReason;

impl Machine {
    /// The batch is in the audit log, or `failures` of its records are not: they are sent all the same.
    pub(crate) fn audited(&mut self, batch: Batch, failures: u64) {
        self.stats.audit_failures += failures;
        match self.land() {
            Some(reason) => self.settle(Err(reason), &batch),
            None => self.audited.push_back(batch),
        }
    }

    /// Why a record of the batch that the shell has is not in the audit log.
    pub(crate) fn audit_failed(&mut self, reason: String) {
        self.stats.last_audit_error = Some(reason);
    }

    /// The shell has found an opt-out and has not touched the batch.
    pub(crate) fn withheld(&mut self, batch: &Batch) {
        self.land();
        self.breaker.request_withheld();
        self.stats.breaker = self.breaker.state();
        self.settle(Err(DropReason::OptedOut), batch);
    }

    /// The shell is gone, and what it had with it.
    pub(crate) fn shell_died(&mut self) {
        let Some(lost) = self.in_flight.take() else { return };
        self.breaker.request_withheld();
        self.stats.breaker = self.breaker.state();
        self.stats.settle(Err(lost.revoked.unwrap_or(DropReason::Transport)), lost.records, lost.bytes);
    }

    /// The request for the batch has ended. `jitter` is from 0 to 1.
    pub(crate) fn sent(&mut self, batch: Batch, answer: Answer, now: Duration, jitter: f64) {
        let now = self.advance(now);
        let revoked = self.land();
        let meaning = meaning(&answer.report.result);
        self.stats.requests += 1;
        self.stats.last_request = Some(answer.report);
        self.tell_breaker(meaning, now);
        self.pause(answer.retry_after.unwrap_or_default().min(self.retry.longest_asked), now);
        match meaning {
            Meaning::Accepted => self.settle(Ok(()), &batch),
            Meaning::Rejected => self.settle(Err(DropReason::Rejected), &batch),
            Meaning::Odd | Meaning::Forbidden => self.settle(Err(DropReason::Refused), &batch),
            Meaning::TooLarge => self.split(batch, revoked),
            Meaning::Transient(reason) => {
                self.retry(batch, revoked.unwrap_or(reason), revoked.is_some(), jitter)
            }
        }
    }

    /// The shell has nothing any more. Returns what has become of its batch in the meantime.
    fn land(&mut self) -> Option<DropReason> {
        self.in_flight.take().and_then(|in_flight| in_flight.revoked)
    }

    fn tell_breaker(&mut self, meaning: Meaning, now: Duration) {
        match meaning {
            Meaning::Accepted | Meaning::Rejected | Meaning::TooLarge => self.breaker.request_succeeded(),
            Meaning::Transient(_) | Meaning::Odd => self.breaker.request_failed(now),
            Meaning::Forbidden => self.breaker.open(now),
        }
        self.stats.breaker = self.breaker.state();
    }

    fn pause(&mut self, pause: Duration, now: Duration) {
        self.pause_until = self.pause_until.max(now.saturating_add(pause));
    }

    fn split(&mut self, batch: Batch, revoked: Option<DropReason>) {
        if let Some(reason) = revoked {
            return self.settle(Err(reason), &batch);
        }
        match batch.split() {
            Ok([head, tail]) => {
                self.audited.push_front(tail);
                self.audited.push_front(head);
            }
            Err(lone) => self.settle(Err(DropReason::TooLarge), &lone),
        }
    }

    fn retry(&mut self, mut batch: Batch, reason: DropReason, revoked: bool, jitter: f64) {
        batch.attempts = batch.attempts.saturating_add(1);
        if revoked || self.stopping || batch.attempts >= self.retry.attempts {
            return self.settle(Err(reason), &batch);
        }
        self.pause(self.retry.wait_after(batch.attempts, jitter), self.now);
        self.audited.push_front(batch);
    }

    fn settle(&mut self, fate: Result<(), DropReason>, batch: &Batch) {
        self.stats.settle(fate, batch.len(), batch.bytes());
    }

    /// Drops what waits, and has the batch in flight, if any, end with its request.
    pub(super) fn revoke(&mut self, reason: DropReason) {
        self.drop_waiting(reason);
        if let Some(in_flight) = &mut self.in_flight {
            in_flight.revoked = Some(reason);
        }
    }

    pub(super) fn drop_waiting(&mut self, reason: DropReason) {
        for batch in std::mem::take(&mut self.audited) {
            self.settle(Err(reason), &batch);
        }
        while let Some(batch) = self.queue.take_batch() {
            self.settle(Err(reason), &batch);
        }
    }
}
