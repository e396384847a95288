// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Whether a process may report, by its environment and by the marker: as the reference decides, or stricter. Each row is a
//! child process.

#![cfg(target_os = "linux")]

use std::path::Path;

use serde_json::Value;
use telemetry_tests::home::Home;
use telemetry_tests::marked_home::{MarkedHome, OTHER_USER, home_in_password_database};
use telemetry_tests::skipped::skipped;
use telemetry_tests::{probe, recorded};

/// Difference 1: every value of these variables opts out but a clear no. The reference knows two values that do.
const TRUTH_TABLE_VARIABLES: [&str; 3] = ["NEMO_GUARDRAILS_NO_USAGE_STATS", "DO_NOT_TRACK", "CI"];
const CLEAR_NO: [&str; 5] = ["", "0", "false", "no", "off"];

/// Difference 1: anything at the marker's path opts out, and so does an error when looking there. The reference wants a
/// regular file that it can see.
const STRICTER_MARKERS: [&str; 6] = [
    "directory",
    "symlink_to_dir",
    "dangling_symlink",
    "fifo",
    "as_other_user_dir_mode_000",
    "as_other_user_dir_mode_r_only",
];

/// The rows of a section, of which there are so many.
fn rows(section: &str, expected: usize) -> Vec<Value> {
    let rows = recorded::rows("env_cases.jsonl");
    let rows: Vec<_> = rows.into_iter().filter(|row| row["section"] == section).collect();
    assert_eq!(rows.len(), expected, "rows of `{section}`");
    rows
}

/// The result that is required where the reference is enabled: the same, or an opt-out.
fn expected(row: &Value, is_stricter: bool) -> bool {
    row["enabled"].as_bool().expect("each row has an answer") && !is_stricter
}

#[test]
fn variables_opt_out_wherever_the_reference_lets_them_and_more_often() {
    let mut stricter = 0;
    for row in rows("usage_stats_enabled", 108) {
        if row.get("pytest_in_sys_modules").is_some() {
            continue; // The next test.
        }
        let home = Home::new();
        let mut probe = probe!(&home);
        for (name, value) in variables(&row) {
            probe = probe.env(name, value);
        }
        let status = &probe.run(&["status"]).checked().json()[0];
        let expected = expected(&row, opts_out_here_only(&row));
        assert_eq!(status["enabled"], expected, "{}: {status}", recorded::id(&row));
        let decided = variables(&row).any(|(name, _)| status["decision"].as_str().unwrap().contains(name));
        assert_eq!(decided, !expected, "the decision names its signal: {status}");
        stricter += usize::from(row["enabled"] != expected);
    }
    assert!(stricter >= 6, "{stricter} values opt out here only");
}

fn variables(row: &Value) -> impl Iterator<Item = (&str, &str)> {
    let variables = row["env"].as_object().expect("an object").iter();
    variables.map(|(name, value)| (name.as_str(), value.as_str().expect("a text")))
}

fn opts_out_here_only(row: &Value) -> bool {
    let is_clear_no = |value: &str| CLEAR_NO.contains(&value.trim().to_lowercase().as_str());
    variables(row).any(|(name, value)| TRUTH_TABLE_VARIABLES.contains(&name) && !is_clear_no(value))
}

/// The reference keeps quiet while pytest is loaded. Difference 3: the test runners here are cargo and nextest, and under
/// them only loopback endpoints are used.
#[test]
fn a_test_run_cannot_reach_the_collector() {
    let mut rows = recorded::rows("env_cases.jsonl");
    rows.retain(|row| row.get("pytest_in_sys_modules").is_some());
    assert!(rows.len() == 1 && rows[0]["enabled"] == false, "{rows:?}");
    for variable in ["CARGO_MANIFEST_DIR", "NEXTEST"] {
        let home = Home::new();
        let status =
            &probe!(&home).without("NEXTEST").env(variable, "1").run(&["status"]).checked().json()[0];
        assert_eq!(status["endpoint"], Value::Null, "{variable}: {status}");
        assert!(status["endpoint_error"].is_string(), "{variable}: {status}");
    }
}

#[test]
fn the_marker_opts_out_wherever_the_reference_lets_it_and_more_often() {
    let mut stricter = 0;
    for row in rows("do_not_track_file", 26) {
        let case = row["case"].as_str().expect("each row has a case");
        let expected = expected(&row, STRICTER_MARKERS.contains(&case));
        let Some(status) = status_with_marker(case, &row) else { continue };
        assert_eq!(status["enabled"], expected, "{case}: {status}");
        stricter += usize::from(row["enabled"] != expected);
    }
    assert!(stricter >= 4, "{stricter} markers opt out here only");
}

fn status_with_marker(case: &str, row: &Value) -> Option<Value> {
    let Some(marked) = MarkedHome::prepare(case) else { return status_in_special_home(case, row) };
    // The child works elsewhere: its home may not even exist.
    let elsewhere = Home::for_everyone();
    let steps = [&format!("become={OTHER_USER}"), "status"];
    let steps = if marked.needs_other_user { &steps[..] } else { &steps[1..] };
    let probe = probe!(&elsewhere).env("HOME", marked.home.path());
    Some(probe.run(steps).checked().json().remove(0))
}

/// Homes that are not prepared: no `HOME`, an empty one, a text that is a relative path. The files that exist at these places on
/// this machine are not part of the test; where its owner has opted out, there is nothing to compare.
fn status_in_special_home(case: &str, row: &Value) -> Option<Value> {
    assert!(matches!(case, "home_unset" | "home_empty_string" | "home_tilde"), "unknown case `{case}`");
    let home = Home::new();
    let probe = match row["home"].as_str() {
        Some(text) => probe!(&home).env("HOME", text),
        None => probe!(&home).without("HOME"),
    };
    let real_home = if case == "home_unset" { home_in_password_database() } else { Some("/".into()) };
    let Some(real_home) = real_home else {
        skipped("who runs this test is not in the password file");
        return None;
    };
    if Path::new(&real_home).join(".config/nemoguardrails/do_not_track").symlink_metadata().is_ok() {
        skipped(&format!("`{real_home}` of this machine has opted out"));
        return None;
    }
    Some(probe.run(&["status"]).checked().json().remove(0))
}
