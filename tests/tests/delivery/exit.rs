// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A process that reports one event and returns from `main` delivers it; one that has opted out leaves no trace.

#![cfg(target_os = "linux")]

use std::path::Path;
use std::process::Command;

use telemetry_tests::child::Probe;
use telemetry_tests::home::Home;
use telemetry_tests::probe;
use telemetry_tests::server::Server;
use telemetry_tests::skipped::skipped;

#[test]
fn all_of_a_thousand_processes_that_report_and_return_deliver() {
    let (home, server) = (Home::new(), Server::start());
    for _ in 0..1000 {
        // On a busy machine, one of a thousand deliveries takes longer than the 200 ms that an exit waits otherwise.
        let _ = probe!(&home).sending_to(server.url()).run(&["exit-wait=60000", "report"]).checked();
    }
    assert_eq!(server.after_exit().len(), 1000);
    assert_eq!(home.audit_lines().len(), 1000);
}

/// When the process exits, only the worker still holds the client.
#[test]
fn what_a_client_has_reported_that_is_gone_by_then_is_waited_for() {
    let (home, server) = (Home::new(), Server::start());
    for _ in 0..50 {
        let probe = Probe::new(env!("CARGO_BIN_EXE_product_probe"), &home);
        let _ = probe.sending_products_to(&server.url()).run(&["helix:report"]).checked();
    }
    // On a busy machine, a few take longer than the 500 ms of this product. Without a wait, nearly none arrives.
    let arrived = server.after_exit().len();
    assert!((40..=50).contains(&arrived), "{arrived}");
}

/// Every way to get a socket, a thread, a process or a file.
const TRACES: &str = "socket,connect,clone,clone3,fork,vfork,open,openat,openat2,creat,mkdir,mkdirat";
const LOOKS: &str = "stat,lstat,newfstatat,statx";

/// These system calls of a process that takes these steps, as `strace` sees them.
fn system_calls(home: &Home, variable: Option<&str>, calls: &str, steps: &[&str]) -> Option<String> {
    let server = Server::start();
    let trace = home.path().join("trace");
    let mut command = Command::new("strace");
    command.args(["-f", "-e", &format!("trace={calls}"), "-o"]).arg(&trace);
    command.arg(env!("CARGO_BIN_EXE_probe")).args(steps);
    command.env_clear().env("PATH", "/usr/local/bin:/usr/bin:/bin").env("HOME", home.path());
    command.env("NEMO_GUARDRAILS_USAGE_STATS_SERVER", server.url());
    variable.map(|name| command.env(name, "1"));
    let output = command.output().ok()?;
    assert!(server.after_exit().is_empty() || variable.is_none());
    output.status.success().then(|| std::fs::read_to_string(trace).expect("strace has written it"))
}

fn traces(home: &Home, variable: Option<&str>) -> Option<String> {
    system_calls(home, variable, TRACES, &["report", "report", "flush=50", "stats"])
}

fn is_trace(line: &str) -> bool {
    let opens_for_reading = line.contains("O_RDONLY") && !line.contains("O_CREAT");
    !opens_for_reading && !line.contains("exited with") && !line.contains("+++")
}

#[test]
fn under_an_opt_out_there_is_no_socket_no_thread_and_no_file() {
    let marked = Home::new();
    marked.opt_out();
    for (home, variable) in [
        (Home::new(), Some("DO_NOT_TRACK")),
        (Home::new(), Some("NEMO_GUARDRAILS_NO_USAGE_STATS")),
        (marked, Some("UNRELATED")),
    ] {
        let Some(trace) = traces(&home, variable) else { return skipped("no strace here") };
        let traces: Vec<&str> = trace.lines().filter(|line| is_trace(line)).collect();
        assert!(traces.is_empty(), "{variable:?}: {traces:#?}");
    }
}

/// The same look at a process that reports sees all of it, so the test above can fail.
#[test]
fn without_an_opt_out_the_same_check_finds_a_socket_a_thread_and_a_file() {
    let home = Home::new();
    let Some(trace) = traces(&home, None) else { return skipped("no strace here") };
    for call in ["socket(", "clone", "usage_stats.json"] {
        assert!(trace.lines().filter(|line| is_trace(line)).any(|line| line.contains(call)), "{call}");
    }
    assert!(Path::new(&home.audit_file()).exists());
}

/// How often the thread that reports looks for the user's marker and for those of the machine while it takes these steps.
fn looks_of_the_reporting_thread(steps: &[&str]) -> Option<[usize; 2]> {
    let trace = system_calls(&Home::new(), None, LOOKS, steps)?;
    let thread = trace.split_whitespace().next().expect("it looks at something");
    let looks = |dir| {
        let is_look =
            |line: &&str| line.starts_with(thread) && line.contains(dir) && line.contains("do_not_track");
        trace.lines().filter(is_look).count()
    };
    Some([looks("/.config/"), looks("\"/etc/")])
}

#[test]
fn a_report_checks_the_marker_once_unless_the_worker_has_just_checked_it() {
    let Some(first) = looks_of_the_reporting_thread(&["report"]) else {
        return skipped("no strace here");
    };
    assert_eq!(first, [1, 2]);
    let reports = [["report", "flush"]; 30].concat();
    let mut looks = (0..10).filter_map(|_| looks_of_the_reporting_thread(&reports));
    // On a busy machine, the check of the worker may each time be too long ago.
    let [user, machine] = looks.find(|[user, _]| *user < 30).expect("one of ten processes skips a look");
    assert!(user > 0);
    assert_eq!(machine, 2, "only the first of 30 reports looks for the markers of the machine");
}
