// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `--json`: each subcommand prints its result for programs too, with keys that do not change.

use serde_json::{Value, json};
use telemetry_tests::child::{Outcome, Probe};
use telemetry_tests::home::Home;
use telemetry_tests::server::{DOWN, Server};

use crate::nemo_telemetry::{assert_refused, command, example, subcommands, text};

fn object(outcome: &Outcome) -> Value {
    let [object] = outcome.json().try_into().expect("one line");
    object
}

fn keys(object: &Value) -> Vec<&str> {
    object.as_object().expect("an object").keys().map(String::as_str).collect()
}

#[test]
fn each_subcommand_prints_json() {
    let home = Home::new();
    let all = subcommands(&text(&command(&home).run(&["-h"]).checked().lines));
    assert!(all.len() > 9, "{all:?}");
    // Except the one that prints a script.
    for name in all.iter().filter(|name| *name != "completions") {
        let help = text(&command(&home).run(&[name, "--help"]).checked().lines);
        assert!(help.contains("--json"), "{name}: {help}");
    }
}

#[test]
fn disable_and_enable_tell_what_they_changed_and_what_decides() {
    let home = Home::new();
    let run = |probe: Probe, name: &str| object(&probe.run(&[name, "--json"]).checked());
    let marker = home.marker();
    let expected = |enabled: bool, decided_by: Option<&str>, changed: bool| json!({"enabled": enabled, "decided_by": decided_by, "marker_file": marker, "changed": changed});
    let plain = || command(&home);
    assert_eq!(run(plain(), "disable"), expected(false, Some("marker file"), true));
    assert_eq!(run(plain(), "disable"), expected(false, Some("marker file"), false));
    assert_eq!(run(plain().env("CI", "1"), "enable"), expected(false, Some("CI"), true));
    assert_eq!(run(plain(), "enable"), expected(true, None, false));
}

#[test]
fn an_error_is_text_on_standard_error_even_where_json_was_asked_for() {
    let home = Home::new();
    std::fs::create_dir_all(home.marker()).unwrap();
    assert_refused(&command(&home).run(&["enable", "--json"]), 1, &["cannot remove", "help: "]);
    assert_refused(&command(&home).run(&["inspect", "missing", "--json"]), 2, &["missing", "help: "]);
}

#[test]
fn report_tells_whether_the_event_was_accepted() {
    let (server, home) = (Server::start(), Home::new());
    let report = |probe: Probe| probe.run(&["report", &example("support_bot"), "--json"]);
    let sent = object(&report(command(&home).sending_to(server.url())).checked());
    assert_eq!((&sent["sent"], &sent["status"], &sent["error"]), (&true.into(), &200.into(), &Value::Null));
    assert_eq!(sent["audit_file"], home.audit_file().to_str().unwrap());
    assert_eq!((&sent["stats"]["produced"], &sent["endpoint"]), (&1.into(), &server.url().into()));
    assert!(sent["elapsed_ms"].is_u64(), "{sent}");
    let unreachable = report(command(&home).sending_to(DOWN));
    let failed = object(&unreachable);
    assert_eq!((unreachable.code, unreachable.errors.as_slice()), (Some(1), [].as_slice()));
    assert_eq!((&failed["sent"], &failed["status"]), (&false.into(), &Value::Null));
    assert!(!failed["error"].as_str().unwrap().is_empty(), "{failed}");
    assert_eq!(keys(&sent), keys(&failed));
    let silent = object(&report(command(&home).env("DO_NOT_TRACK", "1")).checked());
    assert_eq!(silent, json!({"sent": false, "decided_by": "DO_NOT_TRACK"}));
}

#[test]
fn audit_verify_counts_events_and_lists_each_problem() {
    let (server, home) = (Server::start(), Home::new());
    let _ = command(&home).sending_to(server.url()).run(&["report", &example("support_bot")]).checked();
    let verify = || command(&home).run(&["audit", "--verify", "--json"]);
    let log = home.audit_file();
    let expected = |torn: u32, invalid: u32, problems: Value| json!({"file": log, "valid": 1, "torn": torn, "invalid": invalid, "problems": problems});
    assert_eq!(object(&verify().checked()), expected(0, 0, json!([])));
    let line = std::fs::read_to_string(&log).unwrap();
    std::fs::write(&log, format!("{line}{{torn\n{}", line.replace("\"library\"", "\"garage\""))).unwrap();
    let outcome = verify();
    assert_eq!((outcome.code, outcome.errors.as_slice()), (Some(1), [].as_slice()));
    let place = |line: u32| format!("{}:{line}", log.display());
    let torn = json!({"place": place(2), "pointer": null, "problem": "torn line"});
    let invalid = json!({"place": place(3), "pointer": "/deploymentType", "problem": "cannot be `garage`"});
    assert_eq!(object(&outcome), expected(1, 1, json!([torn, invalid])));
}

#[test]
fn schema_operations_list_differences_with_event_and_property() {
    let home = Home::new();
    let run = |arguments: &[&str]| command(&home).run(&[&["schema", "--json"], arguments].concat());
    let file = "schema.json";
    assert_eq!(
        object(&run(&["--write", file]).checked()),
        json!({"file": file, "changed": true, "kept": []})
    );
    assert_eq!(
        object(&run(&["--write", file]).checked()),
        json!({"file": file, "changed": false, "kept": []})
    );
    let current = json!({"file": file, "current": true, "differences": [], "not_compared": []});
    assert_eq!(object(&run(&["--check", file]).checked()), current);
    assert_eq!(object(&run(&["--diff", file]).checked()), json!({"differences": [], "not_compared": []}));
    let path = home.path().join(file);
    let changed = std::fs::read_to_string(&path).unwrap().replace("\"IORails\"", "\"OldRails\"");
    std::fs::write(&path, changed).unwrap();
    for (arguments, code) in [(["--check", file], Some(1)), (["--diff", file], Some(0))] {
        let outcome = run(&arguments);
        assert_eq!((outcome.code, outcome.errors.as_slice()), (code, [].as_slice()));
        let found = &object(&outcome)["differences"][0];
        assert_eq!(
            (&found["event"], &found["property"]),
            (&"guardrails_usage_event".into(), &"railsEngine".into())
        );
        assert!(found["message"].as_str().unwrap().contains("`OldRails`"), "{found}");
    }
    assert_eq!(run(&["--markdown"]).code, Some(2), "a table is not JSON");
}

#[test]
fn new_event_prints_the_source_as_a_text() {
    let home = Home::new();
    let _ = command(&home).run(&["schema", "--write", "schema.json"]).checked();
    let arguments = ["new-event", "--all", "--from", "schema.json"];
    let source = command(&home).run(&arguments).checked().lines;
    let json = object(&command(&home).run(&[&arguments[..], &["--json"]].concat()).checked());
    assert_eq!(json["source"].as_str().unwrap().lines().collect::<Vec<_>>(), source);
    assert_eq!(json["undescribed"], json!([]));
}
