// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Each signal that opts out: no thread, no file, no socket, and nothing reaches the collector.

#![cfg(target_os = "linux")]

use std::fs;

use telemetry_tests::home::Home;
use telemetry_tests::marked_home::{OTHER_USER, is_privileged};
use telemetry_tests::probe;
use telemetry_tests::server::{Answer, Server};
use telemetry_tests::skipped::skipped;

const SIGNALS: [(&str, &str); 8] = [
    ("NEMO_GUARDRAILS_NO_USAGE_STATS", "1"),
    ("NEMO_GUARDRAILS_NO_USAGE_STATS", "yes"),
    ("DO_NOT_TRACK", "true"),
    ("DO_NOT_TRACK", "2"),
    ("CI", "true"),
    ("CI", "woodpecker"),
    ("PYTEST_CURRENT_TEST", "test_x.py::test_y (call)"),
    ("PYTEST_CURRENT_TEST", "0"),
];

/// Two reports, with a look at what the process then has.
const STEPS: [&str; 5] = ["report", "report", "threads", "sockets", "flush"];
const NOTHING: [&str; 3] = ["1", "0", "true"];

#[test]
fn a_variable_opts_out() {
    let server = Server::start();
    for (name, value) in SIGNALS {
        let home = Home::new();
        let outcome = probe!(&home).sending_to(server.url()).env(name, value).run(&STEPS).checked();
        assert_eq!(outcome.lines, NOTHING, "{name}={value}");
        assert!(home.is_untouched(), "{name}={value}");
    }
    assert!(server.after_exit().is_empty());
}

#[test]
fn a_clear_no_in_every_variable_opts_nobody_out() {
    let (home, server) = (Home::new(), Server::start());
    let mut probe = probe!(&home).sending_to(server.url());
    for (index, (name, _)) in SIGNALS.iter().enumerate() {
        let value =
            if *name == "PYTEST_CURRENT_TEST" { "" } else { ["0", "false", "No", " off "][index % 4] };
        probe = probe.env(name, value);
    }
    let _ = probe.run(&["report", "flush"]).checked();
    assert_eq!(server.after_exit().len(), 1);
}

#[test]
fn the_marker_opts_out() {
    let (home, server) = (Home::new(), Server::start());
    home.opt_out();
    let outcome = probe!(&home).sending_to(server.url()).run(&STEPS).checked();
    assert_eq!(outcome.lines, NOTHING);
    assert_eq!(fs::read_dir(home.config_dir()).unwrap().count(), 1, "nothing beside the marker");
    assert!(server.after_exit().is_empty());
}

/// Neither ours nor a library's: a log line with `POST` would alarm a user who has opted out.
#[test]
fn under_an_opt_out_nothing_is_logged() {
    let steps = ["log", "enable", "report", "report", "report-in-two-steps", "flush", "status", "say=end"];
    let (home, server) = (Home::new(), Server::start());
    let told = probe!(&home).sending_to(server.url()).run(&steps).checked().lines;
    for library in ["ureq", "telemetry_core"] {
        let is_of = |line: &String| line.split(' ').nth(1).is_some_and(|target| target.starts_with(library));
        assert!(told.iter().any(is_of), "without an opt-out there are lines of {library}: {told:?}");
    }
    for opt_out in ["DO_NOT_TRACK", "CI", "marker"] {
        let (home, server) = (Home::new(), Server::start());
        let mut probe = probe!(&home).sending_to(server.url());
        match opt_out {
            "marker" => home.opt_out(),
            variable => probe = probe.env(variable, "1"),
        }
        let outcome = probe.run(&steps).checked();
        let [two_steps, flushed, status, end] = &outcome.lines[..] else {
            panic!("{opt_out}: {:?}", outcome.lines)
        };
        assert!(
            two_steps == "environment read"
                && flushed == "true"
                && status.contains("\"enabled\":false")
                && end == "end",
            "{opt_out}"
        );
    }
}

#[test]
fn the_program_opts_out_and_in_again() {
    let (home, server) = (Home::new(), Server::start());
    let running = probe!(&home).sending_to(server.url()).start(&["disable", "report", "threads", "wait"]);
    assert_eq!(running.line(), "1");
    assert!(home.is_untouched());
    drop(running);
    assert!(server.after_exit().is_empty());
    let outcome = probe!(&home)
        .sending_to(server.url())
        .run(&["disable", "report", "enable", "report", "flush", "stats"]);
    let stats = &outcome.checked().json()[1];
    assert_eq!((&stats["produced"], &stats["delivered"]), (&1.into(), &1.into()), "{stats}");
    assert_eq!(server.after_exit().len(), 1);
}

#[test]
fn the_program_overrides_no_opt_out() {
    let (home, server) = (Home::new(), Server::start());
    let probe = probe!(&home).sending_to(server.url()).env("DO_NOT_TRACK", "1");
    let _ = probe.run(&["enable", "report", "flush"]).checked();
    assert!(server.after_exit().is_empty() && home.is_untouched());
}

#[test]
fn turning_it_off_ends_the_thread_and_drops_what_waits() {
    let (home, server) = (Home::new(), Server::start());
    let steps = ["report", "flush", "disable", "await-no-worker", "report", "threads"];
    let outcome = probe!(&home).sending_to(server.url()).run(&steps).checked();
    assert_eq!(outcome.lines, ["true", "true", "1"]);
    assert_eq!(server.after_exit().len(), 1);
    assert_eq!(home.audit_lines().len(), 1);
}

/// The request that is running completes. The events that wait behind it never leave the machine, and are not audited.
#[test]
fn a_marker_created_while_events_wait_drops_them() {
    let (home, server) = (Home::new(), Server::answering([Answer::Hold]));
    let steps = ["report", "wait", "report", "report", "say=waiting", "await-no-worker", "stats"];
    let mut running = probe!(&home).sending_to(server.url()).start(&steps);
    let _ = server.next_request();
    running.go_on();
    assert_eq!(running.line(), "waiting");
    home.opt_out();
    server.release();
    assert_eq!(running.line(), "true");
    let stats = &running.finish().checked().json()[0];
    assert_eq!((&stats["delivered"], &stats["dropped"]["opted out"]), (&1.into(), &2.into()), "{stats}");
    assert!(server.after_exit().is_empty());
    assert_eq!(home.audit_lines().len(), 1);
}

/// The second report may rest on the look that the worker has taken for the first. The worker takes another one.
#[test]
fn a_marker_created_just_before_a_report_prevents_it() {
    let (home, server) = (Home::new(), Server::start());
    let steps = ["report", "flush", "opt-out", "report", "await-no-worker", "stats"];
    let outcome = probe!(&home).sending_to(server.url()).run(&steps).checked();
    assert_eq!(outcome.lines[..2], ["true", "true"]);
    let stats = &outcome.json()[2];
    let dropped = stats["dropped"]["opted out"].as_u64().unwrap();
    assert_eq!((&stats["delivered"], &stats["produced"]), (&1.into(), &(1 + dropped).into()), "{stats}");
    assert_eq!(server.after_exit().len(), 1);
    assert_eq!(home.audit_lines().len(), 1);
}

/// There is no worker in a forked child that has looked, so a report looks itself before it starts one.
#[test]
fn a_marker_created_just_before_a_fork_opts_the_child_out() {
    let (home, server) = (Home::new(), Server::start());
    let steps = ["report", "flush", "opt-out", "fork", "report", "threads", "stats", "join"];
    let outcome = probe!(&home).sending_to(server.url()).run(&steps).checked();
    assert_eq!(outcome.lines[1], "1", "no thread in the child");
    assert!(outcome.lines[2].contains(r#""produced":0"#), "{}", outcome.lines[2]);
    assert_eq!(server.after_exit().len(), 1);
}

#[test]
fn without_any_home_there_is_no_way_to_opt_out_and_so_no_report() {
    if !is_privileged() {
        return skipped("it takes privileges to become a user without a home");
    }
    let (home, server) = (Home::for_everyone(), Server::start());
    let identity = format!("become={OTHER_USER}");
    let steps = [&[identity.as_str()], STEPS.as_slice(), &["status"]].concat();
    let probe = probe!(&home).sending_to(server.url()).without("HOME");
    let mut outcome = probe.run(&steps).checked();
    let status = outcome.lines.pop().unwrap();
    assert!(status.contains("NoHome"), "{status}");
    assert_eq!(outcome.lines, NOTHING);
    assert!(home.is_untouched() && server.after_exit().is_empty());
}

/// An empty `HOME` means the root directory, as in the reference. The user may not write there, and the event is still sent.
#[test]
fn an_empty_home_is_the_root_directory() {
    if !is_privileged() || fs::symlink_metadata("/.config/nemoguardrails").is_ok() {
        return skipped(
            "`/.config/nemoguardrails` is in use, or the test has no privileges to change its user",
        );
    }
    let (home, server) = (Home::for_everyone(), Server::start());
    let probe = probe!(&home).sending_to(server.url()).env("HOME", "");
    let outcome = probe.run(&[&format!("become={OTHER_USER}"), "report", "flush", "stats"]).checked();
    assert_eq!(outcome.json()[1]["audit_failures"], 1);
    assert_eq!(server.after_exit().len(), 1);
    assert!(fs::symlink_metadata("/.config/nemoguardrails").is_err());
}
