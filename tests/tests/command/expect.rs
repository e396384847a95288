// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `expect`: programs whose events are compared with a manifest.

#[cfg(unix)]
mod names;
#[cfg(unix)]
mod page;
#[cfg(unix)]
mod programs;
#[cfg(unix)]
mod signals;

use std::fs;
use std::path::Path;

use serde_json::Value;
use telemetry_tests::child::{Outcome, Probe};
use telemetry_tests::home::Home;

const COMMAND: &str = env!("CARGO_BIN_EXE_guardrails_command");
const CONFIG: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/support_bot");

/// Expects one event of the configuration `CONFIG`, which the command itself reports.
const ONE: &str = "settle = \"20ms\"\nsessions = 1\naudit = \"equal\"\n[[event]]\nname = \"guardrails_usage_event\"\ncount = 1\n\
     fields = { railsEngine = \"LLMRails\", numCustomFlows = { min = 3, max = 3 } }\n";

/// A home directory with a manifest.
fn home_with(manifest: &str) -> Home {
    let home = Home::new();
    fs::write(home.path().join("expect.toml"), manifest).unwrap();
    home
}

/// Runs `expect` in the home directory, in an environment that would opt out and send elsewhere.
fn expect(home: &Home, options: &[&str], program: &[&str]) -> Outcome {
    let command = Probe::new(COMMAND, home).env("CI", "true").env("DO_NOT_TRACK", "1");
    let command = command.sending_to("https://events.invalid/").env("HTTPS_PROXY", "http://127.0.0.1:2");
    let mut arguments = vec!["expect", "--manifest", "expect.toml"];
    arguments.extend(options);
    arguments.push("--");
    arguments.extend(program);
    command.run(&arguments)
}

fn report_one(home: &Home, options: &[&str]) -> Outcome {
    expect(home, options, &[COMMAND, "report", CONFIG])
}

fn files(home: &Home) -> Vec<String> {
    let entries = fs::read_dir(home.path()).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_program_that_reports_as_expected_passes_whatever_the_environment_says() {
    let home = home_with(ONE);
    let outcome = report_one(&home, &[]);
    assert_eq!((outcome.code, outcome.errors.as_slice()), (Some(0), [].as_slice()), "{:?}", outcome.lines);
    assert!(outcome.lines[0].starts_with("ok  expectations (1 event, "), "{:?}", outcome.lines);
    assert_eq!(outcome.lines[1..], ["as expected"]);
    assert_eq!(files(&home), ["expect.toml"], "the program has written to its own home directory");
}

#[test]
fn each_difference_is_reported_in_each_form_and_fails() {
    let home = home_with(&ONE.replace("LLMRails", "IORails").replace("count = 1", "count = 2"));
    let outcome = report_one(&home, &["--timeout", "5s"]);
    assert_eq!(outcome.code, Some(1));
    let text = outcome.lines.join("\n");
    for part in [
        "FAILED  expectations (1 event, ",
        "  event `guardrails_usage_event`: count\n    expected: 2\n    found:    1 (#1)",
        "  event `guardrails_usage_event`: /railsEngine\n    expected: \"IORails\"\n    found:    \"LLMRails\" (#1)",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    assert_eq!(outcome.errors, ["error: 2 differences between the events and the manifest"]);

    let outcome = report_one(&home, &["--json", "--junit", "report.xml"]);
    let json = outcome.json();
    assert_eq!((json.len(), &json[0]["met"]), (1, &Value::Bool(false)));
    let scenario = &json[0]["scenarios"][0];
    assert_eq!(scenario["differences"].as_array().unwrap().len(), 2);
    assert_eq!(scenario["events"][0]["parameters"]["railsEngine"], "LLMRails");
    let junit = fs::read_to_string(home.path().join("report.xml")).unwrap();
    assert!(
        junit.contains("<testsuite name=\"telemetry\" tests=\"1\" failures=\"1\"")
            && junit.matches("<failure").count() == 1
            && junit.matches("expected: ").count() == 2
    );
}

#[test]
fn the_time_limit_has_the_units_of_the_manifest() {
    let steps = [env!("CARGO_BIN_EXE_probe"), "wait"];
    for (time, shown) in [("50ms", "50ms"), ("1s", "1s")] {
        let manifest =
            "settle = \"20ms\"\nstop_when_met = true\n[[event]]\nname = \"guardrails_usage_event\"\n";
        let outcome = expect(&home_with(manifest), &["--timeout", time], &steps);
        assert!(outcome.lines.join("\n").contains(&format!("expected: ends within {shown} ")), "{outcome:?}");
    }
    for time in ["5", "1h", "2d", "-1s", "1441m"] {
        let outcome = expect(&home_with(ONE), &["--timeout", time], &steps);
        assert_eq!((outcome.code, outcome.lines.len()), (Some(2), 0), "{time}: {outcome:?}");
    }
}

#[test]
fn a_junit_file_does_not_replace_the_manifest() {
    let home = home_with(ONE);
    for (junit, options) in [("expect.toml", &[][..]), ("./expect.toml", &["--update"])] {
        let outcome = report_one(&home, &[&["--junit", junit], options].concat());
        assert_eq!((outcome.code, outcome.lines.len()), (Some(2), 0), "{outcome:?}");
        assert_eq!(outcome.errors[0], format!("error: `--junit` names the manifest {junit}"));
        assert_eq!(fs::read_to_string(home.path().join("expect.toml")).unwrap(), ONE);
    }
}

#[test]
#[cfg(unix)]
fn a_junit_file_can_be_the_standard_output() {
    let outcome = report_one(&home_with(ONE), &["--junit", "/dev/stdout"]);
    assert_eq!((outcome.code, outcome.errors.len()), (Some(0), 0), "{outcome:?}");
    let report = outcome.lines.iter().position(|line| line == "as expected").unwrap();
    assert!(outcome.lines[report + 1].starts_with("<?xml "), "{outcome:?}");
    assert_eq!(outcome.lines.last().unwrap(), "</testsuite>", "{outcome:?}");
}

#[test]
fn the_exit_code_of_the_program_and_its_last_lines_are_reported() {
    let fails = |manifest: &str| expect(&home_with(manifest), &[], &[COMMAND, "report", "missing"]);
    let outcome = fails("settle = \"20ms\"\n");
    let text = outcome.lines.join("\n");
    assert_eq!(outcome.code, Some(1));
    assert!(text.contains("  the command\n    expected: exits with 0\n    found:    exited with 2\n  the command printed:\n    | error: "), "{text}");
    assert_eq!(fails("settle = \"20ms\"\nexit_code = 2\nsilent = \"1ms\"\n").code, Some(0));
}

#[test]
fn a_manifest_or_a_program_that_cannot_be_used_is_bad_input() {
    let home = home_with("[[event]]\nnaem = \"a\"\n");
    let outcome = report_one(&home, &[]);
    assert_eq!((outcome.code, outcome.lines.len()), (Some(2), 0));
    assert!(
        outcome.errors == ["error: expect.toml:2:1: unknown key `naem` of an event", "help: write `name`"],
        "{:?}",
        outcome.errors
    );
    let outcome = expect(&home_with(ONE), &[], &["./missing program"]);
    assert_eq!(outcome.code, Some(2));
    assert!(outcome.errors[0].starts_with("error: cannot run './missing program': "), "{:?}", outcome.errors);
    assert_eq!(report_one(&Home::new(), &[]).code, Some(2));
}

#[test]
fn an_update_writes_a_manifest_that_passes_and_does_not_change_again() {
    let home = Home::new();
    let update = report_one(&home, &["--update"]);
    assert_eq!(
        (update.code, update.lines.as_slice()),
        (Some(0), ["Wrote expect.toml.".to_owned()].as_slice())
    );
    let read = || fs::read_to_string(home.path().join("expect.toml")).unwrap();
    let first = read();
    assert!(
        first.starts_with(
            "sessions = 1\naudit = \"equal\"\n\n[[event]]\nname = \"guardrails_usage_event\"\ncount = 1\n"
        ),
        "{first}"
    );
    assert!(
        first.contains("railsEngine = \"LLMRails\"\n") && first.contains("sessionId = { present = true }\n"),
        "{first}"
    );
    assert_eq!(report_one(&home, &[]).code, Some(0), "{first}");
    assert_eq!(report_one(&home, &["--update"]).code, Some(0));
    assert_eq!(read(), first);
}

/// The program reports although its scenario opts out, as one that does not look at the variable.
#[test]
fn an_update_does_not_turn_silence_into_expected_events() {
    let manifest = "[[scenario]]\nname = \"opted out\"\nsettle = \"20ms\"\nsilent = \"1ms\"\nenv = { DO_NOT_TRACK = \"0\" }\n";
    let home = home_with(manifest);
    let outcome = report_one(&home, &["--update"]);
    assert_eq!(fs::read_to_string(home.path().join("expect.toml")).unwrap(), manifest);
    assert_eq!(outcome.code, Some(1), "{outcome:?}");
    let [problem, help, note] = &outcome.errors[..] else { panic!("{:?}", outcome.errors) };
    let expected = "error: expect.toml:4:10: an update keeps `silent` of scenario `opted out`, which the program has broken: event `guardrails_usage_event`: 1 (#1), the first is {";
    assert!(problem.starts_with(expected), "{problem}");
    assert_eq!(help, "help: correct the program, or remove `silent` by hand if this may happen");
    assert_eq!(note, "note: the manifest was not written");
    assert!(outcome.lines[0].starts_with("FAILED  opted out (1 event, "), "{:?}", outcome.lines);
}

#[test]
fn a_program_that_has_opted_out_sends_nothing_and_writes_nothing() {
    for opt_out in
        ["env = { DO_NOT_TRACK = \"1\" }", "files = { \".config/nemoguardrails/do_not_track\" = \"\" }"]
    {
        let manifest = format!("settle = \"20ms\"\nsilent = \"200ms\"\naudit = \"absent\"\n{opt_out}\n");
        let outcome = report_one(&home_with(&manifest), &[]);
        assert_eq!(outcome.code, Some(0), "{:?}", outcome.lines);
    }
    let outcome = report_one(&home_with("settle = \"20ms\"\nsilent = \"1ms\"\n"), &[]);
    let text = outcome.lines.join("\n");
    assert!(text.contains("found:    ~/.config/nemoguardrails/usage_stats.json"), "{text}");
    assert!(text.contains("expected: 0, since no table `[[event]]` selects it"), "{text}");
}

#[test]
fn refused_events_do_not_count_and_the_audit_log_is_compared_with_the_accepted_ones() {
    let outcome =
        report_one(&home_with(&format!("respond = [503]\nexit_code = 1\n{ONE}")), &["--timeout", "2s"]);
    let text = outcome.lines.join("\n");
    assert!(text.contains("count\n    expected: 1\n    found:    0"), "{text}");
    assert!(
        text.contains(
            "audit log\n    expected: only events that the collector has accepted\n    found:    1 more: {"
        ),
        "{text}"
    );
}

#[test]
fn a_program_that_runs_on_is_stopped_at_the_time_limit_or_once_everything_has_arrived() {
    let steps = [env!("CARGO_BIN_EXE_probe"), "wait"];
    let outcome = expect(&home_with("settle = \"20ms\"\nstop_when_met = true\n"), &[], &steps);
    assert_eq!(outcome.code, Some(0), "{:?}", outcome.lines);
    let fails = [steps[0], "wait", "leave=3"];
    let outcome = expect(&home_with("settle = \"20ms\"\nstop_when_met = true\n"), &[], &fails);
    assert!(outcome.lines.join("\n").contains("exited with 3"), "{:?}", outcome.lines);
    let manifest = "settle = \"20ms\"\nstop_when_met = true\n[[event]]\nname = \"guardrails_usage_event\"\n";
    let outcome = expect(&home_with(manifest), &["--timeout", "1s"], &steps);
    let text = outcome.lines.join("\n");
    assert!(
        text.contains("  the command\n    expected: ends within 1s")
            && text.contains("`guardrails_usage_event`: count"),
        "{text}"
    );
}

/// Runs `expect` without a program, and then the product as it asks for. The directories of cargo are named too.
fn run_elsewhere(home: &Home, options: &[&str]) {
    let (cargo, rustup) = (home.path().join(".cargo"), home.path().join("rust up"));
    fs::create_dir(&cargo).unwrap();
    fs::create_dir(&rustup).unwrap();
    let arguments = [&["expect", "--manifest", "expect.toml"], options].concat();
    let waiting = Probe::new(COMMAND, home).env("RUSTUP_HOME", &rustup).start(&arguments);
    let line = waiting.line();
    let variables = line.strip_prefix("Waiting. In another terminal, run the product with ").unwrap();
    let tools = format!(" CARGO_HOME={} RUSTUP_HOME='{}'", cargo.display(), rustup.display());
    let (directory, url) = variables.strip_suffix(&tools).unwrap().split_once(' ').unwrap();
    let url = url.strip_prefix("NEMO_GUARDRAILS_USAGE_STATS_SERVER=").unwrap();
    let directory = directory.strip_prefix("HOME=").unwrap();
    let product = Probe::new(COMMAND, home).env("HOME", directory).sending_to(url);
    assert_eq!(product.run(&["report", CONFIG]).code, Some(0));
    let outcome = waiting.finish();
    assert_eq!(outcome.code, Some(0), "{:?}", outcome.lines);
    assert!(!Path::new(directory).exists(), "the home directory is removed");
}

#[test]
fn without_a_program_it_waits_for_one_that_is_run_elsewhere() {
    run_elsewhere(&home_with(&format!("timeout = \"2m\"\n{ONE}")), &[]);
}

#[test]
fn a_manifest_is_written_from_a_program_that_is_run_elsewhere() {
    let home = Home::new();
    run_elsewhere(&home, &["--update"]);
    let written = fs::read_to_string(home.path().join("expect.toml")).unwrap();
    assert!(written.contains("name = \"guardrails_usage_event\"\ncount = 1\n"), "{written}");
}
