// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Manifests that are written from events.

use super::*;

/// A scenario with one event of these parameters, as an update writes it.
fn updated_fields(parameters: &str) -> String {
    let mut manifest = Manifest::empty();
    let observed = observed(vec![event(1, "s", "a", parameters)]);
    let case = Case::new(&manifest.scenarios()[0], observed, String::new(), Duration::ZERO);
    let report = Report::from(case);
    manifest.update(&report).unwrap();
    let written = manifest.to_toml();
    let again = report.compared_with(&Manifest::parse(&written).unwrap());
    assert!(again.is_met(), "{written}\n{again}");
    written.split_once("[event.fields]\n").map_or(String::new(), |(_, fields)| fields.to_owned())
}

#[test]
fn an_update_expects_no_value_that_another_run_or_another_machine_may_not_have() {
    for (parameters, written) in [
        (r#"{"at": "2026-01-01T00:00:00Z"}"#, "at = { present = true }\n"),
        (r#"{"runId": "7"}"#, "runId = { present = true }\n"),
        (r#"{"session_token": "x"}"#, "session_token = { present = true }\n"),
        (r#"{"hostName": "x"}"#, "hostName = { present = true }\n"),
        (r#"{"pythonVersion": "3.12"}"#, "pythonVersion = { present = true }\n"),
        (r#"{"durationMs": -1}"#, "durationMs = { present = true }\n"),
        (r#"{"durationMs": 12.5}"#, "durationMs = { min = 0 }\n"),
        (r#"{"digest": "9f86d081884c7d659a2feaa0c55ad015"}"#, "digest = { present = true }\n"),
        (r#"{"steps": [{"name": "x", "latencyMs": 3}]}"#, "steps = { present = true }\n"),
        (r#"{"runs": ["0b6e7a1c-0000-4000-8000-00000000000a"]}"#, "runs = { present = true }\n"),
        (r#"{"steps": [{"name": "x"}], "kind": "a b"}"#, "steps = [{ name = \"x\" }]\nkind = \"a b\"\n"),
        (
            r#"{"/x": 1, "": 2, "a~b": true, "é": "\u0000"}"#,
            "\"/~1x\" = 1\n\"/\" = 2\n\"/a~0b\" = true\n\"é\" = \"\\U00000000\"\n",
        ),
        (r#"{"n": 1e400}"#, "n = { present = true }\n"),
        (r#"{"n": -9223372036854775808}"#, "n = -9223372036854775808\n"),
        (r#"{"n": 1E2}"#, "n = 1E2\n"),
    ] {
        assert_eq!(updated_fields(parameters), written, "{parameters}");
    }
}

#[test]
fn an_update_cannot_hide_that_a_run_has_failed() {
    let mut manifest = Manifest::parse("exit_code = 0\n").unwrap();
    let ending = Some(Ending::TimedOut(Duration::from_secs(1)));
    let failed = Observed { ending, refused: vec!["the body is not UTF-8".into()], ..observed(events()) };
    let report = Report::from(Case::new(&manifest.scenarios()[0], failed, String::new(), Duration::ZERO));
    manifest.update(&report).unwrap();
    let rest = report.compared_with(&manifest);
    let subjects: Vec<&str> = rest.differences().map(|difference| difference.subject.as_str()).collect();
    assert_eq!(subjects, ["the command", "a request"]);
}

/// The report of a run with these expectations.
fn report(manifest: &Manifest, observed: Observed) -> Report {
    Report::from(Case::new(&manifest.scenarios()[0], observed, String::new(), Duration::ZERO))
}

#[test]
fn an_update_keeps_each_promise_about_privacy_that_is_broken_and_changes_nothing() {
    let none = || observed(Vec::new());
    let with_file = || Observed { changes: vec![new_file(".leak")], ..none() };
    let connected = || Observed { connections: 1, ..none() };
    let refused = || Observed { refused: vec!["the body is not JSON".into()], ..connected() };
    let unlogged = || Observed { audit: AuditLog::Missing, ..observed(events()) };
    for (text, observed, place, broken) in [
        (
            "silent = \"1s\"\n",
            observed(events()),
            "1:10",
            "`silent`, which the program has broken: event `login`: 2 (#1, #2), the first is {\"n\": 1, \"kind\": \"a\"}, event `order`: 2 (#3, #4)",
        ),
        (
            "[[scenario]]\nname = \"out\"\nsilent = \"1s\"\n",
            with_file(),
            "3:10",
            "`silent` of scenario `out`, which the program has broken: files: ~/.leak",
        ),
        (
            "silent = \"1s\"\n",
            connected(),
            "1:10",
            "`silent`, which the program has broken: connections: 1 without",
        ),
        (
            "silent = \"1s\"\n",
            refused(),
            "1:10",
            "`silent`, which the program has broken: a request: the body is not JSON",
        ),
        (
            "audit = \"absent\"\n",
            observed(events()),
            "1:9",
            "`audit`, which the program has broken: audit log: a file with 4 lines",
        ),
        (
            "audit = \"equal\"\n",
            unlogged(),
            "1:9",
            "`audit`, which the program has broken: audit log: no file",
        ),
        (
            "[[event]]\nname = \"login\"\n[event.fields]\nn = 1\nkind = { absent = true }\n",
            observed(events()),
            "5:1",
            "`absent`, which the program has broken: event `login`: /kind: \"a\" (#1), event `login`: /kind: \"b\" (#2)",
        ),
        (
            "[[event]]\nname = \"login\"\nenvelope = { clientVer = { absent = true } }\n",
            observed(events()),
            "3:14",
            "`absent`, which the program has broken: event `login`: envelope /clientVer: \"1.0\" (#1, #2)",
        ),
        (
            "[[event]]\nname = \"login\"\ncount = 0\n",
            observed(events()),
            "2:8",
            "`count = 0`, which the program has broken: event `login`: count: 2 (#1, #2)",
        ),
        (
            "[[event]]\nname = \"login\"\nwhere = { kind = \"b\" }\nat_most = 0\n",
            observed(events()),
            "2:8",
            "`count = 0`, which",
        ),
    ] {
        let mut manifest = Manifest::parse(text).unwrap();
        let before = manifest.to_toml();
        let error = manifest.update(&report(&manifest, observed)).unwrap_err().to_string();
        let expected = format!("manifest:{place}: an update keeps {broken}");
        assert!(error.starts_with(&expected), "{error}");
        assert!(error.contains("\nhelp: correct the program, or remove `"), "{error}");
        assert_eq!(manifest.to_toml(), before);
    }
}

#[test]
fn an_update_keeps_each_promise_about_privacy_that_is_met() {
    for (text, observed, kept) in [
        ("silent = \"1s\"\n", observed(Vec::new()), "silent = \"1s\"\n"),
        (
            "audit = \"equal\"\n",
            Observed { audit: AuditLog::Missing, ..observed(Vec::new()) },
            "audit = \"equal\"\n",
        ),
        (
            "[[event]]\nname = \"login\"\n[event.fields]\nprompt = { absent = true }\n",
            observed(events()),
            "at_least = 1\n\n[event.fields]\nn = { min = 1, max = 5 }\nkind = { one_of = [\"a\", \"b\"] }\nprompt = { absent = true }\n",
        ),
        (
            "[[event]]\nname = \"gone\"\nfields = { prompt = { absent = true } }\n",
            observed(events()),
            "name = \"gone\"\nat_least = 0\n\n[event.fields]\nprompt = { absent = true }\n",
        ),
        (
            "[[event]]\nname = \"login\"\nenvelope = { user = { absent = true } }\n",
            observed(events()),
            "[event.envelope]\nuser = { absent = true }\n",
        ),
        ("[[event]]\nname = \"theft\"\ncount = 0\n", observed(events()), "name = \"theft\"\ncount = 0\n"),
    ] {
        let mut manifest = Manifest::parse(text).unwrap();
        let report = report(&manifest, observed);
        manifest.update(&report).unwrap();
        assert!(manifest.to_toml().contains(kept), "{}", manifest.to_toml());
        assert!(report.compared_with(&manifest).is_met(), "{}", manifest.to_toml());
    }
}

#[test]
fn an_updated_manifest_is_met_and_stable() {
    let mut observed = observed(events());
    observed.events.push(event(5, "s", "beat", r#"{"id": "0b6e7a1c-0000-4000-8000-00000000000a", "uptimeS": 3, "x": null, "big": 18446744073709551615}"#));
    observed.audit = AuditLog::Missing;
    let old = "order = [\"x\"]\n[[event]]\nname = \"gone\"\n[[event]]\nname = \"login\"\nwhere = { kind = \"b\" }\nat_least = 1\n";
    let updated = include_str!("updated.toml");
    let heading: String = updated.lines().take(2).map(|line| format!("{line}\n")).collect();
    let mut manifest = Manifest::parse(&format!("{heading}{old}")).unwrap();
    let case = Case::new(&manifest.scenarios()[0], observed, String::new(), Duration::ZERO);
    let report = Report::from(case);
    assert!(!report.is_met());
    manifest.update(&report).unwrap();
    let first = manifest.to_toml();
    manifest.update(&report).unwrap();
    assert_eq!(manifest.to_toml(), first);
    assert_eq!(Manifest::parse(&first).unwrap(), manifest, "{first}");
    let scenario = &manifest.scenarios()[0];
    let again = super::observed(report.cases()[0].events().to_vec());
    let again = Observed { audit: AuditLog::Missing, ..again };
    assert_eq!(scenario.differences(&again), []);
    assert_eq!(first, updated);
}
