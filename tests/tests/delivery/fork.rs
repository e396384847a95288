// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A forked child is a process of its own: its own session, its own thread, and nothing of its parent's to wait for.

#![cfg(target_os = "linux")]

use std::collections::BTreeSet;
use std::time::Duration;

use telemetry_tests::home::Home;
use telemetry_tests::probe;
use telemetry_tests::server::{Answer, Request, Server};
use telemetry_tests::waiting::one_within;

fn sessions(requests: &[Request]) -> Vec<String> {
    requests.iter().map(Request::session).collect()
}

/// Runs the steps against a server that always answers, and returns what they print and send.
fn run(steps: &[&str]) -> (Vec<String>, Vec<Request>) {
    let (home, server) = (Home::new(), Server::start());
    let outcome = probe!(&home).sending_to(server.url()).run(steps).checked();
    let requests = server.after_exit();
    assert_eq!(home.audit_lines().len(), requests.len());
    (outcome.lines, requests)
}

#[test]
fn a_child_has_its_own_session_and_thread_and_keeps_the_deployment_override() {
    let (lines, requests) = run(&[
        "deployment=api",
        "report",
        "flush",
        "fork",
        "report",
        "threads",
        "flush",
        "join",
        "report",
        "flush",
    ]);
    assert_eq!(lines, ["true", "2", "true", "child ended with 0", "true"]);
    let [parent, child, again] = &sessions(&requests)[..] else { panic!("{requests:?}") };
    assert_ne!(parent, child);
    assert_eq!(parent, again);
    assert!(requests.iter().all(|request| request.parameters()["deploymentType"] == "api"));
    assert!(requests.iter().all(|request| request.parameters()["sessionId"] == request.session()));
}

#[test]
fn a_child_that_reports_first_leaves_its_parent_a_session_of_its_own() {
    let (lines, requests) = run(&["fork", "report", "flush", "join", "report", "flush"]);
    assert_eq!(lines, ["true", "child ended with 0", "true"]);
    let sessions = sessions(&requests);
    assert!(sessions.len() == 2 && sessions[0] != sessions[1], "{sessions:?}");
}

#[test]
fn children_of_children_are_processes_too() {
    let (lines, requests) = run(&[
        "report", "flush", "fork", "report", "flush", "fork", "report", "flush", "join", "report", "flush",
        "join", "fork", "report", "flush", "join", "report", "flush",
    ]);
    assert_eq!(lines.iter().filter(|line| *line == "child ended with 0").count(), 3, "{lines:?}");
    let sessions = sessions(&requests);
    let [parent, child, grandchild, child_again, sibling, parent_again] = &sessions[..] else {
        panic!("{sessions:?}")
    };
    assert_eq!((parent, child), (parent_again, child_again));
    assert_eq!(BTreeSet::from([parent, child, grandchild, sibling]).len(), 4, "{sessions:?}");
}

#[test]
fn a_child_that_does_not_report_does_nothing() {
    let (lines, requests) = run(&["report", "flush", "fork", "threads", "sockets", "join"]);
    // The parent's idle connection is inherited, as every open file is; there is no other one.
    assert_eq!(lines, ["true", "1", "1", "child ended with 0"]);
    assert_eq!(requests.len(), 1);
}

#[test]
fn a_child_that_reports_and_exits_still_delivers() {
    let (lines, requests) = run(&["exit-wait=20000", "report", "flush", "fork", "report", "join"]);
    assert_eq!(lines, ["true", "child ended with 0"]);
    assert_eq!(requests.len(), 2);
}

#[test]
fn a_child_stays_off_if_its_parent_was_turned_off() {
    let (lines, requests) = run(&["disable", "fork", "report", "threads", "join", "report"]);
    assert_eq!(lines, ["1", "child ended with 0"]);
    assert!(requests.is_empty());
}

#[test]
fn a_child_beats_on_its_own() {
    let (home, server) = (Home::new(), Server::start());
    let probe = probe!(&home).sending_to(server.url()).env("NEMO_GUARDRAILS_HEARTBEAT_INTERVAL_S", "0.2");
    let mut running = probe.start(&["report", "flush", "fork", "report=cli,IORails", "wait", "join"]);
    let parent = server.next_request().session();
    // The parent beats all the while: about every second one is the child's.
    let mut childs = Vec::new();
    while childs.len() < 6 {
        childs.push(server.next_request());
        childs.retain(|request: &Request| request.session() != parent);
    }
    running.go_on();
    let _ = running.finish().checked();
    let kinds: Vec<_> = childs.iter().map(|request| request.parameters()["event"].clone()).collect();
    assert!(kinds.starts_with(&["startup".into(), "heartbeat".into()]), "{kinds:?}");
    assert_eq!(kinds.iter().filter(|kind| *kind == "startup").count(), 1);
    assert!(childs.iter().all(|request| request.parameters()["railsEngine"] == "IORails"), "{childs:?}");
}

/// The parent's thread is in the middle of a request when the process forks.
#[test]
fn a_child_does_not_wait_for_its_parents_request() {
    // The parent's request may hang for five seconds.
    one_within(Duration::from_secs(5), || {
        let (home, server) = (Home::new(), Server::answering([Answer::Hang]));
        let steps = ["report", "wait", "fork", "report", "flush", "join"];
        let mut running = probe!(&home).sending_to(server.url()).start(&steps);
        let hanging = server.next_request();
        running.go_on();
        assert_ne!(server.next_request().session(), hanging.session());
        assert_eq!(running.finish().checked().lines, ["true", "child ended with 0"]);
    });
}

/// Whatever lock the threads hold at the moment of the fork, no child hangs on it.
#[test]
fn children_forked_while_all_threads_report_can_report_and_exit() {
    const CHILDREN: usize = 12;
    let (home, server) = (Home::new(), Server::start());
    let child = ["fork", "report", "flush", "join"];
    let steps = [&["storm=3"][..], &child.repeat(CHILDREN), &["calm"]].concat();
    let outcome = probe!(&home).sending_to(server.url()).run(&steps).checked();
    assert_eq!(outcome.lines, ["true", "child ended with 0"].repeat(CHILDREN));
    let sessions: BTreeSet<_> = sessions(&server.after_exit()).into_iter().collect();
    assert_eq!(sessions.len(), CHILDREN + 1);
}

/// The same with nothing set up before: whatever is being made for the first time at the moment of the fork, no child waits
/// for it.
#[test]
fn children_forked_while_the_first_report_is_made_report_and_end() {
    let server = Server::start();
    for _ in 0..25 {
        let home = Home::new();
        let steps = ["storm=2", "fork", "report", "flush", "join", "calm"];
        let outcome = probe!(&home).sending_to(server.url()).run(&steps).checked();
        assert_eq!(outcome.lines, ["true", "child ended with 0"]);
    }
}
