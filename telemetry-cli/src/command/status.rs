// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `status`: shows whether telemetry is on, and why.

use std::io::Write;
use std::path::Path;

use telemetry_core::__command1::{has_consent_file, opt_in, session};
use telemetry_core::Stats;
use telemetry_core::client::{Missing, Status};
use telemetry_core::consent::SignalReading;
use telemetry_core::transport::NoProxy;

use crate::message::CommandError;
use crate::output::Output;
use crate::table::Table;

pub(super) fn print(
    status: &Status,
    product: &str,
    as_json: bool,
    out: &mut Output<'_>,
) -> Result<(), CommandError> {
    if as_json {
        out.json(json(status)?)?;
        return Ok(());
    }
    match status.decision.signal() {
        None => out.say(format_args!("Usage telemetry of {product} is on.\n\n"))?,
        Some(signal) => {
            out.say(format_args!("Usage telemetry of {product} is off: {signal} opts out.\n\n"))?
        }
    }
    signals(&status.signals).print(out)?;
    writeln!(out)?;
    places(status).print(out)?;
    Ok(())
}

fn signals(readings: &[SignalReading]) -> Table<4> {
    let mut table = Table::new(["SIGNAL", "OPTS OUT WITH", "VALUE", "DECISION"]);
    for reading in readings {
        let value = reading.value.clone().unwrap_or_else(|| "-".into());
        let decision = if reading.opts_out { "opts out" } else { "does not opt out" };
        table.row([reading.signal.to_string(), reading.rule.clone(), value, decision.into()]);
    }
    table
}

fn places(status: &Status) -> Table<2> {
    let mut table = Table::new(["SETTING", "VALUE"]);
    table.row(["consent", &opt_in(&status.consent)]);
    table.row(["session", &session(status)]);
    table.row(["endpoint", &status.server_url]);
    table.row(["", &status.endpoint_origin.to_string()]);
    if let Some(protocol) = status.protocol {
        table.row(["protocol", &protocol.to_string()]);
    }
    match &status.endpoint {
        Ok(endpoint) if !endpoint.is_encrypted() && !endpoint.is_loopback() => {
            table.row(["", "not encrypted: `NEMO_TELEMETRY_PLAIN_HTTP_HOSTS` lists the host"]);
        }
        Ok(_) => {}
        Err(error) => {
            table.row(["", &format!("nothing is sent: {error}")]);
        }
    }
    table.row(["proxy", &proxy(status)]);
    table.row(["heartbeat", &heartbeat(status)]);
    table.row(["audit log", &path(status.audit_file())]);
    if let Some(error) = &status.audit_error {
        table.row(["", &format!("no line is written: {error}")]);
    }
    table.row(["marker file", &path(status.marker())]);
    if let Some(markers) = &status.paths.machine_markers {
        table.row(["administrator's marker files", &path(Ok(&markers.product))]);
        table.row(["", &path(Ok(&markers.all_products))]);
    }
    if has_consent_file(&status.consent) {
        table.row(["consent file", &path(status.consent_file())]);
    }
    table.row(["events of this process", &status.stats.to_string()]);
    table.row(["last request", &last_request(&status.stats)]);
    table.row(["breaker", &status.stats.breaker.to_string()]);
    table
}

fn proxy(status: &Status) -> String {
    match &status.proxy {
        Ok(proxy) => proxy.clone(),
        Err(NoProxy::Unusable(error)) => format!("nothing is sent: {error}"),
        Err(reason) => format!("none: {reason}"),
    }
}

fn heartbeat(status: &Status) -> String {
    match status.heartbeat {
        Ok(interval) => format!("every {} s", interval.as_secs_f64()),
        Err(reason) => format!("none: {reason}"),
    }
}

fn path(path: Result<&Path, Missing>) -> String {
    path.map_or_else(|reason| format!("none: {reason}"), |path| path.display().to_string())
}

fn last_request(stats: &Stats) -> String {
    stats.last_request.as_ref().map_or("none".into(), ToString::to_string)
}

/// The status as one JSON object in one line.
fn json(status: &Status) -> Result<String, CommandError> {
    serde_json::to_string(status)
        .map_err(|error| CommandError::Failed(format!("the status cannot be serialized: {error}")))
}
