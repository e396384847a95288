// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The policies of delivery: queue, rate, batches, retries, and when to stop making requests.

use std::time::Duration;

/// How much may wait for delivery, what is on its way included. What does not fit is dropped and counted as
/// [`DropReason::QueueFull`](crate::stats::DropReason::QueueFull).
///
/// ```
/// use telemetry_core::Profile;
/// use telemetry_core::profile::QueuePolicy;
///
/// const PROFILE: Profile = Profile::new("shop", "1").queue(QueuePolicy::of(5000).max_bytes(4 * 1024 * 1024));
/// ```
///
/// ```compile_fail
/// # use telemetry_core::profile::QueuePolicy;
/// const QUEUE: QueuePolicy = QueuePolicy::DEFAULT.max_bytes(0); // room for no event
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QueuePolicy {
    pub(crate) max_records: usize,
    pub(crate) max_bytes: usize,
}

impl QueuePolicy {
    /// 1,000 events, and 1 MiB of them together.
    pub const DEFAULT: Self = Self { max_records: 1000, max_bytes: 1024 * 1024 };

    /// Up to `max_records` events, and 1 MiB of them together.
    ///
    /// # Panics
    ///
    /// If it is zero; in a constant that is a compile error.
    #[must_use]
    pub const fn of(max_records: usize) -> Self {
        assert!(max_records > 0, "a queue needs room for at least one event");
        Self { max_records, ..Self::DEFAULT }
    }

    /// Sets the largest size of all events together, in bytes.
    ///
    /// # Panics
    ///
    /// If it is zero; in a constant that is a compile error.
    #[must_use]
    pub const fn max_bytes(mut self, max_bytes: usize) -> Self {
        assert!(max_bytes > 0, "a queue needs room for at least one event");
        self.max_bytes = max_bytes;
        self
    }
}

/// How many events of one name a process may report in a minute. Further events are dropped and counted as
/// [`DropReason::RateLimited`](crate::stats::DropReason::RateLimited), heartbeats included.
///
/// It bounds what a mistake costs, such as a report inside of a loop: the collector, the user's network and the audit log see
/// no more than this. It does not shape honest use, and it does not keep room for other events: all names share the
/// [queue](QueuePolicy), which a loop fills until it has reached its limit. A limit below the number of events
/// that the queue holds leaves room there.
///
/// A minute begins with the first event after the minute before, by a clock that never goes back, and each forked child has
/// minutes of its own. So any 60 s see at most twice the number.
///
/// ```
/// use telemetry_core::profile::RatePolicy;
/// use telemetry_core::Profile;
///
/// // An event per job, and a job takes seconds.
/// const PROFILE: Profile = Profile::new("shop", "1").rate(RatePolicy::per_minute(600));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RatePolicy {
    pub(crate) events_per_minute: u32,
}

impl RatePolicy {
    /// 60,000 events of one name in a minute.
    ///
    /// The most that a product of the family reports is one event for each request that a router forwards to a model. A busy
    /// one forwards 100 in a second, and this is ten times as many. All others report an engine, a job or a command. A loop
    /// that does nothing but report reaches it within a tenth of a second.
    pub const DEFAULT: Self = Self::per_minute(60_000);

    /// So many events of one name in a minute.
    ///
    /// # Panics
    ///
    /// If it is zero; in a constant that is a compile error.
    ///
    /// ```compile_fail
    /// # use telemetry_core::profile::RatePolicy;
    /// const RATE: RatePolicy = RatePolicy::per_minute(0);
    /// ```
    #[must_use]
    pub const fn per_minute(events: u32) -> Self {
        assert!(events > 0, "a rate of zero reports nothing: give at least one event per minute");
        Self { events_per_minute: events }
    }
}

/// Which events share a request: those that follow each other, go to one endpoint and have one schema version.
///
/// ```
/// use std::time::Duration;
/// use telemetry_core::profile::{BatchPolicy, RetryPolicy};
/// use telemetry_core::Profile;
///
/// const PROFILE: Profile = Profile::new("helix", "184482118588404")
///     .batch(BatchPolicy::of(50).max_bytes(256 * 1024).interval(Duration::from_secs(10)))
///     .retry(RetryPolicy::attempts(4));
/// ```
///
/// ```compile_fail
/// # use telemetry_core::profile::BatchPolicy;
/// # use telemetry_core::Profile;
/// const PROFILE: Profile = Profile::new("helix", "1").batch(BatchPolicy::of(5000)); // the queue holds 1,000
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BatchPolicy {
    pub(crate) max_records: usize,
    pub(crate) max_bytes: usize,
    pub(crate) interval: Duration,
}

impl BatchPolicy {
    /// Every event travels alone and at once: at the latest 25 ms after the report, if nothing else is on its way.
    pub const SINGLE: Self = Self { max_records: 1, max_bytes: usize::MAX, interval: Duration::ZERO };

    /// Up to `max_records` events together, up to 256 KiB, at the latest 1 s after the first of them.
    ///
    /// # Panics
    ///
    /// If it is zero; in a constant that is a compile error.
    #[must_use]
    pub const fn of(max_records: usize) -> Self {
        assert!(max_records > 0, "a batch has at least one event: `BatchPolicy::SINGLE` has exactly one");
        Self { max_records, max_bytes: 256 * 1024, interval: Duration::from_secs(1) }
    }

    /// Sets the size in bytes from which a batch is full. An event that is larger travels alone.
    #[must_use]
    pub const fn max_bytes(mut self, max_bytes: usize) -> Self {
        assert!(max_bytes > 0, "a batch needs room for at least one byte");
        self.max_bytes = max_bytes;
        self
    }

    /// Sets how long the first event of a batch waits for company, give or take 25 ms. A flush does not wait.
    #[must_use]
    pub const fn interval(mut self, interval: Duration) -> Self {
        self.interval = interval;
        self
    }
}

/// How often a request is tried again after no answer, or status 408, 425, 429 or 5xx.
///
/// Before attempt *n* + 1 delivery waits a random time up to `shortest` · 2ⁿ⁻¹, at most `longest` (exponential backoff with
/// full jitter), and at least as long as the collector asks for with `Retry-After`.
///
/// ```
/// use std::time::Duration;
/// use telemetry_core::profile::RetryPolicy;
///
/// const THREE_TIMES: RetryPolicy =
///     RetryPolicy::attempts(3).backoff(Duration::from_millis(200), Duration::from_secs(10));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPolicy {
    pub(crate) attempts: u32,
    pub(crate) shortest: Duration,
    pub(crate) longest: Duration,
    pub(crate) longest_asked: Duration,
}

impl RetryPolicy {
    /// One attempt, as the reference makes it. A `Retry-After` of up to 5 minutes still delays what comes next.
    pub const NEVER: Self = Self {
        attempts: 1,
        shortest: Duration::from_secs(1),
        longest: Duration::from_secs(60),
        longest_asked: Duration::from_secs(300),
    };

    /// Up to `attempts` attempts, the first included, with backoff from 1 s to 60 s and a `Retry-After` of up to 5 minutes.
    ///
    /// # Panics
    ///
    /// If it is zero or one; in a constant that is a compile error.
    #[must_use]
    pub const fn attempts(attempts: u32) -> Self {
        assert!(attempts > 1, "to try again takes two attempts: use `RetryPolicy::NEVER` for one");
        Self { attempts, ..Self::NEVER }
    }

    /// Sets the longest first wait and the longest wait of all.
    #[must_use]
    pub const fn backoff(mut self, shortest: Duration, longest: Duration) -> Self {
        assert!(!shortest.is_zero(), "without a wait a failing collector is flooded: give at least 1 ms");
        assert!(shortest.as_nanos() <= longest.as_nanos(), "the longest wait is shorter than the shortest");
        self.shortest = shortest;
        self.longest = longest;
        self
    }

    /// Sets the longest `Retry-After` that is honored; a longer one is cut.
    #[must_use]
    pub const fn longest_retry_after(mut self, longest: Duration) -> Self {
        self.longest_asked = longest;
        self
    }
}

#[cfg(feature = "client")]
impl RetryPolicy {
    /// The wait after this many attempts. `jitter` is from 0 to 1.
    pub(crate) fn wait_after(&self, attempts: u32, jitter: f64) -> Duration {
        let doublings = 2_u32.saturating_pow(attempts.saturating_sub(1));
        let most = self.shortest.saturating_mul(doublings).min(self.longest);
        Duration::try_from_secs_f64(most.as_secs_f64() * jitter).unwrap_or(most)
    }
}

/// When to leave a collector alone that does not answer: after so many failed requests in a row the breaker opens, and from
/// then on one request per interval finds out whether the collector is back.
///
/// A status from 401 to 499 that says neither "try again" nor "too large" opens it at once.
///
/// ```
/// use std::time::Duration;
/// use telemetry_core::profile::BreakerPolicy;
///
/// const PATIENT: BreakerPolicy = BreakerPolicy::after(10, Duration::from_secs(300));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BreakerPolicy {
    pub(crate) failures: u32,
    pub(crate) probe_interval: Duration,
}

impl BreakerPolicy {
    /// Five failed requests, then one per minute.
    pub const DEFAULT: Self = Self { failures: 5, probe_interval: Duration::from_secs(60) };

    /// Opens after `failures` failed requests in a row and probes each `probe_interval`.
    ///
    /// # Panics
    ///
    /// If either is zero; in a constant that is a compile error.
    #[must_use]
    pub const fn after(failures: u32, probe_interval: Duration) -> Self {
        assert!(failures > 0, "a breaker that is open from the start sends nothing");
        assert!(!probe_interval.is_zero(), "a breaker without an interval does not hold anything back");
        Self { failures, probe_interval }
    }
}
