// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The possible actions of a step, as one number, so that a script is a list of numbers and shrinks as one.

use std::fmt;
use std::time::Duration;

use crate::profile::{BatchPolicy, BreakerPolicy, Profile, QueuePolicy, RatePolicy, RetryPolicy};

/// One thing that happens.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Step {
    /// An event is reported: with one of two schema versions, to one of two endpoints, of this size.
    Report {
        schema: u8,
        endpoint: u8,
        size: usize,
    },
    /// An event is reported whose endpoint is not a URL.
    ReportToNowhere,
    /// The thread, if there is one, does the next thing: takes up work, or comes back from it like this.
    Work(Outcome),
    /// Time passes.
    Pass(Duration),
    /// The clock that the machine is told goes back.
    GoBack(Duration),
    /// The program turns telemetry off, or the user does it with the marker, and on again.
    SwitchOff,
    PlaceMarker,
    Allow,
    Flush,
    Stop,
    /// The time for stopping is over.
    Abandon,
    /// The process forks, and its child reports.
    Fork,
    Kill,
    /// Another process has its turn.
    Turn,
    StartHeartbeat {
        interval: Duration,
    },
    /// From now on there are no threads to be had, or there are again.
    ThreadsFail(bool),
}

/// How the thread comes back from its work.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Outcome {
    /// Audit: the disk is full, or takes only a part of the line.
    pub(super) disk_fails: bool,
    pub(super) end: End,
    /// How long the request takes, up to its deadline.
    pub(super) took: Duration,
    pub(super) retry_after: Option<Duration>,
    /// How many events the collector says it has rejected, which may be more than there are.
    pub(super) rejected: u64,
    pub(super) jitter: f64,
}

/// How a request ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum End {
    Status(u16),
    /// Refused, reset, or without any answer until the deadline: name lookup, accept, encryption, headers.
    NoAnswer,
    /// The collector has taken the events, but its answer is lost.
    AnswerLost,
}

impl Step {
    fn decode(word: u32) -> Self {
        let (kind, rest) = (word % 40, word / 40);
        let millis = |limit: u32| Duration::from_millis(u64::from(rest % limit));
        match kind {
            0..=12 => Self::Work(Outcome::decode(rest)),
            13..=21 => Self::report(rest),
            22..=25 => Self::Pass(millis(1500)),
            26 => Self::Pass(millis(200_000)),
            27 if rest % 4 == 0 => Self::Pass(millis(900_000_000)),
            28 => Self::GoBack(millis(100_000)),
            29 if rest % 12 == 0 => Self::SwitchOff,
            30 if rest % 12 == 0 => Self::PlaceMarker,
            29..=31 => Self::Allow,
            32 => Self::Flush,
            33 if rest % 6 == 0 => Self::Stop,
            34 if rest % 2 == 0 => Self::Abandon,
            35 => Self::Fork,
            36 if rest % 3 == 0 => Self::Kill,
            36 | 37 => Self::Turn,
            38 => Self::StartHeartbeat { interval: Duration::from_secs(1) + millis(20_000) },
            39 if rest % 8 == 0 => Self::ReportToNowhere,
            39 => Self::ThreadsFail(rest % 3 == 0),
            _ => Self::report(rest),
        }
    }

    fn report(rest: u32) -> Self {
        let size = if rest.is_multiple_of(50) { 900 } else { 10 + (rest / 8 % 60) as usize };
        Self::Report { schema: u8::from(rest % 8 == 1), endpoint: u8::from(rest % 16 < 4), size }
    }
}

impl Outcome {
    fn decode(rest: u32) -> Self {
        let end = match rest % 32 {
            0..=11 => End::Status(200),
            12..=14 => End::Status(503),
            15 => End::Status([408, 425, 429, 500][(rest / 32 % 4) as usize]),
            16..=19 => End::Status(413),
            20 => End::Status(400),
            21 => End::Status(422),
            22 => End::Status([302, 101, 404, 403][(rest / 32 % 4) as usize]),
            23..=26 => End::AnswerLost,
            _ => End::NoAnswer,
        };
        Self {
            disk_fails: (rest / 128).is_multiple_of(9),
            end,
            took: Duration::from_millis([0, 1, 40, 4999, 5000][(rest / 128 % 5) as usize]),
            retry_after: (rest / 512)
                .is_multiple_of(7)
                .then(|| Duration::from_secs(u64::from(rest / 2048 % 400))),
            rejected: [0, 0, 0, 1, 2, u64::MAX][(rest / 256 % 6) as usize],
            jitter: f64::from(rest / 4096 % 101) / 100.0,
        }
    }
}

/// A list of numbers that says what happens.
#[derive(Clone)]
pub(super) struct Script(Vec<u32>);

impl Script {
    pub(super) fn new(words: Vec<u32>) -> Self {
        Self(words)
    }

    /// The policies of the product whose delivery is simulated.
    pub(super) fn policies(&self) -> Profile {
        const SECOND: Duration = Duration::from_secs(1);
        let plain = Profile::new("shop", "1");
        match self.0.first().unwrap_or(&0) % 4 {
            0 => plain.queue(QueuePolicy::of(8).max_bytes(1000)),
            1 => plain
                .batch(BatchPolicy::of(3).max_bytes(120).interval(SECOND))
                .retry(
                    RetryPolicy::attempts(3).backoff(SECOND, SECOND * 3 / 2).longest_retry_after(SECOND * 90),
                )
                .breaker(BreakerPolicy::after(2, SECOND * 30)),
            2 => plain
                .queue(QueuePolicy::of(6).max_bytes(500))
                .batch(BatchPolicy::of(5).interval(SECOND * 4))
                .rate(RatePolicy::per_minute(30))
                .retry(RetryPolicy::attempts(20).backoff(SECOND / 2, SECOND * 60))
                .breaker(BreakerPolicy::after(7, SECOND * 10)),
            _ => plain
                .queue(QueuePolicy::of(50).max_bytes(5000))
                .rate(RatePolicy::per_minute(7))
                .batch(BatchPolicy::of(50).max_bytes(2000).interval(Duration::ZERO))
                .breaker(BreakerPolicy::after(1, SECOND * 5)),
        }
    }

    pub(super) fn steps(&self) -> impl Iterator<Item = Step> {
        self.0.iter().skip(1).map(|word| Step::decode(*word))
    }
}

impl fmt::Debug for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:?}", self.0)?;
        self.steps().enumerate().try_for_each(|(number, step)| writeln!(f, "  {number}: {step:?}"))
    }
}
