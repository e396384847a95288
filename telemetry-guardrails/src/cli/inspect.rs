// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `inspect`: shows what would be sent, and why.

use std::io::Write;

use clap::Args;
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

use super::Subject;
use super::explain::Explanation;
use crate::event::GuardrailsUsageEvent;
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
    subject: Subject,
    /// Print the parameters of the event as one JSON object.
    #[arg(long, conflicts_with = "envelope")]
    json: bool,
    /// Print the whole envelope as one JSON object.
    #[arg(long)]
    envelope: bool,
}

pub(super) fn print(
    args: &InspectArgs,
    client: &Client<Guardrails>,
    out: &mut Output<'_>,
) -> Result<(), CommandError> {
    let (config, host) = (args.subject.load()?, args.subject.host());
    let usage = args.subject.usage(&config, &host);
    let (session, facts) = (client.session().unwrap_or_else(SessionId::undefined), HostFacts::detect());
    let context = Context::new(SystemClock.unix_seconds(), &session, &facts);
    let event = usage.event(&context).map_err(failed)?;
    let (record, _) = Record::new(event, context.timestamp()).map_err(failed)?;
    if args.json {
        writeln!(out, "{}", record.parameters)?;
    } else if args.envelope {
        let sender = Sender::new(host.nemoguardrails_version.to_string()).session_id(session.as_str());
        let sent_at = record.timestamp;
        writeln!(out, "{}", envelope(&Guardrails::PROFILE, &sender, &[record], sent_at).map_err(failed)?)?;
    } else {
        let facts = config.facts(usage.rails_engine).map_err(failed)?;
        let root = &args.subject.config;
        table(&record, &Explanation { usage: &usage, config: &config, facts: &facts, root })?.print(out)?;
        if config.num_scanned_colang_files() > 0 {
            out.say(format_args!("\n{SCANNED}"))?;
        }
        out.say("\nNothing was sent. `nemo-telemetry status` says whether anything would be.")?;
    }
    Ok(())
}

fn failed(error: impl std::fmt::Display) -> CommandError {
    CommandError::Failed(error.to_string())
}

/// Every field in the order in which it is sent, with its value and why it has it.
fn table(record: &Record, explanation: &Explanation<'_>) -> Result<Table<3>, CommandError> {
    let parameters: Value = serde_json::from_str(&record.parameters).map_err(failed)?;
    let value = |name: &str| {
        parameters.get(name).map(|value| escape_untrusted(&plain(value), LONGEST)).unwrap_or_default()
    };
    let mut table = Table::new(["FIELD", "VALUE", "WHY"]);
    let event = GuardrailsUsageEvent::DESCRIPTOR;
    if let Some((key, _)) = event.source {
        table.row([key.to_owned(), value(key), "the product".into()]);
    }
    for field in event.fields {
        let mut cells = [field.name.to_owned(), value(field.name)];
        for reason in explanation.of(field.rust_name) {
            let [name, value] = std::mem::take(&mut cells);
            table.row([name, value, escape_untrusted(&reason, LONGEST)]);
        }
    }
    Ok(table)
}

/// The value without JSON quotes.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(all) if all.is_empty() => "none".into(),
        Value::Array(all) => all.iter().map(plain).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}
