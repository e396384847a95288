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
//!     telemetry_cli::main::<OpenShell>(env!("CARGO_PKG_VERSION"))
//! }
//! ```
//!
//! A product that has more to offer flattens [`ProductCommand`] into its own subcommands.
//!
//! Exit codes: 0 done, 1 the operation failed, 2 bad usage or bad input.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod command;
mod message;
pub mod schema;
mod table;

use std::io;
use std::process::ExitCode;

use clap::{FromArgMatches, Subcommand};
use telemetry_core::{Client, Product};

pub use command::{AuditArgs, ListenArgs, MarkerArgs, NewEventArgs, ProductCommand, SchemaArgs, StatusArgs};
pub use message::{CommandError, finish, printable_path, say};
pub use table::Table;

/// The README's code compiles and runs.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;

/// The whole command of the product `P`: reads the arguments, carries the command out and gives the exit code.
pub fn main<P: Product>(version: &'static str) -> ExitCode {
    // The name of a product without telemetry is not in the program.
    let name = if P::COMPILED { const { P::PROFILE.name() } } else { "telemetry" };
    let about = format!("See what usage telemetry {name} sends, and turn it off");
    let command = clap::Command::new(name).version(version).about(about).subcommand_required(true);
    let matches = ProductCommand::augment_subcommands(command).get_matches();
    match ProductCommand::from_arg_matches(&matches) {
        Ok(command) => finish(command.run(&Client::<P>::builder().start(), &mut io::stdout().lock())),
        Err(error) => error.exit(),
    }
}
