// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `audit`: shows what has left this machine, and checks it against the descriptors of the events.

mod lines;
mod spaced;

use std::collections::VecDeque;
use std::io::Write;
use std::path::Path;
use std::time::Duration;

use clap::Args;
use serde_json::Value;
use telemetry_core::__command1::escape_untrusted;
use telemetry_core::client::Status;
use telemetry_core::descriptor::EventDescriptor;
use telemetry_core::registry::Events;
use telemetry_core::time::IsoTimestamp;

use self::lines::{Follower, Line, read_log};
use self::spaced::spaced;
use crate::message::{CommandError, escape_path};
use crate::output::Output;
use crate::schema::{Violation, validate};

/// How often `--follow` looks for new lines.
const FOLLOW_EVERY: Duration = Duration::from_millis(200);

/// The maximum length of a text about a violation, in characters. It quotes the log.
const LONGEST_VIOLATION: usize = 400;

/// Which lines of the audit log are shown, and how.
#[derive(Debug, Clone, Args)]
#[non_exhaustive]
pub struct AuditArgs {
    /// Show only the last N lines.
    #[arg(long, value_name = "N")]
    tail: Option<usize>,
    /// Keep showing new lines until interrupted.
    #[arg(long, conflicts_with = "verify")]
    follow: bool,
    /// Show only errors: torn lines, and events that violate the schema of the product. Exit with 1 if an event violates it.
    #[arg(long)]
    verify: bool,
    /// Print each event as it was sent, one JSON object per line.
    #[arg(long, conflicts_with = "verify")]
    json: bool,
}

pub(super) fn print(
    args: &AuditArgs,
    status: &Status,
    events: &Events,
    out: &mut Output<'_>,
) -> Result<(), CommandError> {
    let no_log = |reason| CommandError::Failed(format!("there is no audit log: {reason}"));
    let file = status.audit_file().map_err(no_log)?;
    let report = Report { events: events.sorted(), args };
    let mut follower = Follower::default();
    let lines = last(read_log(file, &mut follower).map_err(|error| unreadable(file, &error))?, args.tail);
    let invalid = report.show(&lines, out)?;
    if args.verify {
        return summary(&lines, invalid, file, out);
    }
    if lines.is_empty() && !args.follow && !args.json {
        out.say(format_args!("{} has no events.", escape_path(file)))?;
    }
    if args.follow { follow(&mut follower, file, &report, out) } else { Ok(()) }
}

/// Shows new lines until the user interrupts or the output is closed.
fn follow(
    follower: &mut Follower,
    file: &Path,
    report: &Report<'_>,
    out: &mut Output<'_>,
) -> Result<(), CommandError> {
    loop {
        out.flush()?;
        std::thread::sleep(FOLLOW_EVERY);
        let lines = follower.new_lines(file).map_err(|error| unreadable(file, &error))?;
        report.show(&lines, out)?;
    }
}

fn unreadable(file: &Path, error: &std::io::Error) -> CommandError {
    CommandError::Failed(format!(
        "cannot read {}: {error}\nhelp: check what is there and its permissions",
        escape_path(file)
    ))
}

fn last(lines: Vec<Line>, tail: Option<usize>) -> Vec<Line> {
    let keep = tail.unwrap_or(lines.len()).min(lines.len());
    let mut lines = VecDeque::from(lines);
    lines.drain(..lines.len() - keep);
    lines.into()
}

fn summary(lines: &[Line], invalid: usize, file: &Path, out: &mut Output<'_>) -> Result<(), CommandError> {
    let torn = lines.iter().filter(|line| line.event.is_none()).count();
    let valid = lines.len() - torn - invalid;
    let sentence =
        format!("{}: {valid} valid events, {torn} torn lines, {invalid} invalid events", escape_path(file));
    if invalid > 0 {
        return Err(CommandError::Failed(sentence));
    }
    Ok(out.say(sentence)?)
}

/// Shows lines in the format that the options select.
struct Report<'a> {
    events: Vec<&'static EventDescriptor>,
    args: &'a AuditArgs,
}

impl Report<'_> {
    /// Shows the lines, and returns how many events are invalid.
    fn show(&self, lines: &[Line], out: &mut Output<'_>) -> Result<usize, CommandError> {
        let mut invalid = 0;
        for line in lines {
            match &line.event {
                Some(event) => invalid += usize::from(self.show_event(line, event, out)?),
                None if !self.args.json => out.say(format_args!("{}: torn line", line.place))?,
                None => {}
            }
        }
        Ok(invalid)
    }

    /// Shows one event, and returns whether it is invalid.
    fn show_event(&self, line: &Line, event: &Value, out: &mut Output<'_>) -> Result<bool, CommandError> {
        let (descriptor, violations) = self.best_match(event);
        if self.args.json {
            writeln!(out, "{}", line.text)?;
            return Ok(!violations.is_empty());
        }
        if !self.args.verify {
            let name = descriptor.map_or("unknown event", |event| event.name);
            let text = if out.width().is_some() { spaced(&line.text) } else { line.text.clone() };
            let text = escape_untrusted(&text, usize::MAX);
            out.line(&format!("{}  {name}  {text}", moment(event)), "    ")?;
        }
        for violation in &violations {
            out.say(format_args!(
                "{}: {}",
                line.place,
                escape_untrusted(&violation.to_string(), LONGEST_VIOLATION)
            ))?;
        }
        Ok(!violations.is_empty())
    }

    /// The event of a line, or the one nearest to it. The log contains only parameters, so they have to identify the event.
    fn best_match(&self, parameters: &Value) -> (Option<&'static EventDescriptor>, Vec<Violation>) {
        let candidates = self.events.iter().map(|event| (Some(*event), validate(event, parameters)));
        let unknown = || {
            (None, vec![Violation { pointer: "/".into(), problem: "is not an event of this product".into() }])
        };
        candidates.min_by_key(|(_, violations)| violations.len()).unwrap_or_else(unknown)
    }
}

/// The time of the event, if it has one.
fn moment(event: &Value) -> String {
    let seconds = event.get("timestamp").and_then(Value::as_f64);
    let moment = seconds.and_then(|seconds| IsoTimestamp::new(seconds).ok());
    moment.map_or_else(|| "-".into(), |moment| moment.to_string())
}
