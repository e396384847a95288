// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A real collector that is not ours: `rotel`, whose binary is in a Python package of that name. It prints each record, or exports it to
//! a store.
//!
//! `TELEMETRY_ROTEL_AGENT` names its binary `rotel-agent`; `.ci/run` installs it where it can.

mod agent;
mod clickhouse;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde_json::{Value, json};
use telemetry_tests::child::Probe;
use telemetry_tests::home::Home;
use telemetry_tests::server::PATIENCE;
use telemetry_tests::skipped::skipped;

use self::agent::Rotel;
use super::{audit_lines, dropped, seconds, stats};

/// It prints each record and forgets it.
const PRINTING: [&str; 6] =
    ["--exporter", "blackhole", "--debug-log", "logs", "--debug-log-verbosity", "detailed"];

/// The collector with these options, if this machine has it.
fn rotel(options: &[&str]) -> Option<Rotel> {
    let Ok(agent) = std::env::var("TELEMETRY_ROTEL_AGENT") else {
        skipped("`TELEMETRY_ROTEL_AGENT` does not name the binary of the collector `rotel`");
        return None;
    };
    Some(Rotel::start(&agent, options))
}

fn probe(home: &Home, rotel: &Rotel) -> Probe {
    Probe::new(env!("CARGO_BIN_EXE_otlp_probe"), home).env("FLEET_OTLP_ENDPOINT", rotel.url())
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
    let Some(rotel) = rotel(&PRINTING) else { return };
    let home = Home::new();
    assert_eq!(stats(probe(&home, &rotel), &["values"])["delivered"], 1);
    let next = || rotel.lines.recv_timeout(PATIENCE).expect("the collector prints a line");
    let lines: Vec<String> =
        std::iter::repeat_with(next).take_while(|line| !line.starts_with("Flags:")).collect();
    for line in [
        "EventName: values",
        "SeverityText: INFO",
        "Body: Str(values)",
        "InstrumentationScope telemetry-core 0.1.0",
    ] {
        assert!(lines.iter().any(|printed| printed == line), "{line}: {lines:#?}");
    }
    let attributes = lines.iter().skip_while(|line| *line != "Attributes:");
    let attributes = attributes.filter_map(|line| line.strip_prefix("-> ")?.split_once(": "));
    let arrived: BTreeMap<_, _> = attributes.collect();
    let audited = &audit_lines(&home)[0];
    let audited = audited.as_object().unwrap();
    for (key, value) in audited {
        assert_eq!(arrived[key.as_str()], printed(value), "{key}");
    }
    assert_eq!(arrived.len(), audited.len() + 1, "and the session");
}

/// The numbers of the events that the collector has printed until it was stopped for the last time.
fn printed_numbers(mut rotel: Rotel) -> Vec<u64> {
    rotel.stop();
    let number = |line: String| line.strip_prefix("-> number: Int(")?.strip_suffix(')')?.parse().ok();
    rotel.lines.try_iter().filter_map(number).collect()
}

/// At 500 events a second; the collector ends and starts again five times.
#[test]
fn a_third_party_collector_that_is_restarted_five_times_gets_every_event() {
    let Some(mut rotel) = rotel(&PRINTING) else { return };
    let (home, seconds) = (Home::new(), seconds());
    let events = seconds * 500;
    let running = probe(&home, &rotel).start(&["steady", &events.to_string(), "2"]);
    for _ in 0..5 {
        std::thread::sleep(Duration::from_millis(seconds * 100));
        rotel.stop();
        std::thread::sleep(Duration::from_millis(seconds * 50));
        rotel.go_on();
    }
    let stats = running.finish().checked().json().pop().unwrap();
    let printed = printed_numbers(rotel);
    let once: BTreeSet<_> = printed.iter().copied().collect();
    let twice = printed.len() - once.len();
    assert_eq!((&stats["produced"], &stats["delivered"]), (&json!(events), &json!(events)), "{stats}");
    assert_eq!((once.len() as u64, dropped(&stats)), (events, 0), "{stats}");
    // An end of the collector may cut the response to one request off, whose 100 events then arrive twice.
    assert!(twice <= 5 * 100, "{twice} events arrived twice");
    eprintln!("{stats}, {twice} events printed twice");
}

/// Our collector stores envelopes and forwards them, while the other one ends and starts again.
#[test]
fn a_third_party_collector_gets_forwarded_events_across_a_restart() {
    let Some(mut rotel) = rotel(&PRINTING) else { return };
    let home = Home::new();
    let collector = super::forward::start(&home, &rotel.url(), &[]);
    for number in 0..40 {
        match number {
            10 => rotel.stop(),
            30 => rotel.go_on(),
            _ => {}
        }
        assert_eq!(collector.post(&super::forward::envelope([number])).status, 200);
    }
    let mut found = BTreeSet::new();
    while found.len() < 40 {
        let line = rotel.lines.recv_timeout(PATIENCE).expect("the collector prints a line");
        let number = line.strip_prefix("-> number: Int(").and_then(|rest| rest.strip_suffix(')'));
        found.extend(number.and_then(|number| number.parse::<u64>().ok()));
    }
}
