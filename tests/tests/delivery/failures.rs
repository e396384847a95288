// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! However a collector fails, the process that reports ends in time and with its own exit code, and every event is counted.

#![cfg(target_os = "linux")]

use std::time::Duration;

use serde_json::Value;
use telemetry_tests::home::Home;
use telemetry_tests::probe;
use telemetry_tests::rude::{RudeServer, Rudeness};
use telemetry_tests::server::DOWN;
use telemetry_tests::waiting::one_within;

/// How long a request that hangs takes. The exit waits for 200 ms at most.
const REQUEST: Duration = Duration::from_secs(5);

const FAILURES: [Rudeness; 10] = [
    Rudeness::NeverAccepts,
    Rudeness::Resets,
    Rudeness::Silent,
    Rudeness::NoHeaders,
    Rudeness::DrippingHeaders,
    Rudeness::MissingBody,
    Rudeness::DrippingBody,
    Rudeness::Flood,
    Rudeness::Gibberish,
    Rudeness::EndlessHeaders,
];

fn urls() -> Vec<(String, RudeServer)> {
    let servers = FAILURES.map(|rudeness| (format!("{rudeness:?}"), RudeServer::start(rudeness)));
    servers.into_iter().collect()
}

#[test]
fn a_process_that_reports_and_returns_exits_in_time_with_its_own_code() {
    let silent = RudeServer::start(Rudeness::Silent);
    let servers = urls();
    let mut urls: Vec<(&str, String)> =
        servers.iter().map(|(name, server)| (name.as_str(), server.url())).collect();
    urls.extend([("refuses", DOWN.to_owned()), ("does not greet back", silent.encrypted_url())]);
    for (name, url) in urls {
        one_within(REQUEST, || {
            let home = Home::new();
            let outcome = probe!(&home).sending_to(&url).run(&["report", "leave=7"]);
            assert_eq!((outcome.code, outcome.errors.as_slice()), (Some(7), [].as_slice()), "{name}");
            assert_eq!(home.audit_lines().len(), 1, "{name}");
        });
    }
}

/// All at the same time: each takes the five seconds that a request may take.
#[test]
fn a_request_ends_at_its_deadline_wherever_the_collector_hangs() {
    let servers = urls();
    let homes: Vec<Home> = servers.iter().map(|_| Home::new()).collect();
    let running: Vec<_> = servers
        .iter()
        .zip(&homes)
        .map(|((name, server), home)| {
            (name, probe!(home).sending_to(server.url()).start(&["report", "flush", "stats"]))
        })
        .collect();
    for (name, running) in running {
        let outcome = running.finish().checked();
        let [flushed, stats] = &outcome.json()[..] else { panic!("{name}: {:?}", outcome.lines) };
        assert_eq!(flushed, &Value::Bool(true), "{name}: {stats}");
        // A status that has come counts, whatever becomes of the body.
        let has_status = ["MissingBody", "DrippingBody", "Flood"].contains(&name.as_str());
        assert_eq!(stats["delivered"], u64::from(has_status), "{name}: {stats}");
        assert_eq!(stats["dropped"]["transport"], u64::from(!has_status), "{name}: {stats}");
    }
}

#[test]
fn an_encrypted_connection_that_never_starts_ends_at_its_deadline_too() {
    let (home, server) = (Home::new(), RudeServer::start(Rudeness::Silent));
    let probe = probe!(&home).sending_to(server.encrypted_url());
    let outcome = probe.run(&["report", "flush", "stats"]).checked();
    assert_eq!(outcome.json()[1]["dropped"]["transport"], 1, "{:?}", outcome.lines);
    assert_eq!(server.connections(), 1);
}

#[test]
fn a_collector_that_stays_away_is_left_alone_after_five_requests() {
    let (home, server) = (Home::new(), RudeServer::start(Rudeness::Resets));
    let steps = [&["report"; 40][..], &["await-breaker", "stats"]].concat();
    let outcome = probe!(&home).sending_to(server.url()).run(&steps).checked();
    let stats = &outcome.json()[0];
    assert_eq!((&stats["dropped"]["transport"], &stats["queued"]), (&5.into(), &35.into()), "{stats}");
    assert_eq!(server.connections(), 5);
}
