// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `collect --forward-otlp`: a collector on this machine that stores events in envelopes and sends them on as log records.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};
use telemetry_tests::child::Probe;
use telemetry_tests::collecting::{Collecting, Connection};
use telemetry_tests::home::Home;
use telemetry_tests::otlp_collector::{Answer, OtlpCollector};
use telemetry_tests::waiting::wait_until;

use super::received::{attributes, log_records, numbers, partial_success, request};

pub(super) fn command(home: &Home) -> Probe {
    Probe::new(env!("CARGO_BIN_EXE_product_command"), home)
}

pub(super) fn start(home: &Home, url: &str, arguments: &[&str]) -> Collecting {
    let store = ["--store", "events.sqlite", "--accept-unknown", "--quiet", "--forward-otlp", url];
    Collecting::start(command(home), &[&store, arguments].concat())
}

/// An envelope of a product that is not known, with numbered events.
pub(super) fn envelope(numbers: impl IntoIterator<Item = u64>) -> String {
    let event = |number| {
        format!(
            r#"{{"ts":"2026-05-06T07:08:01.234Z","name":"counted","parameters":{{"number":{number},"half":0.5,"list":["a",null]}}}}"#
        )
    };
    let events: Vec<_> = numbers.into_iter().map(event).collect();
    format!(
        r#"{{"clientId":"77","clientVer":"1.2","cpuArchitecture":"x86_64","eventSchemaVer":"3.0","sessionId":"s-1","events":[{}]}}"#,
        events.join(",")
    )
}

/// Waits until the receiver has all of these numbers, and returns its requests.
fn wait_for(receiver: &OtlpCollector, expected: &[u64]) {
    wait_until(|| {
        let found = numbers(&receiver.exports());
        expected.iter().all(|number| found.contains(number))
    });
}

#[test]
fn an_accepted_event_arrives_as_the_exporter_would_send_it() {
    let (home, receiver) = (Home::new(), OtlpCollector::start([]));
    let collector = start(&home, &receiver.url(), &[]);
    assert_eq!(collector.post(&envelope([1])).status, 200);
    wait_for(&receiver, &[1]);
    let export = &receiver.exports()[0];
    assert_eq!(
        (export.path.as_str(), export.headers["content-type"].as_str()),
        ("/v1/logs", "application/x-protobuf")
    );
    let logs = &request(export).resource_logs[0];
    let resource = attributes(&logs.resource.as_ref().unwrap().attributes);
    let expected = json!({
        "service.name": "77", "service.version": "1.2", "host.arch": "amd64",
        "nemo.telemetry.client_id": "77", "nemo.telemetry.schema_version": "3.0"
    });
    assert_eq!(json!(resource), expected);
    let record = &logs.scope_logs[0].log_records[0];
    assert_eq!((record.event_name.as_str(), record.time_unix_nano), ("counted", 1_778_051_281_234_000_000));
    assert!(record.observed_time_unix_nano > record.time_unix_nano);
    let mut sent = attributes(&record.attributes);
    let uid = sent.remove("log.record.uid").unwrap();
    assert!(uid.as_str().unwrap().ends_with("-1") && uid.as_str().unwrap().len() == 34, "{uid}");
    assert_eq!(json!(sent), json!({"number": 1, "half": 0.5, "list": ["a", null], "session.id": "s-1"}));
}

#[test]
fn refused_events_and_hostile_members_of_envelopes_are_not_in_the_way() {
    let (home, receiver) = (Home::new(), OtlpCollector::start([]));
    let collector = start(&home, &receiver.url(), &[]);
    let refused = r#"{"clientId":"415437562476676","events":[{"name":"counted","parameters":{"number":1}}]}"#;
    assert_eq!(collector.post(refused).status, 422);
    let deep = format!("{}{}", "[".repeat(120), "]".repeat(120)); // the limit of the collector is 128
    for (number, hostile) in
        [(2, format!(r#""cpuArchitecture":{deep}"#)), (3, r#""cpuArchitecture":7,"sessionId":[]"#.into())]
    {
        let body = format!(
            r#"{{"clientId":"77",{hostile},"events":[{{"ts":"now","name":"\u0000","parameters":{{"number":{number}}}}}]}}"#
        );
        assert_eq!(collector.post(&body).status, 200, "{hostile:.40}");
    }
    wait_for(&receiver, &[2, 3]);
    assert_eq!(numbers(&receiver.exports()), [2, 3]);
    assert!(receiver.exports().iter().flat_map(log_records).all(|record| record.time_unix_nano == 0));
}

/// Neither a receiver that comes and goes nor a collector that is killed loses an acknowledged event.
#[test]
fn restarts_of_both_ends_lose_nothing() {
    let (home, mut receiver) = (Home::new(), OtlpCollector::start([]));
    let mut acknowledged = Vec::new();
    for turn in 0..4_u64 {
        let mut collector = start(&home, &receiver.url(), &[]);
        let mut connection = Connection::open(&collector.address).unwrap();
        for number in turn * 100..turn * 100 + 60 {
            match number % 100 {
                10 | 50 => receiver.stop(),
                30 => receiver.go_on(),
                _ => {}
            }
            assert_eq!(connection.post(&envelope([number])).unwrap(), 200);
            acknowledged.push(number);
            std::thread::sleep(Duration::from_millis(2));
        }
        collector.running.kill();
        receiver.go_on();
    }
    let collector = start(&home, &receiver.url(), &[]);
    wait_for(&receiver, &acknowledged);
    let mut uids: BTreeMap<u64, Value> = BTreeMap::new();
    for record in receiver.exports().iter().flat_map(log_records) {
        let mut sent = attributes(&record.attributes);
        let (number, uid) = (sent["number"].as_u64().unwrap(), sent.remove("log.record.uid").unwrap());
        assert_eq!(*uids.entry(number).or_insert_with(|| uid.clone()), uid, "the same id each time");
    }
    assert_eq!(uids.len(), acknowledged.len());
    drop(collector);
}

/// A request that is rejected is sent again in parts, so that an event that is to blame does not hold up others.
#[test]
fn a_request_that_is_rejected_is_sent_again_in_halves() {
    let (home, mut receiver) = (Home::new(), OtlpCollector::start([]));
    receiver.stop();
    let collector = start(&home, &receiver.url(), &[]);
    assert_eq!(collector.post(&envelope(0..4)).status, 200);
    assert_eq!(collector.interrupt().code, Some(0));
    let rejects = |status| Answer(status, "", Vec::new());
    let receiver = OtlpCollector::start([rejects(413), rejects(400)]);
    let _collector = start(&home, &receiver.url(), &[]);
    wait_until(|| receiver.exports().len() == 5);
    let sizes: Vec<_> = receiver.exports().iter().map(|export| log_records(export).len()).collect();
    assert_eq!(sizes, [4, 2, 1, 2, 1]);
    assert_eq!(numbers(&receiver.exports()[2..]), [0, 1, 2, 3]);
}

#[test]
fn a_receiver_that_asks_for_a_pause_or_rejects_a_part_is_understood() {
    let home = Home::new();
    let busy = Answer(503, "Retry-After: 1\r\n", Vec::new());
    let receiver = OtlpCollector::start([busy, Answer(200, "", partial_success(1))]);
    let collector = start(&home, &receiver.url(), &[]);
    let start = std::time::Instant::now();
    assert_eq!(collector.post(&envelope([1, 3])).status, 200);
    wait_until(|| receiver.exports().len() == 2);
    assert!(start.elapsed() >= Duration::from_secs(1));
    assert_eq!(collector.post(&envelope([2])).status, 200);
    wait_for(&receiver, &[2]);
    let outcome = collector.interrupt();
    let warned = |text: &str| outcome.errors.iter().any(|line| line.contains(text));
    assert!(
        warned("it answers with status 503; events are kept")
            && warned("rejects 1 event of those from 1 to 2"),
        "{outcome:?}"
    );
}

/// Events that are not forwarded are not deleted: the store refuses further ones, and takes them again as soon as it may delete.
#[test]
fn a_store_that_is_full_of_unforwarded_events_answers_with_503() {
    let (home, mut receiver) = (Home::new(), OtlpCollector::start([]));
    receiver.stop();
    let collector = start(&home, &receiver.url(), &["--max-size", "1MiB"]);
    let mut acknowledged = 0;
    wait_until(|| {
        let status = collector.post(&envelope(acknowledged..acknowledged + 500)).status;
        acknowledged += if status == 200 { 500 } else { 0 };
        status == 503
    });
    receiver.go_on();
    wait_for(&receiver, &(0..acknowledged).collect::<Vec<_>>());
    wait_until(|| collector.post(&envelope([acknowledged])).status == 200);
}

/// A collector that no longer forwards deletes events that are not forwarded, so it warns when it starts.
#[test]
fn a_start_without_forwarding_warns_of_events_that_are_not_forwarded() {
    let (home, mut receiver) = (Home::new(), OtlpCollector::start([]));
    let without = |warnings: &[&str]| {
        let store = ["--store", "events.sqlite", "--accept-unknown", "--quiet"];
        let collector = Collecting::start(command(&home), &store);
        assert_eq!(collector.post(&envelope([9])).status, 200);
        assert_eq!(collector.interrupt().errors, warnings);
    };
    without(&[]);
    receiver.stop();
    let collector = start(&home, &receiver.url(), &[]);
    assert_eq!(collector.post(&envelope([1, 2])).status, 200);
    drop(collector.interrupt());
    let warning = |events: u32| {
        format!(
            "warning: {events} events of this store are not forwarded to {}/v1/logs, and are deleted by their age or the size of the store",
            receiver.url()
        )
    };
    let help =
        format!("help: add `--forward-otlp {}` to forward them before they are deleted", receiver.url());
    without(&[&warning(3), &help]);
    without(&[&warning(4), &help]);
    receiver.go_on();
    let collector = start(&home, &receiver.url(), &[]);
    wait_until(|| numbers(&receiver.exports()).len() == 5);
    drop(collector.interrupt());
    let count = "SELECT count(*) FROM events";
    assert_eq!(
        command(&home).run(&["collect", "--store", "events.sqlite", "--query", count]).checked().lines[1],
        "5"
    );
}

/// Refused events are never forwarded, so they are deleted like any others.
#[test]
fn a_store_that_is_full_of_refused_events_takes_further_ones() {
    let (home, receiver) = (Home::new(), OtlpCollector::start([]));
    let collector = start(&home, &receiver.url(), &["--max-size", "1MiB"]);
    let event = format!(r#"{{"name":"counted","parameters":{{"text":"{}"}}}}"#, "x".repeat(1000));
    let refused =
        format!(r#"{{"clientId":"415437562476676","events":[{}]}}"#, vec![event.as_str(); 200].join(","));
    for _ in 0..10 {
        wait_until(|| collector.post(&refused).status == 422);
    }
    assert_eq!(collector.post(&envelope([1])).status, 200);
    wait_for(&receiver, &[1]);
}

/// A failure after a rejection is the first one: it is reported, and its pause is short.
#[test]
fn a_failure_after_a_rejection_is_reported() {
    let home = Home::new();
    let answer = |status| Answer(status, "", Vec::new());
    let receiver = OtlpCollector::start([answer(413), answer(503)]);
    let collector = start(&home, &receiver.url(), &[]);
    assert_eq!(collector.post(&envelope([1, 2])).status, 200);
    wait_until(|| receiver.exports().len() == 4);
    let outcome = collector.interrupt();
    let warned = |text: &str| outcome.errors.iter().filter(|line| line.contains(text)).count();
    assert_eq!((warned("status 503; events are kept"), warned("note: forwarding to")), (1, 1), "{outcome:?}");
}

#[test]
fn a_url_that_cannot_be_used_is_refused() {
    let home = Home::new();
    for (url, remedy) in [
        ("", "or remove the setting"),
        ("127.0.0.1:4318", "use `http://127.0.0.1:4318/v1/logs`"),
        ("collector:4318", "use `https://collector:4318/v1/logs`"),
        ("http://collector.example:4318", "use `https`"),
        ("https://collector.example", ""),
    ] {
        let outcome = command(&home).run(&["collect", "--store", "events.sqlite", "--forward-otlp", url]);
        assert_eq!(outcome.code, Some(2), "{url}: {outcome:?}");
        assert!(outcome.errors[0].starts_with("error: cannot forward: "), "{outcome:?}");
        assert!(outcome.errors.join(" ").contains(remedy), "{outcome:?}");
    }
    assert_eq!(
        command(&home).run(&["collect", "--forward-otlp", "http://127.0.0.1:1"]).code,
        Some(2),
        "without a store"
    );
}
