// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `expect`: compares what a program reports with a manifest.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use telemetry_core::__command1::{audit_file_name, consent_variables, directory, escape_untrusted};
use telemetry_core::Profile;
use telemetry_expect::{Manifest, Report, Scenario, TestBed, TestedProduct};

use super::file::replace;
use crate::collector::parse_time;
use crate::message::{CommandError, argument, eprint_message, escape_path};
use crate::output::Output;

/// The manifest, the program, and the form of the report.
#[derive(Debug, Clone, Args)]
#[non_exhaustive]
pub struct ExpectArgs {
    /// The file with the expected events.
    #[arg(long, value_name = "FILE")]
    manifest: PathBuf,
    /// The time limit of each scenario, for instance `10s`, instead of that in the manifest.
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    timeout: Option<Duration>,
    /// Print the report as one JSON object.
    #[arg(long)]
    json: bool,
    /// Write the report as a JUnit file too.
    #[arg(long, value_name = "FILE")]
    junit: Option<PathBuf>,
    /// Write the expectations into the manifest from the events that came, instead of comparing.
    #[arg(long)]
    update: bool,
    /// The program to run, with its arguments. Without it, the command waits for a program that you run.
    #[arg(last = true, value_name = "COMMAND")]
    command: Vec<String>,
}

/// Runs each scenario and prints the report.
pub(super) fn run(args: &ExpectArgs, profile: &Profile, out: &mut Output<'_>) -> Result<(), CommandError> {
    let mut manifest = read(args)?;
    let mut limited = manifest.clone();
    if let Some(timeout) = args.timeout {
        limited.set_timeout(timeout);
    }
    let mut report = Report::default();
    for scenario in limited.scenarios() {
        report.extend(observe(args, scenario, profile, out)?);
    }
    if let Some(file) = &args.junit {
        write(file, &report.to_junit())?;
    }
    if args.update {
        manifest.update(&report);
        write(&args.manifest, &manifest.to_toml())?;
        return Ok(writeln!(out, "Wrote {}.", escape_path(&args.manifest))?);
    }
    if args.json {
        writeln!(out, "{}", report.to_json())?;
    } else {
        writeln!(out, "{report}")?;
    }
    match report.differences().count() {
        0 => Ok(()),
        1 => Err(CommandError::Failed("1 difference between the events and the manifest".to_owned())),
        count => {
            Err(CommandError::Failed(format!("{count} differences between the events and the manifest")))
        }
    }
}

fn read(args: &ExpectArgs) -> Result<Manifest, CommandError> {
    if args.update && !args.manifest.exists() {
        return Ok(Manifest::empty());
    }
    Manifest::read(&args.manifest).map_err(|error| CommandError::BadInput(error.to_string()))
}

/// Runs the program of a scenario, or waits for one that the user runs.
fn observe(
    args: &ExpectArgs,
    scenario: &Scenario,
    profile: &Profile,
    out: &mut Output<'_>,
) -> Result<Report, CommandError> {
    let failed = |error| {
        CommandError::Failed(format!(
            "cannot start a collector: {error}\nhelp: check the space and the permissions of the directory for temporary files"
        ))
    };
    let bed = TestBed::of_scenario(&tested_product(profile), scenario).map_err(failed)?;
    let command = if scenario.command().is_empty() { &args.command } else { scenario.command() };
    let Some(program) = command.first() else {
        invite(args, scenario, profile, &bed, out)?;
        return Ok(bed.check(scenario));
    };
    bed.run(scenario, command).map_err(|error| {
        let program = argument(program);
        CommandError::BadInput(format!(
            "cannot run {program}: {error}\nhelp: write the path of the program, such as `./{program}`"
        ))
    })
}

/// The instructions for the other terminal. With `--json` they go to standard error.
fn invite(
    args: &ExpectArgs,
    scenario: &Scenario,
    profile: &Profile,
    bed: &TestBed,
    out: &mut Output<'_>,
) -> Result<(), CommandError> {
    let home = format!("HOME={}", argument(&bed.home().to_string_lossy()));
    let endpoint =
        profile.endpoint_variable().map(|variable| format!(" {variable}={}", bed.collector().url()));
    let name = if scenario.name().is_empty() { String::new() } else { format!(" for `{}`", scenario.name()) };
    let text = format!(
        "Waiting{name}. In another terminal, run the product with {home}{}",
        endpoint.unwrap_or_default()
    );
    if args.json {
        eprint_message(&text);
        return Ok(());
    }
    writeln!(out, "{}", escape_untrusted(&text, usize::MAX))?;
    Ok(out.flush()?)
}

fn tested_product(profile: &Profile) -> TestedProduct {
    TestedProduct::new(directory(profile))
        .endpoint_variables(profile.endpoint_variable())
        .opt_out_variables(consent_variables(profile).chain(profile.otlp_variable()))
        .audit_file(audit_file_name(profile))
}

fn write(file: &Path, text: &str) -> Result<(), CommandError> {
    replace(file, text).map_err(|error| {
        CommandError::Failed(format!(
            "cannot write {}: {error}\nhelp: check the path and its permissions",
            escape_path(file)
        ))
    })
}
