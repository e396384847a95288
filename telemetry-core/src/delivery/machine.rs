// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The state machine of delivery. It has no thread, clock, file, socket or randomness: what happened comes in, what is to
//! be done goes out, and time is a number.

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

/// How long a thread without a heartbeat stays when there is nothing to do: CPython warns about threads at a fork.
const IDLE_EXIT: Duration = Duration::from_secs(2);

/// What the shell round the machine has to do next.
#[derive(Debug)]
pub(crate) enum Action {
    /// Write the batch to the audit log, then say [`Machine::audited`].
    Audit(Batch),
    /// Post the batch, then say [`Machine::sent`].
    Send(Batch),
    /// Make a heartbeat, then say [`Machine::beat`].
    Beat,
    /// Nothing to do before this moment, or before something comes in.
    Wait(Duration),
    /// Nothing to do any more: end the thread. The machine starts again with the next record.
    Exit,
}

/// A batch that the shell has.
#[derive(Debug)]
struct InFlight {
    /// When the shell has to be back. It keeps the deadline; the machine only never waits without one.
    deadline: Duration,
    /// What has become of the batch while the shell has it: no request follows.
    cancelled: Option<DropReason>,
    /// What the batch holds, for the case that the shell never brings it back.
    records: u64,
    bytes: usize,
}

/// Queue, request in flight, retries, breaker, heartbeat, counters and end of one client in one process.
#[derive(Debug)]
pub(crate) struct Machine {
    limits: QueuePolicy,
    rate: Rate,
    retry: RetryPolicy,
    request_deadline: Duration,
    /// The latest moment heard of: a clock that goes back changes nothing.
    now: Duration,
    queue: Queue,
    /// Batches in the audit log that wait for a request, their first or another one.
    audited: VecDeque<Batch>,
    in_flight: Option<InFlight>,
    /// No request before this moment: the backoff, or what the collector asked for.
    pause_until: Duration,
    breaker: Breaker,
    heartbeat: Option<Heartbeat>,
    /// Where the newest record went; heartbeats follow it.
    endpoint: Option<Arc<Endpoint>>,
    stopping: bool,
    /// Whether the user has opted out since the last record.
    opted_out: bool,
    /// Since when there has been nothing to do and no heartbeat to wait for.
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

    /// Takes a record, or counts it as dropped if there is no room or if there are too many of its name.
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

    /// Whether so much is queued that the worker should see to it now: a quarter of what there is room for.
    pub(crate) fn is_filling_up(&self) -> bool {
        is_filling_up(&self.limits, &self.stats)
    }

    /// Counts an event that never became a record with an endpoint. Where there is no endpoint any more, heartbeats have
    /// none either.
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

    /// Whether a heartbeat is due some time.
    pub(crate) fn has_heartbeat(&self) -> bool {
        self.heartbeat.is_some()
    }

    /// Starts heartbeats, if the interval allows any. `jitter` is from 0 to 1.
    pub(crate) fn start_heartbeat(&mut self, interval_s: f64, now: Duration, jitter: f64) {
        let now = self.advance(now);
        if !self.stopping {
            self.heartbeat = Heartbeat::scheduled(interval_s, self.is_loopback(), now, jitter);
        }
    }

    fn is_loopback(&self) -> bool {
        self.endpoint.as_ref().is_some_and(|endpoint| endpoint.is_loopback())
    }

    /// A heartbeat was made, with a record or without, or the host's code has panicked. `jitter` is from 0 to 1.
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

    /// What to do now.
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

    /// When there is a batch to send and nothing to keep it back; never if nothing waits.
    pub(crate) fn next_request_at(&self) -> Option<Duration> {
        let ready = if self.audited.is_empty() { self.queue.ready_at()? } else { Duration::ZERO };
        // Who stops has no time for a backoff; one last attempt is made at once.
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

    /// The user has opted out: what waits is dropped, and no heartbeat follows. A request that has begun completes, and
    /// counts as what it becomes; a batch that has not is to be handed back with [`withheld`](Self::withheld).
    pub(crate) fn opted_out(&mut self) {
        self.heartbeat = None;
        self.opted_out = true;
        self.cancel(DropReason::OptedOut);
    }

    /// Nothing waits for company any more.
    pub(crate) fn flush(&mut self) {
        self.queue.flush();
    }

    /// No more records are taken. What waits is tried once more at once.
    pub(crate) fn stop(&mut self) {
        self.stopping = true;
        self.heartbeat = None;
        self.queue.flush();
    }

    /// The time for delivering what waited is over. A request in flight still counts as what it becomes.
    pub(crate) fn abandon(&mut self) {
        self.cancel(DropReason::Shutdown);
    }

    /// Whether there is no reason to have a thread.
    pub(crate) fn needs_no_thread(&self) -> bool {
        self.is_idle() && self.heartbeat.is_none()
    }

    /// Whether nothing waits and nothing is on its way.
    pub(crate) fn is_idle(&self) -> bool {
        self.stats.queued == 0
    }

    pub(crate) fn stats(&self) -> &Stats {
        &self.stats
    }

    /// Where a heartbeat made now would go.
    #[cfg(test)]
    pub(super) fn newest_endpoint(&self) -> Option<&str> {
        self.endpoint.as_ref().map(|endpoint| endpoint.url())
    }
}

#[cfg(test)]
mod tests;
