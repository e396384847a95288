// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The HTTP API: filters, pages, counts and exports.

use serde_json::{Value, json};
use telemetry_tests::collecting::Collecting;
use telemetry_tests::home::Home;

use super::{collect, envelope, get, get_with, lifecycle, post};

/// Three events of a session and one of another, which is invalid.
fn four_events(collector: &Collecting) {
    assert_eq!(post(collector, "one", &[lifecycle("create"), lifecycle("delete"), lifecycle("create")]), 200);
    assert_eq!(post(collector, "two", &[lifecycle("steal")]), 422);
}

fn ids(collector: &Collecting, query: &str) -> Vec<i64> {
    let reply = get(collector, &format!("/api/events?{query}"));
    assert_eq!(reply.status, 200, "{query}: {}", reply.body);
    let events = reply.json()["events"].as_array().unwrap().clone();
    events.iter().map(|event| event["id"].as_i64().unwrap()).collect()
}

#[test]
fn events_are_selected_and_paged_by_every_parameter() {
    let home = Home::new();
    let collector = collect(&home, &[]);
    four_events(&collector);
    // A client that writes other characters than ASCII as they are, and one that escapes them.
    for session in ["caf\u{e9}", r#"caf\u00e9 a\"b"#] {
        let request = envelope("S", &[lifecycle("steal")]).to_string();
        let request = request.replace("\"success\"", &format!("\"{session}\""));
        assert_eq!(collector.post(&request).status, 422);
    }
    for (query, expected) in [
        ("limit=4&before=5", &[4, 3, 2, 1][..]),
        ("limit=2", &[6, 5]),
        ("before=3&limit=1", &[2]),
        ("after=1&limit=2", &[2, 3]),
        ("limit=0", &[]),
        ("session=one", &[3, 2, 1]),
        ("session=one&q=DELETE", &[2]),
        ("valid=false&before=5", &[4]),
        ("valid=true&name=openshell_lifecycle_event&product=openshell", &[3, 2, 1]),
        ("name=openshell_lifecycle", &[]),
        ("q=%25", &[]),
        ("q=%27%20OR%201=1%20--", &[]),
        ("session=%00", &[]),
        ("q=caf%C3%A9", &[6, 5]),
        ("q=%22resource%22", &[6, 5, 4, 3, 2, 1]),
        ("q=a%22b", &[6]),
    ] {
        assert_eq!(ids(&collector, query), expected, "{query}");
    }
}

#[test]
fn an_event_has_everything_that_is_known_of_it() {
    let home = Home::new();
    let collector = collect(&home, &[]);
    four_events(&collector);
    let answer = get(&collector, "/api/events?limit=1").json();
    assert_eq!((&answer["newest"], &answer["more"]), (&json!(4), &json!(true)));
    let mut event = answer["events"][0].clone();
    let received_at = event.as_object_mut().unwrap().remove("received_at").unwrap();
    assert!(received_at.as_str().unwrap().ends_with('Z'), "{received_at}");
    let violations = event.as_object_mut().unwrap().remove("violations").unwrap();
    assert_eq!(violations[0]["pointer"], "/operation");
    assert!(violations[0]["message"].as_str().unwrap().contains("steal"), "{violations}");
    let parameters = lifecycle("steal")["parameters"].clone();
    let expected = json!({
        "id": 4, "product": "openshell", "version": "1.2.3", "session": "two", "name": "openshell_lifecycle_event",
        "schema_version": "4.0", "ts": "2026-04-22T18:34:56.789Z", "valid": false, "parameters": parameters,
        "envelope": {"clientId": "415437562476676", "clientVer": "1.2.3", "eventSchemaVer": "4.0", "sessionId": "two"},
    });
    assert_eq!(event, expected);
}

/// An answer is never larger than it may be, also if each event carries a large envelope.
#[test]
fn large_events_come_in_several_answers() {
    let home = Home::new();
    let collector = collect(&home, &[]);
    let event = json!({"name": "large", "parameters": {"text": "x".repeat(200_000)}});
    for _ in 0..5 {
        let _ = post(&collector, &"s".repeat(60_000), &vec![event.clone(); 10]);
    }
    let reply = get(&collector, "/api/events?limit=50");
    assert!(reply.body.len() < 1 << 20, "{}", reply.body.len());
    assert_eq!(reply.json()["more"], true);
    let name = json!({"name": "n".repeat(200_000)});
    assert_eq!(post(&collector, "one", &[name]), 422);
    let counts = get(&collector, "/api/counts");
    assert!(counts.body.len() < 64 << 10 && counts.json()["total"] == 51, "{}", counts.body.len());
    let export = get(&collector, "/api/export?name=large").body;
    assert_eq!(export.lines().count(), 50);
}

/// Clients that ask for as much as they can and read none of it take neither memory nor the turn of others.
#[test]
#[cfg(target_os = "linux")]
fn clients_that_do_not_read_take_no_memory() {
    let home = Home::new();
    let collector = collect(&home, &[]);
    let event = json!({"name": "large", "parameters": {"text": "x".repeat(200_000)}});
    for _ in 0..5 {
        let _ = post(&collector, "one", &vec![event.clone(); 20]);
    }
    let ask = |path: &str| {
        let mut stream = std::net::TcpStream::connect(&collector.address).unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nhost: {}\r\n\r\n", collector.address);
        std::io::Write::write_all(&mut stream, request.as_bytes()).unwrap();
        stream
    };
    let mut unread: Vec<_> = (0..200).map(|_| ask("/api/events?limit=1000")).collect();
    unread.extend((0..32).map(|_| ask("/api/export")));
    assert_eq!(post(&collector, "two", &[lifecycle("create")]), 200);
    assert_eq!(ids(&collector, "limit=1"), [101]);
    let peak = collector.running.peak_memory();
    assert!(peak < 256 << 20, "{} MiB", peak >> 20);
    println!("peak {} MiB", peak >> 20);
}

#[test]
fn a_parameter_that_cannot_be_used_is_refused_with_a_reason() {
    let home = Home::new();
    let collector = collect(&home, &[]);
    for (path, status, word) in [
        ("/api/events?limit=-1", 400, "limit"),
        ("/api/events?valid=yes", 400, "valid"),
        ("/api/events?order=name", 400, "order"),
        ("/api/events?limit=1&limit=2", 400, "twice"),
        ("/api/events?format=csv", 400, "`limit`"),
        ("/api/events?before=18446744073709551616", 400, "id of an event"),
        ("/api/counts?minutes=0", 400, "minutes"),
        ("/api/counts?minutes=9223372036854775807", 400, "minutes"),
        ("/api/export?format=xml", 400, "jsonl"),
        ("/api/stream?after=x", 400, "after"),
        ("/api/", 404, "events"),
        ("/api/event", 404, "events"),
    ] {
        let reply = get(&collector, path);
        assert_eq!(reply.status, status, "{path}: {}", reply.body);
        assert!(reply.json()["error"].as_str().unwrap().contains(word), "{path}: {}", reply.body);
    }
}

#[test]
fn counts_are_those_of_the_filter() {
    let home = Home::new();
    let collector = collect(&home, &[]);
    let empty = get(&collector, "/api/counts").json();
    assert_eq!((&empty["total"], &empty["first"], &empty["names"]), (&json!(0), &Value::Null, &json!([])));
    four_events(&collector);
    let counts = get(&collector, "/api/counts?minutes=15").json();
    assert_eq!((&counts["total"], &counts["invalid"], &counts["step"]), (&json!(4), &json!(1), &json!(15)));
    assert_eq!(counts["names"], json!([["openshell_lifecycle_event", 4]]));
    assert_eq!(counts["products"], json!([["openshell", 4]]));
    let buckets = counts["buckets"].as_array().unwrap();
    let sum = |key: &str| buckets.iter().map(|bucket| bucket[key].as_i64().unwrap()).sum::<i64>();
    assert_eq!((buckets.len(), sum("valid"), sum("invalid")), (60, 3, 1));
    assert_eq!(get(&collector, "/api/counts?q=delete").json()["total"], 1);
}

#[test]
fn an_export_has_what_is_filtered_oldest_first() {
    let home = Home::new();
    let collector = collect(&home, &[]);
    four_events(&collector);
    let reply = get(&collector, "/api/export?format=jsonl&session=one");
    assert!(reply.head.to_lowercase().contains("content-disposition: attachment; filename=\"events.jsonl\""));
    let lines: Vec<Value> = reply.body.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.iter().map(|line| line["id"].as_i64().unwrap()).collect::<Vec<_>>(), [1, 2, 3]);
    let csv = get(&collector, "/api/export?format=csv&valid=false").body;
    let lines: Vec<&str> = csv.split("\r\n").collect();
    assert!(lines[0].starts_with("id,received_at,product,"), "{csv}");
    assert!(
        lines[1].starts_with("\"4\",\"") && lines[1].contains("\"\"pointer\"\":\"\"/operation\"\""),
        "{csv}"
    );
    assert_eq!(lines[2..], [""], "{csv}");
}

/// The page and everything that it reads is for itself alone: no other site can read, embed or keep it.
#[test]
fn other_sites_have_no_access() {
    let home = Home::new();
    let collector = collect(&home, &[]);
    for path in ["/", "/api/events", "/api/stream", "/api/export"] {
        for (headers, status) in [
            ("sec-fetch-site: cross-site\r\nsec-fetch-mode: no-cors\r\n", 403),
            ("sec-fetch-site: same-site\r\nsec-fetch-mode: no-cors\r\n", 403),
            ("origin: http://attacker.example\r\n", 403),
            ("origin: null\r\n", 403),
        ] {
            assert_eq!(get_with(&collector, path, headers).status, status, "{path} {headers}");
        }
    }
    let linked = get_with(&collector, "/", "sec-fetch-site: cross-site\r\nsec-fetch-mode: navigate\r\n");
    assert_eq!(linked.status, 200, "a link leads to the page");
    let rebound =
        collector.send(b"GET /api/events HTTP/1.1\r\nhost: attacker.example\r\nconnection: close\r\n\r\n");
    assert_eq!(rebound.unwrap().status, 421);
    for path in ["/", "/api/events"] {
        let head = get(&collector, path).head.to_lowercase();
        assert!(!head.contains("access-control-"), "{head}");
        for header in [
            "cache-control: no-store",
            "x-content-type-options: nosniff",
            "x-frame-options: deny",
            "cross-origin-resource-policy: same-origin",
        ] {
            assert!(head.contains(header), "{header} is missing: {head}");
        }
    }
}

/// Its policy lets the browser run the one script of the page, with a nonce that is new each time.
#[test]
fn the_page_has_a_policy_with_a_nonce_of_its_own() {
    let home = Home::new();
    let collector = collect(&home, &[]);
    let nonces: Vec<String> = (0..2)
        .map(|_| {
            let reply = get(&collector, "/");
            let policy = reply
                .head
                .lines()
                .find(|line| line.to_lowercase().starts_with("content-security-policy: "))
                .unwrap();
            assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
            let nonce = policy.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap().to_owned();
            assert_eq!(reply.body.matches(&format!("nonce=\"{nonce}\"")).count(), 2);
            nonce
        })
        .collect();
    assert!(nonces[0] != nonces[1] && nonces[0].len() == 32, "{nonces:?}");
}

/// A prefetching browser, or a link in a message, changes nothing.
#[test]
fn a_get_changes_nothing() {
    let home = Home::new();
    let collector = collect(&home, &[]);
    four_events(&collector);
    for path in
        ["/", "/api/events", "/api/counts", "/api/export", "/v1.1/events/json", "/api/delete?all=true"]
    {
        let _ = get(&collector, path);
    }
    assert_eq!(ids(&collector, ""), [4, 3, 2, 1]);
    let reply = collector.send(
        format!("DELETE /api/events HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\r\n", collector.address)
            .as_bytes(),
    );
    let reply = reply.unwrap();
    assert_eq!((reply.status, &reply.json()["error"]), (405, &json!("the API only reads, with `GET`")));
}
