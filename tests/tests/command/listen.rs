// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `listen`: the collector for trying out, and what it says to senders that send something else.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};

use telemetry_tests::child::{Outcome, Probe, Running};
use telemetry_tests::home::Home;

/// Starts to listen, and returns where.
fn listen(home: &Home, count: &str) -> (Running, String) {
    let command = Probe::new(env!("CARGO_BIN_EXE_product_command"), home);
    let running = command.start(&["listen", "--port", "0", "--count", count]);
    let invitation = running.line();
    let url = invitation.split_once("OPENSHELL_TELEMETRY_ENDPOINT=http://").expect("the variable is named").1;
    let address = url.trim_end_matches('/').to_owned();
    (running, address)
}

/// Sends these bytes, and returns the answer.
fn send(address: &str, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(bytes).unwrap();
    stream.shutdown(std::net::Shutdown::Write).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap_or_default();
    answer
}

fn post(address: &str, body: &str) -> String {
    send(address, format!("POST / HTTP/1.1\r\nContent-Length: {}\r\n\r\n{body}", body.len()).as_bytes())
}

#[test]
fn an_event_that_nobody_promised_is_shown_and_counts_as_a_violation() {
    let home = Home::new();
    let (running, address) = listen(&home, "1");
    let answer = post(
        &address,
        r#"{"clientId":"415437562476676","events":[{"name":"theft\u001b[2J","parameters":{"numTills":1}}]}"#,
    );
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    let Outcome { code, lines, errors, .. } = running.finish();
    assert_eq!(lines, [r#"theft\u{1b}[2J  {"numTills":1}"#, "  is not an event of this product"]);
    assert_eq!((code, errors), (Some(1), vec!["error: not what the events promise: 1".to_owned()]));
}

#[test]
fn what_is_no_envelope_is_said_and_does_not_count() {
    let home = Home::new();
    let (running, address) = listen(&home, "2");
    post(&address, "nonsense");
    send(&address, b"GET / HTTP/1.1\r\n\r\n");
    send(&address, b"POST / HTTP/1.1\r\ncontent-length: much\r\n\r\n");
    send(&address, b"");
    post(&address, r#"{"clientId":"415437562476676","events":[{"name":"a"},{"name":"b"}]}"#);
    let lines = running.finish().lines;
    assert_eq!(lines[..2], ["not an envelope: nonsense", "not an envelope: "]);
    assert!(lines[2..4].iter().all(|line| line.starts_with("no request: ")), "{lines:?}");
    assert_eq!(lines.len(), 4 + 2 * 2, "{lines:?}");
}

#[test]
fn a_port_that_is_taken_is_refused_with_a_remedy() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let (home, port) = (Home::new(), taken.local_addr().unwrap().port().to_string());
    let command = Probe::new(env!("CARGO_BIN_EXE_product_command"), &home);
    let outcome = command.run(&["listen", "--port", &port]);
    assert_eq!(outcome.code, Some(1));
    assert!(outcome.errors[0].contains(&port) && outcome.errors[1].starts_with("help: "), "{outcome:?}");
}

/// An envelope of another product, or of an older release of this one, is not what the collector expects.
#[test]
fn the_client_id_and_the_schema_version_of_an_envelope_are_checked() {
    let event = r#"{"name":"openshell_lifecycle_event","parameters":{"nvidiaSource":"openshell","resource":"sandbox","operation":"create","outcome":"success"}}"#;
    let own = r#""clientId":"415437562476676","eventSchemaVer":"4.0""#;
    let client_id =
        |problem| format!("`clientId` of the envelope {problem}, and has to be \"415437562476676\"");
    let version = |problem| format!("  `eventSchemaVer` of the envelope {problem}, and has to be \"4.0\"");
    for (keys, expected) in [
        (own, vec![]),
        (r#""clientId":"1","eventSchemaVer":"4.0""#, vec![client_id("is \"1\"")]),
        (r#""clientId":415437562476676,"eventSchemaVer":"4.0""#, vec![client_id("is 415437562476676")]),
        (r#""clientId":"415437562476676","eventSchemaVer":"3.9\u001b""#, vec![version("is \"3.9\\u001b\"")]),
        (r#""other":1"#, vec![client_id("is missing"), version("is missing")]),
    ] {
        let home = Home::new();
        let command = Probe::new(env!("CARGO_BIN_EXE_products_command"), &home).env("PRODUCT", "openshell");
        let running = command.start(&["listen", "--port", "0", "--count", "1"]);
        let invitation = running.line();
        let address = invitation.rsplit("http://").next().unwrap().trim_end_matches('/').to_owned();
        post(&address, &format!("{{{keys},\"events\":[{event}]}}"));
        let Outcome { code, mut lines, .. } = running.finish();
        lines.retain(|line| line.contains(" of the envelope "));
        assert_eq!(lines, expected, "{keys}");
        assert_eq!(code, Some(u8::from(!expected.is_empty()).into()), "{keys}");
    }
}
