// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `status`: is telemetry on, and why.

use std::io::Write;
use std::path::Path;

use serde_json::{Value, json};
use telemetry_core::__command1::{agreement, has_consent_file};
use telemetry_core::consent::{SignalReading, Verdict};
use telemetry_core::{DropReason, Stats, Status};

use crate::message::CommandError;
use crate::table::Table;

pub(super) fn print(
    status: &Status,
    product: &str,
    as_json: bool,
    out: &mut dyn Write,
) -> Result<(), CommandError> {
    if as_json {
        writeln!(out, "{}", json(status))?;
        return Ok(());
    }
    match &status.verdict {
        Verdict::Enabled => writeln!(out, "Usage telemetry of {product} is on.\n")?,
        Verdict::OptedOut(signal) => {
            writeln!(out, "Usage telemetry of {product} is off: {signal} opts out.\n")?
        }
    }
    signals(&status.signals).print(out)?;
    writeln!(out)?;
    places(status).print(out)?;
    Ok(())
}

fn signals(readings: &[SignalReading]) -> Table<4> {
    let mut table = Table::new(["SIGNAL", "OPTS OUT WITH", "VALUE", "VERDICT"]);
    for reading in readings {
        let value = reading.value.clone().unwrap_or_else(|| "-".into());
        let verdict = if reading.opts_out { "opts out" } else { "no objection" };
        table.row([reading.signal.to_string(), reading.rule.clone(), value, verdict.into()]);
    }
    table
}

fn places(status: &Status) -> Table<2> {
    let mut table = Table::new(["SETTING", "VALUE"]);
    table.row(["consent", &agreement(&status.consent)]);
    table.row(["session", &session(status)]);
    table.row(["endpoint", &status.server_url]);
    if let Err(error) = &status.endpoint {
        table.row(["", &format!("nothing is sent: {error}")]);
    }
    table.row(["proxy", &proxy(status)]);
    table.row(["heartbeat", &heartbeat(status.heartbeat_interval_s)]);
    table.row(["audit log", &path(status.paths.audit_file.as_deref())]);
    if let Some(error) = &status.audit_error {
        table.row(["", &format!("no line is written: {error}")]);
    }
    table.row(["marker file", &path(status.paths.marker.as_deref())]);
    if has_consent_file(&status.consent) {
        table.row(["consent file", &path(status.paths.consent_file.as_deref())]);
    }
    table.row(["events of this process", &status.stats.to_string()]);
    table.row(["last request", &last_request(&status.stats)]);
    table.row(["breaker", &status.stats.breaker.to_string()]);
    table
}

fn session(status: &Status) -> String {
    match status.session_env {
        Some(variable) => format!("{}, or the one in `{variable}`", status.session),
        None => status.session.to_string(),
    }
}

fn proxy(status: &Status) -> String {
    match &status.proxy {
        Ok(Some(proxy)) => proxy.clone(),
        Ok(None) => "none".into(),
        Err(error) => format!("nothing is sent: {error}"),
    }
}

fn heartbeat(interval_s: Option<f64>) -> String {
    match interval_s {
        Some(seconds) if seconds.is_finite() => format!("every {seconds} s"),
        _ => "none".into(),
    }
}

fn path(path: Option<&Path>) -> String {
    path.map_or("none: no home directory".into(), |path| path.display().to_string())
}

fn last_request(stats: &Stats) -> String {
    stats.last_request.as_ref().map_or("none".into(), ToString::to_string)
}

fn stats_json(stats: &Stats) -> Value {
    let reasons = DropReason::ALL.iter().map(|reason| (reason.to_string(), stats.dropped(*reason).into()));
    json!({
        "produced": stats.produced,
        "delivered": stats.delivered,
        "queued": stats.queued,
        "dropped": reasons.collect::<serde_json::Map<_, _>>(),
        "adjusted_values": stats.adjusted_values,
        "audit_failures": stats.audit_failures,
        "requests": stats.requests,
        "last_request": stats.last_request.as_ref().map(ToString::to_string),
        "breaker": stats.breaker.to_string(),
    })
}

/// The status as one JSON object. An interval that is not finite, which means no heartbeat, is null.
fn json(status: &Status) -> Value {
    let signals = status.signals.iter().map(|reading| {
        json!({
            "signal": reading.signal.to_string(),
            "opts_out_with": reading.rule,
            "value": reading.value,
            "opts_out": reading.opts_out,
        })
    });
    json!({
        "enabled": status.verdict.is_enabled(),
        "decided_by": match &status.verdict {
            Verdict::Enabled => None,
            Verdict::OptedOut(signal) => Some(signal.to_string()),
        },
        "consent": agreement(&status.consent),
        "session": session(status),
        "signals": signals.collect::<Vec<_>>(),
        "endpoint": status.server_url,
        "endpoint_error": status.endpoint.as_ref().err().map(ToString::to_string),
        "proxy": status.proxy.as_ref().ok(),
        "proxy_error": status.proxy.as_ref().err().map(ToString::to_string),
        "heartbeat_interval_s": status.heartbeat_interval_s,
        "audit_file": status.paths.audit_file.as_ref().map(|path| path.display().to_string()),
        "audit_error": status.audit_error,
        "marker_file": status.paths.marker.as_ref().map(|path| path.display().to_string()),
        "consent_file": status.paths.consent_file.as_ref().map(|path| path.display().to_string()),
        "stats": stats_json(&status.stats),
    })
}
