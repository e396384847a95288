// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What delivery must do, kept apart from how it does it: what was reported, audited, sent, answered and cancelled, and
//! whether the machine's next move is allowed.

use std::collections::{HashMap, HashSet, VecDeque};
use std::time::Duration;

use super::step::{End, Outcome};
use crate::delivery::queue::Batch;
use crate::profile::Profile;
use crate::stats::{DropReason, Stats};

pub(super) type Broken = Result<(), String>;

macro_rules! ensure {
    ($rule:expr, $($what:tt)+) => {
        if !$rule {
            return Err(format!($($what)+));
        }
    };
}
pub(super) use ensure;

/// What the end of a request means, written down a second time.
#[derive(Debug, Clone, Copy, PartialEq)]
enum ExpectedDisposition {
    Arrived,
    Unwanted,
    TooLarge,
    Later,
    Odd,
    Never,
}

impl ExpectedDisposition {
    /// `is_otlp`: the collector takes OTLP, which says what may be sent again.
    fn of(end: End, is_otlp: bool) -> Self {
        match end {
            End::Status(408 | 425 | 500 | 501 | 505..=599) if is_otlp => Self::Odd,
            End::NoAnswer | End::AnswerLost => Self::Later,
            End::Status(200..=299) => Self::Arrived,
            End::Status(400 | 422) => Self::Unwanted,
            End::Status(413) => Self::TooLarge,
            End::Status(408 | 425 | 429) => Self::Later,
            End::Status(401..=499) => Self::Never,
            End::Status(500..=599) => Self::Later,
            End::Status(_) => Self::Odd,
        }
    }
}

/// An event that was reported and taken.
#[derive(Debug, Clone, Copy)]
struct Event {
    schema: u8,
    endpoint: u8,
    size: usize,
    at: Duration,
}

/// What one process must keep to.
#[derive(Debug)]
pub(super) struct Model {
    profile: Profile,
    events: HashMap<u64, Event>,
    /// Events that wait for the audit log, in order.
    waiting: VecDeque<u64>,
    /// How many of them are flushed.
    flushed: usize,
    audited: HashSet<u64>,
    sent: HashMap<u64, u32>,
    /// Failed attempts of the batch that begins with the event.
    attempts: HashMap<u64, u32>,
    acknowledged: HashSet<u64>,
    /// How many of those the collector has rejected all the same.
    rejected: u64,
    cancelled: HashSet<u64>,
    produced: u64,
    requests: u64,
    failures_in_a_row: u32,
    /// While the breaker is open: when the next request may start.
    next_probe: Option<Duration>,
    pause_until: Duration,
    stopping: bool,
    heartbeat_from: Option<Duration>,
    breaker_openings: u64,
    /// For each name the end of its minute, and when its events of that minute were reported.
    minutes: HashMap<&'static str, (Duration, Vec<Duration>)>,
}

impl Model {
    pub(super) fn new(profile: Profile) -> Self {
        Self {
            profile,
            events: HashMap::new(),
            waiting: VecDeque::new(),
            flushed: 0,
            audited: HashSet::new(),
            sent: HashMap::new(),
            attempts: HashMap::new(),
            acknowledged: HashSet::new(),
            rejected: 0,
            cancelled: HashSet::new(),
            produced: 0,
            requests: 0,
            failures_in_a_row: 0,
            next_probe: None,
            pause_until: Duration::ZERO,
            stopping: false,
            heartbeat_from: None,
            breaker_openings: 0,
            minutes: HashMap::new(),
        }
    }

    /// Checks what became of a report, and keeps it if it was taken.
    pub(super) fn reported(
        &mut self,
        id: u64,
        is: (u8, u8, usize),
        at: Duration,
        before: &Stats,
        after: &Stats,
    ) -> Broken {
        let (schema, endpoint, size) = is;
        self.produced += 1;
        let limits = self.profile.queue;
        let fits = before.queued < limits.max_records as u64
            && before.queued_bytes + size as u64 <= limits.max_bytes as u64;
        let dropped = |reason| after.dropped(reason) - before.dropped(reason);
        let is_one_too_many = self.is_one_too_many(name_of(size), at);
        if self.stopping {
            ensure!(dropped(DropReason::Shutdown) == 1, "a report after the end was taken");
        } else if is_one_too_many {
            ensure!(
                dropped(DropReason::RateLimited) == 1,
                "a report too many in a minute was not dropped as such"
            );
        } else if fits {
            ensure!(after.queued == before.queued + 1, "a report that fits was not taken");
            self.events.insert(id, Event { schema, endpoint, size, at });
            self.waiting.push_back(id);
        } else {
            ensure!(
                dropped(DropReason::QueueFull) == 1,
                "a report that does not fit was not dropped as such"
            );
        }
        Ok(())
    }

    /// Whether as many events of this name as are allowed were reported in its minute before.
    fn is_one_too_many(&mut self, name: &'static str, at: Duration) -> bool {
        let (end, reports) = self.minutes.entry(name).or_default();
        if at >= *end {
            reports.clear();
            *end = at + Duration::from_secs(60);
        }
        reports.push(at);
        reports.len() > self.profile.rate.events_per_minute as usize
    }

    pub(super) fn reported_to_nowhere(&mut self) {
        self.produced += 1;
    }

    /// Nothing that waits or is on its way may be sent any more.
    pub(super) fn cancel(&mut self) {
        self.cancelled.extend(self.events.keys().copied());
        self.waiting.clear();
        self.flushed = 0;
    }

    pub(super) fn opt_out(&mut self) {
        self.heartbeat_from = None;
        self.cancel();
    }

    pub(super) fn flush(&mut self) {
        self.flushed = self.waiting.len();
    }

    pub(super) fn stop(&mut self) {
        self.stopping = true;
        self.heartbeat_from = None;
        self.flush();
    }

    pub(super) fn is_stopping(&self) -> bool {
        self.stopping
    }

    /// Heartbeats start, or the next one is scheduled.
    pub(super) fn heartbeat(&mut self, next: Duration) {
        if !self.stopping {
            self.heartbeat_from = Some(next);
        }
    }

    pub(super) fn beats(&self, now: Duration) -> Broken {
        ensure!(
            self.heartbeat_from.is_some_and(|from| from <= now),
            "a heartbeat that was not requested, or too early"
        );
        Ok(())
    }

    /// The machine wants this batch in the audit log.
    pub(super) fn audits(&mut self, batch: &Batch, now: Duration) -> Broken {
        let ids = self.check_batch(batch)?;
        for id in &ids {
            ensure!(self.audited.insert(*id), "event {id} is audited twice");
            ensure!(self.waiting.pop_front() == Some(*id), "event {id} is not the oldest");
        }
        let due = self.is_full(&ids) || self.flushed > 0 || self.is_old(&ids, now);
        ensure!(due, "a batch leaves although it is neither full nor old nor flushed: {ids:?}");
        self.flushed = self.flushed.saturating_sub(ids.len());
        self.may_request(now)
    }

    /// Whether nothing more can travel with these events.
    fn is_full(&self, ids: &[u64]) -> bool {
        let batch = self.profile.batch;
        let bytes: usize = ids.iter().map(|id| self.events[id].size).sum();
        let next_fits = self.waiting.front().is_none_or(|next| {
            let (next, first) = (self.events[next], self.events[&ids[0]]);
            (next.schema, next.endpoint) == (first.schema, first.endpoint)
                && bytes + next.size <= batch.max_bytes
        });
        ids.len() == batch.max_records || bytes >= batch.max_bytes || !next_fits
    }

    fn is_old(&self, ids: &[u64], now: Duration) -> bool {
        now >= self.events[&ids[0]].at + self.profile.batch.interval
    }

    /// The machine wants to post this batch.
    pub(super) fn sends(&mut self, batch: &Batch, now: Duration) -> Broken {
        for id in self.check_batch(batch)? {
            ensure!(self.audited.contains(&id), "event {id} is sent before it is audited");
            *self.sent.entry(id).or_default() += 1;
        }
        self.may_request(now)?;
        if let Some(next_probe) = &mut self.next_probe {
            *next_probe = now + self.profile.breaker.probe_interval;
        }
        Ok(())
    }

    fn check_batch(&self, batch: &Batch) -> Result<Vec<u64>, String> {
        let ids: Vec<u64> = batch.records.iter().map(|record| id_of(&record.parameters)).collect();
        ensure!(!ids.is_empty(), "an empty batch");
        let (limits, first) = (self.profile.batch, self.events[&ids[0]]);
        let bytes: usize = ids.iter().map(|id| self.events[id].size).sum();
        ensure!(ids.len() <= limits.max_records, "{} events in a batch", ids.len());
        ensure!(ids.len() == 1 || bytes <= limits.max_bytes, "{bytes} bytes in a batch");
        for id in &ids {
            let event = self.events[id];
            ensure!(event.schema == first.schema, "two schema versions in a batch");
            ensure!(batch.endpoint.url().ends_with(&event.endpoint.to_string()), "event {id} goes elsewhere");
            ensure!(!self.acknowledged.contains(id), "event {id} has arrived already");
            ensure!(!self.cancelled.contains(id), "event {id} was cancelled");
        }
        Ok(ids)
    }

    fn may_request(&self, now: Duration) -> Broken {
        ensure!(self.next_probe.is_none_or(|at| at <= now), "a request before the next probe is due");
        ensure!(self.stopping || self.pause_until <= now, "a request before the pause is over");
        Ok(())
    }

    /// The collector has answered, or has not.
    pub(super) fn answered(&mut self, ids: &[u64], outcome: Outcome, now: Duration) {
        self.requests += 1;
        let is_otlp = cfg!(feature = "otlp") && self.events[&ids[0]].endpoint == 1;
        let disposition = ExpectedDisposition::of(outcome.end, is_otlp);
        if disposition == ExpectedDisposition::Arrived {
            self.acknowledged.extend(ids);
            self.rejected += outcome.rejected.min(ids.len() as u64);
        }
        self.breaker_hears(disposition, now);
        let asked = outcome.retry_after.unwrap_or_default().min(self.profile.retry.longest_asked);
        self.pause_until = self.pause_until.max(now + asked);
        if disposition == ExpectedDisposition::TooLarge {
            self.attempts.retain(|id, _| !ids.contains(id));
        } else if disposition == ExpectedDisposition::Later {
            self.pause_until = self.pause_until.max(now + self.backoff(ids, outcome.jitter));
        }
    }

    fn breaker_hears(&mut self, disposition: ExpectedDisposition, now: Duration) {
        let (threshold, interval) = (self.profile.breaker.failures, self.profile.breaker.probe_interval);
        match disposition {
            ExpectedDisposition::Arrived | ExpectedDisposition::Unwanted | ExpectedDisposition::TooLarge => {
                self.failures_in_a_row = 0
            }
            ExpectedDisposition::Later | ExpectedDisposition::Odd => self.failures_in_a_row += 1,
            ExpectedDisposition::Never => self.failures_in_a_row = threshold,
        }
        if self.failures_in_a_row == 0 {
            self.next_probe = None;
        } else if self.failures_in_a_row >= threshold {
            self.breaker_openings += u64::from(self.next_probe.is_none());
            self.next_probe.get_or_insert(now + interval);
        }
    }

    /// How long the events wait for their next attempt, if they have one.
    fn backoff(&mut self, ids: &[u64], jitter: f64) -> Duration {
        let attempts = self.attempts.entry(ids[0]).and_modify(|attempts| *attempts += 1).or_insert(1);
        let retry = self.profile.retry;
        if self.stopping || self.cancelled.contains(&ids[0]) || *attempts >= retry.attempts {
            return Duration::ZERO;
        }
        let longest = retry.shortest.as_secs_f64() * f64::powi(2.0, *attempts as i32 - 1);
        Duration::from_secs_f64(longest.min(retry.longest.as_secs_f64()) * jitter)
    }

    /// A wait has an end, and does not last longer than anything that keeps events back.
    pub(super) fn waits(&self, until: Duration, now: Duration, stats: &Stats) -> Broken {
        ensure!(until > now, "a wait until {until:?}, which is over");
        ensure!(!self.stopping, "a wait for {:?} although the process is to end", until - now);
        if stats.queued > 0 {
            let oldest = self.waiting.front().map(|id| self.events[id].at + self.profile.batch.interval);
            let until_at_most = oldest.max(self.next_probe).max(Some(self.pause_until)).unwrap_or_default();
            ensure!(until <= until_at_most, "a wait until {until:?}, but until {until_at_most:?} is enough");
        }
        Ok(())
    }

    /// While the shell is at work, the machine waits for it, but not forever.
    pub(super) fn waits_for_the_shell(&self, until: Duration, now: Duration) -> Broken {
        let longest = self.profile.request_deadline;
        ensure!(until > now && until <= now + longest, "a wait until {until:?} for the shell");
        Ok(())
    }

    /// The numbers agree with what has happened.
    pub(super) fn counts(&self, stats: &Stats) -> Broken {
        let limits = self.profile.queue;
        let accounted = stats.delivered + stats.queued + stats.dropped_total();
        ensure!(stats.produced == self.produced, "{} produced, {} counted", self.produced, stats.produced);
        ensure!(stats.produced == accounted, "{} produced, {accounted} accounted for", stats.produced);
        let arrived = self.acknowledged.len() as u64;
        ensure!(stats.delivered + self.rejected == arrived, "{} of {arrived} delivered", stats.delivered);
        ensure!(stats.requests == self.requests, "{} requests", stats.requests);
        ensure!(stats.queued <= limits.max_records as u64, "{} queued", stats.queued);
        ensure!(stats.queued_bytes <= limits.max_bytes as u64, "{} bytes queued", stats.queued_bytes);
        ensure!(stats.queued > 0 || stats.queued_bytes == 0, "{} bytes of nothing", stats.queued_bytes);
        ensure!(
            stats.queued >= self.waiting.len() as u64,
            "{} queued, {} wait",
            stats.queued,
            self.waiting.len()
        );
        Ok(())
    }

    pub(super) fn breaker_openings(&self) -> u64 {
        self.breaker_openings
    }

    /// Requests with events that were sent before.
    pub(super) fn retries(&self) -> u64 {
        self.sent.values().map(|times| u64::from(times.saturating_sub(1))).sum()
    }

    /// With one attempt and no splitting, no event is sent twice.
    pub(super) fn check_attempts(&self, splits: u32) -> Broken {
        let most = self.sent.values().copied().max().unwrap_or_default();
        let allowed = self.profile.retry.attempts * (splits + 1);
        ensure!(most <= allowed, "an event is sent {most} times, {allowed} allowed");
        Ok(())
    }
}

/// Events of even size have one name, those of odd size another.
pub(super) fn name_of(size: usize) -> &'static str {
    if size.is_multiple_of(2) { "even" } else { "odd" }
}

/// The number of the event with these parameters.
pub(super) fn id_of(parameters: &str) -> u64 {
    parameters.trim_start_matches('0').parse().unwrap_or_default()
}
