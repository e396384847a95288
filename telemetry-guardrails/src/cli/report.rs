// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `report`: one event, the regular way, and what became of it.

use std::io::Write;
use std::time::Duration;

use telemetry_core::cli::CommandError;
use telemetry_core::{Client, RequestReport, Verdict};

use super::Subject;
use crate::product::Guardrails;
use crate::report::{Host, report};

/// Longer than a request can take, so that its end is always seen.
const PATIENCE: Duration = Duration::from_secs(10);

pub(super) fn send(
    subject: &Subject,
    client: &Client<Guardrails>,
    out: &mut dyn Write,
) -> Result<(), CommandError> {
    let (config, host) = (subject.load()?, Host::default());
    if let Verdict::OptedOut(signal) = client.verdict() {
        writeln!(out, "Nothing was sent: {signal} opts out.")?;
        return Ok(());
    }
    let endpoint = client
        .status()
        .endpoint
        .map_err(|error| CommandError::Failed(format!("nothing was sent: {error}")))?;
    report(client, &subject.usage(&config, &host));
    client.flush(PATIENCE);
    let stats = client.stats();
    let Some(RequestReport { result, elapsed }) = stats.last_request else {
        return Err(CommandError::Failed(
            "nothing was sent: no thread could be started, or somebody has just opted out".into(),
        ));
    };
    let audit = client.status().paths.audit_file.filter(|_| stats.audit_failures == 0);
    let (url, milliseconds) = (endpoint.url(), elapsed.as_millis());
    match result {
        Ok(status @ 200..=299) => writeln!(out, "Sent to {url}: status {status} after {milliseconds} ms.")?,
        Ok(status) => {
            return Err(CommandError::Failed(format!(
                "{url} refused the event: status {status} after {milliseconds} ms"
            )));
        }
        Err(error) => {
            return Err(CommandError::Failed(format!(
                "{url} did not answer: {error} after {milliseconds} ms"
            )));
        }
    }
    match audit {
        Some(file) => writeln!(out, "A copy is the last line of {}.", file.display())?,
        None => writeln!(out, "There is no copy in the audit log: it could not be written.")?,
    }
    Ok(())
}
