// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The OpenTelemetry collector of a company, instead of the product's own. What arrives is read with the official message types.

mod forward;
mod received;
mod rejecting;
mod rotel;

use std::collections::BTreeMap;
use std::fs;
use std::time::Duration;

use serde_json::{Value, json};
use telemetry_tests::child::Probe;
use telemetry_tests::home::Home;
use telemetry_tests::otlp_collector::{Answer, OtlpCollector};
use telemetry_tests::server::Server;

use self::received::{attributes, log_records, numbers, partial_success, request};

/// Secrets of the operator's and of the vendor's, which go to one of them each.
const TOKEN: &str = "hunter2";
const VENDOR_KEY: &str = "x-vendor-key";

fn probe(home: &Home, collector: &OtlpCollector) -> Probe {
    Probe::new(env!("CARGO_BIN_EXE_otlp_probe"), home).env("FLEET_OTLP_ENDPOINT", collector.url())
}

/// The counters that the probe prints last.
fn stats(probe: Probe, steps: &[&str]) -> Value {
    probe.run(steps).checked().json().pop().unwrap()
}

fn dropped(stats: &Value) -> u64 {
    stats["dropped"].as_object().unwrap().values().map(|count| count.as_u64().unwrap()).sum()
}

/// The lines in the audit log of the product.
fn audit_lines(home: &Home) -> Vec<Value> {
    let log = home.path().join(".config/fleet/usage_stats.json");
    let text = fs::read_to_string(log).unwrap_or_default();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn every_kind_of_value_arrives_as_the_audit_log_has_it() {
    let (home, collector) = (Home::new(), OtlpCollector::start([]));
    assert_eq!(stats(probe(&home, &collector), &["values"])["delivered"], 1);
    let export = &collector.exports()[0];
    let records = log_records(export);
    let mut sent = attributes(&records[0].attributes);
    let session = sent.remove("session.id").unwrap();
    assert_eq!(session.as_str().unwrap().len(), 36, "{session}");
    let audited = &audit_lines(&home)[0];
    assert_eq!(json!(sent).to_string(), json!(audited).to_string());
    assert!(
        sent.len() > 16 && sent["null"].is_null() && sent["tiny"] == 5e-324 && sent["largest"] == i64::MAX
    );
    // Their order, which a map does not have.
    let keys: Vec<_> = records[0].attributes.iter().map(|attribute| attribute.key.as_str()).collect();
    assert_eq!(keys[..4], ["nemoSource", "yes", "largest", "smallest"]);
}

#[test]
fn a_record_says_what_it_is_and_where_it_comes_from() {
    let (home, collector) = (Home::new(), OtlpCollector::start([]));
    let _ = stats(probe(&home, &collector), &["values"]);
    let export = &collector.exports()[0];
    assert_eq!(
        (export.path.as_str(), export.headers["content-type"].as_str()),
        ("/v1/logs", "application/x-protobuf")
    );
    let request = request(export);
    let resource = attributes(&request.resource_logs[0].resource.as_ref().unwrap().attributes);
    let expected: BTreeMap<&str, Value> = BTreeMap::from([
        ("service.name", json!("fleet")),
        ("service.version", json!("2.1")),
        ("nemo.telemetry.client_id", json!("42")),
        ("nemo.telemetry.schema_version", json!("3.2")),
        ("nemoSource", json!("fleet")),
        ("os.type", json!(if cfg!(target_os = "macos") { "darwin" } else { std::env::consts::OS })),
    ]);
    for (key, value) in expected {
        assert_eq!(resource[key], value, "{key}");
    }
    assert!(!resource["host.arch"].as_str().unwrap().contains("x86_64"));
    let scope = request.resource_logs[0].scope_logs[0].scope.as_ref().unwrap();
    assert_eq!((scope.name.as_str(), scope.version.as_str()), ("telemetry-core", env!("CARGO_PKG_VERSION")));
    let record = &request.resource_logs[0].scope_logs[0].log_records[0];
    assert_eq!(
        (record.event_name.as_str(), record.severity_number, record.severity_text.as_str()),
        ("values", 9, "INFO")
    );
    let age = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_nanos()
        - u128::from(record.time_unix_nano);
    assert!(age < 60_000_000_000 && record.observed_time_unix_nano == record.time_unix_nano, "{age} ns");
}

#[test]
fn events_go_to_the_operators_collector_instead_of_the_products() {
    let (home, collector, vendor) = (Home::new(), OtlpCollector::start([]), Server::start());
    let headers = format!("authorization=Bearer%20{TOKEN},x-tenant=a");
    let probe = || {
        let probe = probe(&home, &collector).env("FLEET_ENDPOINT", vendor.url());
        probe.env("OTEL_EXPORTER_OTLP_HEADERS", &headers)
    };
    assert_eq!(stats(probe(), &["values"])["delivered"], 1);
    let received = &collector.exports()[0].headers;
    assert_eq!((received["authorization"].as_str(), received["x-tenant"].as_str()), ("Bearer hunter2", "a"));
    assert!(!received.contains_key(VENDOR_KEY), "the vendor's headers are for the vendor");
    let status = probe().run(&["status"]).checked();
    assert!(!format!("{status:?}").contains(TOKEN));
    let status = &status.json()[0];
    assert_eq!(status["endpoint"], format!("{}/v1/logs", collector.url()));
    assert_eq!(
        (&status["protocol"], &status["endpoint_origin"]),
        (&json!("otlp"), &json!("`FLEET_OTLP_ENDPOINT` is set"))
    );
    assert!(vendor.after_exit().is_empty());
}

#[test]
fn without_its_variable_the_standard_ones_redirect_nothing_and_give_no_token_away() {
    let (home, collector, vendor) = (Home::new(), OtlpCollector::start([]), Server::start());
    let probe = probe(&home, &collector).without("FLEET_OTLP_ENDPOINT").env("FLEET_ENDPOINT", vendor.url());
    let standard = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT"];
    let probe = standard.into_iter().fold(probe, |probe, name| probe.env(name, collector.url()));
    assert_eq!(stats(probe.env("OTEL_EXPORTER_OTLP_HEADERS", "x-tenant=a"), &["values"])["delivered"], 1);
    let request = vendor.next_request();
    assert!(request.headers.contains_key(VENDOR_KEY) && !request.headers.contains_key("x-tenant"));
    assert!(collector.exports().is_empty());
}

#[test]
fn a_collector_that_cannot_be_read_gets_nothing_and_neither_does_the_vendor() {
    let (home, collector, vendor) = (Home::new(), OtlpCollector::start([]), Server::start());
    let address = collector.url();
    for (url, headers) in [
        ("", ""),
        (" ", ""),
        ("127.0.0.1:4318", ""),
        ("http://collector.svc:4318", ""),
        ("https://bob:hunter2@collector.example", ""),
        (&*address, "authorization: hunter2"),
        (&*address, "a=hunter2%0d%0ax: y"),
        (&*address, "content-length=hunter2"),
    ] {
        let probe =
            probe(&home, &collector).env("FLEET_OTLP_ENDPOINT", url).env("FLEET_ENDPOINT", vendor.url());
        let probe = probe.env("OTEL_EXPORTER_OTLP_LOGS_HEADERS", headers);
        let outcome = probe.run(&["values"]).checked();
        assert_eq!(outcome.json()[0]["dropped"]["bad_endpoint"], 1, "{url:?} {headers:?}");
        assert!(!format!("{outcome:?}").contains(TOKEN), "{outcome:?}");
    }
    assert!(collector.exports().is_empty() && vendor.after_exit().is_empty());
    assert!(audit_lines(&home).is_empty());
}

#[test]
fn opt_outs_silence_it_early_and_late() {
    let (home, collector) = (Home::new(), OtlpCollector::start([]));
    let out = stats(probe(&home, &collector).env("DO_NOT_TRACK", "1"), &["values"]);
    assert_eq!((&out["produced"], collector.exports().len()), (&json!(0), 0));
    assert!(home.is_untouched());

    let mut running = probe(&home, &collector).start(&["opt-out"]);
    assert_eq!(running.line(), "true");
    fs::write(home.path().join(".config/fleet/do_not_track"), "").unwrap();
    running.go_on();
    let late = running.finish().checked().json().pop().unwrap();
    // Within 25 ms of the last check of the marker the second event is taken, and dropped by the worker.
    assert_eq!(
        (&late["delivered"], dropped(&late)),
        (&json!(1), late["dropped"]["opted_out"].as_u64().unwrap())
    );
    assert_eq!(numbers(&collector.exports()), [1]);

    let marked = stats(probe(&home, &collector), &["values"]);
    assert_eq!((&marked["produced"], collector.exports().len()), (&json!(0), 1));
}

#[test]
fn records_that_a_collector_rejects_are_counted_as_rejected_and_not_sent_again() {
    for (rejected, expected) in [(3, 3), (0, 0), (-5, 0), (i64::MAX, 10), (10, 10)] {
        let home = Home::new();
        let collector = OtlpCollector::start([Answer(200, "", partial_success(rejected))]);
        let stats = stats(probe(&home, &collector), &["steady", "10", "0"]);
        assert_eq!(
            (&stats["dropped"]["rejected"], &stats["delivered"]),
            (&json!(expected), &json!(10 - expected))
        );
        assert_eq!((collector.exports().len(), dropped(&stats)), (1, expected));
    }
    for body in [&b"<html>"[..], &[0xff; 100_000], b"\x0a\x7f"] {
        let (home, collector) = (Home::new(), OtlpCollector::start([Answer(200, "", body.to_vec())]));
        assert_eq!(stats(probe(&home, &collector), &["steady", "10", "0"])["delivered"], 10);
    }
}

#[test]
fn a_request_is_made_again_after_the_statuses_of_the_protocol_alone() {
    for (status, headers, is_made_again) in [
        (429, "Retry-After: 1\r\n", true),
        (502, "", true),
        (503, "", true),
        (504, "", true),
        (500, "", false),
        (408, "", false),
        (400, "", false),
        (401, "", false),
    ] {
        let (home, collector) = (Home::new(), OtlpCollector::start([Answer(status, headers, Vec::new())]));
        let stats = stats(probe(&home, &collector), &["steady", "1", "0"]);
        let requests = if is_made_again { 2 } else { 1 };
        assert_eq!(collector.exports().len(), requests, "{status}");
        assert_eq!(stats["delivered"], u64::from(is_made_again), "{status}: {stats}");
        assert_eq!(dropped(&stats), u64::from(!is_made_again), "{status}: {stats}");
    }
}

#[test]
fn a_process_that_exits_right_away_loses_no_event() {
    let (home, collector) = (Home::new(), OtlpCollector::start([]));
    let _ = probe(&home, &collector).run(&["leave", "1000"]).checked();
    assert_eq!(numbers(&collector.exports()), (0..1000).collect::<Vec<_>>());
}

/// How long the tests of restarts take: ten seconds, or as many as `TELEMETRY_OTLP_SECONDS` says, which is 60 in `.ci/long`.
fn seconds() -> u64 {
    std::env::var("TELEMETRY_OTLP_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(10)
}

/// At 500 events a second.
#[test]
fn a_collector_that_stops_five_times_costs_no_event_and_sends_none_twice_unless_it_was_cut_off() {
    let seconds = seconds();
    let (home, mut collector) = (Home::new(), OtlpCollector::start([]));
    let events = (seconds * 500).to_string();
    let running = probe(&home, &collector).start(&["steady", &events, "2"]);
    for _ in 0..5 {
        std::thread::sleep(Duration::from_millis(seconds * 100));
        collector.stop();
        std::thread::sleep(Duration::from_millis(seconds * 50));
        collector.go_on();
    }
    let stats = running.finish().checked().json().pop().unwrap();
    let exports = collector.exports();
    let (cut_off, answered): (Vec<_>, Vec<_>) = exports.into_iter().partition(|export| export.is_cut_off);
    let answered = numbers(&answered);
    let once: std::collections::BTreeSet<_> = answered.iter().copied().collect();
    assert_eq!(stats["produced"], seconds * 500);
    assert_eq!(stats["delivered"].as_u64().unwrap() + dropped(&stats), seconds * 500, "{stats}");
    assert_eq!(stats["delivered"], once.len(), "{stats}");
    assert_eq!(answered.len(), once.len(), "a request that was answered is not made again");
    assert_eq!(dropped(&stats), 0, "{stats}");
    assert!(stats["requests"].as_u64().unwrap() > 20, "{stats}");
    eprintln!("{stats}, {} requests cut off with {} events", cut_off.len(), numbers(&cut_off).len());
}
