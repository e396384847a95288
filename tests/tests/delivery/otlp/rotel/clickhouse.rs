// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Its exporter for ClickHouse, with a receiver on loopback in the place of the database: what it inserts has the values of the audit
//! log. docs/FLEET.md shows the configuration.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};

use serde_json::Value;
use telemetry_tests::home::Home;
use telemetry_tests::server::PATIENCE;

use super::super::{audit_lines, stats};
use super::{probe, rotel};

/// The head of the request with which rows are inserted, and the rows, which it sends in chunks.
fn insert(listener: &TcpListener) -> (String, Vec<u8>) {
    let (mut connection, _) = listener.accept().unwrap();
    connection.set_read_timeout(Some(PATIENCE)).unwrap();
    let head = read_to(&mut connection, b"\r\n\r\n");
    let body = read_to(&mut connection, b"\r\n0\r\n\r\n");
    connection.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").unwrap();
    (String::from_utf8(head).unwrap(), body)
}

fn read_to(connection: &mut TcpStream, end: &[u8]) -> Vec<u8> {
    let (mut bytes, mut next) = (Vec::new(), [0]);
    while !bytes.ends_with(end) {
        connection.read_exact(&mut next).unwrap();
        bytes.extend(next);
    }
    bytes
}

/// A text as a row has it: its length in groups of seven bits, and its bytes.
fn column(text: &str) -> Vec<u8> {
    let mut column = Vec::new();
    let mut rest = text.len();
    while rest > 0x7f {
        column.push((rest & 0x7f) as u8 | 0x80);
        rest >>= 7;
    }
    column.push(rest as u8);
    column.extend_from_slice(text.as_bytes());
    column
}

/// A value as this exporter has it; null is left out, and lists and objects are JSON of the protocol there.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::Null | Value::Array(_) | Value::Object(_) => None,
        Value::Number(number) if number.is_f64() => Some(format!("{:?}", number.as_f64().unwrap())),
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
    }
}

#[test]
fn a_third_party_collector_inserts_what_the_audit_log_has_into_clickhouse() {
    let database = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let url = format!("http://{}", database.local_addr().unwrap());
    let options = [
        "--exporter",
        "clickhouse",
        "--clickhouse-exporter-endpoint",
        &url,
        "--clickhouse-exporter-compression",
        "none",
    ];
    let Some(rotel) = rotel(&options) else { return };
    let home = Home::new();
    assert_eq!(stats(probe(&home, &rotel), &["values"])["delivered"], 1);
    let (head, rows) = insert(&database);
    assert!(head.starts_with("POST /?database=otel&query=INSERT+INTO+otel_logs+"), "{head}");
    let has = |bytes: &[u8]| rows.windows(bytes.len()).any(|window| window == bytes);
    // The columns `SeverityNumber` to `Body`: this exporter has none for the name of the event.
    let fixed = [b"\x09".as_slice(), &column("fleet"), &column("values")].concat();
    assert!(has(&fixed), "{rows:?}");
    let audited = &audit_lines(&home)[0];
    let values = audited.as_object().unwrap().iter().filter_map(|(key, value)| Some((key, text(value)?)));
    let values: Vec<(&String, String)> = values.collect();
    assert!(values.len() > 12, "{values:?}");
    for (key, value) in values {
        assert!(has(&[column(key), column(&value)].concat()), "{key}: {value}");
    }
}
