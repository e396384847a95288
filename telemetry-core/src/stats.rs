// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Counters that never lose an event: `produced = delivered + queued + Σ dropped`.

mod serialize;

use std::fmt;
use std::time::Duration;

/// What became of all events of one client in one process, at one moment.
///
/// ```
/// # struct Shop;
/// # impl telemetry_core::Product for Shop {
/// #     const PROFILE: telemetry_core::Profile = telemetry_core::Profile::new("shop", "1");
/// # }
/// use telemetry_core::stats::DropReason;
/// use telemetry_core::Client;
///
/// let telemetry = Client::<Shop>::builder().enabled(false).start();
/// let stats = telemetry.stats();
/// assert_eq!(stats.produced, stats.delivered + stats.queued + stats.dropped_total());
/// assert_eq!(stats.dropped(DropReason::QueueFull), 0);
///
/// // For the metrics of a service, in any format of serde:
/// let json = serde_json::to_value(&stats)?;
/// assert_eq!(json["dropped"]["queue_full"], 0);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stats {
    /// Events made while telemetry was on, heartbeats included.
    pub produced: u64,
    /// Events that the collector has accepted.
    pub delivered: u64,
    /// Events that wait or are on their way.
    pub queued: u64,
    /// Values that were out of bounds and were changed before sending.
    pub adjusted_values: u64,
    /// Events that could not be written to the audit log. They were sent all the same.
    pub audit_failures: u64,
    /// Why the newest of them could not be written: the file that was in the way, and what is wrong with it. It is the log
    /// itself, one of those beside it (`.1`, `.lock`), or their directory.
    pub last_audit_error: Option<String>,
    /// Size of the events that wait or are on their way, in bytes.
    pub queued_bytes: u64,
    /// Requests that have ended, whatever became of them.
    pub requests: u64,
    /// What became of the request that ended last.
    pub last_request: Option<RequestReport>,
    /// Whether the collector is left alone for now.
    pub breaker: BreakerState,
    dropped: [u64; DropReason::ALL.len()],
}

impl Stats {
    /// Events dropped for `reason`.
    ///
    /// ```
    /// use telemetry_core::Stats;
    /// use telemetry_core::stats::DropReason;
    ///
    /// /// Whether events were lost because too many came at once.
    /// fn is_overrun(stats: &Stats) -> bool {
    ///     stats.dropped(DropReason::QueueFull) + stats.dropped(DropReason::RateLimited) > 0
    /// }
    /// assert!(!is_overrun(&Stats::default()));
    /// ```
    #[must_use]
    pub fn dropped(&self, reason: DropReason) -> u64 {
        self.dropped.get(reason as usize).copied().unwrap_or_default()
    }

    /// Events dropped for any reason.
    ///
    /// ```
    /// # let stats = telemetry_core::Stats::default();
    /// assert_eq!(stats.produced, stats.delivered + stats.queued + stats.dropped_total());
    /// ```
    #[must_use]
    pub fn dropped_total(&self) -> u64 {
        self.dropped.iter().sum()
    }

    #[cfg(feature = "client")]
    /// Counts an event that was made.
    pub(crate) fn add(&mut self, bytes: usize) {
        self.produced += 1;
        self.queued += 1;
        self.queued_bytes += bytes as u64;
    }

    #[cfg(feature = "client")]
    /// Counts events that are delivered, or dropped for a reason.
    pub(crate) fn record_outcome(&mut self, outcome: Result<(), DropReason>, count: u64, bytes: usize) {
        self.queued = self.queued.saturating_sub(count);
        self.queued_bytes = self.queued_bytes.saturating_sub(bytes as u64);
        match outcome {
            Ok(()) => self.delivered += count,
            Err(reason) => {
                if let Some(counter) = self.dropped.get_mut(reason as usize) {
                    *counter += count;
                }
            }
        }
    }
}

/// The sum that always holds: `3 produced = 1 delivered + 0 queued + 2 dropped (queue full 1, transport 1)`.
impl fmt::Display for Stats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { produced, delivered, queued, .. } = self;
        write!(
            f,
            "{produced} produced = {delivered} delivered + {queued} queued + {} dropped",
            self.dropped_total()
        )?;
        let reasons = DropReason::ALL.iter().filter(|reason| self.dropped(**reason) > 0);
        let reasons: Vec<_> = reasons.map(|reason| format!("{reason} {}", self.dropped(*reason))).collect();
        if reasons.is_empty() { Ok(()) } else { write!(f, " ({})", reasons.join(", ")) }
    }
}

/// Whether delivery leaves the collector alone because too many requests have failed.
///
/// ```
/// use telemetry_core::Stats;
/// use telemetry_core::stats::BreakerState;
///
/// assert_eq!(Stats::default().breaker, BreakerState::Closed);
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum BreakerState {
    /// Requests are made as events come.
    #[default]
    Closed,
    /// No request is made before the next probe is due.
    Open,
    /// One request is on its way to find out whether the collector is back.
    Probing,
}

impl BreakerState {
    /// The name in JSON and in metrics: `closed`, `open` or `probing`. It stays the same from release to release.
    ///
    /// ```
    /// assert_eq!(telemetry_core::stats::BreakerState::Probing.as_str(), "probing");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Open => "open",
            Self::Probing => "probing",
        }
    }
}

impl fmt::Display for BreakerState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Why an event was not delivered.
///
/// ```
/// use telemetry_core::Stats;
/// use telemetry_core::stats::DropReason;
///
/// let stats = Stats::default();
/// for reason in DropReason::ALL {
///     println!("events_dropped{{reason=\"{}\"}} {}", reason.as_str(), stats.dropped(*reason));
/// }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DropReason {
    /// The queue had no room; the newest event goes.
    QueueFull,
    /// More events of this name were reported within a minute than the [profile](crate::Profile::rate) allows.
    RateLimited,
    /// An opt-out appeared while the event waited.
    OptedOut,
    /// The endpoint is not a URL that events may go to.
    BadEndpoint,
    /// The event could not be made into JSON, or its time is not a moment between the years 1 and 9999.
    Unserializable,
    /// A value was out of the range of a field with `out_of_range = "drop"`.
    OutOfRange,
    /// The collector understood the event and rejected it (status 400 or 422).
    Rejected,
    /// The collector answered with another status that is not success.
    Refused,
    /// The collector answered that the event alone is too large (status 413).
    TooLarge,
    /// There was no answer: name lookup, connection, encryption or time-out.
    Transport,
    /// The client was shut down before the event's turn came.
    Shutdown,
}

impl DropReason {
    /// All reasons.
    pub const ALL: &[Self] = &[
        Self::QueueFull,
        Self::RateLimited,
        Self::OptedOut,
        Self::BadEndpoint,
        Self::Unserializable,
        Self::OutOfRange,
        Self::Rejected,
        Self::Refused,
        Self::TooLarge,
        Self::Transport,
        Self::Shutdown,
    ];

    /// The name in JSON and in metrics, in snake case: that of the variant. It stays the same from release to release.
    ///
    /// ```
    /// use telemetry_core::stats::DropReason;
    ///
    /// assert_eq!(DropReason::QueueFull.as_str(), "queue_full");
    /// assert_eq!(DropReason::QueueFull.to_string(), "queue full"); // for people
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::QueueFull => "queue_full",
            Self::RateLimited => "rate_limited",
            Self::OptedOut => "opted_out",
            Self::BadEndpoint => "bad_endpoint",
            Self::Unserializable => "unserializable",
            Self::OutOfRange => "out_of_range",
            Self::Rejected => "rejected",
            Self::Refused => "refused",
            Self::TooLarge => "too_large",
            Self::Transport => "transport",
            Self::Shutdown => "shutdown",
        }
    }
}

impl fmt::Display for DropReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::QueueFull => "queue full",
            Self::RateLimited => "rate limited",
            Self::OptedOut => "opted out",
            Self::BadEndpoint => "bad endpoint",
            Self::Unserializable => "unserializable",
            Self::OutOfRange => "out of range",
            Self::Rejected => "rejected",
            Self::Refused => "refused",
            Self::TooLarge => "too large",
            Self::Transport => "transport",
            Self::Shutdown => "shutdown",
        })
    }
}

/// One request that has ended.
///
/// ```
/// use telemetry_core::Stats;
///
/// /// Why the last request failed, if it did.
/// fn failure(stats: &Stats) -> Option<String> {
///     match &stats.last_request.as_ref()?.result {
///         Ok(200..=299) => None,
///         Ok(status) => Some(format!("the collector answered with status {status}")),
///         Err(reason) => Some(reason.clone()),
///     }
/// }
/// assert_eq!(failure(&Stats::default()), None);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RequestReport {
    /// The HTTP status, or why there was no answer.
    pub result: Result<u16, String>,
    /// From the start of the request to its end.
    pub elapsed: Duration,
}

/// `status 204 after 3 ms`, or why there was no answer.
impl fmt::Display for RequestReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let milliseconds = self.elapsed.as_millis();
        match &self.result {
            Ok(status) => write!(f, "status {status} after {milliseconds} ms"),
            Err(reason) => write!(f, "no answer: {reason} after {milliseconds} ms"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sum_names_the_reasons_that_there_are() {
        let mut stats = Stats { produced: 4, delivered: 1, queued: 1, ..Stats::default() };
        assert_eq!(stats.to_string(), "4 produced = 1 delivered + 1 queued + 0 dropped");
        stats.dropped[DropReason::QueueFull as usize] = 1;
        stats.dropped[DropReason::Transport as usize] = 1;
        let sum = "4 produced = 1 delivered + 1 queued + 2 dropped (queue full 1, transport 1)";
        assert_eq!(stats.to_string(), sum);
    }

    #[test]
    fn a_request_says_how_it_ended_and_when() {
        let report = |result| RequestReport { result, elapsed: Duration::from_millis(3) }.to_string();
        assert_eq!(report(Ok(204)), "status 204 after 3 ms");
        assert_eq!(report(Err("refused".into())), "no answer: refused after 3 ms");
    }
}
