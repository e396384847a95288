// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Each kind of expectation, met and not met.

mod updates;

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
        violations: vec![Vec::new(); events.len()],
        connections: events.len() as u64,
        events,
        refused: Vec::new(),
        audit: AuditLog::Lines(lines),
        changes: Vec::new(),
        ending: None,
    }
}

fn new_file(path: &str) -> Change {
    Change { path: path.into(), is_directory: false, what: "" }
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
        (&format!("sessions = 1\n{ALL}"), vec![["sessions", "1", "2: `s` with 3 events, `t` with 1 event"]]),
        (
            &format!("sessions = \"different\"\n{ALL}"),
            vec![["sessions", "one for each event", "2: `s` with 3 events, `t` with 1 event"]],
        ),
        (
            &format!("order = [\"login\", \"order\"]\n{ALL}"),
            vec![
                ["order in session `s`", "login, order, in each of the 2 sessions", "login, order, order"],
                ["order in session `t`", "login, order, in each of the 2 sessions", "login"],
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
            ["audit log", "only events that the collector has accepted", "1 more: not JSON: {\"n\": "],
            ["audit log", "the accepted event {\"n\": 2, \"list\": []}", "missing 1 time"],
        ]
    );
    for (audit, found) in [
        (AuditLog::Missing, "no file"),
        (AuditLog::None, "the product has no audit log"),
        (AuditLog::Unreadable("x".into()), "a file that cannot be read: x"),
    ] {
        assert_eq!(
            differences(&equal, &with(audit)),
            [["audit log", "the events that the collector has accepted", found]]
        );
    }
}

#[test]
fn a_silent_product_writes_no_file_and_sends_nothing() {
    let silent = "silent = \"1ms\"";
    let quiet = || Observed { audit: AuditLog::Missing, ..observed(Vec::new()) };
    assert!(differences(silent, &quiet()).is_empty());
    let file = Observed { changes: vec![new_file(".config/shop/x")], ..quiet() };
    assert_eq!(differences(silent, &file), [["files", "no file", "~/.config/shop/x"]]);
    assert_eq!(differences(silent, &observed(events())).len(), 2);
    let request = Observed { refused: vec!["the body is not UTF-8".into()], ..quiet() };
    assert_eq!(differences(silent, &request), [["a request", "an envelope", "the body is not UTF-8"]]);
    let refused = Observed { connections: 2, ..quiet() };
    assert_eq!(differences(silent, &refused), [["connections", "0", "2 without an accepted event"]]);
    let slow = Observed { ending: Some(Ending::TimedOut(Duration::from_secs(1))), ..quiet() };
    assert_eq!(differences(silent, &slow)[0][0], "the command");
}

#[test]
fn a_violation_of_a_schema_is_a_difference_with_its_pointer_and_its_reason() {
    let mut invalid = observed(events());
    invalid.violations[2] = vec![
        Violation::in_parameters("/n", "is not an integer from 0 to 1"),
        Violation::in_parameters("/list/0/x", "is `null`"),
        Violation::in_envelope("/clientVer", "is \"1.0\", and has to be \"2.0\""),
    ];
    invalid.violations[3] = vec![Violation::in_parameters("/n", "is not an integer from 0 to 1")];
    invalid.violations[0] = vec![Violation::in_envelope("", "is not an event of this product")];
    let allowed = "what the schema allows";
    assert_eq!(
        differences(ALL, &invalid),
        [
            ["event `login`", allowed, "is not an event of this product (#1)"],
            ["event `order`: /list/0/x", allowed, "is `null` (#3)"],
            ["event `order`: /n", allowed, "2 is not an integer from 0 to 1 (#3, #4)"],
            ["event `order`: envelope /clientVer", allowed, "is \"1.0\", and has to be \"2.0\" (#3)"],
        ]
    );
    let scenario: Scenario = ALL.parse().unwrap();
    let report = Report::from(Case::new(&scenario, invalid, String::new(), Duration::ZERO));
    let json = parse(&report.to_json()).unwrap();
    let event = &json["scenarios"][0]["events"][3];
    assert_eq!(
        (&event["valid"], &event["violations"][0]["pointer"]),
        (&Json::Boolean(false), &Json::Text("/n".into()))
    );
    assert!(
        report
            .to_junit()
            .contains("/list/0/x\n  expected: what the schema allows\n  found:    is `null` (#3)")
    );
}

#[test]
fn a_report_of_many_differences_stays_short() {
    let many: Vec<Event> =
        (1..=500).map(|number| event(number, "s", "a", &format!("{{\"n\": {number}}}"))).collect();
    let scenario: Scenario = "[[event]]\nname = \"a\"\ncount = 1\nfields = { n = 0 }\n".parse().unwrap();
    let report = Report::from(Case::new(&scenario, observed(many), String::new(), Duration::ZERO));
    let text = report.to_string();
    assert!(
        text.contains("found:    500 (#1, #2, #3, #4, #5, #6, #7, #8, #9, #10 and 490 more)\n"),
        "{text}"
    );
    assert!(
        text.contains("\n  and 401 more differences\n") && report.to_junit().contains("\nand 401 more"),
        "{text}"
    );
    assert_eq!((report.differences().count(), text.matches("expected: ").count()), (501, 100));
}

#[test]
fn times_are_compared_as_times() {
    let with = |first: &str, second: &str| {
        let mut events = vec![event(1, "s", "login", "{}"), event(2, "s", "login", "{}")];
        events[0].ts = first.to_owned();
        events[1].ts = second.to_owned();
        differences("timestamps = \"increasing\"\n[[event]]\nname = \"login\"\n", &observed(events))
    };
    for (first, second) in [
        ("2026-01-01T00:00:00Z", "2026-01-01T00:00:00.5Z"),
        ("2026-01-01T00:00:00.500Z", "2026-01-01T00:00:00.5+00:00"),
        ("2026-01-01T00:00:00.12Z", "2026-01-01T00:00:00.1200001Z"),
    ] {
        assert!(with(first, second).is_empty(), "{first} {second}");
    }
    assert_eq!(with("2026-01-01T00:00:00.5Z", "2026-01-01T00:00:00Z")[0][1], "increasing");
    for invalid in [
        "",
        "yesterday",
        "2026-01-01",
        "2026-01-01T00:00:00",
        "2026-01-01T00:00:00.Z5",
        "２026-01-01T00:00:0Z",
    ] {
        let found = with(invalid, "2026-01-01T00:00:00Z");
        assert_eq!(found[0][2], format!("`{invalid}` (#1)"), "{found:?}");
    }
}

#[test]
fn numbers_that_decrease_by_the_least_are_found() {
    let scenario =
        "[[event]]\nname = \"a\"\nincreasing = [\"n\"]\nfields = { n = { min = 9223372036854775807 } }\n";
    let numbers = |numbers: [&str; 2]| {
        let event = |(position, number)| event(position, "s", "a", &format!("{{\"n\": {number}}}"));
        differences(scenario, &observed((1..).zip(numbers).map(event).collect()))
    };
    assert_eq!(numbers(["18446744073709551614", "18446744073709551615"]), Vec::<[String; 3]>::new());
    assert_eq!(numbers(["18446744073709551615", "18446744073709551614"]).len(), 1);
    let small = numbers(["9223372036854775806", "9223372036854775807"]);
    assert_eq!(small[0][2], "9223372036854775806 (#1)");
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
    assert_eq!([junit.matches("<failure").count(), junit.matches("</testcase>").count()], [1, 2]);
    assert_eq!(junit.matches("expected: ").count(), 2, "{junit}");
    let is_legal = |char: char| {
        char >= ' ' && !matches!(char, '\u{fffe}' | '\u{ffff}') || matches!(char, '\t' | '\n' | '\r')
    };
    let every: String = ('\0'..=char::MAX).collect();
    let every =
        every.as_bytes().chunks(1500).map(|text| String::from_utf8_lossy(text).into_owned() + "\n").collect();
    let every = Case::new(&scenario, observed(Vec::new()), every, Duration::ZERO);
    assert!(Report::from(every).to_junit().chars().all(is_legal), "XML cannot contain each character");
    let json = parse(&report.to_json()).unwrap();
    assert_eq!(json["met"], false);
    assert_eq!(json["scenarios"][0]["differences"].as_array().unwrap().len(), 2);
    assert_eq!(json["scenarios"][0]["events"][0]["session"], "\u{1b}[2J<s>");
    assert_eq!(json["scenarios"][1]["met"], true);
}

#[test]
fn a_silent_program_writes_only_what_it_may() {
    let directory = |path: &str| Change { is_directory: true, ..new_file(path) };
    let changes = vec![
        directory(".cache"),
        directory(".cache/shop"),
        new_file(".cache/shop/index"),
        new_file(".cache/shop2"),
        new_file(".history"),
        directory("empty"),
        Change { what: " (changed)", ..new_file("empty.txt") },
    ];
    let observed = Observed { changes, ..observed(Vec::new()) };
    for (may_write, found) in [
        (
            "",
            &["~/.cache/shop/index", "~/.cache/shop2", "~/.history", "~/empty", "~/empty.txt (changed)"][..],
        ),
        (
            "may_write = [\".cache/shop\"]\n",
            &["~/.cache/shop2", "~/.history", "~/empty", "~/empty.txt (changed)"],
        ),
        ("may_write = [\".cache/\", \".history\", \"empty\"]\n", &["~/empty.txt (changed)"]),
        (
            "may_write = [\".cache/shop/index\", \".cach\"]\n",
            &["~/.cache/shop2", "~/.history", "~/empty", "~/empty.txt (changed)"],
        ),
    ] {
        let differences = differences(&format!("silent = \"1s\"\n{may_write}"), &observed);
        let files: Vec<&str> = differences.iter().map(|[_, _, found]| found.as_str()).collect();
        assert_eq!(files, found, "{may_write}");
    }
}
