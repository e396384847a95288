// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The rate limit: counts the events of each name in the current minute.

use std::time::Duration;

use crate::profile::RatePolicy;

const MINUTE: Duration = Duration::from_secs(60);

/// The current minute of the events with one name.
#[derive(Debug)]
struct Minute {
    name: &'static str,
    start: Duration,
    reported: u32,
}

impl Minute {
    fn count(&mut self, now: Duration) -> u32 {
        if now.saturating_sub(self.start) >= MINUTE {
            (self.start, self.reported) = (now, 0);
        }
        self.reported = self.reported.saturating_add(1);
        self.reported
    }
}

/// The current minute of each name. Names come from structs, so there are few.
#[derive(Debug)]
pub(super) struct Rate {
    policy: RatePolicy,
    minutes: Vec<Minute>,
}

impl Rate {
    pub(super) fn new(policy: RatePolicy) -> Self {
        Self { policy, minutes: Vec::new() }
    }

    /// Counts an event, at a time that is not earlier than that of the call before. Returns whether it exceeds the limit.
    pub(super) fn is_exceeded_by(&mut self, name: &'static str, now: Duration) -> bool {
        let known = self.minutes.iter_mut().find(|minute| minute.name == name);
        let reported = match known {
            Some(minute) => minute.count(now),
            None => {
                self.minutes.push(Minute { name, start: now, reported: 1 });
                1
            }
        };
        reported > self.policy.events_per_minute
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    /// How many of `reports` at this time are within the limit.
    fn taken(rate: &mut Rate, name: &'static str, reports: u32, now: Duration) -> usize {
        (0..reports).filter(|_| !rate.is_exceeded_by(name, now)).count()
    }

    #[test]
    fn each_event_has_minutes_of_its_own() {
        let mut rate = Rate::new(RatePolicy::per_minute(3));
        assert_eq!(taken(&mut rate, "a", 9, SECOND), 3);
        assert_eq!(taken(&mut rate, "b", 2, 31 * SECOND), 2);
        assert_eq!(taken(&mut rate, "a", 9, 60 * SECOND), 0);
        assert_eq!(taken(&mut rate, "a", 9, 61 * SECOND), 3);
        assert_eq!(taken(&mut rate, "b", 9, 90 * SECOND), 1);
        assert_eq!(taken(&mut rate, "b", 9, 91 * SECOND), 3);
    }

    #[test]
    fn the_count_of_a_minute_does_not_wrap() {
        let mut rate = Rate::new(RatePolicy::per_minute(u32::MAX));
        assert!(!rate.is_exceeded_by("a", SECOND));
        rate.minutes[0].reported = u32::MAX - 1;
        assert_eq!(taken(&mut rate, "a", 3, SECOND), 3, "the counter does not wrap");
        assert_eq!(rate.minutes[0].reported, u32::MAX);
    }
}
