// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A real collector that is not ours: `rotel`, whose binary is in a Python package of that name. It prints every record.
//!
//! `TELEMETRY_ROTEL_AGENT` names its binary `rotel-agent`; `.ci/run` installs it where it can.

use std::io::{BufRead, BufReader};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use serde_json::Value;
use telemetry_tests::child::Probe;
use telemetry_tests::home::Home;
use telemetry_tests::server::PATIENCE;
use telemetry_tests::skipped::skipped;

struct Rotel {
    child: Child,
    port: u16,
    lines: Receiver<String>,
}

impl Rotel {
    fn start(agent: &str) -> Self {
        let free = || TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
        let (port, grpc_port) = (free(), free());
        let mut child = Command::new(agent)
            .args([
                "start",
                "--exporter",
                "blackhole",
                "--debug-log",
                "logs",
                "--debug-log-verbosity",
                "detailed",
            ])
            .args(["--otlp-http-endpoint", &format!("127.0.0.1:{port}")])
            .args(["--otlp-grpc-endpoint", &format!("127.0.0.1:{grpc_port}")])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let (sender, lines) = mpsc::channel();
        std::thread::spawn(move || {
            output.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)).ok();
        });
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            std::thread::sleep(Duration::from_millis(20));
        }
        Self { child, port, lines }
    }

    /// What it prints of a record, up to the line that begins with this.
    fn lines_up_to(&self, last: &str) -> Vec<String> {
        let next =
            || self.lines.recv_timeout(PATIENCE).expect("the collector prints a line").trim().to_owned();
        std::iter::repeat_with(next).take_while(|line| !line.starts_with(last)).collect()
    }
}

impl Drop for Rotel {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// A value of the audit log as this collector prints it.
fn printed(value: &Value) -> String {
    let list = |values: Vec<String>| values.join(", ");
    match value {
        Value::Null => "Empty".into(),
        Value::Bool(value) => format!("Bool({value})"),
        Value::Number(number) if number.is_f64() => format!("Double({})", number.as_f64().unwrap()),
        Value::Number(number) => format!("Int({number})"),
        Value::String(text) => format!("Str({text})"),
        Value::Array(values) => format!("Slice({})", list(values.iter().map(printed).collect())),
        Value::Object(entries) => {
            let entries = entries.iter().map(|(key, value)| format!("{key}:{}", printed(value)));
            format!("Map({})", list(entries.collect()))
        }
    }
}

#[test]
fn a_third_party_collector_prints_what_the_audit_log_has() {
    let Ok(agent) = std::env::var("TELEMETRY_ROTEL_AGENT") else {
        return skipped("`TELEMETRY_ROTEL_AGENT` does not name the binary of the collector `rotel`");
    };
    let (home, rotel) = (Home::new(), Rotel::start(&agent));
    let probe = Probe::new(env!("CARGO_BIN_EXE_otlp_probe"), &home);
    let probe = probe.env("FLEET_OTLP_ENDPOINT", format!("http://127.0.0.1:{}", rotel.port));
    assert_eq!(super::stats(probe, &["values"])["delivered"], 1);
    let lines = rotel.lines_up_to("Flags:");
    for line in ["EventName: values", "SeverityText: INFO", "InstrumentationScope telemetry-core 0.1.0"] {
        assert!(lines.iter().any(|printed| printed == line), "{line}: {lines:#?}");
    }
    let attributes = lines.iter().skip_while(|line| *line != "Attributes:");
    let attributes = attributes.filter_map(|line| line.strip_prefix("-> ")?.split_once(": "));
    let arrived: std::collections::BTreeMap<_, _> = attributes.collect();
    let audited = &super::audit_lines(&home)[0];
    let audited = audited.as_object().unwrap();
    for (key, value) in audited {
        assert_eq!(arrived[key.as_str()], printed(value), "{key}");
    }
    assert_eq!(arrived.len(), audited.len() + 1, "and the session");
}
