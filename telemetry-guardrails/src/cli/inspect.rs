// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `inspect`: shows what would be sent, and why.

use std::path::{Path, PathBuf};

use clap::Args;
use guardrails_config::RailsConfig;
use serde_json::Value;
use telemetry_cli::__private1::Table;
use telemetry_cli::{CommandError, Output};
use telemetry_core::__command1::escape_untrusted;
use telemetry_core::client::Context;
use telemetry_core::envelope::{Sender, envelope};
use telemetry_core::host::HostFacts;
use telemetry_core::record::Record;
use telemetry_core::session::SessionId;
use telemetry_core::time::{Clock, SystemClock};
use telemetry_core::{Client, Product, TelemetryEvent};

use super::explain::Explanation;
use super::{Subject, compare};
use crate::event::GuardrailsUsageEvent;
use crate::host::Host;
use crate::product::Guardrails;
use crate::usage_config::UsageConfig;

/// The maximum length of a value or reason in the table, in characters. `--json` does not cut.
const LONGEST: usize = 1000;

/// The note about a configuration with Colang files.
const SCANNED: &str =
    "Colang was scanned for flows and not parsed: the product may refuse a configuration that is read here.";

#[derive(Debug, Args)]
pub(super) struct InspectArgs {
    #[command(flatten)]
    pub(super) subject: Subject,
    /// Print the parameters of the event as one JSON object; with `--diff`, the differences.
    #[arg(long, conflicts_with = "envelope")]
    pub(super) json: bool,
    /// Print the whole envelope as one JSON object.
    #[arg(long, conflicts_with = "diff")]
    envelope: bool,
    /// Show only the fields whose values differ from those of this other configuration. Exit with 0 if all values are equal, 1 if some
    /// differ, and 2 if the configurations cannot be compared.
    #[arg(long, value_name = "OTHER")]
    diff: Option<PathBuf>,
}

/// The session, the machine and the time of an event that is not sent.
pub(super) struct Moment {
    session: SessionId,
    facts: HostFacts,
    time: f64,
}

impl Moment {
    fn now(client: &Client<Guardrails>) -> Self {
        let session = client.session().unwrap_or_else(SessionId::undefined);
        Self { session, facts: HostFacts::detect(), time: SystemClock.unix_seconds() }
    }
}

/// One field of an event, with its value and the reasons for it.
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) value: Value,
    pub(super) why: Vec<String>,
}

pub(super) fn print(
    args: &InspectArgs,
    client: &Client<Guardrails>,
    out: &mut Output<'_>,
) -> Result<(), CommandError> {
    let (subject, moment) = (&args.subject, Moment::now(client));
    if let Some(other) = &args.diff {
        return compare::print(args, other, &moment, out);
    }
    let config = subject.load(&subject.config, args.json || args.envelope)?;
    let host = subject.host();
    let record = record(subject, &config, &host, &moment)?;
    if args.json {
        out.json(record.parameters)?;
    } else if args.envelope {
        let sender = Sender::new(host.nemoguardrails_version.to_string()).session_id(moment.session.as_str());
        let sent_at = record.timestamp;
        out.json(envelope(&Guardrails::PROFILE, &sender, &[record], sent_at).map_err(failed)?)?;
    } else {
        table(fields(subject, &config, &subject.config, &moment)?).print(out)?;
        if config.num_scanned_colang_files() > 0 {
            out.say(format_args!("\n{SCANNED}"))?;
        }
        out.say("\nNothing was sent. `nemo-telemetry status` shows whether anything would be.")?;
    }
    Ok(())
}

fn failed(error: impl std::fmt::Display) -> CommandError {
    CommandError::Failed(error.to_string())
}

fn record(
    subject: &Subject,
    config: &RailsConfig,
    host: &Host,
    moment: &Moment,
) -> Result<Record, CommandError> {
    let context = Context::new(moment.time, &moment.session, &moment.facts);
    let event = subject.usage(config, host).event(&context).map_err(failed)?;
    let (record, _) = Record::new(event, context.timestamp()).map_err(failed)?;
    Ok(record)
}

/// Every field in the order in which it is sent. `root` is the path of the configuration as the user gave it.
pub(super) fn fields(
    subject: &Subject,
    config: &RailsConfig,
    root: &Path,
    moment: &Moment,
) -> Result<Vec<Field>, CommandError> {
    let host = subject.host();
    let usage = subject.usage(config, &host);
    let facts = config.facts(usage.rails_engine).map_err(failed)?;
    let explanation = Explanation { usage: &usage, config, facts: &facts, root };
    let record = record(subject, config, &host, moment)?;
    let parameters: Value = serde_json::from_str(&record.parameters).map_err(failed)?;
    let value = |name: &str| parameters.get(name).cloned().unwrap_or_default();
    let event = GuardrailsUsageEvent::DESCRIPTOR;
    let source =
        event.source.map(|(name, _)| Field { name, value: value(name), why: vec!["the product".into()] });
    let own = event.fields.iter().map(|field| Field {
        name: field.name,
        value: value(field.name),
        why: explanation.of(field.rust_name),
    });
    Ok(source.into_iter().chain(own).collect())
}

fn table(fields: Vec<Field>) -> Table<3> {
    let mut table = Table::new(["FIELD", "VALUE", "WHY"]);
    for field in fields {
        let mut cells = [field.name.to_owned(), field.shown()];
        for reason in field.reasons() {
            let [name, value] = std::mem::take(&mut cells);
            table.row([name, value, reason]);
        }
    }
    table
}

impl Field {
    /// The value without JSON quotes.
    pub(super) fn shown(&self) -> String {
        escape_untrusted(&plain(&self.value), LONGEST)
    }

    /// The reasons, each bounded.
    pub(super) fn reasons(&self) -> impl Iterator<Item = String> {
        self.why.iter().map(|reason| escape_untrusted(reason, LONGEST))
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(all) if all.is_empty() => "none".into(),
        Value::Array(all) => all.iter().map(plain).collect::<Vec<_>>().join(", "),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}
