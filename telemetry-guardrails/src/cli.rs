// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The command `nemo-telemetry`: shows what would be sent and what was sent, and turns telemetry off.

mod answer;
mod compare;
mod examples;
mod explain;
mod features;
mod inspect;
mod limit;
mod merged;
mod report;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand};
use telemetry_cli::__private1::{Progress, parse};
use telemetry_cli::{CommandError, Output, ProductCommand};
use telemetry_core::Client;

use self::limit::Limit;
use crate::host::Host;
use crate::product::Guardrails;
use crate::tables::{Compat, Tables};
use crate::usage::Usage;
use guardrails_config::{LoadOptions, RailsConfig};

/// See what usage telemetry NeMo Guardrails sends, and turn it off.
///
/// Exit codes: 0 success, 1 the operation failed, 2 bad usage or bad input, 141 the reader of the output has closed it.
#[derive(Debug, Parser)]
#[command(name = "nemo-telemetry", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Print the event that a configuration produces, without sending it. Works when opted out, too.
    #[command(after_help = examples::INSPECT)]
    Inspect(inspect::InspectArgs),
    /// Send one startup event as an engine does, and print the result. Sends nothing under an opt-out.
    #[command(after_help = examples::REPORT)]
    Report(report::ReportArgs),
    /// List the flows and aliases that features are recognized by, with the place that registers them.
    #[command(after_help = examples::FEATURES)]
    Features(features::FeaturesArgs),
    #[command(flatten)]
    Product(ProductCommand),
}

/// The configuration, engine and deployment of an event.
#[derive(Debug, Args)]
struct Subject {
    /// Directory of a guardrails configuration, or a single YAML file.
    #[arg(value_name = "CONFIG")]
    config: PathBuf,
    /// The engine that reports.
    #[arg(long, value_name = "ENGINE", default_value = "LLMRails", value_parser = ["LLMRails", "IORails"])]
    engine: String,
    /// How the product is deployed.
    #[arg(long, value_name = "TYPE", default_value = "library",
          value_parser = ["library", "api", "cli", "sdk", "nmp", "undefined"])]
    deployment_type: String,
    /// Use the tables of this release.
    #[arg(long, value_name = "RELEASE", default_value = "0.24", value_parser = releases())]
    compat: Compat,
    /// Raise or lower a limit of the configuration reader, such as `yaml_depth=400`. May be repeated.
    #[arg(long, value_name = "NAME=N", value_parser = limit::parse)]
    limit: Vec<Limit>,
}

/// The releases that have tables, which a shell can complete.
fn releases() -> impl TypedValueParser<Value = Compat> {
    PossibleValuesParser::new(["0.22", "0.23", "0.24"]).try_map(|release| release.parse::<Compat>())
}

impl Subject {
    fn load(&self, path: &Path, as_json: bool) -> Result<RailsConfig, CommandError> {
        let limits = limit::limits(&self.limit);
        let options = LoadOptions::default().limits(limits);
        let load = || RailsConfig::load(path, &options);
        let config = Progress::during(as_json, "reading the configuration", load)
            .map_err(|error| CommandError::BadInput(limit::described(&error, &limits)))?;
        merged::warn(&config, path);
        Ok(config)
    }

    /// The host of the command, which only has the selected release.
    fn host(&self) -> Host {
        Host::default().compat(self.compat)
    }

    fn usage<'a>(&self, config: &'a RailsConfig, host: &'a Host) -> Usage<'a> {
        let (deployment_type, engine) = (self.deployment_type.as_str(), self.engine.as_str());
        Usage::new(host, deployment_type, engine).config(config)
    }
}

impl Command {
    fn run(&self, client: &Client<Guardrails>, out: &mut Output<'_>) -> Result<(), CommandError> {
        match self {
            Self::Inspect(args) => inspect::print(args, client, out),
            Self::Report(args) => report::send(args, out),
            Self::Features(args) => features::print(args, Tables::linked(), out),
            Self::Product(command) => command.run(client, out),
        }
    }
}

/// Reads the arguments of the process, runs the command and returns the exit code.
pub fn main() -> ExitCode {
    ExitCode::from(run(std::env::args_os()))
}

/// Runs the command with these arguments, of which the first is the name of the program, and returns the exit code. For a host
/// whose arguments differ from those of the process, such as an interpreter.
///
/// ```
/// assert_eq!(telemetry_guardrails::cli::run(["nemo-telemetry", "status", "--jsom"]), 2);
/// ```
pub fn run<T: Into<OsString>>(arguments: impl IntoIterator<Item = T>) -> u8 {
    let matches = match parse(Cli::command(), arguments) {
        Ok(matches) => matches,
        Err(code) => return code,
    };
    let result = match Cli::from_arg_matches(&matches) {
        Ok(cli) => cli.command.run(&Client::<Guardrails>::builder().start(), &mut Output::stdout()),
        Err(error) => Err(CommandError::BadInput(error.to_string())),
    };
    match result {
        Ok(()) => 0,
        Err(error) => {
            error.report();
            error.exit_code()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::{DeploymentType, RailsEngine};

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn the_offered_texts_are_the_vocabulary() {
        for engine in RailsEngine::VARIANTS.iter().filter(|engine| **engine != RailsEngine::Undefined) {
            assert!(Cli::try_parse_from(["x", "inspect", "c", "--engine", engine.as_str()]).is_ok());
        }
        for deployment in DeploymentType::VARIANTS {
            assert!(
                Cli::try_parse_from(["x", "inspect", "c", "--deployment-type", deployment.as_str()]).is_ok()
            );
        }
    }
}
