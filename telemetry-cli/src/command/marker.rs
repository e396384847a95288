// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `disable` and `enable`: the marker file that opts out.

use std::io::{self, Write};
use std::path::Path;

use telemetry_core::__command1::{create_marker, marker_is_absent, marker_is_present, ways_to_agree};
use telemetry_core::consent::{Signal, Verdict};
use telemetry_core::{Client, Product, Status};

use crate::message::{CommandError, printable_path};

pub(super) fn write(status: &Status, out: &mut dyn Write) -> Result<(), CommandError> {
    let marker = marker(status)?;
    if marker_is_present(marker) {
        writeln!(out, "Telemetry is already off: {} exists.", printable_path(marker))?;
        return Ok(());
    }
    create_marker(marker, status.paths.home.as_deref()).map_err(|error| failed("write", marker, &error))?;
    writeln!(out, "Telemetry is off: wrote {}.", printable_path(marker))?;
    Ok(())
}

pub(super) fn remove<P: Product>(client: &Client<P>, out: &mut dyn Write) -> Result<(), CommandError> {
    let status = client.status();
    let marker = marker(&status)?;
    match std::fs::remove_file(marker) {
        Ok(()) => writeln!(out, "Removed {}.", printable_path(marker))?,
        Err(_) if marker_is_absent(marker) => {
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
    let (variables, file) = ways_to_agree(status);
    let file = file.map(|(key, path)| format!("`{key}` in {}", printable_path(path)));
    variables.into_iter().chain(file).collect::<Vec<_>>().join(", or ")
}

fn marker(status: &Status) -> Result<&Path, CommandError> {
    let no_home =
        || CommandError::Failed("there is no home directory, so telemetry is off: set `HOME`".into());
    status.paths.marker.as_deref().ok_or_else(no_home)
}

fn failed(doing: &str, marker: &Path, error: &io::Error) -> CommandError {
    let path = printable_path(marker);
    CommandError::Failed(format!(
        "cannot {doing} {path}: {error}\nhelp: check what is there and the permissions of its directory; \
         `DO_NOT_TRACK=1` in the environment opts out too"
    ))
}
