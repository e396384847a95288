// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `cargo api` documents the workspace, without warnings, and compares the public API of each published crate with its listing in
//! `docs/api`. `cargo api-record` writes the listings and prints how many items each has.

use std::path::Path;
use std::process::ExitCode;

use crate::listing::Listing;
use crate::workspace::{Result, Workspace};

mod foreign;
mod growth;
mod listing;
mod recorded;
mod workspace;

fn main() -> ExitCode {
    let outcome = match std::env::args().nth(1).as_deref() {
        None => run(compare),
        Some("--record") => run(record),
        Some(other) => {
            Err(format!("unknown argument `{other}`\nhelp: `cargo api` or `cargo api-record`").into())
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Documents the workspace, and treats the listing of each published crate, whose place is the second argument.
fn run(treat: fn(&Listing, &Path) -> Result<()>) -> Result<()> {
    let workspace = Workspace::of_this_package()?;
    workspace.document()?;
    let listings = workspace.listings()?;
    let outcomes: Vec<_> = listings.iter().map(|listing| treat(listing, &workspace.place(listing))).collect();
    let checks = [foreign::check, growth::check];
    let checks = checks.into_iter().flat_map(|check| listings.iter().map(check));
    outcomes.into_iter().chain(checks).collect()
}

fn compare(listing: &Listing, place: &Path) -> Result<()> {
    recorded::compare(listing, place)
}

fn record(listing: &Listing, place: &Path) -> Result<()> {
    println!("{listing}");
    recorded::write(listing, place)
}
