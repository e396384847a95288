// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `collect`: a collector on this machine, and its answers to senders that send something else than events.

#[cfg(unix)]
mod damage;
#[cfg(target_os = "linux")]
mod disk;
mod faults;
mod killed;
mod limits;
mod store;

use std::net::TcpListener;

use serde_json::json;
use telemetry_tests::child::{Outcome, Probe};
use telemetry_tests::collecting::Collecting;
use telemetry_tests::home::Home;

const EVENT: &str = r#"{"name":"openshell_lifecycle_event","parameters":{"nvidiaSource":"openshell","resource":"sandbox","operation":"create","outcome":"success"}}"#;

/// The command of a product without events.
fn command(home: &Home) -> Probe {
    Probe::new(env!("CARGO_BIN_EXE_product_command"), home)
}

/// The command of OpenShell, with its events.
fn openshell(home: &Home) -> Probe {
    Probe::new(env!("CARGO_BIN_EXE_products_command"), home).env("PRODUCT", "openshell")
}

/// An envelope of OpenShell with these events.
fn envelope(events: &[&str]) -> String {
    let events = events.join(",");
    format!(
        r#"{{"clientId":"415437562476676","clientVer":"1.2.3","eventSchemaVer":"4.0","sessionId":"s1","events":[{events}]}}"#
    )
}

#[test]
fn valid_events_are_printed_and_the_end_is_a_success() {
    let home = Home::new();
    let collector = Collecting::start(openshell(&home), &["--count", "2"]);
    assert!(
        collector.invitation.starts_with("Collecting into a temporary store, shown at http://127.0.0.1:")
    );
    assert!(collector.invitation.contains(
        "/. In another terminal, run the product with OPENSHELL_TELEMETRY_ENDPOINT=http://127.0.0.1:"
    ));
    let reply = collector.post(&envelope(&[EVENT, EVENT]));
    assert_eq!((reply.status, reply.body.as_str()), (200, ""));
    let Outcome { code, lines, errors, .. } = collector.running.finish();
    let line = EVENT.replacen(
        r#"{"name":"openshell_lifecycle_event","parameters":"#,
        "openshell_lifecycle_event  ",
        1,
    );
    assert_eq!(lines, [&line[..line.len() - 1]; 2]);
    assert_eq!((code, errors), (Some(0), vec![]));
}

#[test]
#[cfg(unix)]
fn an_interruption_before_the_last_event_is_a_failure() {
    let home = Home::new();
    let collector = Collecting::start(openshell(&home), &["--count", "2", "--quiet"]);
    assert_eq!(collector.post(&envelope(&[EVENT])).status, 200);
    let outcome = collector.interrupt();
    assert_eq!(outcome.code, Some(1));
    assert_eq!(outcome.errors, ["error: interrupted after 1 of 2 events"]);
}

#[test]
fn an_unknown_event_is_refused_and_shown_with_its_violation() {
    let home = Home::new();
    let collector = Collecting::start(command(&home), &["--count", "1"]);
    let reply = collector.post(
        r#"{"clientId":"415437562476676","events":[{"name":"theft\u001b[2J","parameters":{"numTills":1}}]}"#,
    );
    assert_eq!(reply.status, 422);
    let violation = json!({"pointer": "/events/0/name", "message": "is not an event of this product"});
    assert_eq!(
        reply.json(),
        json!({"error": "`/events/0/name` is not an event of this product", "violations": [violation]})
    );
    let Outcome { code, lines, errors, .. } = collector.running.finish();
    assert_eq!(
        lines,
        [r#"theft\u{1b}[2J  {"numTills":1}"#, "  `/events/0/name` is not an event of this product"]
    );
    assert_eq!((code, errors), (Some(1), vec!["error: 1 of 1 event violates its schema".to_owned()]));
}

#[test]
fn violations_have_json_pointers_into_the_request() {
    let home = Home::new();
    let collector = Collecting::start(openshell(&home), &[]);
    let wrong = EVENT.replace("\"create\"", "\"steal\"").replace("\"resource\"", "\"re/so~urce\"");
    let reply = collector.post(&envelope(&[EVENT, &wrong]));
    assert_eq!(reply.status, 422);
    let violations = reply.json()["violations"].clone();
    let pointers: Vec<_> =
        violations.as_array().unwrap().iter().map(|one| one["pointer"].as_str().unwrap()).collect();
    assert_eq!(
        pointers,
        [
            "/events/1/parameters/resource",
            "/events/1/parameters/operation",
            "/events/1/parameters/re~1so~0urce"
        ]
    );
    assert_eq!(reply.json()["error"], "3 violations");
    assert!(!reply.head.contains("allow: "), "{}", reply.head);
}

/// Everything that is not an envelope is refused with its reason, does not count, and does not end the collector.
#[test]
fn requests_that_are_not_envelopes_are_refused_with_a_reason() {
    let home = Home::new();
    let collector = Collecting::start(openshell(&home), &["--count", "1", "--quiet"]);
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    for (body, status, reason) in [
        ("nonsense", 400, "the body is not JSON: "),
        ("", 400, "the body is not JSON: "),
        ("{\"events\":[", 400, "the body is not JSON: "),
        ("\u{0}", 400, "the body is not JSON: "),
        ("[]", 422, "the body is not an object"),
        (r#"{"\ud800":1}"#, 422, "the body has a key that is not Unicode: "),
        ("{}", 422, "`/events` is missing"),
        (r#"{"events":{}}"#, 422, "`/events` is not a list"),
        (r#"{"events":[1]}"#, 422, "`/events/0` is not an object"),
        (&format!(r#"{{"events":{deep}}}"#), 413, "the body has more than 128 levels"),
        (&envelope(&["{}"]), 422, "`/events/0/name` is not an event of this product"),
    ] {
        let reply = collector.post(body);
        let error = reply.json()["error"].as_str().unwrap().to_owned();
        assert!(reply.status == status && error.starts_with(reason), "{body:.80}: {reply:?}");
    }
    let outcome = collector.running.finish();
    assert_eq!(outcome.errors, ["error: 1 of 1 event violates its schema"], "the event without a name");
}

/// A text that is not Unicode, and a name that is not a text, would be lost in the store.
#[test]
fn texts_that_the_store_cannot_hold_are_refused_with_their_place() {
    let home = Home::new();
    let store = home.path().join("events.sqlite");
    let file = store.to_str().unwrap();
    let collector = Collecting::start(openshell(&home), &["--accept-unknown", "--quiet", "--store", file]);
    let event = |members: &str| format!(r#"{{"clientId":"x","events":[{{"name":"first"}},{{{members}}}]}}"#);
    let refuse = |body: String, pointer: &str, message: &str| {
        let reply = collector.post(&body);
        let violation = reply.json()["violations"][0].clone();
        assert_eq!((reply.status, &violation["pointer"]), (422, &pointer.into()), "{body}: {reply:?}");
        assert!(violation["message"].as_str().unwrap().starts_with(message), "{body}: {reply:?}");
    };
    for (members, pointer) in [
        (r#""name":"a\udc00""#, "/events/1/name"),
        (r#""name":"a","ts":"\uD83D""#, "/events/1/ts"),
        (r#""name":"a","name":"\ude00\ud83d""#, "/events/1/name"),
        (r#""name":"a","parameters":{"a/b":[0,"\ud83dx"]}"#, "/events/1/parameters/a~1b/1"),
        (r#""name":"a","parameters":"\udfff""#, "/events/1/parameters"),
        (r#""name":"a","more":"\udfff""#, "/events/1/more"),
    ] {
        refuse(event(members), pointer, "is not Unicode: `\\u");
    }
    refuse(event(r#""name":"a","parameters":{"\ud800":1}"#), "/events/1/parameters", "has a key that is not");
    for member in ["clientId", "sessionId", "clientVer", "eventSchemaVer", "more"] {
        let body = format!(r#"{{"{member}":"\udbff","events":[{{"name":"a"}}]}}"#);
        refuse(body, &format!("/{member}"), "is not Unicode: `\\udbff` is half of a surrogate pair");
    }
    for value in ["5", "null", "[]"] {
        refuse(event(&format!(r#""name":{value}"#)), "/events/1/name", "is not a text");
        refuse(event(&format!(r#""name":"a","ts":{value}"#)), "/events/1/ts", "is not a text");
    }
    assert_eq!(collector.post(&event(r#""name":"\ud83d\ude00","parameters":{"k":"\\ud800"}"#)).status, 200);
    drop(collector);
    let query = "SELECT name, parameters ->> 'k' AS k FROM events ORDER BY id";
    let outcome = openshell(&home).run(&["collect", "--store", file, "--query", query]).checked();
    assert_eq!(outcome.lines, ["name\tk", "first\t", "😀\t\\ud800"], "only these events are stored");
}

#[test]
fn types_encodings_and_methods_that_are_not_understood_are_refused() {
    let home = Home::new();
    let collector = Collecting::start(openshell(&home), &[]);
    let body = envelope(&[EVENT]);
    for (headers, status) in [
        ("content-type: application/json\r\n", 200),
        ("content-type: Application/JSON; charset=utf-8\r\n", 200),
        ("content-encoding: identity\r\n", 200),
        ("content-type: text/plain\r\n", 415),
        ("content-type: application/x-www-form-urlencoded\r\n", 415),
        ("content-encoding: br\r\n", 415),
        ("content-encoding: gzip, gzip\r\n", 415),
        ("content-encoding: gzip\r\n", 400),
        ("origin: http://evil.example\r\n", 403),
        ("host: evil.example\r\n", 421),
    ] {
        assert_eq!(collector.post_with(headers, body.as_bytes()).status, status, "{headers}");
    }
    let get = collector
        .send(b"GET /v1.1/events/json HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")
        .unwrap();
    assert_eq!(get.status, 405);
}

#[test]
fn an_envelope_may_be_compressed_and_a_bomb_is_refused() {
    let home = Home::new();
    let collector = Collecting::start(openshell(&home), &["--count", "1"]);
    let gzip = |bytes: &[u8]| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        std::io::Write::write_all(&mut encoder, bytes).unwrap();
        encoder.finish().unwrap()
    };
    let post = |bytes: &[u8]| collector.post_with("content-encoding: gzip\r\n", bytes);
    let bomb = gzip(&vec![b' '; 64 << 20]);
    assert!(bomb.len() < 100_000);
    assert_eq!(post(&bomb).status, 413);
    let whole = gzip(envelope(&[EVENT]).as_bytes());
    assert_eq!(post(&whole[..whole.len() - 9]).status, 400);
    assert_eq!(post(&[&whole[..], b"junk"].concat()).status, 400);
    let reply = post(&gzip(b"").repeat(100_000));
    assert_eq!(
        (reply.status, reply.json()["error"].as_str()),
        (400, Some("the body is not gzip: it has more than 100 members"))
    );
    let body = envelope(&[EVENT]);
    assert_eq!(post(&[gzip(&body.as_bytes()[..50]), gzip(&body.as_bytes()[50..])].concat()).status, 200);
    assert_eq!(collector.running.finish().code, Some(0));
}

#[test]
fn requests_that_are_too_large_are_refused() {
    let home = Home::new();
    let collector = Collecting::start(openshell(&home), &[]);
    let note = |length| format!(r#"{{"name":"e","parameters":{{"a":"{}"}}}}"#, "x".repeat(length));
    let many = vec!["{}"; 5001];
    for (body, reason) in [
        (envelope(&[&note(5 << 20)]), "the body has more than 4194304 bytes"),
        (envelope(&[&note(300 << 10)]), "`/events/0` has more than 262144 bytes"),
        (
            envelope(&[]).replace("s1", &"s".repeat(70 << 10)),
            "the envelope without its events has more than 65536 bytes",
        ),
        (envelope(&many), "`/events` has more than 5000 events"),
    ] {
        let reply = collector.post(&body);
        assert_eq!((reply.status, reply.json()["error"].as_str()), (413, Some(reason)));
    }
}

#[test]
fn a_port_that_is_taken_is_refused_with_a_remedy() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let (home, address) = (Home::new(), taken.local_addr().unwrap().to_string());
    let outcome = command(&home).run(&["collect", "--listen", &address]);
    assert_eq!(outcome.code, Some(1));
    assert!(outcome.errors[0].contains(&address) && outcome.errors[1].starts_with("help: "), "{outcome:?}");
}

#[test]
fn an_address_that_others_can_reach_needs_a_flag_and_is_warned_of() {
    let home = Home::new();
    let outcome = command(&home).run(&["collect", "--listen", "0.0.0.0:0"]);
    assert_eq!(outcome.code, Some(2));
    assert!(outcome.errors[0].contains("other machines can reach `0.0.0.0:0`"), "{outcome:?}");
    let running = command(&home).start(&["collect", "--listen", "0.0.0.0:0", "--allow-remote"]);
    assert!(running.line().starts_with("Collecting into a temporary store,"));
    running.interrupt();
    let outcome = running.finish();
    assert_eq!(outcome.code, Some(0));
    assert!(outcome.errors[0].starts_with("warning: "), "{outcome:?}");
}

#[test]
fn localhost_is_an_address_and_other_names_are_refused_with_a_remedy() {
    let home = Home::new();
    let collector = Collecting::start_at("localhost:0", openshell(&home), &["--count", "1", "--quiet"]);
    assert_eq!(collector.post(&envelope(&[EVENT])).status, 200);
    for address in ["collector:4319", "4319", "localhost"] {
        let outcome = command(&home).run(&["collect", "--listen", address]);
        assert_eq!(outcome.code, Some(2));
        let remedy = "such as `127.0.0.1:4319`, `localhost:4319` or `[::1]:4319`";
        assert!(outcome.errors.join(" ").contains(remedy), "{outcome:?}");
    }
}

/// An envelope of another product, or of an older release of this one, is not what the collector expects.
#[test]
fn the_client_id_and_the_schema_version_of_an_envelope_are_checked() {
    let own = r#""clientId":"415437562476676","eventSchemaVer":"4.0""#;
    let client_id = |problem| format!("  `/clientId` {problem}, and has to be \"415437562476676\"");
    let version = |problem| format!("  `/eventSchemaVer` {problem}, and has to be \"4.0\"");
    for (keys, expected) in [
        (own, vec![]),
        (r#""clientId":"1","eventSchemaVer":"4.0""#, vec![client_id("is \"1\"")]),
        (r#""clientId":415437562476676,"eventSchemaVer":"4.0""#, vec![client_id("is 415437562476676")]),
        (r#""clientId":"415437562476676","eventSchemaVer":"3.9\u001b""#, vec![version("is \"3.9\\u001b\"")]),
        (r#""other":1"#, vec![client_id("is missing"), version("is missing")]),
    ] {
        let home = Home::new();
        let collector = Collecting::start(openshell(&home), &["--count", "1"]);
        let reply = collector.post(&format!("{{{keys},\"events\":[{EVENT}]}}"));
        assert_eq!(reply.status, if expected.is_empty() { 200 } else { 422 }, "{keys}");
        let Outcome { code, mut lines, .. } = collector.running.finish();
        lines.retain(|line| line.starts_with("  "));
        assert_eq!(lines, expected, "{keys}");
        assert_eq!(code, Some(u8::from(!expected.is_empty()).into()), "{keys}");
    }
}

#[test]
fn schema_files_describe_events_of_other_products() {
    let home = Home::new();
    let file = home.path().join("shop.json");
    let schema = |client_id: &str| {
        format!(
            r#"{{"schemaMeta":{{{client_id}"schemaVersion":"2.0"}},"definitions":{{"events":{{"order":{{"required":["n"],"properties":{{"n":{{"type":"integer"}}}}}}}}}}}}"#
        )
    };
    let order = |client_id: &str, n: &str| {
        format!(
            r#"{{"clientId":"{client_id}","eventSchemaVer":"2.0","events":[{{"name":"order","parameters":{{"n":{n}}}}}]}}"#
        )
    };
    for (meta, accepts_any) in [(r#""clientId":"7","#, false), ("", true)] {
        std::fs::write(&file, schema(meta)).unwrap();
        let collector = Collecting::start(openshell(&home), &["--schema", file.to_str().unwrap()]);
        assert_eq!(collector.post(&order("7", "1")).status, 200);
        assert_eq!(collector.post(&order("7", "\"one\"")).status, 422);
        assert_eq!(collector.post(&order("8", "1")).status, if accepts_any { 200 } else { 422 });
        assert_eq!(collector.post(&envelope(&[EVENT])).status, 200);
    }
    // A file of the linked product describes all of its events.
    std::fs::write(&file, schema(r#""clientId":"415437562476676","#)).unwrap();
    let collector = Collecting::start(openshell(&home), &["--schema", file.to_str().unwrap()]);
    assert_eq!(collector.post(&order("415437562476676", "1")).status, 200);
    let reply = collector.post(&envelope(&[EVENT]));
    assert_eq!((reply.status, &reply.json()["violations"][0]["pointer"]), (422, &"/events/0/name".into()));

    let collector = Collecting::start(openshell(&home), &["--accept-unknown"]);
    assert_eq!(collector.post(&order("8", "{}")).status, 200);
    let known = envelope(&[&EVENT.replace("create", "steal")]);
    assert_eq!(collector.post(&known).status, 422, "a known product is checked");
}

/// Nothing of the temporary store is left.
#[test]
#[cfg(unix)]
fn a_temporary_store_is_deleted_at_the_end() {
    let home = Home::new();
    let temporary = home.path().join("tmp");
    std::fs::create_dir(&temporary).unwrap();
    for signal in [libc::SIGINT, libc::SIGTERM, libc::SIGHUP, libc::SIGQUIT] {
        let collector = Collecting::start(openshell(&home).env("TMPDIR", &temporary), &[]);
        assert_eq!(collector.post(&envelope(&[EVENT])).status, 200);
        assert_eq!(std::fs::read_dir(&temporary).unwrap().count(), 1);
        collector.running.signal(signal);
        assert_eq!(collector.running.finish().code, Some(0), "{signal}");
        assert_eq!(std::fs::read_dir(&temporary).unwrap().count(), 0, "{signal}");
    }
}

#[test]
fn events_are_printed_as_json_or_not_at_all() {
    let home = Home::new();
    let collector = Collecting::start(openshell(&home), &["--count", "1", "--json"]);
    assert_eq!(collector.post("{}").status, 422);
    assert_eq!(collector.post(&envelope(&[EVENT])).status, 200);
    let [event] = collector.running.finish().checked().json().try_into().unwrap();
    assert_eq!(
        (&event["id"], &event["valid"], &event["product"]),
        (&json!(1), &json!(true), &json!("openshell"))
    );
    assert_eq!(
        event["envelope"],
        json!({"clientId": "415437562476676", "clientVer": "1.2.3", "eventSchemaVer": "4.0", "sessionId": "s1"})
    );
    let collector = Collecting::start(openshell(&home), &["--count", "1", "--quiet"]);
    assert_eq!(collector.post(&envelope(&[EVENT])).status, 200);
    assert_eq!(collector.running.finish().checked().lines, [""; 0]);
}
