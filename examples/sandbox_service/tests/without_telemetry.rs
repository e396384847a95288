// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The service built without its feature `telemetry`: it does its work, and there is no telemetry in it. That this package's
//! tests and examples turn everything of telemetry-core on makes no difference.

#![cfg(not(feature = "telemetry"))]
#![allow(clippy::unwrap_used, reason = "test code fails by panicking")]

use sandbox_service::telemetry::{OpenShell, Outcome, PolicyDecisionEvent, PolicyOperation};
use serde_json::json;
use telemetry_core::testing;
use telemetry_tests::child::Probe;
use telemetry_tests::home::Home;
use telemetry_tests::running::Service;
use telemetry_tests::server::Server;

const PROGRAM: &str = env!("CARGO_BIN_EXE_sandbox_service");

#[test]
fn the_service_works_and_reports_nothing() {
    let (home, collector) = (Home::new(), Server::start());
    let program = Probe::new(PROGRAM, &home)
        .env("PATH", std::env::var_os("PATH").unwrap())
        .env("OPENSHELL_TELEMETRY_ENDPOINT", collector.url());
    let service = Service::start(program, &[]);
    let created = service.client.ok("POST", "/sandboxes", &json!({"command": ["sleep", "60"]}));
    let sandbox = format!("/sandboxes/{}", created["id"].as_str().unwrap());
    service.client.ok("DELETE", &sandbox, &json!(null));
    let _ = service.end();
    assert!(collector.after_exit().is_empty());
    assert!(home.is_untouched());
}

#[test]
fn nothing_of_the_product_is_in_the_program() {
    let program = std::fs::read(PROGRAM).unwrap();
    for word in [
        "415437562476676",
        "openshell_lifecycle_event",
        "openshell_policy_decision_event",
        "OPENSHELL_TELEMETRY",
        "providerProfile",
    ] {
        assert!(!program.windows(word.len()).any(|bytes| bytes == word.as_bytes()), "{word}");
    }
}

#[test]
fn a_test_captures_nothing() {
    let (telemetry, sent) = testing::capture::<OpenShell>();
    telemetry.emit(PolicyDecisionEvent {
        operation: PolicyOperation::Approve,
        outcome: Outcome::Success,
        rule_count: 1,
    });
    assert_eq!(sent.events(), []);
}
