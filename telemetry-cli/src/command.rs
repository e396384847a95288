// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What a command line can do for any product.

mod audit;
mod file;
mod listen;
mod marker;
mod new_event;
mod schema;
mod status;
mod without_telemetry;

use std::io::Write;

use clap::{Args, Subcommand};
use telemetry_core::registry::Events;
use telemetry_core::{Client, Product};

pub use self::audit::AuditArgs;
pub use self::listen::ListenArgs;
pub use self::marker::MarkerArgs;
pub use self::new_event::NewEventArgs;
pub use self::schema::SchemaArgs;
use crate::message::CommandError;

/// What a command line can do for any product.
#[derive(Debug, Clone, Subcommand)]
#[non_exhaustive]
pub enum ProductCommand {
    /// Say whether telemetry is on, what decides that, and where things are.
    Status(StatusArgs),
    /// Turn telemetry off for this user, or with `--machine` for all users, by writing a marker file.
    Disable(MarkerArgs),
    /// Remove the marker file of this user, or with `--machine` that of the machine.
    Enable(MarkerArgs),
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
#[non_exhaustive]
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
    /// If the operation fails; see [`CommandError`]. In a program without that product's telemetry (see [`Product::COMPILED`])
    /// all but `status` fail, since what they were asked for is not done.
    pub fn run<P: Product>(&self, client: &Client<P>, out: &mut dyn Write) -> Result<(), CommandError> {
        if P::COMPILED { self.run_compiled(client, out) } else { without_telemetry::run(self, out) }
    }

    fn run_compiled<P: Product>(&self, client: &Client<P>, out: &mut dyn Write) -> Result<(), CommandError> {
        match self {
            Self::Status(args) => status::print(&client.status(), P::PROFILE.name(), args.json, out),
            Self::Disable(args) => marker::write(*args, &client.status(), out),
            Self::Enable(args) => marker::remove(*args, client, out),
            Self::Audit(args) => audit::print(args, &client.status(), &Events::linked::<P>(), out),
            Self::Schema(args) => schema::print(args, &Events::linked::<P>(), out),
            Self::NewEvent(args) => new_event::print::<P>(args, out),
            Self::Listen(args) => listen::print(args, &Events::linked::<P>(), out),
        }
    }
}
