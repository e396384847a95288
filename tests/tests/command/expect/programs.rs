// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Programs that misbehave, and the rules of schemas for what they send.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use serde_json::json;
use telemetry_tests::child::{Outcome, Probe};
use telemetry_tests::home::Home;
use telemetry_tests::waiting::becomes_true;

use super::home_with;

/// Functions of a shell: `connect` opens a connection to the collector, and `report PARAMETERS` sends an event on it. The variables
/// `client`, `event` and `version` make it one of another product.
pub(crate) const FUNCTIONS: &str = r#"
    address=${OPENSHELL_TELEMETRY_ENDPOINT#http://}; address=${address%%/*}
    connect() { exec 3<>"/dev/tcp/${address%:*}/${address#*:}"; }
    report() {
        body='{"clientId":"'${client:-415437562476676}'","eventSchemaVer":"'${version:-4.0}'","sessionId":"s","events":[{"name":"'${event:-openshell_lifecycle_event}'","parameters":'$1'}]}'
        connect
        printf 'POST / HTTP/1.1\r\ncontent-length: %d\r\n\r\n%s' "${#body}" "$body" >&3
        read -r status <&3
    }
"#;

const CREATED: &str =
    r#"'{"nvidiaSource":"openshell","resource":"sandbox","operation":"create","outcome":"success"}'"#;
const STOLEN: &str =
    r#"'{"nvidiaSource":"openshell","resource":"sandbox","operation":"steal","outcome":"success"}'"#;

/// Expects the number of events at its end.
const MANIFEST: &str = "settle = \"50ms\"\n[[event]]\nname = \"openshell_lifecycle_event\"\ncount = ";

/// `expect` of OpenShell for a script.
pub(crate) fn expect(home: &Home) -> Probe {
    let command = Probe::new(env!("CARGO_BIN_EXE_products_command"), home).env("PRODUCT", "openshell");
    command.env("PATH", "/usr/bin:/bin")
}

fn arguments<'a>(options: &[&'a str], script: &'a str) -> Vec<&'a str> {
    [&["expect", "--manifest", "expect.toml"], options, &["--", "bash", "-c", script]].concat()
}

fn run(home: &Home, options: &[&str], script: &str) -> Outcome {
    expect(home).run(&arguments(options, &format!("{FUNCTIONS}{script}")))
}

/// The process whose id a script has written to the file.
pub(super) fn has_ended(home: &Home, file: &str) -> bool {
    let id = fs::read_to_string(home.path().join(file)).unwrap();
    becomes_true(|| {
        let state = fs::read_to_string(format!("/proc/{}/stat", id.trim())).unwrap_or_default();
        state.is_empty() || state.contains(") Z ")
    })
}

#[test]
fn events_that_the_schema_of_the_product_does_not_allow_are_differences() {
    let home = home_with(&format!("{MANIFEST}2\n"));
    assert_eq!(run(&home, &[], &format!("report {CREATED}; report {CREATED}")).code, Some(0));

    let script = format!("report {CREATED}; report {STOLEN}");
    let outcome = run(&home, &[], &script);
    let text = outcome.lines.join("\n");
    assert_eq!(outcome.code, Some(1));
    let expected = "  event `openshell_lifecycle_event`: /operation\n    expected: what the schema allows\n    found:    cannot be `steal` (#2)";
    assert!(text.contains(expected), "{text}");

    let outcome = run(&home, &["--json", "--junit", "report.xml"], &script);
    let report = &outcome.json()[0]["scenarios"][0];
    assert_eq!(report["differences"][0]["subject"], "event `openshell_lifecycle_event`: /operation");
    assert_eq!(report["events"][0]["valid"], true);
    let violations = json!([{"pointer": "/operation", "message": "cannot be `steal`"}]);
    assert_eq!(report["events"][1]["violations"], violations);
    let junit = fs::read_to_string(home.path().join("report.xml")).unwrap();
    assert!(
        junit.contains("/operation\n  expected: what the schema allows\n  found:    cannot be `steal` (#2)"),
        "{junit}"
    );

    let before = fs::read_to_string(home.path().join("expect.toml")).unwrap();
    let outcome = run(&home, &["--update"], &script);
    assert_eq!(
        (outcome.code, fs::read_to_string(home.path().join("expect.toml")).unwrap()),
        (Some(1), before)
    );
    let [problem, help] = &outcome.errors[..] else { panic!("{:?}", outcome.errors) };
    assert!(problem.starts_with("error: the manifest was not written: 1 difference "), "{problem}");
    assert!(help.starts_with("help: correct the program or its schema"), "{help}");
}

#[test]
fn schema_files_come_first_and_unknown_products_are_accepted_on_request() {
    let home = home_with(&format!("{MANIFEST}1\n"));
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/openshell_lifecycle_event.json");
    let wider = fs::read_to_string(schema).unwrap().replace("\"create\"", "\"create\", \"steal\"");
    fs::write(home.path().join("wider.json"), wider).unwrap();
    let steal = format!("report {STOLEN}");
    assert_eq!(run(&home, &["--schema", "wider.json"], &steal).code, Some(0));

    let names = fs::read_to_string(home.path().join("wider.json"))
        .unwrap()
        .replace("openshell_lifecycle_event", "other_event");
    fs::write(home.path().join("renamed.json"), names).unwrap();
    let outcome = run(&home, &["--schema", "renamed.json"], &format!("report {CREATED}"));
    assert!(outcome.code == Some(2) && outcome.errors[1].contains("`other_event`"), "{outcome:?}");

    let other = format!("client=7; report {CREATED}");
    let outcome = run(&home, &[], &other);
    let text = outcome.lines.join("\n");
    let expected = "  event `openshell_lifecycle_event`: envelope /clientId\n    expected: what the schema allows\n    found:    is \"7\", and has to be \"415437562476676\" (#1)";
    assert!(outcome.code == Some(1) && text.contains(expected), "{text}");
    assert_eq!(run(&home, &["--accept-unknown"], &other).code, Some(0));

    let outcome = run(&home, &["--schema", "missing.json"], &other);
    assert!(outcome.errors[0].starts_with("error: cannot read missing.json: "), "{:?}", outcome.errors);
    assert_eq!((outcome.code, outcome.lines.len()), (Some(2), 0));
}

#[test]
fn an_event_that_comes_after_everything_has_arrived_is_found() {
    let late = format!("report {CREATED}; (sleep 0.1; report {CREATED}) & exit 0");
    let home = home_with(&format!("{MANIFEST}1\n").replace("50ms", "2s"));
    let outcome = run(&home, &[], &late);
    let text = outcome.lines.join("\n");
    assert!(text.contains("count\n    expected: 1\n    found:    2 (#1, #2)"), "{text}");
}

#[test]
fn a_scenario_whose_files_contradict_each_other_cannot_start() {
    let home = home_with("files = { a = \"\", \"a/b\" = \"\" }\n");
    let outcome = run(&home, &[], "true");
    assert!(outcome.code == Some(1) && outcome.lines.is_empty(), "{outcome:?}");
    assert!(
        outcome.errors[0].starts_with("error: cannot start a scenario: cannot write `a/b`: "),
        "{outcome:?}"
    );
}

/// The error and the help for a program that cannot be started.
fn cannot_run(home: &Home, program: &str) -> [String; 2] {
    let outcome = expect(home).run(&["expect", "--manifest", "expect.toml", "--", program]);
    assert_eq!((outcome.code, outcome.lines.len()), (Some(2), 0), "{outcome:?}");
    outcome.errors.try_into().unwrap()
}

#[test]
fn a_program_that_cannot_be_started_is_an_error_with_a_remedy_for_its_cause() {
    let home = home_with("");
    let write = |name: &str, text: &str, mode: u32| {
        let file = home.path().join(name);
        fs::write(&file, text).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
    };
    write("plain", "", 0o644);
    write("greeting", "#!/no/such/interpreter\n", 0o755);
    write("text", "echo hello\n", 0o755);
    for (program, help) in [
        ("missing", "check the name, or write the path of the program: it is in no directory of `PATH`"),
        ("greeting", "write its path: ./greeting"),
        ("echo hello", "write the program and each of its arguments as a text of its own"),
        ("./missing", "check the path: a relative one starts in the current directory"),
        ("~/bin/shop", "write the path in full: `~` and `$` are not expanded"),
        ("$HOME/shop", "write the path in full: `~` and `$` are not expanded"),
        ("./plain", "make the file executable: `chmod +x ./plain`"),
        ("./greeting", "check the interpreter that the file needs: its first line for a script"),
        (
            "./text",
            "check that the file is a program for this machine; a script begins with a line such as `#!/bin/sh`",
        ),
        ("/tmp", "write the path of a program in the directory"),
    ] {
        let [error, found] = cannot_run(&home, program);
        assert!(error.starts_with("error: cannot run ") && error.contains(program), "{error}");
        assert_eq!(found, format!("help: {help}"), "{program}");
    }
}

#[test]
fn an_event_that_is_sent_again_after_a_refusal_counts_once() {
    let home = home_with(&format!("respond = [503]\nsessions = 1\n{MANIFEST}1\n"));
    let outcome = run(&home, &[], &format!("report {CREATED}; report {CREATED}"));
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
}

#[test]
fn a_silent_program_opens_no_connection() {
    let home = home_with("settle = \"20ms\"\nsilent = \"1ms\"\n");
    assert_eq!(run(&home, &[], "true").code, Some(0));
    let refused = home_with("settle = \"20ms\"\nsilent = \"1ms\"\nrespond = [503]\n");
    for (home, script) in [
        (&home, "connect".to_owned()),
        (&home, "connect; printf 'POST / HT' >&3".to_owned()),
        (&refused, format!("report {CREATED}")),
    ] {
        let outcome = run(home, &[], &script);
        let text = outcome.lines.join("\n");
        assert!(
            text.contains("  connections\n    expected: 0\n    found:    1 without an accepted event"),
            "{script}: {text}"
        );
    }
}

#[test]
fn a_silent_program_writes_nothing_in_its_home_directory_but_what_it_may() {
    let script = "mkdir -p ~/.cache; echo x > ~/.cache/leak; echo x > ~/.leak; mktemp > /dev/null; echo x > $'/'$HOME$'/\\e[2J'";
    let home = home_with("settle = \"20ms\"\nsilent = \"1ms\"\n");
    let outcome = run(&home, &[], script);
    let text = outcome.lines.join("\n");
    assert_eq!((outcome.code, text.matches("expected: no file").count()), (Some(1), 4), "{text}");
    for file in ["~/.cache/leak\n", "~/.leak\n", "~/tmp/tmp.", "~/\\u{1b}[2J\n"] {
        assert!(text.contains(&format!("  files\n    expected: no file\n    found:    {file}")), "{text}");
    }
    let may_write = "may_write = [\".cache\", \".leak\", \"tmp\", \"\\u001b[2J\"]";
    fs::write(home.path().join("expect.toml"), format!("silent = \"1ms\"\n{may_write}\n")).unwrap();
    assert_eq!(run(&home, &[], script).code, Some(0));
    assert_eq!(run(&home, &["--update"], script).code, Some(0));
    let written = fs::read_to_string(home.path().join("expect.toml")).unwrap();
    assert!(written.contains("may_write = [\".cache\", \".leak\", \"tmp\", "), "{written}");
    let removes = home_with("files = { kept = \"\" }\nsilent = \"1ms\"\n");
    let text = run(&removes, &[], "rm ~/kept").lines.join("\n");
    assert!(text.contains("found:    ~/kept (removed)\n"), "{text}");
}

#[test]
fn all_processes_of_a_program_end_with_its_scenario() {
    let home = home_with("settle = \"20ms\"\n");
    let outcome = run(&home, &[], "sleep 600 & echo $! > left; exit 0");
    assert!(outcome.code == Some(0) && has_ended(&home, "left"), "{outcome:?}");

    fs::write(home.path().join("expect.toml"), "settle = \"20ms\"\ntimeout = \"2s\"\n").unwrap();
    let outcome = run(&home, &[], "trap '' TERM; sleep 600 & echo $! > left; wait; wait");
    let text = outcome.lines.join("\n");
    assert!(text.contains("expected: ends within 2s"), "{text}");
    assert!(has_ended(&home, "left"), "{text}");
}

#[test]
fn a_program_that_does_not_read_its_input_is_asked_to_end_and_can_still_write() {
    let home = home_with("settle = \"20ms\"\nstop_when_met = true\n");
    let outcome = run(&home, &[], "trap 'echo ended > ended; exit 5' TERM; while :; do sleep 0.05; done");
    assert_eq!(
        outcome.code,
        Some(0),
        "the code of a program that is stopped by a signal does not matter: {outcome:?}"
    );
    assert!(home.path().join("ended").exists());
}

#[test]
fn much_output_is_read_and_its_end_is_shown() {
    let home = home_with("settle = \"20ms\"\n");
    let outcome = run(&home, &[], "head -c 20000000 /dev/zero | tr '\\0' x; echo; echo the end; exit 3");
    let text = outcome.lines.join("\n");
    assert!(text.contains("found:    exited with 3") && text.contains("\n    | the end\n"), "{}", text.len());
    assert!(text.len() < 10_000, "{}", text.len());
}
