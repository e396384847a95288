// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The state machine of delivery. It has no thread, clock, file, socket or randomness: what happened comes in, what is to
//! be done goes out, and time is a number.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use crate::endpoint::Endpoint;
use crate::interval::usable_interval;
use crate::profile::QueuePolicy;
use crate::record::Record;
use crate::stats::{DropReason, RequestReport, Stats};

/// The longest random delay of a heartbeat, and its largest share of the interval.
const MAX_JITTER_S: f64 = 60.0;
const JITTER_SHARE: f64 = 0.1;

/// How long a thread without a heartbeat stays when there is nothing to do: CPython warns about threads at a fork.
const IDLE_EXIT: Duration = Duration::from_secs(2);

/// What may wait.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    pub(crate) queue: QueuePolicy,
}

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
    Wait(Option<Duration>),
    /// Nothing to do any more: end the thread. The machine starts again with the next record.
    Exit,
}

/// Records on their way to one endpoint. The machine hands a batch out and gets it back.
#[derive(Debug)]
pub(crate) struct Batch {
    pub(crate) records: Vec<Record>,
    pub(crate) endpoint: Arc<Endpoint>,
}

#[derive(Debug)]
struct Heartbeat {
    interval_s: f64,
    due: Duration,
}

/// Queue, request in flight, heartbeat, counters and end of one client in one process.
#[derive(Debug)]
pub(crate) struct Machine {
    limits: Limits,
    queue: VecDeque<(Record, Arc<Endpoint>)>,
    queued_bytes: usize,
    /// A batch that is in the audit log and waits for its request.
    audited: Option<Batch>,
    /// Whether the shell has a batch.
    in_flight: bool,
    heartbeat: Option<Heartbeat>,
    /// Where the newest record went; heartbeats follow it.
    endpoint: Option<Arc<Endpoint>>,
    stopping: bool,
    /// Since when there has been nothing to do and no heartbeat to wait for.
    idle_since: Option<Duration>,
    stats: Stats,
}

impl Machine {
    pub(crate) fn new(limits: Limits) -> Self {
        Self {
            limits,
            queue: VecDeque::new(),
            queued_bytes: 0,
            audited: None,
            in_flight: false,
            heartbeat: None,
            endpoint: None,
            stopping: false,
            idle_since: None,
            stats: Stats::default(),
        }
    }

    /// Takes a record, or counts it as dropped if there is no room.
    pub(crate) fn push(&mut self, record: Record, endpoint: Arc<Endpoint>) {
        self.stats.produced += 1;
        self.stats.queued += 1;
        let bytes = self.queued_bytes.saturating_add(record.parameters.len());
        self.endpoint = Some(Arc::clone(&endpoint));
        if self.stopping {
            self.stats.drop_queued(DropReason::Shutdown, 1);
        } else if self.queue.len() >= self.limits.queue.max_records || bytes > self.limits.queue.max_bytes {
            self.stats.drop_queued(DropReason::QueueFull, 1);
        } else {
            self.queued_bytes = bytes;
            self.idle_since = None;
            self.queue.push_back((record, endpoint));
        }
    }

    /// Counts an event that never became a record with an endpoint.
    pub(crate) fn drop_unqueued(&mut self, reason: DropReason) {
        self.stats.produced += 1;
        self.stats.queued += 1;
        self.stats.drop_queued(reason, 1);
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
        self.heartbeat = Some(Heartbeat { interval_s, due: now });
        self.schedule_heartbeat(now, jitter);
    }

    /// A heartbeat was made, or could not be. `jitter` is from 0 to 1.
    pub(crate) fn beat(&mut self, record: Option<Record>, now: Duration, jitter: f64) {
        if let (Some(record), Some(endpoint)) = (record, self.endpoint.clone()) {
            self.push(record, endpoint);
        }
        self.schedule_heartbeat(now, jitter);
    }

    fn schedule_heartbeat(&mut self, now: Duration, jitter: f64) {
        let loopback = self.endpoint.as_ref().is_some_and(|endpoint| endpoint.is_loopback());
        self.heartbeat = self.heartbeat.take().and_then(|mut heartbeat| {
            let interval = usable_interval(heartbeat.interval_s, loopback)?;
            let longest = MAX_JITTER_S.min(heartbeat.interval_s * JITTER_SHARE);
            let delay = Duration::try_from_secs_f64(longest * jitter).unwrap_or_default();
            heartbeat.due = now.checked_add(interval)?.checked_add(delay)?;
            Some(heartbeat)
        });
    }

    /// What to do now.
    pub(crate) fn poll(&mut self, now: Duration) -> Action {
        if self.in_flight {
            return Action::Wait(None);
        }
        if let Some(batch) = self.audited.take() {
            self.in_flight = true;
            return Action::Send(batch);
        }
        if let Some((record, endpoint)) = self.queue.pop_front() {
            self.queued_bytes = self.queued_bytes.saturating_sub(record.parameters.len());
            self.in_flight = true;
            return Action::Audit(Batch { records: vec![record], endpoint });
        }
        match &self.heartbeat {
            _ if self.stopping => Action::Exit,
            Some(heartbeat) if heartbeat.due <= now => Action::Beat,
            Some(heartbeat) => Action::Wait(Some(heartbeat.due)),
            None => self.wait_for_work(now),
        }
    }

    fn wait_for_work(&mut self, now: Duration) -> Action {
        let end = self.idle_since.get_or_insert(now).saturating_add(IDLE_EXIT);
        if now < end {
            return Action::Wait(Some(end));
        }
        self.idle_since = None;
        Action::Exit
    }

    /// The batch is in the audit log, or `failures` of its records are not: they are sent all the same.
    pub(crate) fn audited(&mut self, batch: Batch, failures: u64) {
        self.in_flight = false;
        self.stats.audit_failures += failures;
        self.audited = Some(batch);
    }

    /// The request for the batch has ended.
    pub(crate) fn sent(&mut self, batch: &Batch, report: RequestReport) {
        self.in_flight = false;
        let count = batch.records.len() as u64;
        match drop_reason(&report) {
            None => {
                self.stats.queued -= count.min(self.stats.queued);
                self.stats.delivered += count;
            }
            Some(reason) => self.stats.drop_queued(reason, count),
        }
        self.stats.last_request = Some(report);
    }

    /// The user has opted out: everything that waits is dropped, with what the shell holds, and no heartbeat follows.
    pub(crate) fn opted_out(&mut self) {
        self.drop_everything(DropReason::OptedOut);
    }

    /// No more records are taken; what waits is still delivered.
    pub(crate) fn stop(&mut self) {
        self.stopping = true;
        self.heartbeat = None;
    }

    /// The time for delivering what waited is over. A request in flight still counts as what it becomes.
    pub(crate) fn abandon(&mut self) {
        let audited = self.audited.take().map_or(0, |batch| batch.records.len());
        let waiting = (self.queue.len() + audited) as u64;
        self.queue.clear();
        self.queued_bytes = 0;
        self.stats.drop_queued(DropReason::Shutdown, waiting);
    }

    fn drop_everything(&mut self, reason: DropReason) {
        self.queue.clear();
        self.queued_bytes = 0;
        self.audited = None;
        self.in_flight = false;
        self.heartbeat = None;
        self.stats.drop_queued(reason, self.stats.queued);
    }

    /// Whether there is no reason to have a thread.
    pub(crate) fn is_at_rest(&self) -> bool {
        self.is_idle() && self.heartbeat.is_none()
    }

    /// Whether nothing waits and nothing is on its way.
    pub(crate) fn is_idle(&self) -> bool {
        self.stats.queued == 0
    }

    pub(crate) fn stats(&self) -> &Stats {
        &self.stats
    }
}

/// Why the events of a request that ended like this are lost, if they are.
fn drop_reason(report: &RequestReport) -> Option<DropReason> {
    match report.result {
        Ok(200..=299) => None,
        Ok(400 | 422) => Some(DropReason::Rejected),
        Ok(_) => Some(DropReason::Refused),
        Err(_) => Some(DropReason::Transport),
    }
}

#[cfg(test)]
#[path = "machine_tests.rs"]
mod tests;
