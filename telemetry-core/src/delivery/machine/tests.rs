// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What the machine does, one rule a test.

use super::*;
use crate::delivery::retry::Completion;
use crate::profile::{BatchPolicy, RatePolicy};
use crate::stats::RequestReport;
use crate::time::IsoTimestamp;

const SECOND: Duration = Duration::from_secs(1);

fn machine(max_records: usize, max_bytes: usize) -> Machine {
    Machine::new(&Profile::new("shop", "1").queue(QueuePolicy::of(max_records).max_bytes(max_bytes)))
}

fn record(parameters: &str) -> Record {
    let timestamp = IsoTimestamp::new(0.0).unwrap();
    Record { name: "e", schema_version: "1.0", timestamp, parameters: parameters.into() }
}

fn endpoint(url: &str) -> Arc<Endpoint> {
    Arc::new(Endpoint::parse(url).unwrap())
}

fn loopback() -> Arc<Endpoint> {
    endpoint("http://127.0.0.1:9/")
}

fn ended(result: Result<u16, String>) -> Completion {
    Completion { report: RequestReport { result, elapsed: SECOND }, retry_after: None, rejected: 0 }
}

fn answer(status: u16) -> Completion {
    ended(Ok(status))
}

fn asks_to_wait(status: u16, seconds: u64) -> Completion {
    Completion { retry_after: Some(Duration::from_secs(seconds)), ..answer(status) }
}

fn conserved(machine: &Machine) -> bool {
    let stats = machine.stats();
    stats.produced == stats.delivered + stats.queued + stats.dropped_total()
}

/// Plays the worker for one record: audit, then a request that ends like `answer`.
fn deliver(machine: &mut Machine, now: Duration, answer: Completion) {
    let Action::Audit(batch) = machine.poll(now) else { panic!("nothing to audit") };
    assert!(matches!(machine.poll(now), Action::Wait(_)), "one thing at a time");
    machine.audited(batch, 0);
    let Action::Send(batch) = machine.poll(now) else { panic!("nothing to send") };
    assert!(matches!(machine.poll(now), Action::Wait(_)), "one request at a time");
    machine.sent(batch, answer, now, 1.0);
    assert!(conserved(machine));
}

#[test]
fn a_record_is_audited_then_sent_then_counted() {
    let mut machine = machine(9, 99);
    machine.push(record("{}"), loopback(), SECOND);
    assert_eq!(machine.stats().queued, 1);
    deliver(&mut machine, SECOND, answer(204));
    assert_eq!((machine.stats().delivered, machine.stats().queued), (1, 0));
    assert!(machine.is_idle());
    assert!(matches!(machine.poll(SECOND), Action::Wait(_)));
}

#[test]
fn every_answer_has_its_counter() {
    for (answer, reason) in [
        (answer(400), DropReason::Rejected),
        (answer(422), DropReason::Rejected),
        (answer(413), DropReason::TooLarge),
        (answer(302), DropReason::Refused),
        (answer(404), DropReason::Refused),
        (answer(503), DropReason::Refused),
        (ended(Err("reset".into())), DropReason::Transport),
    ] {
        let mut machine = machine(9, 99);
        machine.push(record("{}"), loopback(), SECOND);
        deliver(&mut machine, SECOND, answer.clone());
        assert_eq!(machine.stats().dropped(reason), 1, "{answer:?}");
        assert_eq!(machine.stats().last_request.as_ref(), Some(&answer.report));
    }
}

#[test]
fn events_that_a_collector_rejects_of_an_accepted_request_are_counted_and_never_sent_again() {
    for (rejected, expected) in [(0, 0), (2, 2), (3, 3), (4, 3), (u64::MAX, 3)] {
        let profile = Profile::new("shop", "1").batch(BatchPolicy::of(3)).retry(RetryPolicy::attempts(5));
        let mut machine = Machine::new(&profile);
        for _ in 0..3 {
            machine.push(record("{}"), loopback(), SECOND);
        }
        deliver(&mut machine, SECOND, Completion { rejected, ..answer(200) });
        let stats = machine.stats();
        assert_eq!((stats.delivered, stats.dropped(DropReason::Rejected)), (3 - expected, expected));
        assert_eq!((stats.queued, stats.queued_bytes), (0, 0));
        assert!(machine.is_idle());
    }
}

#[cfg(feature = "otlp")]
#[test]
fn a_collector_of_opentelemetry_gets_events_again_after_the_four_statuses_of_its_protocol() {
    for (answer, is_sent_again) in [
        (answer(429), true),
        (answer(502), true),
        (answer(503), true),
        (answer(504), true),
        (ended(Err("reset".into())), true),
        (answer(400), false),
        (answer(404), false),
        (answer(408), false),
        (answer(425), false),
        (answer(500), false),
        (answer(501), false),
    ] {
        let profile = Profile::new("shop", "1").retry(RetryPolicy::attempts(5));
        let mut machine = Machine::new(&profile);
        let collector = Endpoint::parse_otlp("http://127.0.0.1:9", None).unwrap();
        machine.push(record("{}"), Arc::new(collector), SECOND);
        deliver(&mut machine, SECOND, answer.clone());
        assert_eq!(machine.stats().queued, u64::from(is_sent_again), "{answer:?}");
        assert!(conserved(&machine));
    }
}

#[test]
fn the_queue_is_bounded_in_records_and_in_bytes_and_the_newest_goes() {
    let mut few = machine(2, 99);
    let mut small = machine(99, 5);
    for n in 0..4 {
        few.push(record(&n.to_string()), loopback(), SECOND);
        small.push(record("ab"), loopback(), SECOND);
    }
    assert_eq!((few.stats().queued, few.stats().dropped(DropReason::QueueFull)), (2, 2));
    assert_eq!((small.stats().queued, small.stats().dropped(DropReason::QueueFull)), (2, 2));
    let Action::Audit(batch) = few.poll(SECOND) else { panic!() };
    assert_eq!(&*batch.records[0].parameters, "0");
    assert!(conserved(&few) && conserved(&small));
}

#[test]
fn heartbeats_come_after_interval_and_jitter_and_follow_the_newest_endpoint() {
    let mut machine = machine(9, 99);
    machine.push(record("{}"), loopback(), SECOND);
    deliver(&mut machine, SECOND, answer(200));
    machine.start_heartbeat(600.0, SECOND, 0.5);
    let due = Duration::from_secs(631);
    assert!(matches!(machine.poll(SECOND), Action::Wait(at) if at == due));
    machine.push(record("{}"), endpoint("https://new.example/"), SECOND);
    deliver(&mut machine, SECOND, answer(200));
    assert!(matches!(machine.poll(due), Action::Beat));
    machine.beat(Some(Ok(record("beat"))), due, 0.0);
    let Action::Audit(batch) = machine.poll(due) else { panic!() };
    assert_eq!(batch.endpoint.url(), "https://new.example/");
    machine.audited(batch, 1);
    assert_eq!(machine.stats().audit_failures, 1);
}

#[test]
fn the_jitter_is_a_tenth_of_the_interval_and_at_most_a_minute() {
    for (interval_s, due_s) in [(10.0, 11.0), (600.0, 660.0), (6000.0, 6060.0)] {
        let mut machine = machine(9, 99);
        machine.push(record("{}"), loopback(), SECOND);
        deliver(&mut machine, SECOND, answer(200));
        machine.start_heartbeat(interval_s, SECOND, 1.0);
        let due = SECOND + Duration::from_secs_f64(due_s);
        assert!(matches!(machine.poll(SECOND), Action::Wait(at) if at == due), "{interval_s}");
    }
}

#[test]
fn intervals_that_mean_no_heartbeat_start_none() {
    for (interval_s, url) in [
        (f64::NAN, "http://127.0.0.1:9/"),
        (f64::INFINITY, "http://127.0.0.1:9/"),
        (1e18, "http://127.0.0.1:9/"),
        (0.5, "https://far.example/"),
    ] {
        let mut machine = machine(9, 99);
        machine.push(record("{}"), endpoint(url), SECOND);
        deliver(&mut machine, SECOND, answer(200));
        machine.start_heartbeat(interval_s, SECOND, 0.0);
        assert!(!matches!(machine.poll(Duration::from_secs(9999)), Action::Beat), "{interval_s} {url}");
    }
}

#[test]
fn a_long_sleep_costs_one_heartbeat_not_many() {
    let mut machine = machine(9, 99);
    machine.push(record("{}"), loopback(), SECOND);
    deliver(&mut machine, SECOND, answer(200));
    machine.start_heartbeat(1.0, Duration::ZERO, 0.0);
    let late = Duration::from_secs(100_000);
    assert!(matches!(machine.poll(late), Action::Beat));
    machine.beat(None, late, 0.0);
    assert!(matches!(machine.poll(late), Action::Wait(at) if at == late + SECOND));
}

#[test]
fn an_opt_out_purges_what_waits_and_ends_heartbeats() {
    let mut machine = machine(9, 99);
    for _ in 0..3 {
        machine.push(record("{}"), loopback(), SECOND);
    }
    machine.start_heartbeat(1.0, Duration::ZERO, 0.0);
    let Action::Audit(batch) = machine.poll(SECOND) else { panic!() };
    machine.opted_out();
    assert_eq!((machine.stats().dropped(DropReason::OptedOut), machine.stats().queued), (2, 1));
    machine.audited(batch, 0);
    assert_eq!((machine.stats().dropped(DropReason::OptedOut), machine.stats().queued), (3, 0));
    assert!(matches!(machine.poll(Duration::from_secs(99)), Action::Exit), "no thread after an opt-out");
    assert!(conserved(&machine));
    machine.push(record("{}"), loopback(), SECOND);
    deliver(&mut machine, SECOND, answer(200));
}

#[test]
fn stopping_delivers_what_waits_takes_nothing_new_and_then_exits() {
    let mut machine = machine(9, 99);
    machine.push(record("{}"), loopback(), SECOND);
    machine.start_heartbeat(1.0, Duration::ZERO, 0.0);
    machine.stop();
    machine.push(record("{}"), loopback(), SECOND);
    assert_eq!(machine.stats().dropped(DropReason::Shutdown), 1);
    deliver(&mut machine, Duration::from_secs(99), answer(200));
    assert!(matches!(machine.poll(Duration::from_secs(99)), Action::Exit));
}

#[test]
fn abandoning_counts_what_waited_but_not_the_request_in_flight() {
    let mut machine = machine(9, 99);
    for _ in 0..3 {
        machine.push(record("{}"), loopback(), SECOND);
    }
    let Action::Audit(batch) = machine.poll(SECOND) else { panic!() };
    machine.audited(batch, 0);
    let Action::Send(batch) = machine.poll(SECOND) else { panic!() };
    machine.stop();
    machine.abandon();
    assert_eq!((machine.stats().dropped(DropReason::Shutdown), machine.stats().queued), (2, 1));
    machine.sent(batch, answer(200), SECOND, 1.0);
    assert!(matches!(machine.poll(SECOND), Action::Exit));
    assert!(conserved(&machine));
}

#[test]
fn what_never_became_a_record_is_counted_too() {
    let mut machine = machine(9, 99);
    machine.drop_unqueued(DropReason::BadEndpoint);
    machine.adjusted(3);
    assert_eq!(machine.stats().dropped(DropReason::BadEndpoint), 1);
    assert_eq!(machine.stats().adjusted_values, 3);
    assert!(conserved(&machine));
}

#[test]
fn without_a_heartbeat_the_thread_ends_when_idle_and_starts_again_on_demand() {
    let mut machine = machine(9, 99);
    machine.push(record("{}"), loopback(), SECOND);
    deliver(&mut machine, SECOND, answer(200));
    let Action::Wait(end) = machine.poll(SECOND) else { panic!() };
    assert!(matches!(machine.poll(end), Action::Exit));
    machine.push(record("{}"), loopback(), SECOND);
    deliver(&mut machine, end, answer(200));
    assert!(matches!(machine.poll(end), Action::Wait(_)));
}

mod policy;

#[test]
fn the_batch_of_a_worker_that_panics_is_lost_and_delivery_continues() {
    let mut machine = machine(9, 99);
    machine.push(record("{}"), loopback(), SECOND);
    machine.push(record("{}"), loopback(), SECOND);
    let Action::Audit(_lost) = machine.poll(SECOND) else { panic!() };
    machine.worker_died();
    assert_eq!((machine.stats().dropped(DropReason::Transport), machine.stats().queued), (1, 1));
    assert!(conserved(&machine));
    deliver(&mut machine, SECOND, answer(200));
    machine.worker_died();
    assert_eq!(machine.stats().delivered, 1);
}

#[test]
fn a_bad_endpoint_reaches_heartbeats_too() {
    let mut machine = machine(9, 99);
    machine.push(record("{}"), loopback(), SECOND);
    deliver(&mut machine, SECOND, answer(200));
    machine.start_heartbeat(1.0, Duration::ZERO, 0.0);
    machine.drop_unqueued(DropReason::BadEndpoint);
    let due = Duration::from_secs(9);
    assert!(matches!(machine.poll(due), Action::Beat));
    machine.beat(Some(Ok(record("beat"))), due, 0.0);
    assert_eq!(machine.stats().dropped(DropReason::BadEndpoint), 2);
    assert!(matches!(machine.poll(due), Action::Wait(_)), "nothing goes to the former endpoint");
}

#[test]
fn a_queue_is_filling_up_from_a_quarter_on() {
    let full_after = |max_records, max_bytes, parameters: &str| {
        let mut machine = machine(max_records, max_bytes);
        let reports = (1..).take(20).find(|_| {
            machine.push(record(parameters), loopback(), Duration::ZERO);
            machine.is_filling_up()
        });
        (reports, machine.stats().queued_bytes)
    };
    assert_eq!(full_after(12, 1_000_000, "{}").0, Some(3));
    let (reports, bytes) = full_after(1000, 4000, &"x".repeat(300));
    assert!(reports.is_some_and(|reports| reports > 1) && bytes >= 1000, "{reports:?} {bytes}");
}

#[test]
fn an_event_that_is_reported_too_often_is_dropped_until_its_minute_is_over_and_others_are_not() {
    let mut machine = Machine::new(&Profile::new("shop", "1").rate(RatePolicy::per_minute(2)));
    let other = || Record { name: "other", ..record("other") };
    for n in 0..5 {
        machine.push(record(&n.to_string()), loopback(), SECOND);
        machine.push(other(), loopback(), 31 * SECOND);
    }
    assert_eq!(machine.stats().dropped(DropReason::RateLimited), 6);
    // A clock that goes back is no later minute, and no earlier one.
    machine.push(record("back"), loopback(), SECOND);
    assert_eq!(machine.stats().dropped(DropReason::RateLimited), 7);
    machine.push(record("later"), loopback(), 61 * SECOND);
    machine.push(other(), loopback(), 61 * SECOND);
    assert_eq!(machine.stats().dropped(DropReason::RateLimited), 8);
    assert_eq!(machine.stats().queued, 5);
    assert!(conserved(&machine));
}

#[test]
fn a_heartbeat_counts_like_any_other_event() {
    let mut machine = Machine::new(&Profile::new("shop", "1").rate(RatePolicy::per_minute(1)));
    machine.push(record("{}"), loopback(), SECOND);
    deliver(&mut machine, SECOND, answer(200));
    machine.start_heartbeat(10.0, SECOND, 0.0);
    for (beat_s, dropped) in [(11, 1), (22, 2), (61, 2)] {
        let now = Duration::from_secs(beat_s);
        assert!(matches!(machine.poll(now), Action::Beat));
        machine.beat(Some(Ok(record("beat"))), now, 0.0);
        assert_eq!(machine.stats().dropped(DropReason::RateLimited), dropped, "after {beat_s} s");
    }
    assert!(conserved(&machine));
}
