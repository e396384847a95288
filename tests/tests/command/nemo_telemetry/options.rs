// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Options that change how much is read, compared or shown: `--limit`, `--diff`, `--tail 0`.

use std::path::PathBuf;
use std::time::Duration;

use serde_json::Value;
use telemetry_tests::home::Home;
use telemetry_tests::server::Server;
use telemetry_tests::waiting::wait_until;

use crate::nemo_telemetry::{assert_refused, command, example, text};

/// A configuration file with this text.
fn config(home: &Home, name: &str, text: &str) -> PathBuf {
    let path = home.path().join(name);
    std::fs::write(&path, text).unwrap();
    path
}

fn nested(levels: usize) -> String {
    format!("models: []\nx:\n  {}1\n", "- ".repeat(levels))
}

/// The option that the help of these errors advises.
fn advised(errors: &str) -> Option<(&str, &str)> {
    errors.split('`').find(|code| code.starts_with("--limit "))?.split_once(' ')
}

#[test]
fn the_help_for_an_exceeded_limit_can_be_followed() {
    let home = Home::new();
    let bot = example("support_bot");
    for limit in
        ["file_bytes", "total_bytes", "files", "directory_depth", "flows", "yaml_values", "yaml_depth"]
    {
        let mut value = format!("{limit}=0");
        let mut refusals = 0;
        loop {
            let outcome = command(&home).run(&["inspect", &bot, "--limit", &value]);
            if outcome.code == Some(0) {
                break;
            }
            assert_refused(&outcome, 2, &["help: "]);
            let errors = text(&outcome.errors);
            let (option, more) = advised(&errors).expect(&errors);
            assert_eq!(option, "--limit");
            (value, refusals) = (more.to_owned(), refusals + 1);
            assert!(refusals < 30, "{errors}");
        }
        assert!(refusals > 0, "{limit}");
    }
}

/// A file that exceeds a limit as it is by default.
#[test]
fn the_default_limits_can_be_raised() {
    let home = Home::new();
    let deep = config(&home, "deep.yml", &nested(300));
    let refused = command(&home).run(&["inspect", deep.to_str().unwrap()]);
    assert_refused(&refused, 2, &["more than 200 levels", "raise the limit with `--limit yaml_depth=400`"]);
    let _ = command(&home).run(&["inspect", deep.to_str().unwrap(), "--limit", "yaml_depth=400"]).checked();
}

#[test]
fn a_limit_can_be_lowered_and_the_last_one_counts() {
    let home = Home::new();
    let file = config(&home, "nested.yml", &nested(20));
    let run = |limits: &[&str]| command(&home).run(&[&["inspect", file.to_str().unwrap()], limits].concat());
    let _ = run(&[]).checked();
    assert_refused(
        &run(&["--limit", "yaml_depth=10"]),
        2,
        &["more than 10 levels", "`--limit yaml_depth=20`"],
    );
    assert_refused(&run(&["--limit", "yaml_depth=1"]), 2, &["more than 1 level deep"]);
    assert_refused(&run(&["--limit", "yaml_values=1"]), 2, &["over 1 value\n"]);
    let _ = run(&["--limit=yaml_depth=10", "--limit=yaml_depth=50"]).checked();
    for (limit, words) in [
        ("yaml_dept=10", "`yaml_dept` is not a limit; the limits are file_bytes, "),
        ("yaml_depth=ten", "`ten` is not a number"),
        ("yaml_depth=-1", "`-1` is not a number"),
        ("yaml_depth", "`NAME=N`"),
        ("yaml_depth=1001", "`yaml_depth` is at most 1000"),
    ] {
        assert_refused(&run(&["--limit", limit]), 2, &[words]);
    }
}

/// Even with the highest limit, and with the stack that a program has on Windows.
#[cfg(target_os = "linux")]
#[test]
fn no_limit_overflows_the_stack() {
    let home = Home::new();
    let anchors = (1..990).map(|level| format!("x{level}: &a{level} [*a{}]\n", level - 1));
    let aliases = format!("models: []\nx0: &a0 [1]\n{}", anchors.collect::<String>());
    for (name, text) in [("deep.yml", nested(990)), ("aliases.yml", aliases)] {
        let file = config(&home, name, &text);
        let limits = "--limit yaml_depth=1000 --limit yaml_aliased_values=100000000";
        let line = format!("ulimit -s 1024; exec \"$0\" inspect \"$1\" {limits}");
        let program = env!("CARGO_BIN_EXE_guardrails_command");
        let probe = telemetry_tests::child::Probe::new("/bin/sh", &home);
        let _ = probe.run(&["-c", &line, program, file.to_str().unwrap()]).checked();
    }
}

#[test]
fn a_comparison_shows_the_fields_that_differ_with_both_reasons() {
    let home = Home::new();
    let (one, other) = (example("support_bot"), example("claims_desk"));
    let differs = command(&home).run(&["inspect", &one, "--diff", &other]);
    assert_eq!((differs.code, differs.errors.as_slice()), (Some(1), [].as_slice()));
    let shown = &differs.lines;
    assert_eq!(shown[..2], [format!("--- {one}"), format!("+++ {other}")]);
    let row = |start: &str| shown.iter().position(|line| line.starts_with(start)).expect("the field differs");
    let flows = row("numCustomFlows");
    assert!(shown[flows].contains("-  3") && shown[flows].contains("rails/talk.co 3"), "{shown:?}");
    assert!(shown[flows + 1].trim_start().starts_with("+  1"), "{shown:?}");
    for same in ["sessionId", "timestamp", "nemoSource", "osName"] {
        assert!(shown.iter().all(|line| !line.starts_with(same)), "{shown:?}");
    }
    assert!(home.is_untouched());
}

#[test]
fn a_comparison_exits_with_0_if_nothing_differs_and_2_if_it_cannot_be_made() {
    let home = Home::new();
    let bot = example("support_bot");
    let same = command(&home).run(&["inspect", &bot, "--diff", &bot]).checked();
    assert_eq!(same.lines, ["Both configurations produce the same event."]);
    let json = |other: &str| command(&home).run(&["inspect", &bot, "--json", "--diff", other]);
    let [equal]: [Value; 1] = json(&bot).checked().json().try_into().unwrap();
    assert_eq!((&equal["equal"], &equal["differences"]), (&true.into(), &serde_json::json!([])));
    let outcome = json(&example("claims_desk"));
    let [differs]: [Value; 1] = outcome.json().try_into().unwrap();
    assert_eq!((outcome.code, &differs["equal"]), (Some(1), &false.into()));
    let difference = differs["differences"].as_array().unwrap().iter();
    let [flows] = difference.filter(|found| found["field"] == "numCustomFlows").collect::<Vec<_>>()[..]
    else {
        panic!("{differs}")
    };
    assert_eq!((&flows["before"]["value"], &flows["after"]["value"]), (&3.into(), &1.into()));
    assert_eq!(flows["before"]["why"], serde_json::json!(["rails/talk.co 3"]));
    assert_refused(&command(&home).run(&["inspect", &bot, "--diff", "missing"]), 2, &["missing"]);
    assert_eq!(command(&home).run(&["inspect", &bot, "--envelope", "--diff", &bot]).code, Some(2));
}

#[test]
fn tail_0_shows_nothing_and_follows_from_the_end() {
    let (server, home) = (Server::start(), Home::new());
    let report =
        || command(&home).sending_to(server.url()).run(&["report", &example("support_bot")]).checked();
    let _ = report();
    let audit =
        |arguments: &[&str]| command(&home).run(&[&["audit", "--tail"], arguments].concat()).checked().lines;
    assert_eq!(audit(&["0"]), [""; 0]);
    assert_eq!(audit(&["0", "--json"]), [""; 0]);
    assert!(text(&audit(&["0", "--verify"])).ends_with(": 0 valid events, 0 torn lines, 0 invalid events"));
    assert_eq!(audit(&["1", "--json"]), home.audit_lines());
    assert_eq!(audit(&["99", "--json"]), home.audit_lines());
    let mut following = command(&home).start(&["audit", "--tail", "0", "--follow", "--json"]);
    // Of the events that are new, it shows those that come after it has begun to follow.
    let mut shown = None;
    wait_until(|| {
        let _ = report();
        shown = following.line_within(Duration::from_millis(100));
        shown.is_some()
    });
    assert!(home.audit_lines()[1..].contains(&shown.unwrap()));
    following.kill();
}
