// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The subcommands of every product's command line.

mod audit;
mod examples;
#[cfg(feature = "collector")]
mod expect;
mod file;
mod marker;
mod new_event;
mod schema;
mod status;
mod without_telemetry;

use clap::{Args, Subcommand};
use telemetry_core::registry::Events;
use telemetry_core::{Client, Product};

pub use self::audit::AuditArgs;
#[cfg(feature = "collector")]
pub use self::expect::ExpectArgs;
#[cfg(feature = "collector")]
pub(crate) use self::file::{read_text, schema};
pub use self::marker::MarkerArgs;
pub use self::new_event::NewEventArgs;
pub use self::schema::SchemaArgs;
#[cfg(feature = "collector")]
use crate::collector::{self, CollectArgs};
use crate::message::CommandError;
use crate::output::Output;

// Only where it is read: clap takes a comment on these subcommands for the description of the program that has them.
#[cfg_attr(doc, doc = "The subcommands of every product's command line.")]
#[cfg_attr(not(doc), expect(missing_docs, reason = "the description is there for rustdoc"))]
#[derive(Debug, Clone, Subcommand)]
#[non_exhaustive]
pub enum ProductCommand {
    /// Show whether telemetry is on, what decides that, and the paths in use.
    #[command(after_help = examples::STATUS)]
    Status(StatusArgs),
    /// Turn telemetry off for this user, or with `--machine` for all users, by writing a marker file.
    #[command(visible_alias = "off", after_help = examples::DISABLE)]
    Disable(MarkerArgs),
    /// Remove the marker file of this user, or with `--machine` that of the machine.
    #[command(visible_alias = "on", after_help = examples::ENABLE)]
    Enable(MarkerArgs),
    /// Show the events that were sent from this machine, from the audit log.
    #[command(after_help = examples::AUDIT)]
    Audit(AuditArgs),
    /// Print the JSON Schema of the product's events, or their public data table.
    #[command(after_help = examples::SCHEMA)]
    Schema(SchemaArgs),
    /// Print the Rust struct of an event that a schema file describes.
    #[command(after_help = examples::NEW_EVENT)]
    NewEvent(NewEventArgs),
    /// Collect events on this machine: check them, keep them, and show them.
    #[cfg(feature = "collector")]
    #[command(after_help = examples::COLLECT)]
    Collect(CollectArgs),
    /// Run a program, and compare the events that it reports with a manifest.
    #[cfg(feature = "collector")]
    #[command(after_help = examples::EXPECT)]
    Expect(ExpectArgs),
}

/// The output format of the status.
#[derive(Debug, Clone, Args)]
#[non_exhaustive]
pub struct StatusArgs {
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

impl ProductCommand {
    /// Runs the command for the product of `client` and prints to `out`.
    ///
    /// # Errors
    ///
    /// If the operation fails; see [`CommandError`]. In a program that was built without the product's telemetry (see
    /// [`Product::COMPILED`]), every command except `status` fails.
    pub fn run<P: Product>(&self, client: &Client<P>, out: &mut Output<'_>) -> Result<(), CommandError> {
        if P::COMPILED { self.run_compiled(client, out) } else { without_telemetry::run(self, out) }
    }

    fn run_compiled<P: Product>(&self, client: &Client<P>, out: &mut Output<'_>) -> Result<(), CommandError> {
        match self {
            Self::Status(args) => status::print(&client.status(), P::PROFILE.name(), args.json, out),
            Self::Disable(args) => marker::write(*args, client, out),
            Self::Enable(args) => marker::remove(*args, client, out),
            Self::Audit(args) => audit::print(args, &client.status(), &Events::linked::<P>(), out),
            Self::Schema(args) => schema::print(args, &Events::linked::<P>(), out),
            Self::NewEvent(args) => new_event::print::<P>(args, out),
            #[cfg(feature = "collector")]
            Self::Collect(args) => collector::run(args, &Events::linked::<P>(), out),
            #[cfg(feature = "collector")]
            Self::Expect(args) => expect::run(args, &Events::linked::<P>(), out),
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory, Parser};

    use super::ProductCommand;

    /// Run things in a sandbox.
    #[allow(clippy::large_enum_variant, reason = "it is as in the documentation")]
    #[derive(Parser)]
    enum Sandbox {
        /// Make a sandbox.
        Create,
        #[command(flatten)]
        Telemetry(ProductCommand),
    }

    #[test]
    fn a_program_with_these_subcommands_keeps_its_description() {
        let about = Sandbox::command().get_about().map(ToString::to_string);
        assert_eq!(about.as_deref(), Some("Run things in a sandbox"));
        assert!(matches!(Sandbox::parse_from(["x", "create"]), Sandbox::Create));
        assert!(matches!(Sandbox::parse_from(["x", "off"]), Sandbox::Telemetry(ProductCommand::Disable(_))));
    }
}
