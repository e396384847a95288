// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `expect`: compares what a program reports with a manifest.

mod program;

use std::io::{self, Write};
use std::path::{Path, PathBuf, absolute};
use std::time::Duration;

use clap::Args;
use telemetry_core::__command1::{audit_file_name, counted, directory, escape_untrusted, settings_variables};
use telemetry_core::Profile;
use telemetry_core::registry::Events;
use telemetry_expect::__cli1::duration;
use telemetry_expect::{Manifest, ManifestError, Report, Scenario, TestBed, TestedProduct};

use self::program::cannot_run;
use super::file::write_or_replace;
use crate::collector::{Interrupt, expected};
use crate::message::{CommandError, argument, eprint_message, escape_path};
use crate::output::Output;
use crate::progress::Progress;

/// The maximum length of a name in the line that shows the progress, in characters.
const LONGEST_TITLE: usize = 60;

/// The manifest, the program, and the form of the report.
#[derive(Debug, Clone, Args)]
#[non_exhaustive]
pub struct ExpectArgs {
    /// The file with the expected events.
    #[arg(long, value_name = "FILE")]
    manifest: PathBuf,
    /// The time limit of each scenario, for instance `10s`, instead of that in the manifest.
    #[arg(long, value_name = "TIME", value_parser = time_limit)]
    timeout: Option<Duration>,
    /// Check events against this schema file too; can be repeated.
    #[arg(long, value_name = "FILE")]
    schema: Vec<PathBuf>,
    /// Accept events of products whose schema is not known.
    #[arg(long)]
    accept_unknown: bool,
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
pub(super) fn run(args: &ExpectArgs, events: &Events, out: &mut Output<'_>) -> Result<(), CommandError> {
    check_junit(args)?;
    let mut manifest = read(args)?;
    let (rules, schemas) = expected(events, &args.schema, args.accept_unknown)?;
    // An update replaces expectations that the schema has outgrown.
    if !args.update {
        manifest.check(&schemas).map_err(bad_manifest)?;
    }
    let product = tested_product(events.profile()).rules(rules);
    let mut report = observe_all(args, &manifest, &product, out)?;
    let refusal = args.update.then(|| manifest.update(&report)).transpose().err();
    if args.update {
        report = report.compared_with(&manifest);
    }
    print(args, &report, out)?;
    refusal.map_or(Ok(()), |refusal| Err(not_updated(&refusal)))?;
    check(args, &report)?;
    if args.update {
        write(&args.manifest, &manifest.to_toml())?;
        if !args.json {
            out.say(format_args!("Wrote {}.", escape_path(&args.manifest)))?;
        }
    }
    Ok(())
}

/// The report of all scenarios.
fn observe_all(
    args: &ExpectArgs,
    manifest: &Manifest,
    product: &TestedProduct,
    out: &mut Output<'_>,
) -> Result<Report, CommandError> {
    let interrupt = Interrupt::watch().map_err(cannot_start)?;
    let mut limited = manifest.clone();
    args.timeout.into_iter().for_each(|timeout| limited.set_timeout(timeout));
    let mut report = Report::default();
    for scenario in limited.scenarios() {
        let bed = TestBed::of_scenario(product, scenario).map_err(cannot_start)?;
        let observed = observe(args, scenario, &bed.interrupted_by(interrupt.flag()), out);
        interrupt.check()?;
        report.extend(observed?);
    }
    Ok(report)
}

/// Prints the report, and writes it as a JUnit file. An update that leaves nothing to report prints its own line.
fn print(args: &ExpectArgs, report: &Report, out: &mut Output<'_>) -> Result<(), CommandError> {
    if args.json {
        out.json(report.to_json())?;
    } else if !(args.update && report.is_met()) {
        print_lines(report, out)?;
    }
    out.flush()?;
    args.junit.as_ref().map_or(Ok(()), |file| write(file, &report.to_junit()))
}

/// Prints the report. On a terminal, a line that does not fit continues two columns further to the right.
fn print_lines(report: &Report, out: &mut Output<'_>) -> Result<(), CommandError> {
    report.to_string().lines().try_for_each(|line| {
        let indent = line.len() - line.trim_start().len() + 2;
        Ok(out.line(line, &" ".repeat(indent))?)
    })
}

fn check(args: &ExpectArgs, report: &Report) -> Result<(), CommandError> {
    let differences = match report.differences().count() {
        0 => return Ok(()),
        count => counted(count, "difference"),
    };
    Err(CommandError::Failed(match args.update {
        true => format!(
            "the manifest was not written: {differences} that no expectation can describe\n\
             help: correct the program or its schema, and run this again"
        ),
        false => format!("{differences} between the events and the manifest"),
    }))
}

/// The time as in a manifest.
fn time_limit(text: &str) -> Result<Duration, &'static str> {
    duration(text).ok_or("give a whole number with a unit, such as `500ms`, `10s` or `2m`, of at most a day")
}

/// The JUnit file would replace the manifest.
fn check_junit(args: &ExpectArgs) -> Result<(), CommandError> {
    let path = |file: &Path| file.canonicalize().or_else(|_| absolute(file)).ok();
    match args.junit.as_ref().filter(|junit| path(junit) == path(&args.manifest)) {
        Some(junit) => Err(CommandError::BadInput(format!(
            "`--junit` names the manifest {}\nhelp: write the report into another file, such as `--junit report.xml`",
            escape_path(junit)
        ))),
        None => Ok(()),
    }
}

fn read(args: &ExpectArgs) -> Result<Manifest, CommandError> {
    if args.update && !args.manifest.exists() {
        return Ok(Manifest::empty());
    }
    Manifest::read(&args.manifest).map_err(bad_manifest)
}

fn not_updated(refusal: &ManifestError) -> CommandError {
    CommandError::Failed(format!("{refusal}\nnote: the manifest was not written"))
}

fn bad_manifest(error: ManifestError) -> CommandError {
    CommandError::BadInput(error.to_string())
}

/// Runs the program of a scenario, or waits for one that the user runs.
fn observe(
    args: &ExpectArgs,
    scenario: &Scenario,
    bed: &TestBed,
    out: &mut Output<'_>,
) -> Result<Report, CommandError> {
    let command = if scenario.command().is_empty() { &args.command } else { scenario.command() };
    let Some(program) = command.first() else {
        invite(args, scenario, bed, out)?;
        let _progress = (!args.json).then(|| Progress::start("waiting for events"));
        bed.wait_for_first_event(scenario);
        return Ok(bed.check(scenario));
    };
    let _progress = (!args.json).then(|| Progress::start(format!("running {}", title(scenario, program))));
    bed.run(scenario, command).map_err(|error| cannot_run(program, &error))
}

fn title<'a>(scenario: &'a Scenario, program: &'a str) -> String {
    let title = if scenario.name().is_empty() { program } else { scenario.name() };
    escape_untrusted(title, LONGEST_TITLE)
}

fn cannot_start(error: io::Error) -> CommandError {
    CommandError::Failed(format!(
        "cannot start a scenario: {error}\nhelp: check its `files`, and the space and the permissions of the directory for temporary files"
    ))
}

/// The instructions for the other terminal. With `--json` they go to standard error.
fn invite(
    args: &ExpectArgs,
    scenario: &Scenario,
    bed: &TestBed,
    out: &mut Output<'_>,
) -> Result<(), CommandError> {
    let name = if scenario.name().is_empty() { String::new() } else { format!(" for `{}`", scenario.name()) };
    let variables = assignments(bed);
    let text = format!("Waiting{name}. In another terminal, run the product with {variables}");
    if args.json {
        eprint_message(&text);
        return Ok(());
    }
    writeln!(out, "{}", escape_untrusted(&text, usize::MAX))?;
    Ok(out.flush()?)
}

/// The variables without which a program that is started by hand does not reach the test bed, or cargo does not find its toolchain.
fn assignments(bed: &TestBed) -> String {
    let variables = bed.variables();
    let names = ["HOME"].into_iter().chain(bed.endpoint_variable()).chain(["CARGO_HOME", "RUSTUP_HOME"]);
    let set = names.filter_map(|name| variables.iter().find(|(known, _)| known == name));
    set.map(|(name, value)| format!("{name}={}", argument(value))).collect::<Vec<_>>().join(" ")
}

fn tested_product(profile: &Profile) -> TestedProduct {
    TestedProduct::new(directory(profile))
        .endpoint_variables(profile.endpoint_variable())
        .removed_variables(settings_variables(profile))
        .audit_file(audit_file_name(profile))
}

fn write(file: &Path, text: &str) -> Result<(), CommandError> {
    write_or_replace(file, text).map_err(|error| {
        CommandError::Failed(format!(
            "cannot write {}: {error}\nhelp: check the path and its permissions",
            escape_path(file)
        ))
    })
}
