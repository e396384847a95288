// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `disable` and `enable`: the marker file that opts out.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::Path;

use super::{CommandError, printable_path};
use crate::client::{Client, Status};
use crate::consent::{MarkerState, Signal, Verdict, marker_state};
use crate::missing::Missing;
use crate::private_files::PrivateDir;
use crate::product::Product;

/// What the file says to whoever finds it. Its presence counts, not its content.
const CONTENT: &str = "As long as this file exists, no usage telemetry is sent. Whatever it contains.\n";

pub(super) fn write(status: &Status, out: &mut dyn Write) -> Result<(), CommandError> {
    let marker = marker(status)?;
    if marker_state(marker) == MarkerState::Present {
        writeln!(out, "Telemetry is already off: {} exists.", printable_path(marker))?;
        return Ok(());
    }
    create(marker, status.paths.home.as_deref()).map_err(|error| failed("write", marker, &error))?;
    writeln!(out, "Telemetry is off: wrote {}.", printable_path(marker))?;
    Ok(())
}

/// An existing directory is used, whoever owns it: a marker counts in any.
fn create(marker: &Path, home: Option<&Path>) -> io::Result<()> {
    if !marker.parent().is_some_and(Path::is_dir) {
        PrivateDir::of(marker, home).prepare()?;
    }
    match OpenOptions::new().write(true).create_new(true).open(marker) {
        Ok(mut file) => file.write_all(CONTENT.as_bytes()),
        // Somebody else has just opted out.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error),
    }
}

pub(super) fn remove<P: Product>(client: &Client<P>, out: &mut dyn Write) -> Result<(), CommandError> {
    let status = client.status();
    let marker = marker(&status)?;
    match std::fs::remove_file(marker) {
        Ok(()) => writeln!(out, "Removed {}.", printable_path(marker))?,
        Err(_) if marker_state(marker) == MarkerState::Absent => {
            writeln!(out, "There is no marker file at {}.", printable_path(marker))?;
        }
        Err(error) => return Err(failed("remove", marker, &error)),
    }
    match client.verdict() {
        Verdict::Enabled => writeln!(out, "Telemetry is on.")?,
        Verdict::OptedOut(Signal::NoAgreement) => {
            writeln!(out, "Telemetry is still off until somebody agrees: {}.", agreeing(&status))?;
        }
        Verdict::OptedOut(signal) => writeln!(out, "Telemetry is still off: {signal} opts out.")?,
    }
    Ok(())
}

/// How to agree, in words.
fn agreeing(status: &Status) -> String {
    let variables =
        status.consent.variables.iter().filter_map(|(name, rule)| Some(format!("{name}={}", rule.yes()?)));
    let file = status.consent.file.zip(status.paths.consent_file.as_deref());
    let file = file.map(|(file, path)| format!("`{}` in {}", file.key, printable_path(path)));
    variables.chain(file).collect::<Vec<_>>().join(", or ")
}

fn marker(status: &Status) -> Result<&Path, CommandError> {
    status.marker().map_err(|reason| {
        CommandError::Failed(match reason {
            Missing::NoHome => "there is no home directory, so telemetry is off: set `HOME`".into(),
            _ => format!("there is no marker file: {reason}\nhelp: `{}` opts out", opting_out(status)),
        })
    })
}

/// A variable that opts out, with its value.
fn opting_out(status: &Status) -> String {
    let name = status.consent.variables.first().map_or("DO_NOT_TRACK", |(name, _)| name);
    format!("{name}=disabled")
}

fn failed(doing: &str, marker: &Path, error: &io::Error) -> CommandError {
    let path = printable_path(marker);
    CommandError::Failed(format!(
        "cannot {doing} {path}: {error}\nhelp: check what is there and the permissions of its directory; \
         `DO_NOT_TRACK=1` in the environment opts out too"
    ))
}
