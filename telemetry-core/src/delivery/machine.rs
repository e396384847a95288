// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The state machine of delivery. It uses no thread, clock, file, socket or randomness: its inputs are events and the time, and its
//! outputs are actions for the worker.

mod completion;

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use super::breaker::Breaker;
use super::heartbeat::Heartbeat;
use super::queue::{Batch, Queue, check_room, is_filling_up};
use super::rate::Rate;
use crate::endpoint::Endpoint;
use crate::profile::{Profile, QueuePolicy, RetryPolicy};
use crate::record::Record;
use crate::stats::{DropReason, Stats};

/// How long an idle worker without heartbeats stays alive. Short, because CPython warns about threads at a fork.
const IDLE_EXIT: Duration = Duration::from_secs(2);

/// What the worker has to do next.
#[derive(Debug)]
pub(crate) enum Action {
    /// Write the batch to the audit log, then call [`Machine::audited`].
    Audit(Batch),
    /// Post the batch, then call [`Machine::sent`].
    Send(Batch),
    /// Make a heartbeat, then call [`Machine::beat`].
    Beat,
    /// Wait until this time, or until an input.
    Wait(Duration),
    /// End the thread. The next record starts a new one.
    Exit,
}

/// The batch that the worker has in hand.
#[derive(Debug)]
struct InFlight {
    /// When the worker has to be done. The worker keeps this deadline; the machine only uses it to bound its waits.
    deadline: Duration,
    /// The reason to drop the batch, if it was cancelled meanwhile. Then it is not retried.
    cancelled: Option<DropReason>,
    /// The size of the batch, in case the worker never hands it back.
    records: u64,
    bytes: usize,
}

/// The delivery of one client in one process: queue, request in flight, retries, breaker, heartbeats, counters and shutdown.
#[derive(Debug)]
pub(crate) struct Machine {
    limits: QueuePolicy,
    rate: Rate,
    retry: RetryPolicy,
    request_deadline: Duration,
    /// The latest time seen, so that a clock that goes back has no effect.
    now: Duration,
    queue: Queue,
    /// Batches in the audit log that wait for a first request or a retry.
    audited: VecDeque<Batch>,
    in_flight: Option<InFlight>,
    /// The end of the backoff, or of the pause that the collector has asked for. No request starts before.
    pause_until: Duration,
    breaker: Breaker,
    heartbeat: Option<Heartbeat>,
    /// The endpoint of the newest record, which heartbeats use.
    endpoint: Option<Arc<Endpoint>>,
    stopping: bool,
    /// Whether the user has opted out since the last record.
    opted_out: bool,
    /// Since when the machine has been idle and without heartbeats.
    idle_since: Option<Duration>,
    stats: Stats,
}

impl Machine {
    pub(crate) fn new(profile: &Profile) -> Self {
        Self {
            limits: profile.queue,
            rate: Rate::new(profile.rate),
            retry: profile.retry,
            request_deadline: profile.request_deadline,
            now: Duration::ZERO,
            queue: Queue::new(profile.batch),
            audited: VecDeque::new(),
            in_flight: None,
            pause_until: Duration::ZERO,
            breaker: Breaker::new(profile.breaker),
            heartbeat: None,
            endpoint: None,
            stopping: false,
            opted_out: false,
            idle_since: None,
            stats: Stats::default(),
        }
    }

    fn advance(&mut self, now: Duration) -> Duration {
        self.now = self.now.max(now);
        self.now
    }

    /// Queues a record, or counts it as dropped if the queue is full or its event exceeds the rate limit.
    pub(crate) fn push(&mut self, record: Record, endpoint: Arc<Endpoint>, now: Duration) {
        let now = self.advance(now);
        let bytes = record.parameters.len();
        self.endpoint = Some(Arc::clone(&endpoint));
        let is_one_too_many = self.rate.is_exceeded_by(record.name, now);
        let accepted = self.accept(bytes, is_one_too_many);
        self.stats.add(bytes);
        if let Err(reason) = accepted {
            return self.stats.record_outcome(Err(reason), 1, bytes);
        }
        self.idle_since = None;
        self.opted_out = false;
        self.queue.push(record, endpoint, now);
    }

    /// Whether a record of this size is taken, or why not.
    fn accept(&self, bytes: usize, is_one_too_many: bool) -> Result<(), DropReason> {
        if self.stopping {
            Err(DropReason::Shutdown)
        } else if is_one_too_many {
            Err(DropReason::RateLimited)
        } else {
            check_room(&self.limits, &self.stats, bytes)
        }
    }

    /// Whether a quarter of the queue is full, so that the worker should act now.
    pub(crate) fn is_filling_up(&self) -> bool {
        is_filling_up(&self.limits, &self.stats)
    }

    /// Counts an event that is dropped before it is queued. After an invalid endpoint, heartbeats do not have one either.
    pub(crate) fn drop_unqueued(&mut self, reason: DropReason) {
        if reason == DropReason::BadEndpoint {
            self.endpoint = None;
        }
        self.stats.add(0);
        self.stats.record_outcome(Err(reason), 1, 0);
    }

    /// Counts values that were out of bounds.
    pub(crate) fn adjusted(&mut self, values: u32) {
        self.stats.adjusted_values += u64::from(values);
    }

    /// Whether a heartbeat is scheduled.
    pub(crate) fn has_heartbeat(&self) -> bool {
        self.heartbeat.is_some()
    }

    /// Starts heartbeats every `interval_s` seconds, if that interval is usable. `jitter` is between 0 and 1.
    pub(crate) fn start_heartbeat(&mut self, interval_s: f64, now: Duration, jitter: f64) {
        let now = self.advance(now);
        if !self.stopping {
            self.heartbeat = Heartbeat::scheduled(interval_s, self.is_loopback(), now, jitter);
        }
    }

    fn is_loopback(&self) -> bool {
        self.endpoint.as_ref().is_some_and(|endpoint| endpoint.is_loopback())
    }

    /// Takes a heartbeat: its record, the reason to drop it, or `None` if the host's code has panicked. `jitter` is between 0 and 1.
    pub(crate) fn beat(&mut self, made: Option<Result<Record, DropReason>>, now: Duration, jitter: f64) {
        let now = self.advance(now);
        // Heartbeats may have ended while this one was being made.
        let Some(heartbeat) = self.heartbeat.take() else { return };
        self.heartbeat = heartbeat.next(self.is_loopback(), now, jitter);
        match (made, self.endpoint.clone()) {
            (Some(Ok(record)), Some(endpoint)) => self.push(record, endpoint, now),
            (Some(Ok(_)), None) => self.drop_unqueued(DropReason::BadEndpoint),
            (Some(Err(reason)), _) => self.drop_unqueued(reason),
            (None, _) => {}
        }
    }

    /// The next action.
    pub(crate) fn poll(&mut self, now: Duration) -> Action {
        let now = self.advance(now);
        if let Some(in_flight) = &self.in_flight {
            let overdue = in_flight.deadline <= now;
            return Action::Wait(if overdue {
                now.saturating_add(self.request_deadline)
            } else {
                in_flight.deadline
            });
        }
        if self.stopping && self.breaker.is_open() {
            self.drop_waiting(DropReason::Shutdown);
        }
        let ready = self.next_request_at();
        if ready.is_some_and(|ready| ready <= now)
            && let Some(action) = self.next_request(now)
        {
            return action;
        }
        match &self.heartbeat {
            Some(heartbeat) if heartbeat.due <= now => Action::Beat,
            Some(heartbeat) => Action::Wait(ready.map_or(heartbeat.due, |ready| ready.min(heartbeat.due))),
            None => ready.map_or_else(|| self.wait_for_work(now), Action::Wait),
        }
    }

    /// When the next batch may be sent; `None` if the queue is empty.
    pub(crate) fn next_request_at(&self) -> Option<Duration> {
        let ready = if self.audited.is_empty() { self.queue.ready_at()? } else { Duration::ZERO };
        // A client that stops skips the backoff and makes a last attempt at once.
        let pause = if self.stopping { Duration::ZERO } else { self.pause_until };
        Some(ready.max(pause).max(self.breaker.opens_at()))
    }

    fn next_request(&mut self, now: Duration) -> Option<Action> {
        let audited = self.audited.pop_front();
        let action = match audited {
            Some(batch) => {
                self.breaker.request_starts(now);
                self.stats.breaker = self.breaker.state();
                Action::Send(batch)
            }
            None => Action::Audit(self.queue.take_batch()?),
        };
        let (Action::Audit(batch) | Action::Send(batch)) = &action else { return None };
        self.in_flight = Some(InFlight {
            deadline: now.saturating_add(self.request_deadline),
            cancelled: None,
            records: batch.records.len() as u64,
            bytes: batch.bytes(),
        });
        Some(action)
    }

    fn wait_for_work(&mut self, now: Duration) -> Action {
        if self.stopping || self.opted_out {
            return Action::Exit;
        }
        let end = self.idle_since.get_or_insert(now).saturating_add(IDLE_EXIT);
        if now < end {
            return Action::Wait(end);
        }
        self.idle_since = None;
        Action::Exit
    }

    /// Drops the queued records and ends heartbeats, because the user has opted out. A request that has begun completes and is counted by
    /// its result; a batch whose request has not begun is handed back with [`withheld`](Self::withheld).
    pub(crate) fn opted_out(&mut self) {
        self.heartbeat = None;
        self.opted_out = true;
        self.cancel(DropReason::OptedOut);
    }

    /// Sends the queued records without waiting for full batches.
    pub(crate) fn flush(&mut self) {
        self.queue.flush();
    }

    /// Stops accepting records. The queued ones are tried once more, at once.
    pub(crate) fn stop(&mut self) {
        self.stopping = true;
        self.heartbeat = None;
        self.queue.flush();
    }

    /// Drops the queued records, because the time for delivering them is over. A request in flight is still counted by its result.
    pub(crate) fn abandon(&mut self) {
        self.cancel(DropReason::Shutdown);
    }

    /// Whether the machine is idle and without heartbeats.
    pub(crate) fn needs_no_thread(&self) -> bool {
        self.is_idle() && self.heartbeat.is_none()
    }

    /// Whether nothing is queued or in flight.
    pub(crate) fn is_idle(&self) -> bool {
        self.stats.queued == 0
    }

    pub(crate) fn stats(&self) -> &Stats {
        &self.stats
    }

    /// The endpoint of a heartbeat made now.
    #[cfg(test)]
    pub(super) fn newest_endpoint(&self) -> Option<&str> {
        self.endpoint.as_ref().map(|endpoint| endpoint.url())
    }
}

#[cfg(test)]
mod tests;
