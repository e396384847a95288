// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The audit log, and the files of a product that is turned off.

use std::collections::BTreeMap;

use telemetry_schema::__cli1::counted;
use telemetry_schema::json::Json;

use super::{Observed, changes};
use crate::manifest::{Audit, Scenario};
use crate::report::Difference;

/// The audit log after a run.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum AuditLog {
    /// The product has none.
    None,
    /// The file does not exist.
    Missing,
    Unreadable(String),
    /// Its lines; a line that is not JSON as it is.
    Lines(Vec<Result<Json, String>>),
}

impl AuditLog {
    /// The log with more lines at its end.
    pub(crate) fn with(self, more: impl Iterator<Item = Result<Json, String>>) -> Self {
        let mut lines = match self {
            Self::Lines(lines) => lines,
            _ => Vec::new(),
        };
        lines.extend(more);
        Self::Lines(lines)
    }
}

/// Whether the audit log is as expected.
pub(crate) fn has_audit(expected: Audit, observed: &Observed) -> bool {
    !matches!(observed.audit, AuditLog::None) && audit(expected, observed).is_empty()
}

fn audit(expected: Audit, observed: &Observed) -> Vec<Difference> {
    match expected {
        Audit::Equal => equal(observed),
        Audit::Absent => absent(&observed.audit).into_iter().collect(),
    }
}

pub(super) fn differences(scenario: &Scenario, observed: &Observed) -> Vec<Difference> {
    let mut differences = audit_differences(scenario, observed);
    if scenario.silent.is_some() {
        differences.extend(not_silent(scenario, observed));
    }
    differences
}

pub(crate) fn audit_differences(scenario: &Scenario, observed: &Observed) -> Vec<Difference> {
    scenario.audit.iter().flat_map(|expected| audit(**expected, observed)).collect()
}

/// What a silent program has left besides events.
pub(crate) fn not_silent(scenario: &Scenario, observed: &Observed) -> impl Iterator<Item = Difference> {
    changes::differences(scenario, &observed.changes).into_iter().chain(connections(observed))
}

/// A connection without an event, such as one whose request was refused. Events have differences of their own.
fn connections(observed: &Observed) -> Option<Difference> {
    let is_other = observed.connections > 0 && observed.events.is_empty() && observed.refused.is_empty();
    is_other.then(|| {
        Difference::new("connections", "0", format!("{} without an accepted event", observed.connections))
    })
}

fn absent(audit: &AuditLog) -> Option<Difference> {
    let found = match audit {
        AuditLog::None | AuditLog::Missing => return None,
        AuditLog::Unreadable(error) => format!("a file that cannot be read: {error}"),
        AuditLog::Lines(lines) => format!("a file with {}", counted(lines.len(), "line")),
    };
    Some(Difference::new("audit log", "no file", found))
}

fn equal(observed: &Observed) -> Vec<Difference> {
    let found = match &observed.audit {
        AuditLog::Lines(lines) => return lines_equal(lines, observed),
        AuditLog::Missing if observed.events.is_empty() => return Vec::new(),
        AuditLog::Missing => "no file".to_owned(),
        AuditLog::None => "the product has no audit log".to_owned(),
        AuditLog::Unreadable(error) => format!("a file that cannot be read: {error}"),
    };
    vec![Difference::new("audit log", "the events that the collector has accepted", found)]
}

/// Processes that share a log write in any order, so only the number of equal lines counts.
fn lines_equal(lines: &[Result<Json, String>], observed: &Observed) -> Vec<Difference> {
    let mut balance: BTreeMap<String, i64> = BTreeMap::new();
    for event in &observed.events {
        *balance.entry(event.parameters.to_string()).or_default() += 1;
    }
    for line in lines {
        let line = line.as_ref().map_or_else(|torn| format!("not JSON: {torn}"), Json::to_string);
        *balance.entry(line).or_default() -= 1;
    }
    let wrong = balance.into_iter().filter(|(_, balance)| *balance != 0);
    wrong.map(|(line, balance)| unequal(&line, balance)).collect()
}

fn unequal(line: &str, balance: i64) -> Difference {
    let times = balance.unsigned_abs();
    if balance > 0 {
        return Difference::new(
            "audit log",
            format!("the accepted event {line}"),
            format!("missing {}", counted(times, "time")),
        );
    }
    Difference::new(
        "audit log",
        "only events that the collector has accepted",
        format!("{times} more: {line}"),
    )
}
