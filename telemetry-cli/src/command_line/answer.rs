// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Prints what needs no subcommand: help, the version, and errors in the arguments.

use std::io::{self, Write};

use crate::message::CommandError;
use crate::output::Output;

/// Prints the help that was asked for, or the error in the arguments, and returns the exit code.
pub(super) fn print(usage: &clap::Error) -> u8 {
    if usage.use_stderr() {
        // If nothing can be printed, the failure cannot be reported either.
        let _ = print_error(usage);
        return u8::try_from(usage.exit_code()).unwrap_or(2);
    }
    match usage.print().and_then(|()| io::stdout().flush()) {
        Ok(()) => 0,
        Err(error) => CommandError::from(error).reported(),
    }
}

/// Prints an error, which has the width of its text otherwise.
fn print_error(usage: &clap::Error) -> io::Result<()> {
    let mut out = Output::stderr();
    usage.render().ansi().to_string().lines().try_for_each(|line| out.line(line, "  "))
}
