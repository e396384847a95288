// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A collector that is killed under load loses nothing that it has acknowledged.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use telemetry_tests::collecting::{Collecting, Connection};
use telemetry_tests::home::Home;

use super::openshell;

/// Clients that send at the same time.
const CLIENTS: usize = 8;

/// Sends numbered events until the connection breaks, and returns the numbers that were acknowledged.
fn send(address: &str, next: &AtomicU64, events_per_request: u64) -> Vec<u64> {
    let mut connection = Connection::open(address).unwrap();
    let mut acknowledged = Vec::new();
    loop {
        let first = next.fetch_add(events_per_request, Ordering::Relaxed);
        let numbers = first..first + events_per_request;
        let event = |number| format!(r#"{{"name":"e","parameters":{{"n":{number}}}}}"#);
        let events: Vec<_> = numbers.clone().map(event).collect();
        match connection.post(&format!(r#"{{"clientId":"other","events":[{}]}}"#, events.join(","))) {
            Ok(200) => acknowledged.extend(numbers),
            Ok(status) => panic!("status {status}"),
            Err(_) => return acknowledged,
        }
    }
}

/// Runs a collector under load for this time and kills it. Returns the numbers that were acknowledged.
fn run_and_kill(home: &Home, next: &AtomicU64, time: Duration) -> Vec<u64> {
    let arguments = ["--store", "events.sqlite", "--accept-unknown", "--quiet"];
    let Collecting { mut running, address, .. } = Collecting::start(openshell(home), &arguments);
    std::thread::scope(|scope| {
        let address = &address;
        let clients: Vec<_> = (0..CLIENTS)
            .map(|client| scope.spawn(move || send(address, next, if client % 2 == 0 { 1 } else { 50 })))
            .collect();
        std::thread::sleep(time);
        running.kill();
        clients.into_iter().flat_map(|client| client.join().unwrap()).collect()
    })
}

#[test]
fn nothing_that_was_acknowledged_is_lost_when_the_collector_is_killed() {
    let seconds =
        std::env::var("TELEMETRY_KILL_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(2);
    let (home, next) = (Home::new(), AtomicU64::new(0));
    let mut acknowledged = Vec::new();
    for turn in 0..seconds * 2 {
        acknowledged.extend(run_and_kill(&home, &next, Duration::from_millis(300 + turn * 37 % 400)));
    }
    let store = rusqlite::Connection::open(home.path().join("events.sqlite")).unwrap();
    let check: String = store.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(check, "ok");
    let mut statement = store.prepare("SELECT parameters ->> 'n' FROM events").unwrap();
    let numbers = statement.query_map([], |row| row.get::<_, i64>(0)).unwrap();
    let stored: Vec<u64> = numbers.map(|number| number.unwrap().cast_unsigned()).collect();
    let distinct: BTreeSet<_> = stored.iter().collect();
    assert_eq!(distinct.len(), stored.len(), "an event is stored twice");
    let lost: Vec<_> = acknowledged.iter().filter(|number| !distinct.contains(number)).collect();
    assert_eq!(lost, [&0; 0], "of {} acknowledged events", acknowledged.len());
    assert!(acknowledged.len() > 100, "{} events were acknowledged", acknowledged.len());
    println!("{} rounds, {} events acknowledged, {} stored", seconds * 2, acknowledged.len(), stored.len());
}
