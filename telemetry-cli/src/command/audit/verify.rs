// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `audit --verify`: which lines are torn, and which events violate the schema of the product.

use std::io;
use std::path::Path;

use serde_json::{Value, json};
use telemetry_core::__command1::{counted, escape_untrusted};

use super::Report;
use super::lines::Line;
use crate::message::{CommandError, escape_path};
use crate::output::Output;
use crate::progress::Progress;
use crate::schema::Violation;

/// The maximum length of a text about a violation, in characters. It quotes the log.
const LONGEST_VIOLATION: usize = 400;

/// The lines of a log, counted.
#[derive(Debug, Default)]
struct Verification<'a> {
    valid: usize,
    torn: usize,
    invalid: usize,
    problems: Vec<Problem<'a>>,
}

#[derive(Debug)]
enum Problem<'a> {
    Torn(&'a Line),
    Violated(&'a Line, Violation),
}

pub(super) fn print(
    file: &Path,
    lines: &[Line],
    report: &Report,
    out: &mut Output<'_>,
) -> Result<(), CommandError> {
    let verification =
        Progress::during(report.as_json, "checking the events", || verification(lines, report));
    if report.as_json { verification.print_json(file, out) } else { verification.print(file, out) }
}

fn verification<'a>(lines: &'a [Line], report: &Report) -> Verification<'a> {
    let mut found = Verification::default();
    for line in lines {
        let Some(event) = &line.event else {
            found.torn += 1;
            found.problems.push(Problem::Torn(line));
            continue;
        };
        let (_, violations) = report.best_match(event);
        let count = if violations.is_empty() { &mut found.valid } else { &mut found.invalid };
        *count += 1;
        found.problems.extend(violations.into_iter().map(|violation| Problem::Violated(line, violation)));
    }
    found
}

impl Verification<'_> {
    fn print(&self, file: &Path, out: &mut Output<'_>) -> Result<(), CommandError> {
        self.problems.iter().try_for_each(|problem| problem.say(out))?;
        let valid = counted(self.valid, "valid event");
        let (torn, invalid) = (counted(self.torn, "torn line"), counted(self.invalid, "invalid event"));
        let sentence = format!("{}: {valid}, {torn}, {invalid}", escape_path(file));
        if self.invalid > 0 {
            return Err(CommandError::Failed(sentence));
        }
        Ok(out.say(sentence)?)
    }

    fn print_json(&self, file: &Path, out: &mut Output<'_>) -> Result<(), CommandError> {
        let json = json!({
            "file": file.to_string_lossy(),
            "valid": self.valid,
            "torn": self.torn,
            "invalid": self.invalid,
            "problems": self.problems.iter().map(Problem::to_json).collect::<Vec<_>>(),
        });
        out.json(json)?;
        if self.invalid > 0 { Err(CommandError::Shown) } else { Ok(()) }
    }
}

impl Problem<'_> {
    fn say(&self, out: &mut Output<'_>) -> io::Result<()> {
        match self {
            Self::Torn(line) => out.say(format_args!("{}: torn line", line.place)),
            Self::Violated(line, violation) => say(line, violation, out),
        }
    }

    fn to_json(&self) -> Value {
        match self {
            Self::Torn(line) => json!({"place": line.place, "pointer": null, "problem": "torn line"}),
            Self::Violated(line, Violation { pointer, problem, .. }) => {
                json!({"place": line.place, "pointer": pointer, "problem": problem})
            }
        }
    }
}

/// Prints a violation in a line of the log.
pub(super) fn say(line: &Line, violation: &Violation, out: &mut Output<'_>) -> io::Result<()> {
    let violation = escape_untrusted(&violation.to_string(), LONGEST_VIOLATION);
    out.say(format_args!("{}: {violation}", line.place))
}
