// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The result of a comparison.

mod case;
mod json;
mod junit;

use std::fmt;

use telemetry_schema::__cli1::{counted, escape_untrusted};

pub(crate) use case::Case;

use crate::manifest::Manifest;

/// The maximum length of a line of the report, in characters.
const LONGEST_LINE: usize = 2000;

/// The result of one or more scenarios, with every difference. `Display` prints it for people.
#[derive(Debug, Default)]
pub struct Report {
    cases: Vec<Case>,
}

/// One difference between what a scenario expects and what was found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Difference {
    /// What differs, such as ``event `order`: /numArticles``.
    pub subject: String,
    /// What the scenario expects.
    pub expected: String,
    /// What was found, with the events in which: `#2` means the second event that arrived.
    pub found: String,
}

impl Difference {
    pub(crate) fn new(subject: impl ToString, expected: impl ToString, found: impl ToString) -> Self {
        let [subject, expected, found] = [subject.to_string(), expected.to_string(), found.to_string()]
            .map(|text| escape_untrusted(&text, LONGEST_LINE));
        Self { subject, expected, found }
    }

    fn lines(&self) -> [String; 3] {
        let Self { subject, expected, found } = self;
        [subject.clone(), format!("  expected: {expected}"), format!("  found:    {found}")]
    }
}

/// Three lines: the subject, and both values.
impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.lines().join("\n"))
    }
}

impl Report {
    /// Whether nothing differs.
    #[must_use]
    pub fn is_met(&self) -> bool {
        self.differences().next().is_none()
    }

    /// Every difference, in the order of the scenarios.
    pub fn differences(&self) -> impl Iterator<Item = &Difference> {
        self.cases.iter().flat_map(|case| &case.differences)
    }

    /// The report with the results of `other` at its end.
    pub fn extend(&mut self, other: Self) {
        self.cases.extend(other.cases);
    }

    /// The same runs, compared with another manifest of the same scenarios, such as one that was [updated](crate::Manifest::update).
    #[must_use]
    pub fn compared_with(self, manifest: &Manifest) -> Self {
        let cases = self.cases.into_iter().zip(manifest.scenarios());
        Self { cases: cases.map(|(case, scenario)| case.compared_with(scenario)).collect() }
    }

    /// The report as one JSON object.
    #[must_use]
    pub fn to_json(&self) -> String {
        json::write(&self.cases)
    }

    /// The report as a JUnit file, with a test case for each scenario.
    #[must_use]
    pub fn to_junit(&self) -> String {
        junit::write(&self.cases)
    }

    pub(crate) fn cases(&self) -> &[Case] {
        &self.cases
    }
}

impl From<Case> for Report {
    fn from(case: Case) -> Self {
        Self { cases: vec![case] }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for case in &self.cases {
            writeln!(f, "{case}")?;
        }
        let failed = self.cases.iter().filter(|case| !case.is_met()).count();
        match (self.cases.len(), failed) {
            (1, 0) => f.write_str("as expected"),
            (1, _) => f.write_str("not as expected"),
            (all, 0) => write!(f, "{}: all as expected", counted(all, "scenario")),
            (all, failed) => write!(f, "{}: {failed} with differences", counted(all, "scenario")),
        }
    }
}
