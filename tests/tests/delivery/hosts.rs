// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Hosts under stress: many threads, forks at any moment, sudden death, and systems that give nothing.

#![cfg(target_os = "linux")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::time::Duration;

use serde_json::{Value, json};
use telemetry_tests::child::{Outcome, Probe};
use telemetry_tests::home::Home;
use telemetry_tests::server::{Request, Server};
use telemetry_tests::skipped::skipped;
use telemetry_tests::strange_system::strange_system;

fn probe(home: &Home, server: &Server) -> Probe {
    Probe::new(env!("CARGO_BIN_EXE_delivery_probe"), home).env("DELIVERY_URL", server.url())
}

fn audit_file(home: &Home) -> PathBuf {
    home.path().join(".config/delivery/usage_stats.json")
}

/// The process and the number of the event in each request.
fn arrived(requests: &[Request]) -> Vec<(u64, u64)> {
    let number = |value: &Value| value.as_u64().expect("a number");
    requests
        .iter()
        .map(Request::parameters)
        .map(|event| (number(&event["process"]), number(&event["number"])))
        .collect()
}

fn stats(outcome: &Outcome) -> Value {
    outcome.json().pop().expect("the probe prints its counters")
}

#[test]
fn ten_thousand_events_of_eight_threads_arrive_once_each() {
    let (home, server) = (Home::new(), Server::start());
    let outcome = probe(&home, &server).run(&["flood", "8", "10000"]).checked();
    let stats = stats(&outcome);
    assert_eq!((&stats["produced"], &stats["delivered"]), (&10_000.into(), &10_000.into()), "{stats}");
    let arrived = arrived(&server.after_exit());
    assert_eq!(arrived.len(), 10_000);
    assert_eq!(arrived.into_iter().collect::<BTreeSet<_>>().len(), 10_000);
    assert_eq!(std::fs::read_to_string(audit_file(&home)).unwrap().lines().count(), 10_000);
}

#[test]
fn children_forked_while_the_parent_sends_deliver_their_own_events_and_no_others() {
    let (home, server) = (Home::new(), Server::start());
    let outcome = probe(&home, &server).run(&["storm", "8", "20"]).checked();
    let stats = stats(&outcome);
    let arrived = arrived(&server.after_exit());
    let mut by_process = BTreeMap::<u64, Vec<u64>>::new();
    arrived.iter().for_each(|(process, number)| by_process.entry(*process).or_default().push(*number));
    let (children, parent): (Vec<_>, Vec<_>) =
        by_process.into_values().partition(|numbers| numbers[0] >= 1_000_000);
    assert_eq!((children.len(), parent.len()), (8, 1));
    assert!(
        children.iter().all(|numbers| numbers.iter().map(|number| number % 1_000_000).eq(0..20)),
        "{children:?}"
    );
    assert!(
        parent[0].iter().copied().eq(0..parent[0].len() as u64),
        "nothing of the parent's is lost or sent twice"
    );
    assert_eq!(stats["delivered"], parent[0].len());
}

#[test]
fn the_child_of_a_raw_clone_is_a_process_of_its_own_even_with_the_id_of_its_parent() {
    for command in ["raw-clone", "raw-clone-namespace"] {
        let (home, server) = (Home::new(), Server::start());
        let outcome = probe(&home, &server).run(&[command]).checked();
        if outcome.lines.iter().any(|line| line == "not allowed") {
            skipped(&format!("`{command}` takes privileges"));
            continue;
        }
        let requests = server.after_exit();
        let numbers: Vec<u64> = arrived(&requests).into_iter().map(|(_, number)| number).collect();
        assert_eq!(numbers, [0, 1_000_000, 1], "{command}");
        let sessions: Vec<String> = requests.iter().map(Request::session).collect();
        assert!(sessions[0] == sessions[2] && sessions[0] != sessions[1], "{command}: {sessions:?}");
    }
}

/// A task of the parent waits while threads of the parent take its locks: the copy of the task in a child waits for neither.
#[test]
fn a_flush_awaited_in_a_forked_child_completes_at_once() {
    let (home, server) = (Home::new(), Server::start());
    let outcome = probe(&home, &server).run(&["awaited", "200"]).checked();
    let [stats] = &outcome.json()[..] else { panic!("{:?}", outcome.lines) };
    assert_eq!((&stats["produced"], &stats["delivered"]), (&json!(1), &json!(1)), "{stats}");
}

/// Eight processes write one audit log until each is killed at another moment.
#[test]
fn after_a_kill_the_audit_log_has_everything_that_was_sent_in_whole_lines() {
    let (home, server) = (Home::new(), Server::start());
    let mut requests = Vec::new();
    for repeat in 0..5 {
        let mut writers: Vec<_> = (0..8).map(|_| probe(&home, &server).start(&["write"])).collect();
        requests.push(server.next_request());
        for (index, writer) in writers.iter_mut().enumerate() {
            std::thread::sleep(Duration::from_millis((index as u64 * 7 + repeat * 13) % 40));
            writer.kill();
        }
        writers.into_iter().for_each(|writer| assert_eq!(writer.finish().code, None));
    }
    let text = std::fs::read_to_string(audit_file(&home)).unwrap();
    let (whole, torn): (Vec<_>, Vec<_>) =
        text.lines().map(serde_json::from_str::<Value>).partition(Result::is_ok);
    assert!(torn.len() <= 40, "a kill tears one line at most");
    let key = |event: &Value| (event["process"].as_u64(), event["number"].as_u64());
    let audited: BTreeSet<_> = whole.iter().map(|line| key(line.as_ref().unwrap())).collect();
    requests.extend(server.after_exit());
    let sent: Vec<_> = requests.iter().map(|request| key(&request.parameters())).collect();
    assert!(sent.iter().all(|event| audited.contains(event)), "audit before send");
}

#[test]
fn without_files_to_open_events_are_counted_and_the_process_goes_on() {
    let (home, server) = (Home::new(), Server::start());
    let outcome = probe(&home, &server).run(&["few-files", "3"]).checked();
    let stats = stats(&outcome);
    assert_eq!((&stats["dropped"]["transport"], &stats["audit_failures"]), (&3.into(), &3.into()), "{stats}");
    assert!(server.after_exit().is_empty());
}

#[test]
fn a_limit_on_files_costs_audit_lines_and_never_the_process() {
    let (home, server) = (Home::new(), Server::start());
    let outcome = probe(&home, &server).run(&["small-files", "1"]).checked();
    let stats = stats(&outcome);
    assert_eq!((&stats["delivered"], &stats["audit_failures"]), (&3.into(), &3.into()), "{stats}");
}

#[test]
fn devices_directories_and_links_are_no_audit_log_and_the_events_are_sent() {
    let home = Home::new();
    let path = |name: &str| home.path().join(name).to_str().unwrap().to_owned();
    std::os::unix::fs::symlink("/etc", path("link")).unwrap();
    std::fs::create_dir(path("dir")).unwrap();
    for log in ["/dev/full".to_owned(), "/proc/version".to_owned(), path("dir"), path("link"), path("link/x")]
    {
        let server = Server::start();
        let outcome = probe(&home, &server).run(&["audit", &log]).checked();
        let stats = stats(&outcome);
        assert_eq!((&stats["delivered"], &stats["audit_failures"]), (&3.into(), &3.into()), "{log}: {stats}");
    }
}

/// The clock goes back an hour each time it is read.
#[test]
fn a_clock_that_is_set_back_delays_nothing() {
    let (home, server) = (Home::new(), Server::start());
    let Some(strange) = strange_system(&home) else { return };
    let probe = probe(&home, &server).env("LD_PRELOAD", strange).env("STRANGE_CLOCK", "1");
    let outcome = probe.run(&["flood", "1", "20"]).checked();
    assert_eq!(stats(&outcome)["delivered"], 20);
    let times: Vec<_> = server.after_exit().iter().map(Request::event_time).collect();
    assert!(times.len() == 20 && times.is_sorted_by(|earlier, later| earlier > later), "{times:?}");
}
