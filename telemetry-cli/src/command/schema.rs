// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `schema`: the schema file and the public data table, out of the structs.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::Value;
use telemetry_core::{EventDescriptor, Events};

use super::difference::differences;
use crate::message::{CommandError, printable_path};
use crate::schema::{data_table, json_schema};

/// Which schema is printed, and where to.
#[derive(Debug, Clone, Args)]
pub struct SchemaArgs {
    /// Describe this event only.
    #[arg(value_name = "EVENT")]
    event: Option<String>,
    /// Write the schema to this file.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["check", "markdown"])]
    write: Option<PathBuf>,
    /// Compare with this file, and exit with 1 if they differ.
    #[arg(long, value_name = "FILE", conflicts_with = "markdown")]
    check: Option<PathBuf>,
    /// Print the public data table instead.
    #[arg(long)]
    markdown: bool,
}

pub(super) fn print(args: &SchemaArgs, events: &Events, out: &mut dyn Write) -> Result<(), CommandError> {
    if let Some(conflict) = events.conflicts().first() {
        return Err(CommandError::Failed(conflict.to_string()));
    }
    let chosen = chosen(args, events)?;
    if args.markdown {
        return print_tables(&chosen, out);
    }
    let schema =
        json_schema(events.profile(), &chosen).map_err(|error| CommandError::Failed(error.to_string()))?;
    match (&args.write, &args.check) {
        (Some(file), _) => write(file, &schema, out),
        (None, Some(file)) => check(file, &schema, out),
        (None, None) => Ok(writeln!(out, "{schema:#}")?),
    }
}

fn chosen(args: &SchemaArgs, events: &Events) -> Result<Vec<&'static EventDescriptor>, CommandError> {
    let Some(name) = &args.event else { return Ok(events.sorted()) };
    let known =
        || events.sorted().iter().map(|event| format!("`{}`", event.name)).collect::<Vec<_>>().join(", ");
    let unknown =
        || CommandError::BadInput(format!("there is no event `{name}`\nhelp: the events are {}", known()));
    Ok(vec![events.get(name).ok_or_else(unknown)?])
}

fn print_tables(events: &[&EventDescriptor], out: &mut dyn Write) -> Result<(), CommandError> {
    for event in events {
        writeln!(out, "## {}\n\n{}\n\n{}", event.name, event.doc, data_table(event))?;
    }
    Ok(())
}

fn write(file: &Path, schema: &Value, out: &mut dyn Write) -> Result<(), CommandError> {
    let failed = |error| CommandError::Failed(format!("cannot write {}: {error}", printable_path(file)));
    std::fs::write(file, format!("{schema:#}\n")).map_err(failed)?;
    Ok(writeln!(out, "Wrote {}.", printable_path(file))?)
}

fn check(file: &Path, schema: &Value, out: &mut dyn Write) -> Result<(), CommandError> {
    let path = printable_path(file);
    let text = std::fs::read_to_string(file).map_err(|error| {
        CommandError::BadInput(format!("cannot read {path}: {error}\nhelp: write it with `--write {path}`"))
    })?;
    let written: Value = serde_json::from_str(&text).map_err(|error| {
        CommandError::BadInput(format!("{path}:{}:{}: not JSON: {error}", error.line(), error.column()))
    })?;
    let differences = differences(&written, schema);
    if differences.is_empty() {
        return Ok(writeln!(out, "{path} is current.")?);
    }
    let listed: Vec<String> = differences.iter().map(ToString::to_string).collect();
    Err(CommandError::Failed(format!(
        "{path} does not say what the events say:\n  {}\nhelp: write it anew with `--write {path}`",
        listed.join("\n  ")
    )))
}
