// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `report`: sends one event as a product would, and shows the result.

use std::path::Path;
use std::time::Duration;

use clap::Args;
use serde_json::json;
use telemetry_cli::__private1::{Progress, eprint_message, escape_path};
use telemetry_cli::{CommandError, Output};
use telemetry_core::Stats;
use telemetry_core::client::Missing;
use telemetry_core::consent::ConsentDecision;
use telemetry_core::stats::RequestReport;

use super::Subject;
use super::answer::Answer;
use crate::report::report;

/// Longer than the timeout of a request, so that its result is always known.
const PATIENCE: Duration = Duration::from_secs(10);

#[derive(Debug, Args)]
pub(super) struct ReportArgs {
    #[command(flatten)]
    subject: Subject,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

pub(super) fn send(args: &ReportArgs, out: &mut Output<'_>) -> Result<(), CommandError> {
    let (subject, answer) = (&args.subject, Answer::default());
    let client = answer.client();
    let (config, host) = (subject.load(&subject.config, args.json)?, subject.host());
    if let ConsentDecision::OptedOut(signal) = client.consent_decision() {
        return not_sent(&signal.to_string(), args.json, out);
    }
    let status = client.status();
    let endpoint = (status.endpoint.as_ref())
        .map_err(|error| CommandError::Failed(format!("nothing was sent: {error}")))?;
    report(&client, &subject.usage(&config, &host));
    Progress::during(args.json, "waiting for the collector", || client.flush(PATIENCE));
    let stats = client.stats();
    let Some(request) = &stats.last_request else {
        return Err(CommandError::Failed(
            "nothing was sent: no thread could be started, or telemetry was opted out in the meantime".into(),
        ));
    };
    let (url, audit_file) = (endpoint.url(), status.audit_file());
    let sent = Sent { request, answer: &answer, url, stats: &stats, audit_file };
    if args.json { sent.print_json(out) } else { sent.print(out) }
}

/// A request that was sent, and its result.
struct Sent<'a> {
    request: &'a RequestReport,
    answer: &'a Answer,
    url: &'a str,
    stats: &'a Stats,
    audit_file: Result<&'a Path, Missing>,
}

fn not_sent(signal: &str, as_json: bool, out: &mut Output<'_>) -> Result<(), CommandError> {
    Ok(match as_json {
        true => out.json(json!({"sent": false, "decided_by": signal})),
        false => out.say(format_args!("Nothing was sent: {signal} opts out.")),
    }?)
}

impl Sent<'_> {
    /// Prints one JSON object. An event that was not accepted is a failure.
    fn print_json(&self, out: &mut Output<'_>) -> Result<(), CommandError> {
        let Self { request, stats, .. } = self;
        let is_sent = matches!(request.result, Ok(200..=299));
        let is_copied = stats.audit_failures == 0;
        let json = json!({
            "sent": is_sent,
            "decided_by": null,
            "endpoint": self.url,
            "status": request.result.as_ref().ok(),
            "answer": self.answer.to_json(),
            "error": request.result.as_ref().err().map(ToString::to_string),
            "elapsed_ms": request.elapsed.as_millis(),
            "audit_file": self.audit_file.ok().filter(|_| is_copied).map(Path::to_string_lossy),
            "stats": stats,
        });
        out.json(json)?;
        if is_sent { Ok(()) } else { Err(CommandError::Shown) }
    }

    /// Prints the result, the path of the copy and the statistics.
    fn print(&self, out: &mut Output<'_>) -> Result<(), CommandError> {
        let Self { request, url, stats, .. } = self;
        let copy = copy_of_event(stats, self.audit_file);
        let rest = format!("{copy}\n{stats}; breaker {}.", stats.breaker);
        let milliseconds = request.elapsed.as_millis();
        let problem = match &request.result {
            Ok(status @ 200..=299) => {
                out.say(format_args!("Sent to {url}: status {status} after {milliseconds} ms."))?;
                return Ok(out.say(rest)?);
            }
            Ok(status) => format!("{url} refused the event: status {status} after {milliseconds} ms"),
            Err(error) => format!("{url} did not answer: {error} after {milliseconds} ms"),
        };
        let lines = [vec![problem], self.answer.lines(), vec![rest]].concat();
        Err(CommandError::Failed(lines.join("\n")))
    }
}

/// The path of the copy of the event. Without a copy, the reason is printed to standard error.
fn copy_of_event(stats: &Stats, audit_file: Result<&Path, Missing>) -> String {
    let file = match audit_file.map(escape_path) {
        Ok(file) => file,
        Err(reason) => return format!("There is no copy in an audit log: {reason}."),
    };
    if stats.audit_failures == 0 {
        return format!("A copy is the last line of {file}.");
    }
    let reason = stats.last_audit_error.as_deref().unwrap_or("the audit log could not be written");
    eprint_message(&format!(
        "warning: {reason}\nhelp: {file}, and those beside it that end in `.1` and `.lock`, are either absent or regular files \
         that you may write, in a directory of your own that not everybody may write to"
    ));
    "There is no copy in the audit log: it could not be written.".into()
}
