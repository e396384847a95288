// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Compares what was observed with a scenario.

mod changes;
mod events;
mod files;
mod sessions;
#[cfg(test)]
mod tests;
mod violations;

use std::fmt;
use std::process::ExitStatus;
use std::time::Duration;

pub(crate) use self::changes::Change;
pub(crate) use self::events::{count, unexpected, values_in};
pub(crate) use self::files::{AuditLog, audit_differences, has_audit, not_silent};
pub(crate) use self::sessions::{has_order, has_sessions};
use crate::event::Event;
use crate::manifest::Scenario;
use crate::report::Difference;
use crate::rules::Violation;

/// The maximum number of positions that a difference lists.
const MOST_POSITIONS: usize = 10;

/// How a command ended.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Ending {
    /// By itself, or because its input had ended.
    Exited(ExitStatus),
    /// It had to be killed or sent a signal after everything had arrived.
    Stopped,
    /// It was still running at the time limit.
    TimedOut(Duration),
}

/// Everything that was observed during a run.
#[derive(Debug)]
pub(crate) struct Observed {
    pub(crate) events: Vec<Event>,
    /// The violations of each event.
    pub(crate) violations: Vec<Vec<Violation>>,
    /// Why requests are not envelopes.
    pub(crate) refused: Vec<String>,
    /// The number of connections that the command has opened.
    pub(crate) connections: u64,
    pub(crate) audit: AuditLog,
    /// Files in the home directory that differ from those at the start.
    pub(crate) changes: Vec<Change>,
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
        differences.extend(violations::differences(observed));
        differences.extend(events::differences(self, events));
        differences.extend(sessions::differences(self, events));
        differences.extend(files::differences(self, observed));
        differences
    }

    fn ending(&self, ending: Ending) -> Option<Difference> {
        let code = self.settings.exit_code;
        let (expected, found) = match ending {
            Ending::Stopped => return None,
            Ending::Exited(status) if status.code() == Some(code) => return None,
            Ending::Exited(status) => (format!("exits with {code}"), describe(status)),
            Ending::TimedOut(timeout) => (
                format!(
                    "ends within {timeout:?} (`stop_when_met = true` is for one that runs until it is stopped)"
                ),
                "still running, and was stopped".to_owned(),
            ),
        };
        Some(Difference::new("the command", expected, found))
    }
}

fn describe(status: ExitStatus) -> String {
    status.code().map_or_else(|| format!("ended by {status}"), |code| format!("exited with {code}"))
}

pub(crate) fn refused(problem: &str) -> Difference {
    Difference::new("a request", "an envelope", problem)
}

/// The positions of events, for a report.
pub(super) fn positions<'a>(events: impl IntoIterator<Item = &'a Event>) -> impl fmt::Display {
    let positions: Vec<String> = events.into_iter().map(|event| format!("#{}", event.position)).collect();
    match positions.split_at_checked(MOST_POSITIONS) {
        Some((first, rest)) if !rest.is_empty() => format!("{} and {} more", first.join(", "), rest.len()),
        _ => positions.join(", "),
    }
}
