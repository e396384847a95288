// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What the policies of a profile make the machine do: batches, retries, splitting, the breaker and the last attempt.

use super::*;
use crate::profile::{BatchPolicy, BreakerPolicy};
use crate::stats::BreakerState;

/// A machine with batches of up to three, four attempts, and a breaker that opens after four failures.
fn patient() -> Machine {
    let profile = Profile::new("shop", "1")
        .batch(BatchPolicy::of(3).max_bytes(100).interval(10 * SECOND))
        .retry(RetryPolicy::attempts(4).backoff(2 * SECOND, 5 * SECOND).longest_retry_after(60 * SECOND))
        .breaker(BreakerPolicy::after(4, 100 * SECOND));
    Machine::new(&profile)
}

/// The moment until which the machine waits.
fn waits_until(machine: &mut Machine, now: Duration) -> Duration {
    match machine.poll(now) {
        Action::Wait(until) => until,
        action => panic!("{action:?}"),
    }
}

fn audit(machine: &mut Machine, now: Duration) {
    let Action::Audit(batch) = machine.poll(now) else { panic!("nothing to audit") };
    machine.audited(batch, 0);
}

/// Sends what is ready and returns what it was.
fn send(machine: &mut Machine, now: Duration, answer: Completion) -> Vec<String> {
    let Action::Send(batch) = machine.poll(now) else { panic!("nothing to send") };
    let sent = batch.records.iter().map(|record| record.parameters.to_string()).collect();
    machine.sent(batch, answer, now, 1.0);
    assert!(conserved(machine));
    sent
}

#[test]
fn a_batch_leaves_when_it_is_full_or_old_or_flushed() {
    let mut machine = patient();
    machine.push(record("1"), loopback(), SECOND);
    machine.push(record("2"), loopback(), 2 * SECOND);
    assert_eq!(waits_until(&mut machine, 3 * SECOND), 11 * SECOND);
    machine.push(record("3"), loopback(), 3 * SECOND);
    audit(&mut machine, 3 * SECOND);
    assert_eq!(send(&mut machine, 3 * SECOND, answer(200)), ["1", "2", "3"]);
    machine.push(record("4"), loopback(), 4 * SECOND);
    audit(&mut machine, 14 * SECOND);
    assert_eq!(send(&mut machine, 14 * SECOND, answer(200)), ["4"]);
    machine.push(record("5"), loopback(), 15 * SECOND);
    machine.flush();
    audit(&mut machine, 15 * SECOND);
    assert_eq!(send(&mut machine, 15 * SECOND, answer(200)), ["5"]);
}

#[test]
fn a_batch_is_full_by_its_bytes_and_a_larger_event_travels_alone() {
    let mut machine = patient();
    for size in [60, 60, 300] {
        machine.push(record(&"x".repeat(size)), loopback(), SECOND);
    }
    for size in [60, 60, 300] {
        audit(&mut machine, SECOND);
        let sent = send(&mut machine, SECOND, answer(200));
        assert_eq!(sent.iter().map(String::len).collect::<Vec<_>>(), [size]);
    }
}

#[test]
fn events_for_two_endpoints_or_of_two_schema_versions_share_no_batch() {
    let mut machine = patient();
    machine.push(record("1"), loopback(), SECOND);
    machine.push(record("2"), endpoint("http://127.0.0.1:10/"), SECOND);
    machine.push(Record { schema_version: "1.1", ..record("3") }, endpoint("http://127.0.0.1:10/"), SECOND);
    machine.flush();
    for only in ["1", "2", "3"] {
        audit(&mut machine, SECOND);
        assert_eq!(send(&mut machine, SECOND, answer(200)), [only]);
    }
}

#[test]
fn a_transient_failure_is_tried_again_after_a_longer_and_longer_wait_and_is_audited_once() {
    for failure in
        [answer(408), answer(425), answer(429), answer(500), answer(503), ended(Err("reset".into()))]
    {
        let mut machine = patient();
        machine.push(record("1"), loopback(), SECOND);
        machine.flush();
        let mut now = SECOND;
        audit(&mut machine, now);
        for wait in [2, 4, 5] {
            send(&mut machine, now, failure.clone());
            assert_eq!(waits_until(&mut machine, now), now + wait * SECOND);
            now += wait * SECOND;
        }
        assert_eq!(machine.stats().queued, 1);
        send(&mut machine, now, failure);
        assert_eq!((machine.stats().queued, machine.stats().dropped_total()), (0, 1));
    }
}

#[test]
fn the_collector_may_ask_for_a_longer_wait_up_to_a_limit_even_for_what_comes_next() {
    for (asked, waited) in [(1, 2), (30, 30), (3600, 60)] {
        let mut machine = patient();
        machine.push(record("1"), loopback(), SECOND);
        machine.flush();
        audit(&mut machine, SECOND);
        send(&mut machine, SECOND, asks_to_wait(429, asked));
        assert_eq!(waits_until(&mut machine, SECOND), (1 + waited) * SECOND);
    }
    let mut machine = machine(9, 99);
    machine.push(record("1"), loopback(), SECOND);
    machine.push(record("2"), loopback(), SECOND);
    audit(&mut machine, SECOND);
    send(&mut machine, SECOND, asks_to_wait(503, 30));
    assert_eq!(waits_until(&mut machine, SECOND), 31 * SECOND);
}

#[test]
fn what_is_too_large_is_halved_until_it_fits_and_is_audited_once() {
    let mut machine = patient();
    for n in ["1", "2", "3"] {
        machine.push(record(n), loopback(), SECOND);
    }
    audit(&mut machine, SECOND);
    assert_eq!(send(&mut machine, SECOND, answer(413)), ["1", "2", "3"]);
    assert_eq!(send(&mut machine, SECOND, answer(200)), ["1"]);
    assert_eq!(send(&mut machine, SECOND, answer(413)), ["2", "3"]);
    assert_eq!(send(&mut machine, SECOND, answer(413)), ["2"]);
    assert_eq!(send(&mut machine, SECOND, answer(200)), ["3"]);
    let stats = machine.stats();
    assert_eq!((stats.delivered, stats.dropped(DropReason::TooLarge), stats.queued), (2, 1, 0));
}

#[test]
fn the_breaker_opens_after_repeated_failure_and_lets_one_probe_through_per_interval() {
    let mut machine = Machine::new(&Profile::new("shop", "1").breaker(BreakerPolicy::after(2, 100 * SECOND)));
    for n in 0..5 {
        machine.push(record(&n.to_string()), loopback(), SECOND);
    }
    for _ in 0..2 {
        assert_eq!(machine.stats().breaker, BreakerState::Closed);
        deliver(&mut machine, SECOND, answer(500));
    }
    assert_eq!(machine.stats().breaker, BreakerState::Open);
    assert_eq!(waits_until(&mut machine, SECOND), 101 * SECOND);
    audit(&mut machine, 101 * SECOND);
    let Action::Send(probe) = machine.poll(101 * SECOND) else { panic!() };
    assert_eq!(machine.stats().breaker, BreakerState::Probing);
    machine.sent(probe, answer(500), 105 * SECOND, 0.0);
    assert_eq!(waits_until(&mut machine, 105 * SECOND), 201 * SECOND);
    deliver(&mut machine, 201 * SECOND, answer(200));
    assert_eq!(machine.stats().breaker, BreakerState::Closed);
    deliver(&mut machine, 201 * SECOND, answer(200));
}

#[test]
fn an_answer_that_says_wrong_place_opens_the_breaker_at_once() {
    for status in [401, 403, 404, 410, 418, 451] {
        let mut machine = machine(9, 99);
        machine.push(record("{}"), loopback(), SECOND);
        deliver(&mut machine, SECOND, answer(status));
        assert_eq!(machine.stats().breaker, BreakerState::Open, "{status}");
    }
}

#[test]
fn who_stops_makes_one_last_attempt_at_once_and_leaves_a_dead_collector_alone() {
    let mut machine = patient();
    machine.push(record("1"), loopback(), SECOND);
    machine.flush();
    audit(&mut machine, SECOND);
    send(&mut machine, SECOND, answer(503));
    machine.stop();
    send(&mut machine, SECOND, answer(503));
    assert_eq!(machine.stats().dropped(DropReason::Refused), 1);
    assert!(matches!(machine.poll(SECOND), Action::Exit));

    let mut machine = patient();
    machine.push(record("1"), loopback(), SECOND);
    machine.push(record("2"), endpoint("http://127.0.0.1:10/"), SECOND);
    audit(&mut machine, SECOND);
    send(&mut machine, SECOND, answer(404));
    machine.stop();
    assert!(matches!(machine.poll(SECOND), Action::Exit));
    assert_eq!(machine.stats().dropped(DropReason::Shutdown), 1);
}

#[test]
fn a_request_that_has_begun_counts_as_what_it_becomes_even_after_an_opt_out() {
    for (end, delivered, opted_out) in [(answer(200), 1, 0), (answer(503), 0, 1), (answer(413), 0, 1)] {
        let mut machine = patient();
        machine.push(record("1"), loopback(), SECOND);
        machine.flush();
        audit(&mut machine, SECOND);
        let Action::Send(batch) = machine.poll(SECOND) else { panic!() };
        machine.opted_out();
        machine.sent(batch, end, SECOND, 0.0);
        let stats = machine.stats();
        assert_eq!(
            (stats.delivered, stats.dropped(DropReason::OptedOut), stats.queued),
            (delivered, opted_out, 0)
        );
        assert!(conserved(&machine));
    }
}

#[test]
fn a_clock_that_goes_back_makes_nothing_wait_longer() {
    let mut machine = patient();
    machine.push(record("1"), loopback(), 100 * SECOND);
    assert_eq!(waits_until(&mut machine, SECOND), 110 * SECOND);
    machine.push(record("2"), loopback(), Duration::ZERO);
    audit(&mut machine, 110 * SECOND);
    assert_eq!(send(&mut machine, SECOND, answer(200)), ["1", "2"]);
}

#[test]
fn a_heartbeat_made_during_an_opt_out_is_not_taken() {
    let mut machine = machine(9, 99);
    machine.push(record("{}"), loopback(), SECOND);
    deliver(&mut machine, SECOND, answer(200));
    machine.start_heartbeat(1.0, SECOND, 0.0);
    assert!(matches!(machine.poll(2 * SECOND), Action::Beat));
    machine.opted_out();
    machine.beat(Some(Ok(record("beat"))), 2 * SECOND, 0.0);
    assert!(machine.needs_no_thread());
    assert_eq!(machine.stats().produced, 1);
}
