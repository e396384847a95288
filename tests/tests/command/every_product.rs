// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What the command of a product says about its policies.

#![cfg(target_os = "linux")]

use std::fs;

use serde_json::Value;
use telemetry_tests::child::Probe;
use telemetry_tests::home::Home;
use telemetry_tests::marked_home::{OTHER_USER, is_privileged};
use telemetry_tests::skipped::skipped;

fn command(home: &Home) -> Probe {
    Probe::new(env!("CARGO_BIN_EXE_agent_toolkit_command"), home)
}

fn status(home: &Home) -> Value {
    let [status] = command(home).run(&["status", "--json"]).checked().json().try_into().expect("one line");
    status
}

/// Writes the answer to the product's question.
fn answer(home: &Home, consent: &str) {
    let file = home.path().join(".config/nat/telemetry.toml");
    fs::create_dir_all(file.parent().expect("it is in a directory")).expect("the home is ours");
    let text = format!("[telemetry]\nconsent = {consent}\nprompt_version = \"1.0\"\n");
    fs::write(file, text).expect("the home is ours");
}

#[test]
fn status_says_who_has_to_agree_and_who_has() {
    let home = Home::new();
    let before = status(&home);
    assert_eq!((&before["enabled"], &before["decided_by"]), (&false.into(), &"missing opt-in".into()));
    answer(&home, "\"enabled\"");
    let after = status(&home);
    assert_eq!((&after["enabled"], &after["decided_by"]), (&true.into(), &Value::Null));
    assert_eq!(after["consent"], "off unless a variable or the consent file opts in and nothing opts out");
    assert_eq!(after["session"], "32 random digits for each process");
    assert_eq!(after["consent_file"], home.path().join(".config/nat/telemetry.toml").to_str().unwrap());
    let file = after["signals"]
        .as_array()
        .unwrap()
        .iter()
        .find(|signal| signal["signal"] == "consent file")
        .unwrap();
    assert_eq!((&file["value"], &file["opts_out"]), (&"opts in".into(), &false.into()));
    answer(&home, "maybe");
    let shown = command(&home).run(&["status"]).checked().lines.join("\n");
    assert!(shown.starts_with("Usage telemetry of agent_toolkit is off: consent file opts out."), "{shown}");
    assert!(shown.contains("line 2 is not understood"), "{shown}");
    assert!(shown.contains("any value but 1, true, yes"), "{shown}");
    let decisions = shown.lines().skip_while(|line| !line.starts_with("SIGNAL")).skip(1);
    let decisions: Vec<&str> = decisions.take_while(|line| !line.is_empty()).collect();
    let is_told = |line: &&str| line.ends_with("  opts out") || line.ends_with("  does not opt out");
    assert!(decisions.len() > 3 && decisions.iter().all(is_told), "{shown}");
}

#[test]
fn enable_says_how_to_agree() {
    let home = Home::new();
    let enable = || command(&home).run(&["enable"]).checked().lines.join("\n");
    let shown = enable();
    assert!(
        shown.contains("still off until you opt in: NAT_TELEMETRY_ENABLED=yes, or `consent` in "),
        "{shown}"
    );
    assert!(shown.contains(".config/nat/telemetry.toml"), "{shown}");
    answer(&home, "\"enabled\"");
    assert!(enable().contains("Telemetry is on."));
    let disabled = command(&home).run(&["disable"]).checked().lines.join("\n");
    assert!(disabled.contains(".config/nat/do_not_track"), "{disabled}");
    assert_eq!(status(&home)["decided_by"], "marker file");
}

#[test]
fn without_a_home_a_request_to_turn_it_off_fails_and_says_what_to_do() {
    if !is_privileged() {
        return skipped("it takes privileges to become a user without a home");
    }
    let home = Home::for_everyone();
    for arguments in [["disable"], ["enable"]] {
        let outcome = command(&home).without("HOME").as_user(OTHER_USER.parse().unwrap()).run(&arguments);
        assert_eq!((outcome.code, outcome.lines.as_slice()), (Some(1), [].as_slice()), "{arguments:?}");
        let [problem, help] = outcome.errors.as_slice() else { panic!("{:?}", outcome.errors) };
        assert_eq!(*problem, "error: there is no home directory, so there is no place for the marker file");
        assert!(help.starts_with("help: set `HOME`") && help.contains("`--machine`"), "{help}");
    }
    assert!(home.is_untouched());
}
