// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Ends a collector under load again and again, and counts the acknowledged events that its store has lost.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use rusqlite::Connection as Store;

use crate::child::{Probe, Running};
use crate::collecting::{Collecting, Connection};
use crate::home::Home;
use crate::server::PATIENCE;

/// The clients that send at the same time.
pub const CLIENTS: usize = 8;

/// The events of a request of every other client; the others send single events.
pub const BATCH: u64 = 50;

/// The fewest acknowledged events that show something.
const ENOUGH: usize = 100;

const STORE: &str = "events.sqlite";

/// The numbers of events that were sent, and that the store has.
#[derive(Debug)]
pub struct Ended {
    /// How often the collector was ended.
    pub rounds: u64,
    /// The number of events whose request was answered with 200.
    pub acknowledged: usize,
    /// The number of events in the store, also those whose answer did not arrive.
    pub stored: usize,
    /// Those that were acknowledged and are not in the store.
    pub lost: Vec<u64>,
}

/// Starts a collector with this command on one store, kills it under load, and so on for this time.
///
/// # Panics
///
/// See [`end_repeatedly`].
pub fn kill_repeatedly(command: impl Fn(&Home) -> Probe, time: Duration) -> Ended {
    end_repeatedly(command, time, |mut running| running.kill())
}

/// Starts a collector with this command on one store, ends it under load, and so on for this time, and until it has acknowledged
/// `ENOUGH` events.
///
/// # Panics
///
/// If the collector does not start or refuses an event, if the store is damaged, or if an event is stored twice.
pub fn end_repeatedly(command: impl Fn(&Home) -> Probe, time: Duration, end: impl Fn(Running)) -> Ended {
    let (home, next, start) = (Home::new(), AtomicU64::new(0), Instant::now());
    let (mut rounds, mut acknowledged) = (0, Vec::new());
    while start.elapsed() < time || acknowledged.len() < ENOUGH {
        assert!(start.elapsed() < time + PATIENCE, "only {} events were acknowledged", acknowledged.len());
        let pause = Duration::from_millis(300 + rounds * 37 % 400);
        acknowledged.extend(run_and_end(command(&home), &next, pause, &end));
        rounds += 1;
    }
    let stored = stored(&home.path().join(STORE));
    let distinct: BTreeSet<_> = stored.iter().collect();
    assert_eq!(distinct.len(), stored.len(), "an event is stored twice");
    let lost = acknowledged.iter().copied().filter(|number| !distinct.contains(number)).collect();
    Ended { rounds, acknowledged: acknowledged.len(), stored: stored.len(), lost }
}

/// Runs a collector under load for this time and ends it. Returns the numbers that were acknowledged.
fn run_and_end(command: Probe, next: &AtomicU64, time: Duration, end: impl Fn(Running)) -> Vec<u64> {
    let arguments = ["--store", STORE, "--accept-unknown", "--quiet"];
    let Collecting { running, address, .. } = Collecting::start(command, &arguments);
    std::thread::scope(|scope| {
        let address = &address;
        let client =
            |client| scope.spawn(move || send(address, next, if client % 2 == 0 { 1 } else { BATCH }));
        let clients: Vec<_> = (0..CLIENTS).map(client).collect();
        std::thread::sleep(time);
        end(running);
        clients.into_iter().flat_map(|client| client.join().expect("no client panics")).collect()
    })
}

/// Sends numbered events until the connection breaks, and returns the numbers that were acknowledged.
fn send(address: &str, next: &AtomicU64, events_per_request: u64) -> Vec<u64> {
    let mut acknowledged = Vec::new();
    // On a busy machine, the collector may have ended before this thread begins.
    let Ok(mut connection) = Connection::open(address) else { return acknowledged };
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

fn stored(file: &Path) -> Vec<u64> {
    let store = Store::open(file).expect("the store exists");
    let check: String =
        store.query_row("PRAGMA integrity_check", [], |row| row.get(0)).expect("it is a store");
    assert_eq!(check, "ok");
    let mut statement = store.prepare("SELECT parameters ->> 'n' FROM events").expect("it has events");
    let numbers = statement.query_map([], |row| row.get::<_, i64>(0)).expect("the query runs");
    numbers.map(|number| number.expect("each event has a number").cast_unsigned()).collect()
}
