// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Heartbeat interval, server URL and paths, as the reference reads them from the environment. Each row is a child process.

#![cfg(target_os = "linux")]

use serde_json::{Value, json};
use telemetry_tests::child::Probe;
use telemetry_tests::home::Home;
use telemetry_tests::marked_home::home_in_password_database;
use telemetry_tests::skipped::skipped;
use telemetry_tests::{probe, recorded};

/// The sections, with the number of their rows.
const SECTIONS: [(&str, usize); 3] = [("heartbeat_interval", 42), ("server_url", 7), ("paths", 14)];

/// For each row of a section, the status of a child in whose environment `variable` has the value of `key`.
fn for_each(section: &str, key: &str, variable: &str, check: impl Fn(&Value, &Value)) {
    for_each_in(&Home::new(), section, key, variable, check);
}

fn for_each_in(home: &Home, section: &str, key: &str, variable: &str, check: impl Fn(&Value, &Value)) {
    let rows = recorded::rows("env_cases.jsonl");
    let rows: Vec<_> = rows.iter().filter(|row| row["section"] == section).collect();
    let (_, expected) = SECTIONS.iter().find(|(name, _)| *name == section).expect("a section");
    assert_eq!(rows.len(), *expected, "rows of `{section}`");
    for row in rows {
        // The URL as a user outside of a test run has it. Nothing is reported.
        let probe = with_variable(probe!(home).without("NEXTEST"), variable, &row[key]);
        let status = probe.run(&["status"]).checked().json().remove(0);
        check(row, &status);
    }
}

fn with_variable(probe: Probe, name: &str, value: &Value) -> Probe {
    match value.as_str() {
        Some(text) => probe.env(name, text),
        None => probe.without(name),
    }
}

/// Difference 10: such a number is not read, and the default applies.
fn has_digits_of_another_script(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.chars().any(|c| c.is_numeric() && !c.is_ascii()))
}

#[test]
fn the_heartbeat_interval_is_read_as_python_reads_numbers() {
    for_each("heartbeat_interval", "value", "NEMO_GUARDRAILS_HEARTBEAT_INTERVAL_S", |row, status| {
        let number = |value: &Value| value.as_str().and_then(|text| text.parse::<f64>().ok());
        let (ours, recorded) = (number(&status["heartbeat_interval_s"]), number(&row["repr"]));
        let recorded = if has_digits_of_another_script(&row["value"]) { Some(600.0) } else { recorded };
        let equal = ours == recorded || (ours.is_some_and(f64::is_nan) && recorded.is_some_and(f64::is_nan));
        assert!(equal && ours.is_some(), "{}: {ours:?}, recorded {recorded:?}", recorded::id(row));
    });
}

/// The URL is reported as it was set, without the white space around it. Difference 4 decides whether anything is sent there:
/// only to `https`, or to this machine.
#[test]
fn the_server_url_is_taken_as_it_is() {
    for_each("server_url", "value", "NEMO_GUARDRAILS_USAGE_STATS_SERVER", |row, status| {
        let url = row["url"].as_str().expect("a text").trim();
        assert_eq!(status["server_url"], url, "{}", recorded::id(row));
        let usable = url.starts_with("https://") || url.starts_with("http://127.0.0.1:");
        assert_eq!(status["endpoint"], if usable { json!(url) } else { Value::Null }, "{status}");
    });
}

#[test]
fn files_lie_where_the_reference_puts_them() {
    let (real_home, home) = (home_in_password_database(), Home::new());
    let directory = home.path().canonicalize().expect("the home is ours");
    for_each_in(&home, "paths", "HOME", "HOME", |row, status| {
        let Some(real_home) = real_home.as_deref().or(row["HOME"].as_str()) else {
            return skipped("who runs this test is not in the password file");
        };
        for (ours, recorded) in [("audit_file", "audit"), ("do_not_track_file", "do_not_track")] {
            let path = row[recorded].as_str().expect("a path").replace("PWD_HOME", real_home);
            // A relative path is resolved against the directory in which the process started, also later.
            let path = directory.join(path);
            assert_eq!(status[ours], path.to_str().expect("a text"), "{}", recorded::id(row));
        }
    });
}
