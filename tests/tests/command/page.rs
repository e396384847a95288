// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The live page of `collect`, in a browser, and the HTTP API behind it.

mod api;
mod hostile;
mod large;
mod looks;
mod reading;
mod stream;
mod use_it;
mod walk;

use serde_json::{Value, json};
use telemetry_tests::browser::Browser;
use telemetry_tests::child::Probe;
use telemetry_tests::collecting::{Collecting, Reply};
use telemetry_tests::home::Home;

/// The page has these numbers of rows and is connected.
fn shows(rows: usize) -> String {
    format!(
        "document.querySelectorAll('.row').length === {rows} && document.getElementById('connection').dataset.state === 'live'"
    )
}

/// The command of OpenShell.
fn openshell(home: &Home) -> Probe {
    Probe::new(env!("CARGO_BIN_EXE_products_command"), home).env("PRODUCT", "openshell")
}

/// Starts the collector of OpenShell.
fn collect(home: &Home, arguments: &[&str]) -> Collecting {
    Collecting::start(openshell(home), arguments)
}

/// An event of OpenShell whose operation is `operation`.
fn lifecycle(operation: &str) -> Value {
    json!({
        "name": "openshell_lifecycle_event", "ts": "2026-04-22T18:34:56.789Z",
        "parameters": {"nvidiaSource": "openshell", "resource": "sandbox", "operation": operation, "outcome": "success"},
    })
}

/// An envelope of OpenShell with these events.
fn envelope(session: &str, events: &[Value]) -> Value {
    json!({
        "clientId": "415437562476676", "clientVer": "1.2.3", "eventSchemaVer": "4.0", "sessionId": session, "events": events,
    })
}

fn post(collector: &Collecting, session: &str, events: &[Value]) -> u16 {
    collector.post(&envelope(session, events).to_string()).status
}

/// A request without a body, with further header lines.
fn get_with(collector: &Collecting, path: &str, headers: &str) -> Reply {
    let head = format!("GET {path} HTTP/1.0\r\nhost: {}\r\n{headers}\r\n", collector.address);
    collector.send(head.as_bytes()).expect("the collector answers")
}

fn get(collector: &Collecting, path: &str) -> Reply {
    get_with(collector, path, "")
}

/// The page in a browser, if there is one.
fn open(collector: &Collecting) -> Option<Browser> {
    let browser = Browser::start()?;
    browser.open(&format!("http://{}/", collector.address));
    browser.wait_for("document.getElementById('connection').dataset.state === 'live'");
    Some(browser)
}
