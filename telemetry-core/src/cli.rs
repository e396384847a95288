// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The parts of a command line that concern any product: see whether telemetry is on, and turn it off and on.
//!
//! A product gets a command of its own with one call:
//!
//! ```no_run
//! # struct OpenShell;
//! # impl telemetry_core::Product for OpenShell {
//! #     const PROFILE: telemetry_core::Profile = telemetry_core::Profile::new("openshell", "415437562476676");
//! # }
//! fn main() -> std::process::ExitCode {
//!     telemetry_core::cli::main::<OpenShell>(env!("CARGO_PKG_VERSION"))
//! }
//! ```
//!
//! A product that has more to offer flattens [`ProductCommand`] into its own subcommands.
//!
//! Exit codes: 0 done, 1 the operation failed, 2 bad usage or bad input.

mod audit;
mod difference;
mod listen;
mod marker;
mod new_event;
mod schema;
mod status;
mod table;

use std::fmt;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use clap::{Args, FromArgMatches, Subcommand};

pub use self::audit::AuditArgs;
pub use self::listen::ListenArgs;
pub use self::new_event::NewEventArgs;
pub use self::schema::SchemaArgs;
pub use self::table::Table;
use crate::client::Client;
use crate::events::Events;
use crate::printable::printable;
use crate::product::Product;

/// The longest line of a message, in characters: longer ones are cut.
const LONGEST_LINE: usize = 8192;

/// What a command line can do for any product.
#[derive(Debug, Clone, Subcommand)]
pub enum ProductCommand {
    /// Say whether telemetry is on, what decides that, and where things are.
    Status(StatusArgs),
    /// Turn telemetry off for this user, by writing the marker file.
    Disable,
    /// Remove the marker file.
    Enable,
    /// Show the events that were sent from this machine, as the audit log has them.
    Audit(AuditArgs),
    /// Print the JSON Schema of the product's events, or their public data table.
    Schema(SchemaArgs),
    /// Print the Rust struct of an event that a schema file describes.
    NewEvent(NewEventArgs),
    /// Receive events on this machine instead of a collector, and print them: for trying out.
    Listen(ListenArgs),
}

/// How the status is printed.
#[derive(Debug, Clone, Args)]
pub struct StatusArgs {
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

impl ProductCommand {
    /// Carries the command out for the product of `client` and prints to `out`.
    ///
    /// # Errors
    ///
    /// If the operation fails; see [`CommandError`].
    pub fn run<P: Product>(&self, client: &Client<P>, out: &mut dyn Write) -> Result<(), CommandError> {
        match self {
            Self::Status(args) => status::print(&client.status(), P::PROFILE.name(), args.json, out),
            Self::Disable => marker::write(&client.status(), out),
            Self::Enable => marker::remove(client, out),
            Self::Audit(args) => audit::print(args, &client.status(), &Events::linked::<P>(), out),
            Self::Schema(args) => schema::print(args, &Events::linked::<P>(), out),
            Self::NewEvent(args) => new_event::print::<P>(args, out),
            Self::Listen(args) => listen::print(args, &Events::linked::<P>(), out),
        }
    }
}

/// Why a command did not do what it was asked to. It displays as the problem and what to do about it.
#[derive(Debug)]
pub enum CommandError {
    /// The operation failed: exit code 1.
    Failed(String),
    /// What the user gave cannot be used: exit code 2.
    BadInput(String),
    /// Standard output is gone: exit code 1.
    Output(io::Error),
}

impl CommandError {
    /// The exit code.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Failed(_) | Self::Output(_) => 1,
            Self::BadInput(_) => 2,
        }
    }
}

impl fmt::Display for CommandError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failed(text) | Self::BadInput(text) => f.write_str(text),
            Self::Output(error) => write!(f, "cannot print: {error}"),
        }
    }
}

impl std::error::Error for CommandError {}

impl From<io::Error> for CommandError {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

/// The whole command of the product `P`: reads the arguments, carries the command out and gives the exit code.
pub fn main<P: Product>(version: &'static str) -> ExitCode {
    let name = P::PROFILE.name();
    let about = format!("See what usage telemetry {name} sends, and turn it off");
    let command = clap::Command::new(name).version(version).about(about).subcommand_required(true);
    let matches = ProductCommand::augment_subcommands(command).get_matches();
    match ProductCommand::from_arg_matches(&matches) {
        Ok(command) => finish(command.run(&Client::<P>::builder().start(), &mut io::stdout().lock())),
        Err(error) => error.exit(),
    }
}

/// Prints the error of a command, if there is one, and gives the exit code.
pub fn finish(result: Result<(), CommandError>) -> ExitCode {
    let Err(error) = result else { return ExitCode::SUCCESS };
    // A reader that has seen enough, such as `head`, is no reason to complain.
    if !matches!(&error, CommandError::Output(output) if output.kind() == io::ErrorKind::BrokenPipe) {
        say(&format!("error: {error}"));
    }
    ExitCode::from(error.exit_code())
}

/// Prints a message of several lines to standard error. What it quotes cannot disturb the terminal.
pub fn say(message: &str) {
    let lines: Vec<String> = message.lines().map(|line| printable(line, LONGEST_LINE)).collect();
    // Where this goes wrong, nobody is listening.
    let _ = writeln!(io::stderr(), "{}", lines.join("\n"));
}

/// The path as it may be printed: names of files can hold control characters.
#[must_use]
pub fn printable_path(path: &Path) -> String {
    printable(&path.to_string_lossy(), usize::MAX)
}
