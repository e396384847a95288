// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The commands of a program that was built without the product's telemetry, which has neither events nor files.

use serde_json::json;

use super::ProductCommand;
use crate::message::CommandError;
use crate::output::Output;

pub(super) fn run(command: &ProductCommand, out: &mut Output<'_>) -> Result<(), CommandError> {
    let name = match command {
        ProductCommand::Status(args) => return status(args.json, out),
        ProductCommand::Disable(_) => "disable",
        ProductCommand::Enable(_) => "enable",
        ProductCommand::Audit(_) => "audit",
        ProductCommand::Schema(_) => "schema",
        ProductCommand::NewEvent(_) => "new-event",
        #[cfg(feature = "collector")]
        ProductCommand::Collect(_) => "collect",
        #[cfg(feature = "collector")]
        ProductCommand::Expect(_) => "expect",
    };
    Err(CommandError::Failed(format!(
        "`{name}` did nothing: this program was built without telemetry\nhelp: run the same command of a build with \
         telemetry, for instance one built with `--features telemetry`; this program itself collects and sends nothing"
    )))
}

fn status(as_json: bool, out: &mut Output<'_>) -> Result<(), CommandError> {
    if as_json {
        out.json(json!({"enabled": false, "decided_by": "built without telemetry"}))?;
    } else {
        out.say("This program was built without telemetry: it collects and sends nothing.")?;
    }
    Ok(())
}
