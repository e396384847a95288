// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The stream of new events, as a client of server-sent events reads it.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;

use serde_json::Value;
use telemetry_tests::collecting::Collecting;
use telemetry_tests::home::Home;
use telemetry_tests::server::PATIENCE;

use super::{collect, get, lifecycle, post};

/// A message: its event, its id and its data.
type Message = (String, Option<i64>, Value);

struct Stream(BufReader<TcpStream>);

impl Stream {
    fn open(collector: &Collecting, path: &str, headers: &str) -> Self {
        let mut stream = TcpStream::connect(&collector.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        write!(stream, "GET {path} HTTP/1.0\r\nhost: {}\r\n{headers}\r\n", collector.address).unwrap();
        let mut stream = Self(BufReader::new(stream));
        assert!(stream.line().contains(" 200 "));
        while !stream.line().is_empty() {}
        stream
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        assert_ne!(self.0.read_line(&mut line).expect("the stream goes on"), 0, "the stream has ended");
        line.trim_end().to_owned()
    }

    /// The next message; comments are left out.
    fn next(&mut self) -> Message {
        let (mut event, mut id, mut data) = ("message".to_owned(), None, None);
        loop {
            let line = self.line();
            match line.split_once(": ") {
                Some(("event", name)) => event = name.to_owned(),
                Some(("id", number)) => id = Some(number.parse().unwrap()),
                Some(("data", json)) => data = Some(serde_json::from_str(json).unwrap()),
                _ => {}
            }
            if let (true, Some(data)) = (line.is_empty(), data.take_if(|_| line.is_empty())) {
                return (event, id, data);
            }
        }
    }

    fn next_ids(&mut self, count: usize) -> Vec<i64> {
        let id = |(event, id, data): Message| {
            assert_eq!((event.as_str(), data["id"].as_i64()), ("message", id));
            id.unwrap()
        };
        (0..count).map(|_| id(self.next())).collect()
    }
}

#[test]
fn new_events_come_after_a_greeting_and_pass_the_filter() {
    let home = Home::new();
    let collector = collect(&home, &[]);
    assert_eq!(post(&collector, "old", &[lifecycle("create")]), 200);
    let mut all = Stream::open(&collector, "/api/stream", "");
    let mut some = Stream::open(&collector, "/api/stream?session=new&valid=true", "");
    let (event, _, hello) = all.next();
    assert_eq!((event.as_str(), &hello["newest"]), ("hello", &Value::from(1)));
    assert_eq!(some.next().2["store"], hello["store"]);
    assert_eq!(post(&collector, "other", &[lifecycle("create")]), 200);
    assert_eq!(post(&collector, "new", &[lifecycle("steal"), lifecycle("delete")]), 422);
    assert_eq!(all.next_ids(3), [2, 3, 4]);
    assert_eq!(some.next_ids(1), [4]);
}

/// The header is what a browser sends when it connects again; it counts more than the parameter of the first connection.
#[test]
fn a_stream_resumes_after_the_last_event_of_the_client_and_over_a_restart() {
    let home = Home::new();
    let store = home.path().join("events.sqlite");
    let arguments = ["--store", store.to_str().unwrap()];
    let collector = collect(&home, &arguments);
    let id = |collector: &Collecting| Stream::open(collector, "/api/stream", "").next().2["store"].clone();
    let before = id(&collector);
    assert_eq!(post(&collector, "one", &vec![lifecycle("create"); 5]), 200);
    drop(collector);
    let collector = collect(&home, &arguments);
    assert_eq!(id(&collector), before);
    assert_eq!(post(&collector, "two", &[lifecycle("create")]), 200);
    let mut streams = Vec::new();
    for (path, header, expected) in [
        ("/api/stream?after=4", "", &[5, 6][..]),
        ("/api/stream?after=0", "last-event-id: 3\r\n", &[4, 5, 6]),
        ("/api/stream?after=5", "last-event-id: from another server\r\n", &[6]),
        // An id of a store with more events.
        ("/api/stream?after=0", "last-event-id: 99\r\n", &[]),
    ] {
        let mut stream = Stream::open(&collector, path, header);
        assert_eq!(stream.next().0, "hello");
        assert_eq!(stream.next_ids(expected.len()), expected, "{path} {header}");
        streams.push(stream);
    }
    assert_eq!(post(&collector, "three", &[lifecycle("create")]), 200);
    streams.iter_mut().for_each(|stream| assert_eq!(stream.next_ids(1), [7]));
    let other = collect(&home, &[]);
    assert_ne!(id(&other), before, "another store is told apart");
}

/// A client that reads slowly is not flooded: it is told how many events it has missed.
#[test]
fn a_slow_client_is_told_to_read_the_store() {
    let home = Home::new();
    let collector = collect(&home, &[]);
    let mut slow = Stream::open(&collector, "/api/stream", "");
    for _ in 0..4 {
        assert_eq!(post(&collector, "flood", &vec![lifecycle("create"); 5000]), 200);
    }
    let (mut seen, mut skipped) = (0, 0);
    let mut last = 0;
    while last < 20_000 {
        match slow.next() {
            (event, Some(id), data) if event == "skip" => {
                skipped += data["skipped"].as_i64().unwrap();
                last = id;
                assert_eq!(data["newest"], id);
            }
            (event, Some(id), _) if event == "message" => {
                seen += 1;
                assert_eq!(id, last + 1);
                last = id;
            }
            _ => {}
        }
    }
    assert_eq!(seen + skipped, 20_000);
    assert!(seen < 19_000 && skipped > 0, "{seen} were sent and {skipped} skipped");
}

#[test]
fn streams_are_limited_and_a_client_that_goes_makes_room() {
    let home = Home::new();
    let collector = collect(&home, &[]);
    let mut streams: Vec<Stream> = (0..32).map(|_| Stream::open(&collector, "/api/stream", "")).collect();
    for path in ["/api/stream", "/api/export"] {
        let refused = get(&collector, path);
        assert_eq!(refused.status, 503);
        assert!(refused.json()["error"].as_str().unwrap().contains("32"), "{}", refused.body);
    }
    streams.clear();
    telemetry_tests::waiting::wait_until(|| {
        let head = format!("GET /api/stream HTTP/1.0\r\nhost: {}\r\n\r\n", collector.address);
        let mut stream = TcpStream::connect(&collector.address).unwrap();
        stream.write_all(head.as_bytes()).unwrap();
        let mut line = String::new();
        BufReader::new(stream).read_line(&mut line).unwrap();
        line.contains(" 200 ")
    });
}
