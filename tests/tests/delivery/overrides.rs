// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A host that decides everything itself: configuration directory, audit log, marker, endpoint, facts and clock.

#![cfg(target_os = "linux")]

use std::fs;

use telemetry_tests::home::Home;
use telemetry_tests::probe;
use telemetry_tests::server::{DOWN, Server};

#[test]
fn a_hosts_own_decisions_replace_what_would_be_found_out() {
    let (home, server) = (Home::new(), Server::start());
    let step = format!("own-client={}", server.url());
    let outcome = probe!(&home).sending_to(DOWN).run(&[&step]).checked();
    assert_eq!(outcome.lines, ["Enabled", "true"], "the thread ends with its client");
    let requests = server.after_exit();
    let [request] = &requests[..] else { panic!("{requests:?}") };
    let (envelope, parameters) = (request.envelope(), request.parameters());
    assert_eq!(envelope["clientVer"], "9.9");
    assert_eq!(envelope["cpuArchitecture"], "mips");
    assert_eq!(envelope["sentTs"], "2001-09-09T01:46:40.125Z");
    assert_eq!(envelope["events"][0]["ts"], "2001-09-09T01:46:40.125Z");
    assert_eq!(parameters["timestamp"], 1_000_000_000.125);
    assert_eq!((&parameters["platform"], &parameters["osName"]), (&"Plan9-4".into(), &"Plan9".into()));
    assert_eq!(parameters["pythonVersion"], "9.9");
    let audit = fs::read_to_string(home.path().join("own/log/audit.jsonl")).unwrap();
    assert!(request.body.contains(audit.trim_end()), "{audit}");
    assert!(!home.path().join(".config").exists());
}

#[test]
fn the_hosts_own_marker_opts_out() {
    let (home, server) = (Home::new(), Server::start());
    fs::create_dir(home.path().join("own")).unwrap();
    fs::write(home.path().join("own/silent"), "").unwrap();
    let step = format!("own-client={}", server.url());
    let outcome = probe!(&home).run(&[&step]).checked();
    assert_eq!(outcome.lines, ["OptedOut(Marker)", "true"]);
    assert!(server.after_exit().is_empty());
    assert!(!home.path().join("own/log").exists());
}

#[test]
fn a_hosts_own_endpoint_keeps_to_the_rules() {
    for url in ["", "http://192.0.2.1/", "file:///etc/passwd"] {
        let home = Home::new();
        let probe = probe!(&home).without("NEXTEST");
        let outcome = probe.run(&[&format!("own-client={url}"), "sockets"]).checked();
        assert_eq!(outcome.lines, ["Enabled", "true", "0"], "{url}");
        assert!(home.is_untouched(), "{url}");
    }
}
