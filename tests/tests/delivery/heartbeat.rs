// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Heartbeats: copies of the startup event that end with an opt-out.

#![cfg(target_os = "linux")]

use std::fs;

use serde_json::Value;
use telemetry_tests::child::Probe;
use telemetry_tests::home::Home;
use telemetry_tests::probe;
use telemetry_tests::server::{DOWN, Request, Server};

fn beating(home: &Home, server: &Server) -> Probe {
    probe!(home).sending_to(server.url()).env("NEMO_GUARDRAILS_HEARTBEAT_INTERVAL_S", "0.2")
}

/// The interval, less what a clock may be corrected by in the meantime.
const INTERVAL_S: f64 = 0.19;

fn timestamp(request: &Request) -> f64 {
    request.parameters()["timestamp"].as_f64().expect("a number")
}

#[test]
fn a_heartbeat_is_the_startup_event_at_a_later_time() {
    let (home, server) = (Home::new(), Server::start());
    let mut running = beating(&home, &server).start(&["report=cli,IORails", "wait"]);
    let startup = server.next_request();
    let beats = [server.next_request(), server.next_request()];
    running.go_on();
    let _ = running.finish().checked();
    assert!(timestamp(&startup) + INTERVAL_S <= timestamp(&beats[0]), "{beats:?}");
    assert!(timestamp(&beats[0]) + INTERVAL_S <= timestamp(&beats[1]), "{beats:?}");
    for beat in beats {
        let mut parameters = beat.parameters();
        assert_eq!(parameters["event"].take(), "heartbeat");
        assert_ne!(beat.envelope()["events"][0]["ts"], startup.envelope()["events"][0]["ts"]);
        let mut expected = startup.parameters();
        parameters["timestamp"] = expected["timestamp"].clone();
        assert_eq!(expected["event"].take(), "startup");
        assert_eq!(parameters, expected);
        assert_eq!(beat.session(), startup.session());
    }
}

#[test]
fn heartbeats_are_audited_like_any_event() {
    let (home, server) = (Home::new(), Server::start());
    let mut running = beating(&home, &server).start(&["report", "wait", "disable", "await-no-worker"]);
    let mut sent = vec![server.next_request(), server.next_request(), server.next_request()];
    running.go_on();
    assert_eq!(running.finish().checked().lines, ["true"]);
    sent.extend(server.after_exit());
    let audited: Vec<Value> =
        home.audit_lines().iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    let parameters: Vec<_> = sent.iter().map(Request::parameters).collect();
    // The last one may have been audited when the program turned it off.
    assert!(audited.starts_with(&parameters) && audited.len() <= parameters.len() + 1, "{audited:?}");
}

/// Only the first report starts heartbeats: there is one row of them, however often the process reports.
#[test]
fn later_reports_start_no_further_heartbeats() {
    let (home, server) = (Home::new(), Server::start());
    let mut running = beating(&home, &server).start(&["report", "report=api,IORails", "wait"]);
    let mut beats: Vec<_> = (0..6).map(|_| server.next_request()).collect();
    running.go_on();
    let _ = running.finish().checked();
    beats.retain(|request| request.parameters()["event"] == "heartbeat");
    assert_eq!(beats.len(), 4);
    assert!(beats.iter().all(|beat| beat.parameters()["railsEngine"] == "LLMRails"), "{beats:?}");
    assert!(
        beats.windows(2).all(|pair| timestamp(&pair[0]) + INTERVAL_S <= timestamp(&pair[1])),
        "{beats:?}"
    );
}

#[test]
fn a_late_opt_out_ends_heartbeats_and_their_thread() {
    let (home, server) = (Home::new(), Server::start());
    let steps = ["report", "wait", "await-no-worker", "wait", "report", "wait"];
    let mut running = beating(&home, &server).start(&steps);
    let _ = [server.next_request(), server.next_request()];
    home.opt_out();
    running.go_on();
    assert_eq!(running.line(), "true");
    // The request that was running when the marker appeared has arrived: the thread that sends has ended.
    let _ = server.received();
    let audited = home.audit_lines();
    running.go_on();
    running.go_on();
    let _ = running.finish().checked();
    assert!(server.after_exit().is_empty(), "nothing is reported after the opt-out");
    assert_eq!(home.audit_lines(), audited);
}

#[test]
fn a_report_after_the_opt_out_is_withdrawn_starts_heartbeats_again() {
    let (home, server) = (Home::new(), Server::start());
    let mut running =
        beating(&home, &server).start(&["report", "wait", "await-no-worker", "wait", "report", "wait"]);
    let startup = server.next_request();
    home.opt_out();
    running.go_on();
    assert_eq!(running.line(), "true");
    let _ = server.received();
    fs::remove_file(home.marker()).unwrap();
    running.go_on();
    let events = [server.next_request(), server.next_request()];
    running.go_on();
    let _ = running.finish().checked();
    assert_eq!(events.clone().map(|request| request.parameters()["event"].clone()), ["startup", "heartbeat"]);
    assert!(events.iter().all(|request| request.session() == startup.session()));
}

#[test]
fn an_interval_that_is_no_time_means_no_heartbeat() {
    for interval in ["inf", "nan", "1e300"] {
        let (home, server) = (Home::new(), Server::start());
        let probe = beating(&home, &server).env("NEMO_GUARDRAILS_HEARTBEAT_INTERVAL_S", interval);
        // Without a heartbeat to wait for, the thread ends when there has been nothing to do for a while.
        let outcome = probe.run(&["report", "flush", "await-no-worker"]).checked();
        assert_eq!(outcome.lines, ["true", "true"], "{interval}");
        assert_eq!(server.after_exit().len(), 1, "{interval}");
    }
}

/// The default is ten minutes: the thread waits, and the process does not wait for it.
#[test]
fn an_interval_that_is_not_over_keeps_no_process_from_ending() {
    let home = Home::new();
    let outcome = probe!(&home).sending_to(DOWN).run(&["report", "threads"]).checked();
    assert_eq!(outcome.lines, ["2"]);
}
