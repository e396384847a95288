// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Faults that the user asks for, to test a client.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use telemetry_tests::collecting::Collecting;
use telemetry_tests::home::Home;

use super::{EVENT, envelope, openshell};

fn start(home: &Home, faults: &str) -> Collecting {
    Collecting::start(
        openshell(home),
        &["--store", "events.sqlite", "--quiet", "--respond", faults, "--seed", "1"],
    )
}

fn stored(home: &Home) -> String {
    let query = ["collect", "--store", "events.sqlite", "--query", "SELECT count(*) FROM events"];
    openshell(home).run(&query).checked().lines[1].clone()
}

/// Sends an envelope without waiting for the answer.
fn begin(collector: &Collecting) -> TcpStream {
    begin_with(collector, &envelope(&[EVENT]))
}

fn begin_with(collector: &Collecting, body: &str) -> TcpStream {
    let mut stream = TcpStream::connect(&collector.address).unwrap();
    write!(stream, "POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: {}\r\n\r\n{body}", body.len())
        .unwrap();
    stream
}

#[test]
fn a_share_of_the_requests_gets_a_status_and_is_not_stored() {
    let home = Home::new();
    let collector = start(&home, "503:0.3,429:0.3");
    let statuses: Vec<u16> = (0..50).map(|_| collector.post(&envelope(&[EVENT])).status).collect();
    let count = |status| statuses.iter().filter(|found| **found == status).count();
    assert!(count(503) > 5 && count(429) > 5 && count(200) > 5, "{statuses:?}");
    assert_eq!(stored(&home), count(200).to_string());
    let other = Home::new();
    let again = start(&other, "503:0.3,429:0.3");
    assert_eq!(
        statuses,
        (0..50).map(|_| again.post(&envelope(&[EVENT])).status).collect::<Vec<_>>(),
        "the same seed"
    );
}

#[test]
fn a_request_that_hangs_has_no_answer_and_is_not_stored() {
    let home = Home::new();
    let collector = start(&home, "hang:1");
    let mut stream = begin(&collector);
    stream.set_read_timeout(Some(Duration::from_millis(300))).unwrap();
    assert!(stream.read(&mut [0; 1]).is_err());
    assert_eq!(stored(&home), "0");
    drop(stream);
    assert_eq!(collector.interrupt().code, Some(0), "the collector does not wait for it");
}

/// Their bodies take no room, so others are not refused because of them.
#[test]
fn requests_that_hang_take_no_memory() {
    let home = Home::new();
    let collector = start(&home, "hang:1");
    let body = " ".repeat(4 << 20);
    let mut hanging: Vec<_> = (0..20).map(|_| begin_with(&collector, &body)).collect();
    let last = hanging.last_mut().unwrap();
    last.set_read_timeout(Some(Duration::from_millis(500))).unwrap();
    assert!(last.read(&mut [0; 1]).is_err(), "it is answered, with 429");
}

#[test]
fn an_answer_that_drips_comes_byte_by_byte_and_its_event_is_stored() {
    let home = Home::new();
    let collector = start(&home, "drip:1");
    let start = Instant::now();
    let mut beginning = [0; 5];
    begin(&collector).read_exact(&mut beginning).unwrap();
    assert_eq!(&beginning, b"HTTP/");
    assert!(start.elapsed() >= Duration::from_millis(400));
    assert_eq!(stored(&home), "1");
}

#[test]
fn the_seed_of_faults_is_printed_and_wrong_ones_are_refused() {
    let home = Home::new();
    let collector = Collecting::start(openshell(&home), &["--respond", "503:1"]);
    let line = collector.running.line();
    assert!(line.starts_with("Some answers are faults. To get the same ones again, add `--seed "), "{line}");
    for arguments in [&["--respond", "503:2"][..], &["--respond", "oops:0.1"], &["--seed", "1"]] {
        let outcome = openshell(&home).run(&[&["collect"], arguments].concat());
        assert_eq!(outcome.code, Some(2), "{outcome:?}");
    }
}
