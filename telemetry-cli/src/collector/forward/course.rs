// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! How far forwarding is: which events are sent next, and which ones need no further attempt.
//!
//! A receiver can reject everything for a time: the port of a TLS server answers plain HTTP with 400, and so does a broken proxy. So an
//! event that is rejected alone does not move the position. Sending goes on behind it, and when the receiver accepts a later event, a
//! pass ends and everything after the position is sent again. Only an event that is rejected in [`PASSES`] passes is given up.

use std::time::Duration;

use crate::collector::store::{Rejected, Settled};

/// The most events of one request.
const MAX_EVENTS: usize = 256;

/// The passes in which an event is rejected before it is given up. More than one, because a receiver may accept and reject by turns
/// while it is being repaired.
const PASSES: u32 = 3;

/// The growth of the pause with each event that is rejected: a few of them take little time, and a receiver that rejects everything
/// is not flooded.
const PAUSE: Duration = Duration::from_millis(10);

/// The longest pause, which bounds the time until a receiver that accepts events again is noticed.
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

/// See the module.
#[derive(Debug, Clone)]
pub(super) struct Course {
    /// The id of the last event that needs no further attempt.
    position: i64,
    /// The most events of the next request. It shrinks if a request is rejected, and grows again.
    limit: usize,
    /// The events after the position that were rejected in this pass: all of them up to `last`.
    rejected: Option<Rejected>,
    /// The last event of those that were rejected in the last `passes` passes: all of them after the position.
    suspected: i64,
    passes: u32,
    /// The events that were rejected one after the other.
    in_row: u32,
}

impl Course {
    pub(super) const fn new(position: i64) -> Self {
        Self { position, limit: MAX_EVENTS, rejected: None, suspected: 0, passes: 0, in_row: 0 }
    }

    /// The events that need no further attempt so far.
    pub(super) const fn settled(&self) -> Settled {
        Settled { position: self.position, rejected: None }
    }

    /// The id after which the next request begins.
    pub(super) fn reached(&self) -> i64 {
        self.rejected.as_ref().map_or(self.position, |rejected| rejected.last)
    }

    /// The most events of the next request.
    pub(super) const fn limit(&self) -> usize {
        self.limit
    }

    /// The events that were rejected in this pass.
    pub(super) const fn rejected(&self) -> Option<&Rejected> {
        self.rejected.as_ref()
    }

    /// The receiver has accepted the request, whose last event has this id. Without a result, events before it are sent again.
    pub(super) fn accept(&mut self, last: i64) -> Option<Settled> {
        self.in_row = 0;
        let rejected = self.rejected.take();
        if rejected.as_ref().is_some_and(|rejected| !self.ends_last_pass(rejected.last)) {
            self.limit = 1;
            return None;
        }
        self.limit = MAX_EVENTS.min(self.limit * 2);
        Some(self.settle(last, rejected))
    }

    /// Counts a pass in which all events after the position up to `last` were rejected.
    fn ends_last_pass(&mut self, last: i64) -> bool {
        if last > self.suspected {
            (self.suspected, self.passes) = (last, 0);
        }
        self.passes += 1;
        self.passes >= PASSES
    }

    fn settle(&mut self, position: i64, rejected: Option<Rejected>) -> Settled {
        self.position = position;
        // Further suspects were rejected in the first of the passes, and may not have been sent in others.
        self.passes = self.passes.min(1);
        Settled { position, rejected }
    }

    /// No event up to `newest` is to be sent, unless some are rejected and to be sent again.
    pub(super) fn pass_over(&mut self, newest: i64) -> Option<Settled> {
        (self.rejected.is_none() && newest > self.position).then(|| self.settle(newest, None))
    }

    /// The receiver has rejected the request. The result is the pause before the next one.
    pub(super) fn reject(&mut self, last: i64, count: usize, reason: String) -> Duration {
        if count > 1 {
            self.limit = count / 2;
            return Duration::ZERO;
        }
        let earlier = self.rejected.take();
        let (first, events) = earlier.map_or((last, 1), |earlier| (earlier.first, earlier.events + 1));
        self.rejected = Some(Rejected { first, last, events, reason });
        self.in_row = self.in_row.saturating_add(1);
        LONGEST_PAUSE.min(PAUSE.saturating_mul(self.in_row))
    }

    /// Begins at the position again.
    pub(super) fn begin_again(&mut self) {
        self.rejected = None;
        self.limit = 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sends the events 1 to `last` until all are settled, and returns those that have arrived and those that were given up.
    /// `accepts` is asked with the number of the request and the event, and a request is accepted if all of its events are.
    fn forward(last: i64, accepts: impl Fn(u64, i64) -> bool) -> (Vec<i64>, Vec<i64>) {
        let (mut course, mut arrived, mut given_up) = (Course::new(0), Vec::new(), Vec::new());
        for request in 0..100_000 {
            let next = course.reached() + 1;
            let batch: Vec<i64> = (next..=last).take(course.limit()).collect();
            let Some(end) = batch.last() else {
                if course.rejected().is_none() || request > 50_000 {
                    break;
                }
                course.begin_again();
                continue;
            };
            if batch.iter().all(|event| accepts(request, *event)) {
                arrived.extend(&batch);
                let rejected = course.accept(*end).and_then(|settled| settled.rejected);
                given_up.extend(rejected.into_iter().flat_map(|rejected| rejected.first..=rejected.last));
            } else {
                course.reject(*end, batch.len(), "400".into());
            }
        }
        arrived.sort_unstable();
        arrived.dedup();
        (arrived, given_up)
    }

    #[test]
    fn events_that_are_rejected_among_others_are_given_up_and_no_others() {
        let bad: &[&[i64]] = &[&[], &[1], &[2, 3, 5], &[300], &[1, 2, 3, 4, 5, 6, 7, 8, 256, 257, 999]];
        for bad in bad {
            let (arrived, given_up) = forward(1000, |_, event| !bad.contains(&event));
            assert_eq!(given_up, *bad);
            assert_eq!(arrived, (1..=1000).filter(|event| !bad.contains(event)).collect::<Vec<_>>());
        }
        let (arrived, given_up) = forward(1000, |_, event| event % 3 == 0);
        assert_eq!((arrived.len(), given_up.len()), (333, 666), "the last event has none behind it");
    }

    #[test]
    fn a_receiver_that_rejects_everything_for_a_time_gets_all_events_later() {
        for outage in [0..5, 0..400, 3..20, 4..3000, 1..2, 20..21] {
            let (arrived, given_up) = forward(1000, |request, _| !outage.contains(&request));
            assert_eq!((arrived.len(), given_up), (1000, vec![]), "{outage:?}");
            let is_bad = |event| event == 7 || event == 500;
            let (arrived, given_up) =
                forward(1000, |request, event| !outage.contains(&request) && !is_bad(event));
            assert_eq!((arrived.len(), given_up), (998, vec![7, 500]), "{outage:?}");
        }
    }

    #[test]
    fn a_receiver_that_fails_twice_gets_all_events_later() {
        for (first, second) in [(3, 8), (10, 2), (30, 40)] {
            for good in 1..4 {
                let is_outage =
                    |request| request < first || (first + good..first + good + second).contains(&request);
                let (arrived, given_up) = forward(100, |request, _| !is_outage(request));
                assert_eq!((arrived.len(), given_up), (100, vec![]), "{first} {good} {second}");
            }
        }
    }

    #[test]
    fn nothing_is_given_up_without_an_event_that_is_accepted_later() {
        assert_eq!(forward(300, |_, _| false), (vec![], vec![]));
        assert_eq!(forward(10, |_, event| event < 9), ((1..=8).collect(), vec![]));
    }

    #[test]
    fn pauses_grow_to_a_second_and_begin_anew_after_an_event_that_is_accepted() {
        let mut course = Course::new(0);
        let pauses: Vec<u128> = (1..=200).map(|id| course.reject(id, 1, String::new()).as_millis()).collect();
        assert_eq!((pauses[0], pauses[1], pauses[99], pauses[199]), (10, 20, 1000, 1000));
        course.accept(201);
        assert_eq!(course.reject(1, 1, String::new()).as_millis(), 10);
    }
}
