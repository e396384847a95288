// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Whatever the collector does, or whatever the endpoint is, the host goes on and the counters add up.

#![cfg(target_os = "linux")]

use std::time::Duration;

use serde_json::{Value, json};
use telemetry_tests::home::Home;
use telemetry_tests::probe;
use telemetry_tests::server::{Answer, DOWN, Server};
use telemetry_tests::waiting::one_within;

/// How long a request that hangs takes.
const REQUEST: Duration = Duration::from_secs(5);

fn assert_adds_up(stats: &Value) {
    let number = |key: &str| stats[key].as_u64().expect("a counter");
    let sum = number("delivered") + number("queued") + number("dropped_total");
    assert_eq!(number("produced"), sum, "{stats}");
}

#[test]
fn a_collector_that_is_down_costs_the_host_nothing() {
    one_within(REQUEST, || {
        let home = Home::new();
        let stats =
            probe!(&home).sending_to(DOWN).run(&["report", "flush=100", "stats"]).checked().json().remove(1);
        assert_adds_up(&stats);
        assert_eq!((&stats["produced"], &stats["delivered"]), (&json!(1), &json!(0)));
        assert_eq!(home.audit_lines().len(), 1);
    });
}

/// The reports are made and the process ends while the first request hangs.
#[test]
fn a_hanging_collector_does_not_block_reports() {
    let all_wait = one_within(REQUEST, || {
        let (home, server) = (Home::new(), Server::answering([Answer::Hang]));
        let steps = [&["report", "wait"][..], &["report"; 20], &["threads", "stats"]].concat();
        let mut running = probe!(&home).sending_to(server.url()).start(&steps);
        let _ = server.next_request();
        running.go_on();
        let lines = running.finish().checked().json();
        assert_eq!(lines[0], 2, "one thread, however many reports wait");
        assert_adds_up(&lines[1]);
        assert_eq!(lines[1]["produced"], 21);
        lines[1]["queued"] == 21
    });
    assert!(all_wait);
}

/// Five seconds from the first byte to the last, however lively the other side is.
#[test]
fn a_request_ends_after_its_deadline() {
    for answer in [Answer::Hang, Answer::Trickle] {
        let (home, server) = (Home::new(), Server::answering([answer; 20]));
        let outcome = probe!(&home).sending_to(server.url()).run(&["report", "flush", "stats"]).checked();
        let [flushed, stats] = &outcome.json()[..] else { panic!("{:?}", outcome.lines) };
        assert!(*flushed == true && stats["last_request"].is_string(), "{answer:?}: {stats}");
        assert_eq!(stats["delivered"], 0);
        assert_adds_up(stats);
    }
}

#[test]
fn a_process_that_is_killed_leaves_whole_lines_behind() {
    let (home, server) = (Home::new(), Server::answering([Answer::Hang]));
    let mut running = probe!(&home).sending_to(server.url()).start(&["report", "wait"]);
    let _ = server.next_request();
    running.kill();
    assert_eq!(running.finish().code, None);
    let lines = home.audit_lines();
    assert_eq!(lines.len(), 1);
    assert!(serde_json::from_str::<Value>(&lines[0]).is_ok(), "{lines:?}");
}

#[test]
fn a_redirect_is_not_followed() {
    let (home, server) = (Home::new(), Server::answering([Answer::Redirect("/elsewhere"); 20]));
    let outcome = probe!(&home).sending_to(server.url()).run(&["report", "flush", "stats"]).checked();
    let stats = &outcome.json()[1];
    assert_eq!((&stats["delivered"], &stats["last_request"]), (&json!(0), &json!(302)), "{stats}");
    let requests = server.after_exit();
    assert!(!requests.is_empty());
    assert!(requests.iter().all(|request| request.path == "/v1.1/events/json"), "{requests:?}");
}

#[test]
fn the_status_decides_what_became_of_an_event() {
    for (status, counter) in
        [(200, "delivered"), (202, "delivered"), (204, "delivered"), (400, "rejected"), (422, "rejected")]
    {
        let (home, server) = (Home::new(), Server::answering([Answer::Status(status)]));
        let outcome = probe!(&home).sending_to(server.url()).run(&["report", "flush", "stats"]).checked();
        let stats = &outcome.json()[1];
        let count = if counter == "delivered" { &stats[counter] } else { &stats["dropped"][counter] };
        assert_eq!((count, &stats["produced"]), (&json!(1), &json!(1)), "{status}: {stats}");
        assert_adds_up(stats);
        assert_eq!(server.after_exit().len(), 1, "{status}");
    }
}

#[test]
fn a_connection_that_breaks_off_does_not_break_the_next_report() {
    let (home, server) = (Home::new(), Server::answering([Answer::Close]));
    let steps = ["report", "wait", "report=api,IORails", "flush", "stats"];
    let mut running = probe!(&home).sending_to(server.url()).start(&steps);
    let _ = server.next_request();
    running.go_on();
    assert_adds_up(&running.finish().checked().json()[1]);
    let engines: Vec<_> = server.after_exit().iter().map(|r| r.parameters()["railsEngine"].clone()).collect();
    assert!(engines.contains(&json!("IORails")), "{engines:?}");
}

#[test]
fn nothing_goes_to_an_endpoint_that_is_none() {
    for url in [
        "",
        " ",
        "events.example.com",
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
        "http://192.0.2.1/v1.1/events/json",
        "http://events.example.com/",
        "http://127.0.0.1.example.com/",
        "http://127.0.0.1@192.0.2.1/",
        "http://127.0.0.1:1/\nx",
        "https://",
        "https://[::1/",
    ] {
        let home = Home::new();
        let outcome = probe!(&home)
            .without("NEXTEST")
            .sending_to(url)
            .run(&["report", "threads", "sockets", "stats"])
            .checked();
        let lines = outcome.json();
        assert_eq!((&lines[0], &lines[1]), (&json!(1), &json!(0)), "{url:?}");
        assert_eq!(lines[2]["dropped"]["bad endpoint"], 1, "{url:?}: {}", lines[2]);
        assert_adds_up(&lines[2]);
        assert!(home.is_untouched(), "{url:?}");
    }
}

/// As a file of variables or a mounted secret leaves it.
#[test]
fn white_space_around_an_endpoint_is_not_part_of_it() {
    let server = Server::start();
    for (before, after) in [("", "\n"), (" ", " "), ("\t", "\r\n")] {
        let home = Home::new();
        let url = format!("{before}{}{after}", server.url());
        let outcome = probe!(&home).sending_to(url).run(&["report", "flush", "stats"]).checked();
        assert_eq!(outcome.json()[1]["delivered"], 1, "{before:?} {after:?}");
        assert_eq!(server.next_request().path, "/v1.1/events/json");
    }
}

/// The log of a program and its status often go further than its environment.
#[test]
fn neither_log_nor_status_shows_the_password_of_an_endpoint() {
    for url in ["https://bob:hunter2@events.invalid/", "https://hunter2@events.invalid/", "bob:hunter2@x"] {
        let home = Home::new();
        let steps = ["log", "report", "flush", "status", "stats"];
        let lines = probe!(&home).sending_to(url).run(&steps).checked().lines;
        assert!(lines.iter().any(|line| line.contains("is not sent: endpoint")), "{url:?}: {lines:#?}");
        assert!(lines.iter().all(|line| !line.contains("hunter2")), "{url:?}: {lines:#?}");
    }
}

#[test]
fn an_endpoint_that_is_not_utf_8_is_none() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let home = Home::new();
    let url = OsStr::from_bytes(b"http://127.0.0.1:1/\xff");
    let outcome = probe!(&home).sending_to(url).run(&["report", "threads", "stats"]).checked();
    assert_eq!(outcome.json()[1]["dropped"]["bad endpoint"], 1);
    assert_eq!(outcome.lines[0], "1");
}

/// Whatever a test forgets to say: its children are part of the test run.
#[test]
fn a_child_of_a_test_reaches_nothing_else_either() {
    let home = Home::new();
    let probe = probe!(&home).sending_to("https://events.invalid/");
    let outcome = probe.run(&["report", "threads", "sockets", "stats"]).checked();
    assert_eq!(outcome.lines[..2], ["1", "0"]);
    assert_eq!(outcome.json()[2]["dropped"]["bad endpoint"], 1);
}

#[test]
fn a_test_run_reaches_loopback_and_nothing_else() {
    for variable in ["CARGO_MANIFEST_DIR", "NEXTEST"] {
        let (home, server) = (Home::new(), Server::start());
        let probe = probe!(&home).without("NEXTEST").env(variable, "1");
        let outcome = probe.run(&["report", "threads", "stats"]).checked();
        assert_eq!(outcome.json()[1]["dropped"]["bad endpoint"], 1, "{variable}");
        assert_eq!(outcome.lines[0], "1", "{variable}");
        let probe = probe!(&home).without("NEXTEST").env(variable, "1").sending_to(server.url());
        let _ = probe.run(&["report", "flush"]).checked();
        assert_eq!(server.after_exit().len(), 1, "{variable}");
    }
}

#[test]
fn the_endpoint_is_read_at_each_report_and_heartbeats_follow() {
    let (home, first, second) = (Home::new(), Server::start(), Server::start());
    let probe = probe!(&home).sending_to(first.url()).env("NEMO_GUARDRAILS_HEARTBEAT_INTERVAL_S", "0.2");
    let steps =
        ["report", "flush", &format!("server={}", second.url()), "report", "flush", "say=moved", "wait"];
    let mut running = probe.start(&steps);
    let lines = [running.line(), running.line(), running.line()];
    assert_eq!(lines, ["true", "true", "moved"]);
    // From here on nothing goes to the first one.
    let _ = first.received();
    let events = [second.next_request(), second.next_request(), second.next_request()];
    running.go_on();
    let _ = running.finish().checked();
    assert!(events.iter().any(|request| request.parameters()["event"] == "heartbeat"), "{events:?}");
    assert!(first.after_exit().is_empty());
}

#[test]
fn requests_to_this_machine_use_no_proxy() {
    let (home, server, proxy) = (Home::new(), Server::start(), Server::start());
    let mut probe = probe!(&home).sending_to(server.url());
    for name in ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
        probe = probe.env(name, proxy.url());
    }
    let _ = probe.run(&["report", "flush"]).checked();
    assert_eq!((server.after_exit().len(), proxy.after_exit().len()), (1, 0));
}
