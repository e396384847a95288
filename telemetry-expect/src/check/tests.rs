// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Each kind of expectation, met and not met.

use std::time::Duration;

use telemetry_schema::json::{Json, parse};

use super::*;
use crate::manifest::Manifest;
use crate::report::{Case, Report};

/// An event of a session; its time is its position.
fn event(position: usize, session: &str, name: &str, parameters: &str) -> Event {
    Event {
        position,
        name: name.to_owned(),
        ts: format!("2026-01-01T00:00:{position:02}.000Z"),
        product: "1".to_owned(),
        version: "1.0".to_owned(),
        session: session.to_owned(),
        schema_version: "2.0".to_owned(),
        parameters: parse(parameters).unwrap(),
        envelope: parse(r#"{"clientVer": "1.0"}"#).unwrap(),
    }
}

/// Two sessions of a shop.
fn events() -> Vec<Event> {
    vec![
        event(1, "s", "login", r#"{"n": 1, "kind": "a"}"#),
        event(2, "t", "login", r#"{"n": 5, "kind": "b"}"#),
        event(3, "s", "order", r#"{"n": 2, "list": [{"x": null}]}"#),
        event(4, "s", "order", r#"{"n": 2, "list": []}"#),
    ]
}

fn observed(events: Vec<Event>) -> Observed {
    let lines = events.iter().map(|event| Ok(event.parameters.clone())).collect();
    Observed {
        events,
        refused: Vec::new(),
        audit: AuditLog::Lines(lines),
        new_files: Vec::new(),
        ending: None,
    }
}

fn differences(scenario: &str, observed: &Observed) -> Vec<[String; 3]> {
    let scenario: Scenario = scenario.parse().unwrap();
    let differences = scenario.differences(observed).into_iter();
    differences.map(|Difference { subject, expected, found }| [subject, expected, found]).collect()
}

const ALL: &str = "[[event]]\nname = \"login\"\n[[event]]\nname = \"order\"\n";

#[test]
fn what_is_expected_differs_in_nothing() {
    for scenario in [
        "sessions = 2\norder = []\n",
        "sessions = { at_least = 2 }\n",
        "timestamps = \"increasing\"\n",
        "audit = \"equal\"\n",
    ] {
        assert_eq!(differences(&format!("{scenario}{ALL}"), &observed(events())), Vec::<[String; 3]>::new());
    }
    let exact = r#"
        [[event]]
        name = "login"
        where = { kind = "a" }
        count = 1
        fields = { n = 1.0 }
        envelope = { clientVer = { present = true } }
        [[event]]
        name = "login"
        where = { kind = { one_of = ["b", "c"] } }
        at_most = 1
        fields = { n = { min = 5, max = 5 } }
        [[event]]
        name = "order"
        count = 2
        increasing = ["n"]
        fields = { "/list/1" = { absent = true } }
    "#;
    assert_eq!(differences(exact, &observed(events())), Vec::<[String; 3]>::new());
}

#[test]
fn each_difference_names_its_subject_and_both_values() {
    for (scenario, expected) in [
        (
            "",
            vec![
                [
                    "event `login`",
                    "0, since no table `[[event]]` selects it",
                    "2 (#1, #2), the first is {\"n\": 1, \"kind\": \"a\"}",
                ],
                [
                    "event `order`",
                    "0, since no table `[[event]]` selects it",
                    "2 (#3, #4), the first is {\"n\": 2, \"list\": [{\"x\": null}]}",
                ],
            ],
        ),
        (
            "[[event]]\nname = \"login\"\ncount = 3\n[[event]]\nname = \"order\"\nat_most = 1\n",
            vec![
                ["event `login`: count", "3", "2 (#1, #2)"],
                ["event `order`: count", "0 to 1", "2 (#3, #4)"],
            ],
        ),
        (&format!("{ALL}[[event]]\nname = \"logout\"\n"), vec![["event `logout`: count", "at least 1", "0"]]),
        (
            &format!("{ALL}fields = {{ n = 2, \"/list/0/x\" = 1 }}\n"),
            vec![
                ["event `order`: /list/0/x", "1", "no value (#4)"],
                ["event `order`: /list/0/x", "1", "null (#3)"],
            ],
        ),
        (
            &format!("{ALL}envelope = {{ clientVer = \"2.0\" }}\n"),
            vec![["event `order`: envelope /clientVer", "\"2.0\"", "\"1.0\" (#3, #4)"]],
        ),
        (&format!("sessions = 1\n{ALL}"), vec![["sessions", "1", "2: `s` with 3 events, `t` with 1 events"]]),
        (
            &format!("sessions = \"different\"\n{ALL}"),
            vec![["sessions", "one for each event", "2: `s` with 3 events, `t` with 1 events"]],
        ),
        (
            &format!("order = [\"login\", \"order\"]\n{ALL}"),
            vec![
                ["order in session `s`", "login, order", "login, order, order"],
                ["order in session `t`", "login, order", "login"],
            ],
        ),
        (&format!("order = [\"logout\"]\n{ALL}"), vec![["order", "logout", "no such event"]]),
        (
            &format!("{ALL}increasing = [\"/list\"]\n"),
            vec![["event `order`: /list in session `s`", "numbers that increase", "[{\"x\": null}] (#3)"]],
        ),
        (&format!("audit = \"absent\"\n{ALL}"), vec![["audit log", "no file", "a file with 4 lines"]]),
    ] {
        assert_eq!(differences(scenario, &observed(events())), expected, "{scenario}");
    }
}

#[test]
fn times_and_numbers_of_a_session_increase() {
    let mut late = events();
    late[0].ts = late[3].ts.replace("04", "09");
    late[0].parameters = parse(r#"{"n": 3}"#).unwrap();
    late[2].name = "login".to_owned();
    let scenario = "timestamps = \"increasing\"\n[[event]]\nname = \"login\"\nincreasing = [\"n\"]\n[[event]]\nname = \"order\"\n";
    assert_eq!(
        differences(scenario, &observed(late)),
        [
            [
                "timestamps in session `s`",
                "increasing",
                "2026-01-01T00:00:03.000Z (#3) after 2026-01-01T00:00:09.000Z (#1)"
            ],
            ["event `login`: /n in session `s`", "numbers that increase", "2 (#3) after 3 (#1)"],
        ]
    );
}

#[test]
fn the_audit_log_is_compared_with_the_wire() {
    let equal = format!("audit = \"equal\"\n{ALL}");
    let with = |audit| Observed { audit, ..observed(events()) };
    let mut lines: Vec<Result<Json, String>> =
        events().into_iter().map(|event| Ok(event.parameters)).rev().collect();
    assert!(differences(&equal, &with(AuditLog::Lines(lines.clone()))).is_empty(), "in any order");
    drop(lines.remove(0));
    lines.push(Err("{\"n\": ".to_owned()));
    assert_eq!(
        differences(&equal, &with(AuditLog::Lines(lines.clone()))),
        [
            ["audit log", "only events that were sent", "1 more: not JSON: {\"n\": "],
            ["audit log", "the event that was sent: {\"n\": 2, \"list\": []}", "missing 1 times"],
        ]
    );
    for (audit, found) in [
        (AuditLog::Missing, "no file"),
        (AuditLog::None, "the product has no audit log"),
        (AuditLog::Unreadable("x".into()), "a file that cannot be read: x"),
    ] {
        assert_eq!(differences(&equal, &with(audit)), [["audit log", "the events that were sent", found]]);
    }
}

#[test]
fn a_silent_product_writes_no_file_and_sends_nothing() {
    let silent = "silent = \"1ms\"";
    let quiet = || Observed { audit: AuditLog::Missing, ..observed(Vec::new()) };
    assert!(differences(silent, &quiet()).is_empty());
    let file = Observed { new_files: vec!["~/.config/shop/x".into()], ..quiet() };
    assert_eq!(differences(silent, &file), [["files", "no file", "~/.config/shop/x"]]);
    assert_eq!(differences(silent, &observed(events())).len(), 2);
    let request = Observed { refused: vec!["the body is not UTF-8".into()], ..quiet() };
    assert_eq!(differences(silent, &request), [["a request", "an envelope", "the body is not UTF-8"]]);
    let slow = Observed { ending: Some(Ending::TimedOut(Duration::from_secs(1))), ..quiet() };
    assert_eq!(differences(silent, &slow)[0][0], "the command");
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
    manifest.update(&report);
    let first = manifest.to_toml();
    manifest.update(&report);
    assert_eq!(manifest.to_toml(), first);
    assert_eq!(Manifest::parse(&first).unwrap(), manifest, "{first}");
    let scenario = &manifest.scenarios()[0];
    let again = super::tests::observed(report.cases()[0].events().to_vec());
    let again = Observed { audit: AuditLog::Missing, ..again };
    assert_eq!(scenario.differences(&again), []);
    assert_eq!(first, updated);
}

#[test]
fn a_report_names_every_difference_in_each_form_and_hostile_text_is_escaped_in_all() {
    let hostile = event(1, "\u{1b}[2J<s>", "</testcase>&\"\u{202e}", r#"{"x": "]]>\u0000\u001b"}"#);
    let scenario: Scenario = "[[event]]\nname = \"a\"\n".parse().unwrap();
    let case = Case::new(
        &scenario,
        observed(vec![hostile]),
        "\u{1b}]0;x\u{7}<b>".into(),
        Duration::from_millis(1500),
    );
    let mut report = Report::from(case);
    report.extend(Report::from(Case::new(
        &Scenario::default(),
        observed(Vec::new()),
        String::new(),
        Duration::ZERO,
    )));
    let (text, junit) = (report.to_string(), report.to_junit());
    for shown in [&text, &junit] {
        assert!(!shown.contains(['\u{1b}', '\u{202e}', '\0', '\u{7}']), "{shown}");
    }
    assert!(text.starts_with("FAILED  expectations (1 event, 1.5 s)\n  event `a`: count\n    expected: at least 1\n    found:    0\n"), "{text}");
    assert!(
        text.ends_with("\nok  expectations (0 events, 0.0 s)\n2 scenarios: 1 with differences"),
        "{text}"
    );
    assert!(
        junit.contains("tests=\"2\" failures=\"1\"") && junit.contains("&lt;/testcase&gt;&amp;&quot;"),
        "{junit}"
    );
    assert_eq!([junit.matches("<failure").count(), junit.matches("</testcase>").count()], [2, 2]);
    let json = parse(&report.to_json()).unwrap();
    assert_eq!(json["met"], false);
    assert_eq!(json["scenarios"][0]["differences"].as_array().unwrap().len(), 2);
    assert_eq!(json["scenarios"][0]["events"][0]["session"], "\u{1b}[2J<s>");
    assert_eq!(json["scenarios"][1]["met"], true);
}
