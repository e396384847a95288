// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! How many events of each name were reported in the current minute.

use std::time::Duration;

use crate::profile::RatePolicy;

const MINUTE: Duration = Duration::from_secs(60);

/// The current minute of one event.
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

/// The current minutes of all events that were reported. Names are those of structs, so there are few.
#[derive(Debug)]
pub(super) struct Rate {
    policy: RatePolicy,
    minutes: Vec<Minute>,
}

impl Rate {
    pub(super) fn new(policy: RatePolicy) -> Self {
        Self { policy, minutes: Vec::new() }
    }

    /// Counts a report of this event at a moment that is no earlier than those before. Returns whether it is one too many.
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

    /// How many of `reports` at this moment are not one too many.
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
    fn no_number_of_reports_begins_a_minute_anew() {
        let mut rate = Rate::new(RatePolicy::per_minute(u32::MAX));
        assert!(!rate.is_exceeded_by("a", SECOND));
        rate.minutes[0].reported = u32::MAX - 1;
        assert_eq!(taken(&mut rate, "a", 3, SECOND), 3, "the counter does not wrap");
        assert_eq!(rate.minutes[0].reported, u32::MAX);
    }
}
