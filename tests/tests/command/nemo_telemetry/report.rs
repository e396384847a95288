// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `report`: it sends one event and says what became of it.

use serde_json::{Value, json};
use telemetry_tests::child::Probe;
use telemetry_tests::collecting::Collecting;
use telemetry_tests::home::Home;
#[cfg(unix)]
use telemetry_tests::marked_home::make_fifo;
use telemetry_tests::server::{Answer, DOWN, Server};

use crate::nemo_telemetry::{assert_refused, command, example, text};

#[test]
fn report_sends_one_event_and_says_what_became_of_it() {
    let (server, home) = (Server::start(), Home::new());
    let outcome = command(&home).sending_to(server.url()).run(&["report", &example("support_bot")]).checked();
    assert!(outcome.lines[0].contains("status 200 after"), "{:?}", outcome.lines);
    assert!(outcome.lines[1].contains(home.audit_file().to_str().unwrap()), "{:?}", outcome.lines);
    assert_eq!(outcome.lines[2], "1 produced = 1 delivered + 0 queued + 0 dropped; breaker closed.");
    let [request] = server.after_exit().try_into().unwrap();
    let audited: Value = serde_json::from_str(&home.audit_lines()[0]).unwrap();
    assert_eq!(request.parameters(), audited);
}

#[test]
fn report_under_an_opt_out_names_it_and_sends_nothing() {
    let (server, home) = (Server::start(), Home::new());
    let opted_out = command(&home).sending_to(server.url()).env("CI", "true");
    let outcome = opted_out.run(&["report", &example("support_bot")]).checked();
    assert_eq!(outcome.lines, ["Nothing was sent: CI opts out."]);
    assert!(server.after_exit().is_empty() && home.is_untouched());
}

#[test]
fn report_that_does_not_arrive_exits_with_1_and_says_why() {
    let config = example("support_bot");
    let refusing = Server::answering([Answer::Status(500)]);
    for (url, word) in [
        (refusing.url(), "status 500"),
        (DOWN.into(), "did not answer"),
        ("file:///etc/passwd".into(), "unsupported scheme"),
        ("127.0.0.1:4319".into(), "use `http://127.0.0.1:4319/`"),
        ("events.example.com".into(), "use `https://events.example.com/`"),
        ("http://events.example.com/".into(), "not encrypted"),
        (String::new(), "is empty"),
    ] {
        assert_refused(&command(&Home::new()).sending_to(&url).run(&["report", &config]), 1, &[word]);
    }
}

#[test]
fn report_that_does_not_arrive_says_where_the_copy_is_and_what_is_counted() {
    let refusing = Server::answering([Answer::Status(404)]);
    for (url, counted) in [
        (refusing.url(), "1 dropped (refused 1); breaker open."),
        (DOWN.into(), "1 dropped (transport 1); breaker closed."),
    ] {
        let home = Home::new();
        let outcome = command(&home).sending_to(&url).run(&["report", &example("support_bot")]);
        let copy = format!("A copy is the last line of {}.", home.audit_file().display());
        assert_refused(&outcome, 1, &[" ms", &copy, counted]);
        assert_eq!(home.audit_lines().len(), 1);
    }
}

/// The collector of another product, which does not know the event.
#[test]
fn report_shows_why_the_collector_refuses_the_event() {
    let (home, other) = (Home::new(), Home::new());
    let collector =
        Collecting::start(Probe::new(env!("CARGO_BIN_EXE_product_command"), &other), &["--quiet"]);
    let url = format!("http://{}/v1.1/events/json", collector.address);
    let config = example("support_bot");
    let report = |arguments: &[&str]| {
        let arguments = [&["report", &config], arguments].concat();
        command(&home).sending_to(&url).run(&arguments)
    };
    let lines = [
        "status 422 after",
        "The collector answered: 2 violations\n  `/clientId` is ",
        "\n  `/events/0/name` is not an event of this product\nA copy is the last line of",
    ];
    assert_refused(&report(&[]), 1, &lines);
    let shown = report(&["--json"]);
    assert_eq!((shown.code, &shown.json()[0]["status"]), (Some(1), &json!(422)));
    assert_eq!(shown.json()[0]["answer"]["violations"][0]["pointer"], "/clientId");
}

#[test]
fn report_bounds_and_escapes_whatever_the_answer_contains() {
    let config = example("support_bot");
    let report = |body: &'static str, arguments: &[&str]| {
        let (refusing, home) = (Server::answering([Answer::Body(422, body)]), Home::new());
        let arguments = [&["report", &config], arguments].concat();
        command(&home).sending_to(refusing.url()).run(&arguments)
    };
    let long: &'static str = "\u{1b}[2J<p>\n".repeat(3000).leak();
    let violations = vec![json!({"pointer": "/a\u{202e}", "message": "is\nnew"}); 50];
    let many: &'static str = json!({"error": "50 violations", "violations": violations}).to_string().leak();
    for (body, lines) in [
        ("not JSON", &["The collector answered: not JSON"][..]),
        (r#"{"error":5,"violations":7}"#, &[r#"The collector answered: {"error":5,"violations":7}"#]),
        (r#"{"error":"","violations":[1,{"pointer":"/a"}]}"#, &["The collector answered: "]),
        (long, &[r"The collector answered: \u{1b}[2J<p>\n\u{1b}[2J<p>\n"]),
        (
            many,
            &["The collector answered: 50 violations", r"  `/a\u{202e}` is\nnew", "  and 30 more violations"],
        ),
        ("[".repeat(9000).leak(), &["The collector answered: [[[["]),
    ] {
        let outcome = report(body, &[]);
        assert_refused(&outcome, 1, lines);
        assert!(
            outcome.errors.len() <= 25 && outcome.errors.iter().all(|line| line.len() < 1200),
            "{outcome:?}"
        );
        let shown = report(body, &["--json"]);
        assert_eq!((shown.code, shown.lines.len()), (Some(1), 1), "{body:.80}");
    }
    for body in ["", " \r\n"] {
        assert_eq!(report(body, &["--json"]).json()[0]["answer"], Value::Null);
        assert!(!text(&report(body, &[]).errors).contains("answered"));
    }
    assert_eq!(report("Not Found", &["--json"]).json()[0]["answer"], "Not Found");
}

/// Places something else at the path of a part of the audit log.
#[cfg(unix)]
fn obstruct(home: &Home, obstacle: &str) {
    let (audit, beside) =
        (home.audit_file(), |suffix| home.config_dir().join(format!("usage_stats.json{suffix}")));
    // More than twice the limit: up to there it grows if it cannot be renamed.
    let full = || std::fs::File::create(&audit).unwrap().set_len(21 << 20).unwrap();
    match obstacle {
        "directory" => std::fs::create_dir(&audit).unwrap(),
        "fifo" => make_fifo(&audit),
        "link" => std::os::unix::fs::symlink("elsewhere", &audit).unwrap(),
        "older is a directory" => {
            full();
            std::fs::create_dir(beside(".1")).unwrap();
        }
        "lock is a fifo" => {
            full();
            make_fifo(&beside(".lock"));
        }
        _ => unreachable!("{obstacle}"),
    }
}

#[cfg(unix)]
#[test]
fn report_without_a_copy_says_which_file_could_not_be_written_and_why() {
    for (obstacle, in_the_way, reason) in [
        ("directory", "", "not a regular file"),
        ("fifo", "", "not a regular file"),
        ("link", "", "not a regular file"),
        ("older is a directory", ".1", "os error"),
        ("lock is a fifo", ".lock", "os error"),
    ] {
        let (server, home) = (Server::start(), Home::new().with_config_dir());
        obstruct(&home, obstacle);
        let outcome = command(&home).sending_to(server.url()).run(&["report", &example("support_bot")]);
        let warning = format!("warning: {}{in_the_way}: ", home.audit_file().display());
        assert!(outcome.errors[0].starts_with(&warning), "{obstacle}: {:?}", outcome.errors);
        assert!(outcome.errors[0].contains(reason), "{obstacle}: {:?}", outcome.errors);
        assert!(outcome.errors[1].starts_with("help: "), "{obstacle}: {:?}", outcome.errors);
        assert_eq!((outcome.code, server.after_exit().len()), (Some(0), 1), "{obstacle}: sent all the same");
        assert!(outcome.lines[1].starts_with("There is no copy"), "{obstacle}: {:?}", outcome.lines);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn report_from_a_home_that_takes_no_files_says_so() {
    let (server, home) = (Server::start(), Home::new());
    let command = command(&home).env("HOME", "/proc").sending_to(server.url());
    let outcome = command.run(&["report", &example("support_bot")]);
    assert_eq!(outcome.code, Some(0), "{:?}", outcome.errors);
    let warning = "warning: /proc/.config/nemoguardrails: ";
    assert!(outcome.errors[0].starts_with(warning), "{:?}", outcome.errors);
}
