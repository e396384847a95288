// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Two clients of one product in one process: a session, a queue and counters each, and one audit log with whole lines.

use std::collections::BTreeSet;

use crate::shop::{Payment, outcomes};
use telemetry_core::operation::OperationOutcome;
use telemetry_core::testing::capture;
use telemetry_core::{Client, ConsentPolicy, Product, Profile, TelemetryEvent};
use telemetry_tests::server::{PATIENCE, Server};

struct Shop;

impl Product for Shop {
    const PROFILE: Profile = Profile::new("shop", "1").consent(ConsentPolicy::variables(&[]));
}

/// A number was reported.
#[derive(Debug, TelemetryEvent)]
#[telemetry(product = Shop, event_name = "number", schema_version = "1.0")]
struct Number {
    /// The number.
    number: u32,
}

#[test]
fn two_clients_of_one_product_share_the_audit_log_and_nothing_else() {
    let (home, server) = (tempfile::tempdir().unwrap(), Server::start());
    let start =
        || Client::<Shop>::builder().config_dir(home.path()).endpoint(&server.url()).version("1.0").start();
    let clients = [start(), start()];
    std::thread::scope(|scope| {
        for (index, client) in clients.iter().enumerate() {
            scope.spawn(move || {
                for number in 0..100 {
                    client.emit(Number { number: u32::try_from(index).unwrap() * 1000 + number });
                }
                assert!(client.flush(PATIENCE));
            });
        }
    });
    let sessions: BTreeSet<String> =
        clients.iter().map(|client| client.session().unwrap().to_string()).collect();
    assert!(clients.iter().all(|client| (client.stats().produced, client.stats().delivered) == (100, 100)));
    drop(clients);
    let requests = server.received();
    assert_eq!(requests.iter().map(|request| request.session()).collect::<BTreeSet<_>>(), sessions);
    assert_eq!((sessions.len(), requests.len()), (2, 200));
    let audit = std::fs::read_to_string(home.path().join("usage_stats.json")).unwrap();
    let mut logged: Vec<serde_json::Value> =
        audit.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let mut sent: Vec<_> = requests.iter().map(|request| request.parameters()).collect();
    let by_number = |value: &serde_json::Value| value["number"].as_u64();
    logged.sort_by_key(by_number);
    sent.sort_by_key(by_number);
    assert_eq!(logged, sent);
}

/// The switch of one is not that of the other.
#[test]
fn one_of_two_clients_that_is_turned_off_leaves_the_other_on() {
    let (home, server) = (tempfile::tempdir().unwrap(), Server::start());
    let start = || Client::<Shop>::builder().config_dir(home.path()).endpoint(&server.url()).start();
    let (off, on) = (start(), start());
    off.set_enabled(false);
    off.emit(Number { number: 1 });
    on.emit(Number { number: 2 });
    assert!(off.flush(PATIENCE) && on.flush(PATIENCE));
    assert_eq!(
        server.received().iter().map(|request| request.parameters()["number"].clone()).collect::<Vec<_>>(),
        [2]
    );
    assert_eq!((off.stats().produced, on.stats().produced), (0, 1));
}

/// An operation ends in the client that began it.
#[test]
fn two_clients_of_one_product_keep_their_operations_apart() {
    let ((one, sent_by_one), (other, sent_by_other)) =
        (capture::<crate::shop::Shop>(), capture::<crate::shop::Shop>());
    let (first, second) = (one.operation(Payment::default()), other.operation(Payment::default()));
    second.finish_with(OperationOutcome::Success);
    first.finish_with(OperationOutcome::Failure);
    assert!(other.flush(PATIENCE), "turning it off drops what waits");
    other.set_enabled(false);
    one.operation(Payment::default()).finish_with(OperationOutcome::Success);
    other.operation(Payment::default()).finish_with(OperationOutcome::Success);
    assert_eq!(outcomes(&sent_by_one), ["failure", "success"]);
    assert_eq!(outcomes(&sent_by_other), ["success"]);
    assert_eq!((one.stats().produced, other.stats().produced), (2, 1));
    assert_ne!(one.session(), other.session());
}
