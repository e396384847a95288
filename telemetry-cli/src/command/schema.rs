// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `schema`: generates the schema file and the public data table from the structs.

mod check;
mod diff;
mod write;

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use telemetry_core::descriptor::EventDescriptor;
use telemetry_core::registry::Events;
use telemetry_schema::__cli1::{Json, Schema};

use crate::message::CommandError;
use crate::output::Output;
use crate::schema::notation::{Lines, ordered, print as print_json};
use crate::schema::{data_table, json_schema};

/// The work of an operation that compares, for the line that shows its progress.
const COMPARING: &str = "comparing the schemas";

/// The schema operation and its files.
#[derive(Debug, Clone, Args)]
#[non_exhaustive]
pub struct SchemaArgs {
    /// Describe only this event.
    #[arg(value_name = "EVENT")]
    event: Option<String>,
    /// Update this file, or create it: take over what the structs define, and keep everything else in the file.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["check", "markdown", "diff"])]
    write: Option<PathBuf>,
    /// With `--write`: remove this event, or this property (`EVENT.PROPERTY`), from the file. May be repeated.
    #[arg(long, value_name = "NAME", requires = "write")]
    remove: Vec<String>,
    /// Check that this file allows exactly what the structs send, in any notation. Exit with 1 if it does not.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["markdown", "diff"])]
    check: Option<PathBuf>,
    /// Describe the differences between the schemas OLD and NEW. Without NEW, OLD is compared with the structs.
    #[arg(long, value_names = ["OLD", "NEW"], num_args = 1..=2, conflicts_with = "markdown")]
    diff: Vec<PathBuf>,
    /// Print the public data table instead.
    #[arg(long)]
    markdown: bool,
    /// Print one JSON object, with `--check`, `--write` and `--diff` too.
    #[arg(long, conflicts_with = "markdown")]
    json: bool,
}

/// The schema of the structs.
struct Structs {
    json: Json,
    schema: Schema,
    /// All events that are linked into the program, selected or not.
    linked: Vec<&'static str>,
}

pub(super) fn print(args: &SchemaArgs, events: &Events, out: &mut Output<'_>) -> Result<(), CommandError> {
    if let [old, new] = args.diff.as_slice() {
        return diff::print_files(old, new, args, out);
    }
    let conflicts: Vec<String> = events.conflicts().iter().map(ToString::to_string).collect();
    if !conflicts.is_empty() {
        return Err(CommandError::Failed(conflicts.join("\n")));
    }
    let chosen = chosen(args, events)?;
    if args.markdown {
        return print_tables(&chosen, out);
    }
    let structs = structs(events, &chosen)?;
    match (&args.write, &args.check, args.diff.as_slice()) {
        (Some(file), ..) => write::print(file, &structs, args, out),
        (_, Some(file), _) => check::print(file, &structs, args.json, out),
        (_, _, [old, ..]) => diff::print(old, &structs, args, out),
        _ => Ok(writeln!(out, "{}", print_json(&structs.json, "", Lines::NEW))?),
    }
}

fn structs(events: &Events, chosen: &[&EventDescriptor]) -> Result<Structs, CommandError> {
    let failed = |error: &dyn std::fmt::Display| CommandError::Failed(error.to_string());
    let schema = json_schema(events.profile(), chosen).map_err(|error| failed(&error))?;
    let json = ordered(&schema);
    let text = print_json(&json, "", Lines::NEW);
    let schema = Schema::read(&text).map_err(|problem| failed(&problem.about("of the structs")))?;
    Ok(Structs { json, schema, linked: events.sorted().iter().map(|event| event.name).collect() })
}

fn chosen(args: &SchemaArgs, events: &Events) -> Result<Vec<&'static EventDescriptor>, CommandError> {
    let Some(name) = &args.event else { return Ok(events.sorted()) };
    let known =
        || events.sorted().iter().map(|event| format!("`{}`", event.name)).collect::<Vec<_>>().join(", ");
    let unknown =
        || CommandError::BadInput(format!("there is no event `{name}`\nhelp: the events are {}", known()));
    Ok(vec![events.get(name).ok_or_else(unknown)?])
}

fn print_tables(events: &[&EventDescriptor], out: &mut Output<'_>) -> Result<(), CommandError> {
    for event in events {
        writeln!(out, "## {}\n\n{}\n\n{}", event.name, event.doc, data_table(event))?;
    }
    Ok(())
}
