// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

#![doc = include_str!("../README.md")]
//!
//! ## In a command of the product
//!
//! A product with other subcommands flattens [`ProductCommand`] into them, and parses its arguments with [`parse`]. This requires
//! `clap` version 4: the type implements its [`Subcommand`] and [`FromArgMatches`], and the function takes its [`Parser`]. `clap`
//! appears in no other signature.
//!
//! ```no_run
//! use std::process::ExitCode;
//!
//! use clap::Parser;
//! use telemetry_cli::{CommandError, Output, ProductCommand};
//! use telemetry_core::Client;
//! # struct OpenShell;
//! # impl telemetry_core::Product for OpenShell {
//! #     const PROFILE: telemetry_core::Profile = telemetry_core::Profile::new("openshell", "415437562476676");
//! # }
//!
//! /// Run things in a sandbox.
//! #[derive(Parser)]
//! enum Command {
//!     /// Make a sandbox.
//!     Create,
//!     #[command(flatten)]
//!     Telemetry(ProductCommand),
//! }
//!
//! fn run(command: &Command) -> Result<(), CommandError> {
//!     let client = Client::<OpenShell>::builder().start();
//!     match command {
//!         Command::Create => Err(CommandError::Failed("there is no room for a sandbox".into())),
//!         Command::Telemetry(command) => command.run(&client, &mut Output::stdout()),
//!     }
//! }
//!
//! fn main() -> ExitCode {
//!     match telemetry_cli::parse().map(|command| run(&command)) {
//!         Ok(Ok(())) => ExitCode::SUCCESS,
//!         Ok(Err(error)) => error.report(),
//!         Err(code) => code,
//!     }
//! }
//! ```
//!
//! Exit codes: 0 success, 1 the operation failed, 2 bad usage or bad input, 141 the reader of the output has closed it.

#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "collector")]
mod collector;
mod command;
mod command_line;
mod message;
mod output;
mod progress;
pub mod schema;
mod spaced;
mod style;
mod table;
mod wrap;

use std::process::ExitCode;

use clap::{FromArgMatches, Parser, Subcommand};
use telemetry_core::{Client, Product};

#[cfg(feature = "collector")]
pub use collector::CollectArgs;
#[cfg(feature = "collector")]
pub use command::ExpectArgs;
pub use command::{AuditArgs, MarkerArgs, NewEventArgs, ProductCommand, SchemaArgs, StatusArgs};
pub use message::CommandError;
pub use output::Output;

/// Support for `nemo-telemetry`. Not part of the public API. It does not change in the series 0.1.
#[doc(hidden)]
pub mod __private1 {
    pub use crate::command_line::parse;
    pub use crate::message::{eprint_message, escape_path};
    pub use crate::progress::Progress;
    pub use crate::table::Table;
}

/// The `main` function of the product `P`'s command: reads the arguments, runs the command and returns the exit code.
pub fn main<P: Product>(version: &'static str) -> ExitCode {
    // A program without the product's telemetry does not contain the product's name.
    let name = if P::COMPILED { const { P::PROFILE.name() } } else { "telemetry" };
    let about = format!("See what usage telemetry {name} sends, and turn it off");
    let command = clap::Command::new(name).version(version).about(about).subcommand_required(true);
    ExitCode::from(run::<P>(ProductCommand::augment_subcommands(command)))
}

fn run<P: Product>(command: clap::Command) -> u8 {
    let result = match parsed::<ProductCommand>(command) {
        Ok(command) => command.run(&Client::<P>::builder().start(), &mut Output::stdout()),
        Err(code) => return code,
    };
    result.map_or_else(|error| error.reported(), |()| 0)
}

/// Parses the arguments of the process as [`main`] does, for a product with other subcommands. In addition to what `clap` does:
///
/// - help is as wide as the terminal, and its examples have the name of the program;
/// - there is an option `--color`, and with the feature `completions` a subcommand of this name;
/// - characters in the arguments that disturb a terminal are escaped in messages.
///
/// # Errors
///
/// The exit code, if help, the version, completions or an error in the arguments has been printed.
///
/// ```
/// /// Run things in a sandbox.
/// #[derive(clap::Parser)]
/// struct Sandbox {
///     #[command(subcommand)]
///     command: Option<telemetry_cli::ProductCommand>,
/// }
///
/// let sandbox = telemetry_cli::parse::<Sandbox>();
/// assert!(sandbox.is_ok_and(|sandbox| sandbox.command.is_none()));
/// ```
pub fn parse<C: Parser>() -> Result<C, ExitCode> {
    parsed(C::command()).map_err(ExitCode::from)
}

fn parsed<C: FromArgMatches>(command: clap::Command) -> Result<C, u8> {
    let matches = command_line::parse(command, std::env::args_os())?;
    C::from_arg_matches(&matches).map_err(|error| CommandError::BadInput(error.to_string()).reported())
}
