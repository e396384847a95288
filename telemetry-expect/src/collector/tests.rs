// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Clients of every kind.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;

use super::*;

const PATIENCE: Duration = Duration::from_secs(120);

const ENVELOPE: &str = r#"{"clientId": "7", "clientVer": "1.2", "sessionId": "s", "eventSchemaVer": "1.0",
    "events": [{"name": "a", "ts": "t", "parameters": {"x": 1.50}}, {"name": "b", "parameters": {}}]}"#;

fn connect(collector: &Collector) -> TcpStream {
    let stream = TcpStream::connect(collector.address()).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream
}

/// Sends the bytes on a connection of their own. Returns the first line of the answer, or an empty text.
fn exchange(collector: &Collector, request: &[u8]) -> String {
    let mut stream = connect(collector);
    // The collector may answer and close before it has read everything.
    let _ = stream.write_all(request);
    let _ = stream.shutdown(Shutdown::Write);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).lines().next().unwrap_or_default().to_owned()
}

fn post(headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("POST /x HTTP/1.1\r\n{headers}content-length: {}\r\n\r\n", body.len());
    [head.as_bytes(), body].concat()
}

fn gzip(body: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(body).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn events_are_read_from_an_envelope_whether_compressed_or_not() {
    let collector = Collector::start().unwrap();
    assert_eq!(exchange(&collector, &post("", ENVELOPE.as_bytes())), "HTTP/1.1 200 Answer");
    let compressed = gzip(ENVELOPE.as_bytes());
    assert_eq!(exchange(&collector, &post("Content-Encoding: gzip\r\n", &compressed)), "HTTP/1.1 200 Answer");
    let events = collector.events();
    assert_eq!(events.len(), 4);
    for (event, name) in events.iter().zip(["a", "b", "a", "b"]) {
        assert_eq!((event.name.as_str(), event.session.as_str(), event.product.as_str()), (name, "s", "7"));
        assert_eq!(event.envelope.to_string().matches("events").count(), 0, "{}", event.envelope);
    }
    assert_eq!(events[2].parameters.to_string(), r#"{"x": 1.50}"#, "numbers keep their spelling");
    assert_eq!([events[1].ts.as_str(), events[3].version.as_str()], ["", "1.2"]);
    assert_eq!(collector.requests()[0].header("CONTENT-LENGTH"), Some(ENVELOPE.len().to_string().as_str()));
}

#[test]
fn what_is_not_an_envelope_is_refused_and_has_no_events() {
    let collector = Collector::start().unwrap();
    let bomb = gzip(&vec![b' '; 9 << 20]);
    for (request, status) in [
        (post("", b"{}"), "400"),
        (post("", b"{\"events\": [1]}"), "400"),
        (post("", b"\xff"), "400"),
        (post("content-encoding: gzip\r\n", b"not gzip"), "400"),
        (post("content-encoding: gzip\r\n", &bomb), "413"),
        (post("content-encoding: br\r\n", b"{}"), "415"),
        (b"GET / HTTP/1.1\r\n\r\n".to_vec(), "405"),
        (b"POST / HTTP/1.1\r\ntransfer-encoding: gzip, chunked\r\n\r\n0\r\n\r\n".to_vec(), "501"),
        (b"POST / HTTP/1.1\r\ncontent-length: many\r\n\r\n".to_vec(), "411"),
        (b"POST / HTTP/1.1\r\ncontent-length: 8388609\r\n\r\n".to_vec(), "413"),
        ([b"GET / HTTP/1.1\r\n".as_slice(), &b"x: y\r\n".repeat(20_000)].concat(), "431"),
    ] {
        let shown = String::from_utf8_lossy(&request[..request.len().min(60)]).into_owned();
        let answer = exchange(&collector, &request);
        // Where the client still sends, the system may discard the answer.
        let is_lost = status == "431" && answer.is_empty();
        assert!(is_lost || answer.contains(status), "{shown}: {answer}");
    }
    for silent in [&b""[..], b"POST", b"\r\n\r\n", b"POST / HTTP/1.1\r\ncontent-length: 9\r\n\r\n{}"] {
        assert_eq!(exchange(&collector, silent), "");
    }
    assert!(collector.events().is_empty());
    assert_eq!(collector.problems().len(), 11, "{:?}", collector.problems());
}

#[test]
fn a_body_that_is_not_json_is_described_with_its_place() {
    let collector = Collector::start().unwrap();
    let requests =
        [b"GET / HTTP/1.1\r\n\r\n".to_vec(), post("", b"nonsense"), post("", b"{\n  \"events\": [}")];
    for request in &requests {
        exchange(&collector, request);
    }
    let expected = ["a value at line 1 column 1", "`null` at line 1 column 1", "a value at line 2 column 14"];
    assert_eq!(
        collector.problems(),
        expected.map(|expected| format!("the body is not JSON: expected {expected}"))
    );
}

/// A request whose body is written as given.
fn chunked(body: &[u8]) -> Vec<u8> {
    [b"POST / HTTP/1.1\r\nTransfer-Encoding: Chunked\r\n".as_slice(), body].concat()
}

/// The body in chunks of so many bytes, with an extension, and a trailer.
fn in_chunks(body: &[u8], size: usize) -> Vec<u8> {
    let chunk =
        |chunk: &[u8]| [format!("{:X} ; a=\"b\"\r\n", chunk.len()).as_bytes(), chunk, b"\r\n"].concat();
    [body.chunks(size).flat_map(chunk).collect(), b"0\r\nx-digest: 7\r\n\r\n".to_vec()].concat()
}

#[test]
fn a_body_in_chunks_is_read_as_one_with_a_length() {
    let collector = Collector::start().unwrap();
    let compressed = gzip(ENVELOPE.as_bytes());
    for (headers, body) in [("", ENVELOPE.as_bytes()), ("content-encoding: gzip\r\n", &compressed)] {
        for size in [1, 7, 100_000] {
            let body = [headers.as_bytes(), b"\r\n", &in_chunks(body, size)].concat();
            assert_eq!(exchange(&collector, &chunked(&body)), "HTTP/1.1 200 Answer", "{headers} {size}");
        }
    }
    let requests = collector.requests();
    assert_eq!(requests.len(), 6);
    assert!(requests.iter().all(|request| request.body == ENVELOPE.as_bytes()));

    // The next request of the connection begins after the trailers, and a length that contradicts the chunks does not count.
    let one =
        chunked(&[b"content-length: 3\r\n\r\n", in_chunks(ENVELOPE.as_bytes(), 50).as_slice()].concat());
    exchange(&collector, &one.repeat(3));
    assert_eq!((collector.events().len(), collector.problems()), (18, Vec::new()));
}

#[test]
fn chunks_have_the_bounds_of_other_bodies() {
    let collector = Collector::start().unwrap();
    let largest = [b"\r\n", in_chunks(&vec![b' '; 8 << 20], 1 << 20).as_slice()].concat();
    assert!(exchange(&collector, &chunked(&largest)).contains("400"), "8 MiB of spaces are not an envelope");
    let extension = "x".repeat(9000);
    let lines = "1\r\n \r\n".repeat(1000);
    let larger = in_chunks(&vec![b' '; (8 << 20) + 1], 1 << 20);
    let trailers = format!("0\r\n{}", format!("a: {}\r\n", "b".repeat(8000)).repeat(7000));
    for (body, status) in [
        ("8388609\r\n", "413"),
        ("ffffffffffffffff\r\n", "413"),
        ("10000000000000000\r\n", "400"),
        ("+1\r\n{\r\n", "400"),
        ("-1\r\n{\r\n", "400"),
        ("\r\n{}\r\n", "400"),
        ("g\r\n", "400"),
        ("0x2\r\n{}\r\n", "400"),
        ("2\r\n{}}\r\n", "400"),
        (&format!("2;{extension}\r\n{{}}\r\n"), "400"),
        (&format!("0\r\n{extension}"), "400"),
        (&trailers, "413"),
        (&String::from_utf8(larger).unwrap(), "413"),
        (&lines, ""),
        ("", ""),
        ("2\r\n", ""),
        ("2\r\n{", ""),
        ("2\r\n{}", ""),
        ("2\r\n{}\r\n0\r\n", ""),
        ("2\r\n{}\r\n0\r\na: b", ""),
    ] {
        let answer = exchange(&collector, &chunked(&[b"\r\n", body.as_bytes()].concat()));
        // Where the client still sends, the system may discard the answer.
        let is_lost = body.len() > 5000 && answer.is_empty();
        assert!(
            is_lost || (answer.contains(status) && answer.is_empty() == status.is_empty()),
            "{:.30}: {answer}",
            body
        );
    }
    assert!(collector.events().is_empty());
}

#[test]
fn answers_are_those_of_the_test_in_their_order() {
    let collector =
        Collector::answering([Answer::Status(503), Answer::Close, Answer::Redirect("/y")]).unwrap();
    let request = post("", ENVELOPE.as_bytes());
    let answers: Vec<String> = (0..4).map(|_| exchange(&collector, &request)).collect();
    assert_eq!(answers, ["HTTP/1.1 503 Answer", "", "HTTP/1.1 302 Answer", "HTTP/1.1 200 Answer"]);
    assert_eq!(collector.requests().len(), 4);
    assert_eq!(collector.events().len(), 2, "only what is accepted counts");
    collector.answer(Answer::Status(429));
    assert_eq!(exchange(&collector, &request), "HTTP/1.1 429 Answer");
}

#[test]
fn a_held_request_is_answered_when_the_test_releases_it() {
    let collector = Collector::answering([Answer::Hold]).unwrap();
    std::thread::scope(|scope| {
        let answer = scope.spawn(|| exchange(&collector, &post("", ENVELOPE.as_bytes())));
        assert!(collector.wait_until(PATIENCE, |events| events.len() == 2));
        assert!(!answer.is_finished() && !collector.wait_for_connections(Duration::from_millis(20)));
        collector.release();
        assert_eq!(answer.join().unwrap(), "HTTP/1.1 200 Answer");
    });
    assert!(collector.wait_for_connections(PATIENCE));
}

/// A machine may be so busy that a connection is accepted much later than it was begun.
#[test]
fn a_connection_that_is_not_accepted_yet_is_waited_for() {
    let collector = Collector::start().unwrap();
    std::thread::scope(|scope| {
        let busy = collector.shared.lock();
        drop(connect(&collector));
        let waits = scope.spawn(|| {
            let _ = collector.wait_for_connections(Duration::from_millis(1));
            collector.connections()
        });
        std::thread::sleep(Duration::from_millis(50));
        drop(busy);
        assert_eq!(waits.join().unwrap(), 1);
    });
}

#[test]
fn no_client_keeps_a_collector_from_ending() {
    let collector = Collector::answering([Answer::Hang, Answer::Drip, Answer::Hold]).unwrap();
    let mut clients: Vec<TcpStream> = (0..5).map(|_| connect(&collector)).collect();
    let start = Instant::now();
    for (client, count) in clients[..3].iter_mut().zip(1..) {
        client.write_all(&post("", b"{}")).unwrap();
        while collector.requests().len() < count && start.elapsed() < PATIENCE {
            std::thread::yield_now();
        }
    }
    clients[3].write_all(b"POST / HTTP/1.1\r\ncontent-le").unwrap();
    let start = Instant::now();
    drop(collector);
    // A client that neither reads nor writes has 30 seconds.
    assert!(start.elapsed() < Duration::from_secs(25), "{:?}", start.elapsed());
    for mut client in clients {
        let mut rest = Vec::new();
        let _ = client.read_to_end(&mut rest);
        assert!(!String::from_utf8_lossy(&rest).contains("\r\n\r\n") || rest.starts_with(b"HTTP/1.1 200"));
    }
}

#[test]
fn connections_beyond_the_limit_are_refused_and_later_ones_are_not() {
    let collector = Collector::start().unwrap();
    let clients: Vec<TcpStream> = (0..64).map(|_| connect(&collector)).collect();
    assert_eq!(exchange(&collector, b""), "HTTP/1.1 503 Answer");
    drop(clients);
    assert!(collector.wait_for_connections(PATIENCE));
    assert_eq!(exchange(&collector, &post("", ENVELOPE.as_bytes())), "HTTP/1.1 200 Answer");
}

#[test]
fn one_connection_takes_several_requests_and_waits_for_a_body_that_is_announced() {
    let collector = Collector::start().unwrap();
    let mut stream = connect(&collector);
    for _ in 0..3 {
        let request = post("expect: 100-continue\r\n", ENVELOPE.as_bytes());
        let body = request.len() - ENVELOPE.len();
        stream.write_all(&request[..body]).unwrap();
        let mut continued = [0; 25];
        stream.read_exact(&mut continued).unwrap();
        assert_eq!(&continued, b"HTTP/1.1 100 Continue\r\n\r\n");
        stream.write_all(&request[body..]).unwrap();
        let mut answer = [0; 42];
        stream.read_exact(&mut answer).unwrap();
        assert!(answer.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&answer));
    }
    assert_eq!(collector.events().len(), 6);
}
