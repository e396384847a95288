// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `report`: it sends one event and says what became of it.

use serde_json::Value;
use telemetry_tests::home::Home;
#[cfg(unix)]
use telemetry_tests::marked_home::make_fifo;
use telemetry_tests::server::{Answer, DOWN, Server};

use crate::nemo_telemetry::{assert_refused, command, example};

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
