// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The command of a product built without telemetry does not claim to have done what it cannot do.

use telemetry_tests::child::{Outcome, Probe};
use telemetry_tests::home::Home;

fn run(home: &Home, arguments: &[&str]) -> Outcome {
    Probe::new(env!("CARGO_BIN_EXE_command_without_telemetry"), home).run(arguments)
}

#[test]
fn status_alone_succeeds_and_says_why_nothing_is_sent() {
    let home = Home::new();
    assert_eq!(
        run(&home, &["status"]).checked().lines,
        ["This program was built without telemetry: it collects and sends nothing."]
    );
    let [status] = run(&home, &["status", "--json"]).checked().json().try_into().expect("one line");
    assert_eq!(status, serde_json::json!({"enabled": false, "decided_by": "built without telemetry"}));
    assert!(home.is_untouched());
}

#[test]
fn every_other_command_fails_says_what_was_not_done_and_what_to_do() {
    let home = Home::new();
    for arguments in [
        &["disable"][..],
        &["disable", "--machine"],
        &["disable", "--machine", "--all-products"],
        &["enable"],
        &["audit"],
        &["audit", "--verify"],
        &["schema"],
        &["schema", "--check", "missing.json"],
        &["schema", "--write", "events.json"],
        &["schema", "--diff", "old.json", "new.json"],
        &["schema", "--markdown"],
        &["new-event", "--all", "--from", "missing.json"],
        &["collect"],
    ] {
        let outcome = run(&home, arguments);
        assert_eq!((outcome.code, outcome.lines.as_slice()), (Some(1), [].as_slice()), "{arguments:?}");
        let [problem, help] = outcome.errors.as_slice() else {
            panic!("{arguments:?}: {:?}", outcome.errors)
        };
        assert_eq!(
            *problem,
            format!("error: `{}` did nothing: this program was built without telemetry", arguments[0])
        );
        assert!(help.starts_with("help: run the same command of a build with telemetry"), "{help}");
    }
    assert!(home.is_untouched());
}
