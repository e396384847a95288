// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Compares what was observed with a scenario.

mod events;
mod files;
mod sessions;
#[cfg(test)]
mod tests;

use std::fmt;
use std::process::ExitStatus;

pub(crate) use self::files::AuditLog;
pub(crate) use self::sessions::{has_order, has_sessions};
use crate::event::Event;
use crate::manifest::Scenario;
use crate::report::Difference;
use crate::test_bed::Ending;

/// Everything that was observed during a run.
#[derive(Debug)]
pub(crate) struct Observed {
    pub(crate) events: Vec<Event>,
    /// Why requests are not envelopes.
    pub(crate) refused: Vec<String>,
    pub(crate) audit: AuditLog,
    /// Files that have appeared or changed.
    pub(crate) new_files: Vec<String>,
    /// How the command ended, if there was one.
    pub(crate) ending: Option<Ending>,
}

impl Scenario {
    /// Whether everything has arrived that the scenario waits for.
    pub(crate) fn has_all(&self, events: &[Event]) -> bool {
        events::has_all(self, events) && sessions::has_all(self, events)
    }

    /// Every difference between the scenario and what was observed.
    pub(crate) fn differences(&self, observed: &Observed) -> Vec<Difference> {
        let events = &observed.events;
        let mut differences = Vec::new();
        differences.extend(observed.ending.and_then(|ending| self.ending(ending)));
        differences.extend(observed.refused.iter().map(|problem| refused(problem)));
        differences.extend(events::differences(self, events));
        differences.extend(sessions::differences(self, events));
        differences.extend(files::differences(self, observed));
        differences
    }

    fn ending(&self, ending: Ending) -> Option<Difference> {
        let expected = self.settings.exit_code;
        match ending {
            Ending::Stopped(None) => None,
            Ending::Exited(status) | Ending::Stopped(Some(status)) if status.code() == Some(expected) => None,
            Ending::Exited(status) | Ending::Stopped(Some(status)) => {
                Some(Difference::new("the command", format!("exits with {expected}"), describe(status)))
            }
            Ending::TimedOut(timeout) => Some(Difference::new(
                "the command",
                format!(
                    "ends within {timeout:?} (`stop_when_met = true` is for one that runs until it is stopped)"
                ),
                "still running, and was stopped",
            )),
        }
    }
}

fn describe(status: ExitStatus) -> String {
    status.code().map_or_else(|| status.to_string(), |code| format!("exited with {code}"))
}

fn refused(problem: &str) -> Difference {
    Difference::new("a request", "an envelope", problem)
}

/// The positions of events, for a report.
pub(super) fn positions<'a>(events: impl IntoIterator<Item = &'a Event>) -> impl fmt::Display {
    let positions: Vec<String> = events.into_iter().map(|event| format!("#{}", event.position)).collect();
    positions.join(", ")
}
