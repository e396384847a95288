// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Clients that are silent, slow, or send too much.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use telemetry_tests::collecting::{Collecting, Connection};
use telemetry_tests::home::Home;
use telemetry_tests::server::PATIENCE;
use telemetry_tests::waiting::one_within;

use super::{EVENT, envelope, openshell};

/// The most memory that the collector may take, which docs/COLLECTOR.md promises.
#[cfg(target_os = "linux")]
const MAX_MEMORY: u64 = 256 << 20;

fn start(home: &Home) -> Collecting {
    Collecting::start(openshell(home), &["--quiet", "--accept-unknown"])
}

fn connect(address: &str, begin: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    // The collector may refuse the request before it has read everything.
    stream.write_all(begin.as_bytes()).ok();
    stream
}

/// Clients that send nothing, a part of a head, or a part of a body take all connections, and do not block others.
#[test]
fn silent_and_slow_clients_hold_nobody_up() {
    let begins = ["", "POST / HT", "POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 9\r\n\r\n{"];
    // A slow client has ten seconds.
    one_within(Duration::from_secs(10), || {
        let home = Home::new();
        let collector = start(&home);
        let slow: Vec<_> =
            (0..300).map(|index| connect(&collector.address, begins[index % begins.len()])).collect();
        for _ in 0..20 {
            assert_eq!(collector.post(&envelope(&[EVENT])).status, 200);
        }
        drop(slow);
    });
}

/// Each client is in the middle of its request before the first one completes it.
#[test]
fn two_hundred_and_fifty_six_clients_are_served_at_the_same_time() {
    let home = Home::new();
    let collector = start(&home);
    let body = envelope(&[EVENT]);
    let head = format!("POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: {}\r\n\r\n", body.len());
    let clients: Vec<_> = (0..256).map(|_| connect(&collector.address, &head)).collect();
    for mut client in &clients {
        client.write_all(body.as_bytes()).unwrap();
    }
    for mut client in &clients {
        let mut status = [0; 12];
        client.read_exact(&mut status).unwrap();
        assert_eq!(&status, b"HTTP/1.1 200");
    }
}

/// The head and the body of a request have ten seconds each.
#[test]
fn a_client_that_drips_is_closed_after_ten_seconds() {
    let home = Home::new();
    let collector = start(&home);
    let (head, body) = (
        "POST / HTTP/1.1\r\nhost: localhost\r\nx: ",
        "POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 999\r\n\r\n",
    );
    let (address, start) = (collector.address.as_str(), Instant::now());
    let drip = |begin| {
        let mut stream = connect(address, begin);
        let (mut answer, mut writer) = (String::new(), stream.try_clone().unwrap());
        std::thread::scope(|scope| {
            scope.spawn(move || {
                while writer.write_all(b" ").is_ok() {
                    std::thread::sleep(Duration::from_millis(100))
                }
            });
            stream.read_to_string(&mut answer).ok();
            stream.shutdown(std::net::Shutdown::Both).ok();
        });
        answer
    };
    std::thread::scope(|scope| {
        let (head, body) = (scope.spawn(|| drip(head)), scope.spawn(|| drip(body)));
        assert!(!head.join().unwrap().contains("200"));
        assert!(body.join().unwrap().starts_with("HTTP/1.1 408 "));
    });
    assert!(start.elapsed() >= Duration::from_secs(9), "{:?}", start.elapsed());
}

/// Bodies that take much more memory when they are parsed, from many clients at the same time.
#[test]
#[cfg(target_os = "linux")]
fn memory_is_bounded_whatever_is_sent() {
    let home = Home::new();
    let collector = start(&home);
    let members = |count| (0..count).map(|index| format!(r#""{index}":{{}}"#)).collect::<Vec<_>>().join(",");
    let body = |members: &str, events| {
        let event = format!(r#"{{"name":"openshell_lifecycle_event","parameters":{{{members}}}}}"#);
        let body = envelope(&vec![event.as_str(); events]);
        assert!(body.len() < 4 << 20 && body.len() > 1_000_000, "{} bytes", body.len());
        body
    };
    // A few events that take much memory, and many with a hundred violations each.
    let bodies = [body(&members(20_000), 12), body(&members(100), 1500)];
    let address = collector.address.as_str();
    std::thread::scope(|scope| {
        for index in 0..24 {
            let body = &bodies[index % bodies.len()];
            scope.spawn(move || {
                let status = Connection::open(address).unwrap().post(body).unwrap();
                assert!(matches!(status, 408 | 422 | 429), "{status}");
            });
        }
    });
    let peak = collector.running.peak_memory();
    assert!(peak < MAX_MEMORY, "{} MiB", peak >> 20);
    println!("peak {} MiB", peak >> 20);
    assert_eq!(collector.post(&envelope(&[EVENT])).status, 200);
}

/// A program that has stopped to read the output, such as a pager, does not keep the collector from ending.
#[test]
#[cfg(unix)]
fn a_collector_whose_output_is_blocked_can_be_ended() {
    let home = Home::new();
    let temporary = home.path().join("tmp");
    std::fs::create_dir(&temporary).unwrap();
    let (reader, writer) = std::io::pipe().unwrap();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_products_command"));
    command.env_clear().env("HOME", home.path()).env("PRODUCT", "openshell").current_dir(home.path());
    command.env("TMPDIR", &temporary);
    let mut child = command.args(["collect", "--listen", "127.0.0.1:0"]).stdout(writer).spawn().unwrap();
    drop(command);
    let mut reader = std::io::BufReader::new(reader);
    let mut invitation = String::new();
    std::io::BufRead::read_line(&mut reader, &mut invitation).unwrap();
    let address = invitation.trim_end().trim_end_matches('/').rsplit('/').next().unwrap();
    let mut connection = Connection::open(address).unwrap();
    for _ in 0..10 {
        assert_eq!(connection.post(&envelope(&[EVENT; 200])).unwrap(), 200);
    }
    let end = std::process::Command::new("kill").arg(child.id().to_string()).status().unwrap();
    assert!(end.success());
    assert_eq!(child.wait().unwrap().code(), Some(128 + libc::SIGTERM));
    assert_eq!(std::fs::read_dir(&temporary).unwrap().count(), 0, "the temporary store is deleted");
    drop(reader);
}
