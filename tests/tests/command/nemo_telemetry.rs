// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The command `nemo-telemetry`, run as its users run it.

mod audit;
mod completions;
mod consent;
mod examples;
mod hostile;
mod inspect;
mod json;
mod options;
mod page;
mod report;
mod terminal;

use std::path::Path;

use telemetry_tests::child::{Outcome, Probe};
use telemetry_tests::home::Home;

const EXAMPLES: [&str; 4] = ["support_bot", "voice_assistant", "content_safety", "claims_desk"];

pub(crate) fn command(home: &Home) -> Probe {
    Probe::new(env!("CARGO_BIN_EXE_guardrails_command"), home)
}

pub(crate) fn example(name: &str) -> String {
    format!("{}/../examples/{name}", env!("CARGO_MANIFEST_DIR"))
}

pub(crate) fn text(lines: &[String]) -> String {
    lines.join("\n")
}

/// The names in the list of subcommands of this help, without `help` itself.
pub(crate) fn subcommands(help: &str) -> Vec<String> {
    let listed =
        help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let names =
        listed.filter(|line| !line.starts_with("   ")).filter_map(|line| line.split_whitespace().next());
    names.filter(|name| *name != "help").map(str::to_owned).collect()
}

/// Checks that the command failed with `code`, printed nothing to standard output and said all of `words`.
fn assert_refused(outcome: &Outcome, code: i32, words: &[&str]) {
    let errors = text(&outcome.errors);
    assert_eq!((outcome.code, outcome.lines.as_slice()), (Some(code), [].as_slice()), "{errors}");
    for word in words {
        assert!(errors.contains(word), "{word:?} is not in {errors}");
    }
}

#[test]
fn bad_usage_exits_with_2() {
    for arguments in [
        &[] as &[&str],
        &["inspect"],
        &["inspect", "c", "--engine", "None"],
        &["inspect", "c", "--json", "--envelope"],
        &["inspect", "c", "--compat", "0.21"],
        &["report", "c", "--deployment-type", "cloud"],
        &["explode"],
    ] {
        assert_eq!(command(&Home::new()).run(arguments).code, Some(2), "{arguments:?}");
    }
}

#[test]
fn features_lists_flows_and_aliases_with_their_place() {
    let outcome = command(&Home::new()).run(&["features", "--json"]).checked();
    let [features] = outcome.json().try_into().unwrap();
    let flows = features["flows"].as_array().unwrap();
    assert_eq!((flows.len(), features["aliases"].as_array().unwrap().len()), (80, 4));
    for flow in flows {
        assert!(Path::new(flow["file"].as_str().unwrap()).ends_with("src/tables/builtin.rs"), "{flow}");
        assert!(flow["line"].as_u64().unwrap() > 0, "{flow}");
    }
    let table = command(&Home::new()).run(&["features"]).checked().lines;
    assert!(
        table
            .iter()
            .any(|line| line.starts_with("self check hallucination  ") && line.contains("self_check"))
    );
}

#[test]
fn another_product_has_its_own_command_in_three_lines() {
    let home = Home::new();
    let run = |arguments: &[&str]| {
        Probe::new(env!("CARGO_BIN_EXE_product_command"), &home)
            .env("OPENSHELL_TELEMETRY_ENDPOINT", "http://[::1]:9/")
            .run(arguments)
            .checked()
    };
    let [status] = run(&["status", "--json"]).json().try_into().unwrap();
    assert_eq!((&status["enabled"], &status["endpoint"]), (&true.into(), &"http://[::1]:9/".into()));
    run(&["disable"]);
    assert!(home.path().join(".config/openshell/do_not_track").exists());
    assert!(text(&run(&["status"]).lines).contains("openshell is off"));
    assert_eq!(run(&["--version"]).lines, ["openshell 1.2.3"]);
    assert_eq!(run(&["--help"]).lines[0], "See what usage telemetry openshell sends, and turn it off");
}
