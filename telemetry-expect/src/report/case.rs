// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The result of one scenario.

use std::fmt;
use std::time::Duration;

use telemetry_schema::__cli1::{counted, escape_untrusted};

use super::{Difference, LONGEST_LINE};
use crate::check::Observed;
use crate::event::Event;
use crate::manifest::Scenario;
use crate::rules::Violation;

/// The number of lines of the command's output that a report shows.
const OUTPUT_LINES: usize = 20;

/// The number of differences that a report shows to people.
const MOST_DIFFERENCES: usize = 100;

/// The result of one scenario.
#[derive(Debug)]
pub(crate) struct Case {
    pub(super) name: String,
    pub(super) differences: Vec<Difference>,
    pub(super) elapsed: Duration,
    observed: Observed,
    output: String,
}

impl Case {
    pub(crate) fn new(scenario: &Scenario, observed: Observed, output: String, elapsed: Duration) -> Self {
        let name = if scenario.name().is_empty() { "expectations" } else { scenario.name() };
        Self {
            name: escape_untrusted(name, LONGEST_LINE),
            differences: scenario.differences(&observed),
            observed,
            output,
            elapsed,
        }
    }

    /// The same run, compared with another scenario.
    pub(super) fn compared_with(self, scenario: &Scenario) -> Self {
        Self::new(scenario, self.observed, self.output, self.elapsed)
    }

    pub(crate) const fn observed(&self) -> &Observed {
        &self.observed
    }

    pub(crate) fn events(&self) -> &[Event] {
        &self.observed.events
    }

    /// Each event with its violations.
    pub(super) fn checked_events(&self) -> impl Iterator<Item = (&Event, &[Violation])> {
        self.observed.events.iter().zip(self.observed.violations.iter().map(Vec::as_slice))
    }

    pub(super) fn is_met(&self) -> bool {
        self.differences.is_empty()
    }

    /// The differences for people.
    pub(super) fn difference_lines(&self) -> Vec<String> {
        let mut lines: Vec<_> =
            self.differences.iter().take(MOST_DIFFERENCES).flat_map(Difference::lines).collect();
        let more = self.differences.len().saturating_sub(MOST_DIFFERENCES);
        lines.extend((more > 0).then(|| format!("and {}", counted(more, "more difference"))));
        lines
    }

    /// The last lines that the command has printed.
    pub(super) fn output(&self) -> impl Iterator<Item = String> {
        let count = self.output.lines().count();
        let lines = self.output.lines().skip(count.saturating_sub(OUTPUT_LINES));
        lines.map(|line| escape_untrusted(line, LONGEST_LINE))
    }
}

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, seconds, events) = (&self.name, self.elapsed.as_secs_f64(), self.events().len());
        let status = if self.is_met() { "ok" } else { "FAILED" };
        write!(f, "{status}  {name} ({}, {seconds:.1} s)", counted(events, "event"))?;
        if self.is_met() {
            return Ok(());
        }
        self.difference_lines().iter().try_for_each(|line| write!(f, "\n  {line}"))?;
        for (number, line) in self.output().enumerate() {
            let heading = if number == 0 { "\n  the command printed:" } else { "" };
            write!(f, "{heading}\n    | {line}")?;
        }
        Ok(())
    }
}
