// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A report in two steps: one reads the environment and looks at no file, the other looks at files and reads no variable.

#![cfg(target_os = "linux")]

use std::collections::BTreeSet;

use serde_json::Value;
use telemetry_tests::child::Probe;
use telemetry_tests::home::Home;
use telemetry_tests::server::Server;
use telemetry_tests::strange_system::strange_system;

use crate::encrypted::Encrypted;

fn probe(home: &Home, url: &str) -> Probe {
    Probe::new(env!("CARGO_BIN_EXE_delivery_probe"), home).env("DELIVERY_URL", url)
}

/// The values of `key` in a part of the lines.
fn noted<'a>(lines: &'a [Value], key: &str) -> BTreeSet<&'a str> {
    lines.iter().filter_map(|line| line[key].as_str()).collect()
}

#[test]
fn the_environment_can_be_read_separately() {
    for home_is_set in [true, false] {
        let (home, server) = (Home::new(), Encrypted::start());
        let Some(strange) = strange_system(&home) else { return };
        let probe = probe(&home, &format!("https://localhost:{}/", server.address.port()))
            .env("SSL_CERT_FILE", server.certificate_in(&home))
            .env("LD_PRELOAD", strange)
            .env("STRANGE_LOOKUPS", "1")
            .env("STRANGE_FILES", "1");
        // Without a home only the first step matters: the second would use the home of the user who runs the test.
        let probe = if home_is_set { probe } else { probe.without("HOME").env("DO_NOT_TRACK", "1") };
        let lines = probe.run(&["two-steps"]).checked().json();
        let second = lines.iter().position(|line| line["step"] == "everything else").unwrap();
        let (first, rest) = lines.split_at(second);
        assert_eq!(noted(first, "touches"), BTreeSet::new());
        assert!(noted(first, "reads").is_superset(&["HOME", "DELIVERY_URL", "SSL_CERT_FILE"].into()));
        assert_eq!(noted(rest, "reads"), BTreeSet::new());
        let delivered = if home_is_set { 2 } else { 0 };
        assert_eq!(rest.last().unwrap()["delivered"], delivered);
        assert_eq!(server.asked_for().len(), delivered);
        assert_eq!(noted(rest, "touches").iter().any(|file| file.ends_with("do_not_track")), home_is_set);
    }
}

/// The guardrails client too, which the first report starts.
#[test]
fn usage_can_be_reported_after_the_environment_is_read() {
    let (home, server) = (Home::new(), Server::start());
    let Some(strange) = strange_system(&home) else { return };
    let probe = Probe::new(env!("CARGO_BIN_EXE_probe"), &home).sending_to(server.url());
    let probe = probe.env("LD_PRELOAD", strange).env("STRANGE_LOOKUPS", "1").env("STRANGE_FILES", "1");
    let lines = probe.run(&["host=0.24.1", "report-in-two-steps", "flush"]).checked().lines;
    let second = lines.iter().position(|line| line == "environment read").unwrap();
    let has = |lines: &[String], key: &str| lines.iter().any(|line| line.contains(key));
    let (first, rest) = lines.split_at(second);
    assert!(has(first, "\"reads\"") && !has(first, "\"touches\""), "{first:?}");
    assert!(has(rest, "\"touches\"") && !has(rest, "\"reads\""), "{rest:?}");
    assert_eq!(server.after_exit().len(), 1);
}

#[test]
fn children_forked_while_the_environment_changes_report_in_a_snapshot() {
    let (home, server) = (Home::new(), Server::start());
    let _ = probe(&home, &server.url()).run(&["changing-environment", "50"]).checked();
    assert_eq!(server.after_exit().len(), 51);
}
