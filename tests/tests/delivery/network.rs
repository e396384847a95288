// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The way to an encrypted collector: whom the client trusts, which proxy it takes, how it looks names up, and what it does
//! again for each connection.

#![cfg(target_os = "linux")]

use std::collections::BTreeSet;
use std::process::Command;
use std::time::Duration;

use rustls::HandshakeKind;
use serde_json::Value;
use telemetry_tests::child::{Outcome, Probe};
use telemetry_tests::home::Home;
use telemetry_tests::probe;
use telemetry_tests::skipped::skipped;
use telemetry_tests::strange_system::{known_names, strange_system};
use telemetry_tests::waiting::one_within;

use crate::encrypted::{Encrypted, NAME};

/// Reports once and returns the counters.
fn report(home: &Home, url: &str, variables: &[(&str, &str)]) -> Value {
    let probe = probe!(home).without("NEXTEST").sending_to(url);
    let probe = variables.iter().fold(probe, |probe, (name, value)| probe.env(name, value));
    probe.run(&["report", "flush", "stats"]).checked().json().pop().unwrap()
}

#[test]
fn a_certificate_that_the_user_names_is_trusted_and_no_other() {
    let (home, server) = (Home::new(), Encrypted::start());
    let url = format!("https://localhost:{}/", server.address.port());
    let trusted = server.certificate_in(&home);
    std::fs::create_dir(home.path().join("certs")).unwrap();
    std::fs::copy(&trusted, home.path().join("certs/one.pem")).unwrap();
    let directory = home.path().join("certs").to_str().unwrap().to_owned();
    for variables in [&[("SSL_CERT_FILE", trusted.as_str())][..], &[("SSL_CERT_DIR", directory.as_str())]] {
        assert_eq!(report(&home, &url, variables)["delivered"], 1, "{variables:?}");
        assert_eq!(server.asked_for(), ["POST / HTTP/1.1"]);
    }
    for variables in [&[][..], &[("SSL_CERT_FILE", "/nonexistent")]] {
        assert_eq!(report(&home, &url, variables)["dropped"]["transport"], 1, "{variables:?}");
        assert!(server.asked_for().is_empty());
    }
}

/// The name has no address, so this works only if this machine does not look it up.
#[test]
fn through_a_proxy_the_name_is_not_looked_up_here() {
    let (home, server) = (Home::new(), Encrypted::start());
    let (proxy, trusted) = (format!("http://{}", server.address), server.certificate_in(&home));
    for variable in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "HTTP_PROXY", "http_proxy"] {
        let variables = [(variable, proxy.as_str()), ("SSL_CERT_FILE", trusted.as_str())];
        let stats = report(&home, &format!("https://{NAME}/"), &variables);
        assert_eq!(stats["delivered"], 1, "{variable}: {stats}");
        assert_eq!(
            server.asked_for(),
            [&format!("CONNECT {NAME}:443 HTTP/1.1"), "POST / HTTP/1.1"],
            "{variable}"
        );
    }
}

#[test]
fn an_unusable_proxy_stops_all_requests_and_is_reported() {
    let (home, server) = (Home::new(), Encrypted::start());
    let proxy = format!("http://{}", server.address);
    for broken in ["socks5://127.0.0.1:9", "http://127.0.0.1:x", "http://"] {
        let variables = [("HTTPS_PROXY", broken), ("ALL_PROXY", proxy.as_str())];
        let stats = report(&home, &format!("https://{NAME}/"), &variables);
        let reason = stats["last_request"].as_str().unwrap();
        assert!(reason.contains("`HTTPS_PROXY`"), "{broken}: {reason}");
        assert_eq!(stats["dropped"]["transport"], 1);
        assert!(server.asked_for().is_empty());
    }
}

/// In a name space of its own, the process asks a name server on loopback that never answers.
#[test]
fn a_hanging_name_lookup_blocks_one_thread_and_nothing_else() {
    // Three requests that wait for it one after the other take 15 seconds.
    let home = Home::new();
    let outcome = one_within(Duration::from_secs(15), || {
        let probe = Probe::new(env!("CARGO_BIN_EXE_delivery_probe"), &home).without("NEXTEST");
        probe.env("DELIVERY_URL", format!("https://{NAME}/")).run(&["hanging-names"]).checked()
    });
    if outcome.lines == ["not allowed"] {
        return skipped("a name space of one's own takes privileges");
    }
    let [most_lookups, stats] = &outcome.json()[..] else { panic!("{:?}", outcome.lines) };
    assert_eq!(most_lookups, 1, "one lookup at a time");
    assert_eq!((&stats["dropped"]["transport"], &stats["queued"]), (&3.into(), &0.into()), "{stats}");
}

#[test]
fn a_name_lookup_without_a_thread_loses_only_the_event() {
    let home = Home::new();
    let Some(strange) = strange_system(&home) else { return };
    // The first thread is the worker's.
    let strange = [("LD_PRELOAD", strange.to_str().unwrap()), ("STRANGE_THREADS", "1")];
    let stats = report(&home, &format!("https://{NAME}/"), &strange);
    let reason = stats["last_request"].as_str().unwrap();
    assert!(reason.contains("Resource temporarily unavailable"), "{reason}");
    assert_eq!((&stats["dropped"]["transport"], &stats["queued"]), (&1.into(), &0.into()), "{stats}");
}

/// A C or Python host may be in `setenv` at any moment. The main thread's reads show that a read would be seen.
#[test]
fn only_the_reporting_thread_reads_the_environment() {
    let (home, server) = (Home::new(), Encrypted::start());
    let Some(strange) = strange_system(&home) else { return };
    let probe = probe!(&home).sending_to(format!("https://localhost:{}/", server.address.port()));
    let probe = probe.env("SSL_CERT_FILE", server.certificate_in(&home)).env("LD_PRELOAD", strange);
    let outcome = probe.env("STRANGE_LOOKUPS", "1").run(&["report", "flush", "stats"]).checked();
    let mut printed = outcome.json();
    assert_eq!(printed.pop().unwrap()["delivered"], 1);
    let readers: BTreeSet<_> = printed.iter().filter_map(|read| read["thread"].as_str()).collect();
    assert_eq!(Vec::from_iter(readers), ["probe"], "{printed:?}");
    let names: Vec<_> = printed.iter().filter_map(|read| read["reads"].as_str()).collect();
    assert!(names.contains(&"DO_NOT_TRACK") && names.contains(&"SSL_CERT_FILE"), "{names:?}");
}

/// The child's environment for a collector that is reached by its name: a system that knows the name.
fn named_collector(home: &Home, server: &Encrypted) -> Option<Probe> {
    let names = known_names(home)?;
    let probe = probe!(home).without("NEXTEST").sending_to(server.named_url()).env("LD_PRELOAD", names);
    // Without heartbeats, a thread that has nothing to do ends.
    let probe = probe.env("NEMO_GUARDRAILS_HEARTBEAT_INTERVAL_S", "inf");
    Some(probe.env("SSL_CERT_FILE", server.certificate_in(home)))
}

/// How many names were looked up, by what the child has printed.
fn lookups(outcome: &Outcome) -> usize {
    outcome.lines.iter().filter(|line| line.contains("\"looks_up\"")).count()
}

fn delivered(outcome: &Outcome) -> Value {
    outcome.json().pop().expect("the last step prints the counters")["delivered"].take()
}

const REPORT_WITH_A_NEW_THREAD: [&str; 3] = ["report", "flush", "await-no-worker"];

#[test]
fn addresses_certificates_and_sessions_outlive_the_thread_that_got_them() {
    let (home, server) = (Home::new(), Encrypted::start());
    let Some(probe) = named_collector(&home, &server) else { return };
    let steps = [&REPORT_WITH_A_NEW_THREAD.repeat(3)[..], &["stats"]].concat();
    let outcome = probe.run(&steps).checked();
    assert_eq!(delivered(&outcome), 3, "{:?}", outcome.lines);
    assert_eq!(lookups(&outcome), 1, "{:?}", outcome.lines);
    let resumed = HandshakeKind::Resumed;
    assert_eq!(server.handshakes(), [HandshakeKind::Full, resumed, resumed]);
}

#[test]
fn the_certificate_file_is_opened_once_for_all_threads() {
    let (home, server) = (Home::new(), Encrypted::start());
    let trusted = server.certificate_in(&home);
    let url = format!("https://localhost:{}/", server.address.port());
    let steps = [&REPORT_WITH_A_NEW_THREAD.repeat(2)[..], &["stats"]].concat();
    let trace = home.path().join("trace");
    let mut command = Command::new("strace");
    command.args(["-f", "-e", "trace=open,openat", "-o"]).arg(&trace);
    command.arg(env!("CARGO_BIN_EXE_probe")).args(steps).env_clear();
    command.env("PATH", "/usr/local/bin:/usr/bin:/bin").env("HOME", home.path());
    command.env("NEMO_GUARDRAILS_USAGE_STATS_SERVER", url).env("SSL_CERT_FILE", &trusted);
    command.env("NEMO_GUARDRAILS_HEARTBEAT_INTERVAL_S", "inf");
    let Ok(output) = command.output() else { return skipped("no strace here") };
    assert!(output.status.success(), "{output:?}");
    assert_eq!(server.asked_for().len(), 2);
    let trace = std::fs::read_to_string(trace).unwrap();
    assert_eq!(trace.lines().filter(|line| line.contains("trusted.pem")).count(), 1, "{trace}");
}

#[test]
fn after_a_failed_request_the_name_is_looked_up_again() {
    let (home, server) = (Home::new(), Encrypted::answering([204, 503, 204, 204]));
    let Some(probe) = named_collector(&home, &server) else { return };
    let steps = [&["report", "flush"].repeat(4)[..], &["stats"]].concat();
    let outcome = probe.run(&steps).checked();
    assert_eq!((delivered(&outcome), server.asked_for().len()), (3.into(), 4));
    assert_eq!(lookups(&outcome), 2, "{:?}", outcome.lines);
}

/// The variable may name other certificates by now, or an empty file.
#[test]
fn changed_certificates_are_read_by_the_next_thread() {
    let (home, server) = (Home::new(), Encrypted::start());
    let Some(probe) = named_collector(&home, &server) else { return };
    let trusted = home.path().join("trusted.pem");
    let certificate = std::fs::read(&trusted).unwrap();
    std::fs::write(&trusted, "none yet").unwrap();
    let again = ["report", "flush", "await-no-worker", "say=next", "wait"];
    let mut running = probe.start(&[&again[..], &again, &again[..3], &["stats"]].concat());
    for content in [certificate.as_slice(), b"no certificates"] {
        while running.line() != "next" {}
        std::fs::write(&trusted, content).unwrap();
        running.go_on();
    }
    assert_eq!(delivered(&running.finish().checked()), 1, "the one in the middle");
}

#[test]
fn a_changed_certificate_variable_applies_from_the_next_thread_on() {
    let (home, server) = (Home::new(), Encrypted::start());
    let Some(probe) = named_collector(&home, &server) else { return };
    let steps = [
        &REPORT_WITH_A_NEW_THREAD[..],
        &["set=SSL_CERT_FILE=/nonexistent"],
        &REPORT_WITH_A_NEW_THREAD[..],
        &["stats"],
    ];
    assert_eq!(delivered(&probe.run(&steps.concat()).checked()), 1);
}

/// Nothing of what a process keeps is its child's.
#[test]
fn a_forked_child_does_its_own_name_lookups_and_full_handshakes() {
    let (home, server) = (Home::new(), Encrypted::start());
    let Some(probe) = named_collector(&home, &server) else { return };
    let once = ["report", "flush"];
    let outcome = probe.run(&[&once[..], &["fork"], &once, &["join"], &once, &["stats"]].concat()).checked();
    let _ = server.asked_for();
    let full = HandshakeKind::Full;
    assert_eq!(server.handshakes(), [full, full, HandshakeKind::Resumed], "{:?}", outcome.lines);
    assert_eq!(lookups(&outcome), 2, "{:?}", outcome.lines);
}
