// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `audit`: shows what has left this machine, and checks it against the descriptors of the events.

mod lines;
mod verify;

use std::collections::VecDeque;
use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

use clap::Args;
use serde_json::Value;
use telemetry_core::client::Status;
use telemetry_core::descriptor::EventDescriptor;
use telemetry_core::registry::Events;
use telemetry_core::time::IsoTimestamp;

use self::lines::{Follower, Line, read_log};
use super::file::UNREADABLE;
use crate::message::{CommandError, escape_path};
use crate::output::Output;
use crate::progress::Progress;
use crate::schema::{Violation, validate};

/// How often `--follow` looks for new lines.
const FOLLOW_EVERY: Duration = Duration::from_millis(200);

/// Which lines of the audit log are shown, and how.
#[derive(Debug, Clone, Args)]
#[non_exhaustive]
pub struct AuditArgs {
    /// Show only the last N lines; with `--follow`, 0 shows only new ones.
    #[arg(long, value_name = "N")]
    tail: Option<usize>,
    /// Keep showing new lines until interrupted.
    #[arg(long, conflicts_with = "verify")]
    follow: bool,
    /// Show only errors: torn lines, and events that violate the schema of the product. Exit with 1 if an event violates it.
    #[arg(long)]
    verify: bool,
    /// Print each event as it was sent, one JSON object per line; with `--verify`, one JSON object with all errors.
    #[arg(long)]
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
    let report = Report { events: events.sorted(), as_json: args.json };
    let mut follower = Follower::default();
    let all = Progress::during(args.json, "reading the audit log", || read_log(file, &mut follower))
        .map_err(|error| unreadable(file, &error))?;
    let is_empty = all.is_empty();
    let lines = last(all, args.tail);
    if args.verify {
        return verify::print(file, &lines, &report, out);
    }
    report.show(&lines, out)?;
    if is_empty && !args.follow && !args.json {
        out.say(format_args!("{} has no events.", escape_path(file)))?;
    }
    if args.follow { follow(&mut follower, file, &report, out) } else { Ok(()) }
}

/// Shows new lines until the user interrupts or the output is closed.
fn follow(
    follower: &mut Follower,
    file: &Path,
    report: &Report,
    out: &mut Output<'_>,
) -> Result<(), CommandError> {
    loop {
        out.flush()?;
        std::thread::sleep(FOLLOW_EVERY);
        out.check_open()?;
        let lines = follower.new_lines(file).map_err(|error| unreadable(file, &error))?;
        report.show(&lines, out)?;
    }
}

fn unreadable(file: &Path, error: &io::Error) -> CommandError {
    CommandError::Failed(format!("cannot read {}: {error}\nhelp: {UNREADABLE}", escape_path(file)))
}

fn last(lines: Vec<Line>, tail: Option<usize>) -> Vec<Line> {
    let keep = tail.unwrap_or(lines.len()).min(lines.len());
    let mut lines = VecDeque::from(lines);
    lines.drain(..lines.len() - keep);
    lines.into()
}

/// Shows lines in the format that the options select.
struct Report {
    events: Vec<&'static EventDescriptor>,
    as_json: bool,
}

impl Report {
    fn show(&self, lines: &[Line], out: &mut Output<'_>) -> Result<(), CommandError> {
        for line in lines {
            match &line.event {
                Some(_) if self.as_json => out.json(&line.text)?,
                Some(event) => self.show_event(line, event, out)?,
                None if self.as_json => {}
                None => out.say(format_args!("{}: torn line", line.place))?,
            }
        }
        Ok(())
    }

    /// Shows one event and its violations. On a terminal, its lines end between two fields.
    fn show_event(&self, line: &Line, event: &Value, out: &mut Output<'_>) -> io::Result<()> {
        let (descriptor, violations) = self.best_match(event);
        let name = descriptor.map_or("unknown event", |event| event.name);
        out.event(&format!("{}  {name}", moment(event)), &line.text)?;
        violations.iter().try_for_each(|violation| verify::say(line, violation, out))
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
