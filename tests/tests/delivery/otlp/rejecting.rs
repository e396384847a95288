// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `collect --forward-otlp` with a receiver that rejects events: some of them for themselves, or everything for a time.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use telemetry_tests::child::Outcome;
use telemetry_tests::home::Home;
use telemetry_tests::otlp_collector::{Answer, Export, OtlpCollector};
use telemetry_tests::waiting::wait_until;

use super::forward::{command, envelope, start};
use super::received::{log_records, numbers, partial_success};

/// The answer of a TLS server to plain HTTP, in Go.
fn wrong_port() -> Answer {
    Answer(400, "", b"Client sent an HTTP request to an HTTPS server.\n".to_vec())
}

/// A receiver that rejects requests with one of these events, and everything while the switch is off.
fn receiver(bad: &'static [u64]) -> (OtlpCollector, Arc<AtomicBool>) {
    let is_on = Arc::new(AtomicBool::new(true));
    let switch = Arc::clone(&is_on);
    let answer = move |export: &Export| match numbers(std::slice::from_ref(export)) {
        _ if !is_on.load(Ordering::SeqCst) => wrong_port(),
        numbers if numbers.iter().any(|number| bad.contains(number)) => Answer(422, "", Vec::new()),
        _ => Answer::accepted(),
    };
    (OtlpCollector::answering(answer), switch)
}

/// Waits until these events and no others were sent in requests without a bad one.
fn wait_for_good(receiver: &OtlpCollector, from: usize, bad: &[u64], expected: impl Iterator<Item = u64>) {
    let expected: BTreeSet<u64> = expected.filter(|number| !bad.contains(number)).collect();
    wait_until(|| {
        let exports = receiver.exports();
        let sent = exports[from..].iter().map(|export| numbers(std::slice::from_ref(export)));
        let good = sent.filter(|numbers| !numbers.iter().any(|number| bad.contains(number)));
        good.flatten().collect::<BTreeSet<_>>() == expected
    });
}

/// The numbers of the events that the store lists as rejected.
fn rejected(home: &Home) -> Vec<String> {
    let sql =
        "SELECT parameters ->> 'number' || ' ' || reason FROM rejected JOIN events USING (id) ORDER BY id";
    command(home).run(&["collect", "--store", "events.sqlite", "--query", sql]).checked().lines.split_off(1)
}

/// The number of warnings with this text.
fn warnings(outcome: &Outcome, text: &str) -> usize {
    outcome.errors.iter().filter(|line| line.starts_with("warning: ") && line.contains(text)).count()
}

/// Nothing is given up as long as the receiver rejects everything, also across a kill, and everything arrives afterwards.
#[test]
fn a_receiver_that_rejects_everything_for_a_time_gets_all_events_later() {
    let (home, (receiver, switch)) = (Home::new(), receiver(&[]));
    let collector = start(&home, &receiver.url(), &[]);
    assert_eq!(collector.post(&envelope(0..3)).status, 200);
    wait_for_good(&receiver, 0, &[], 0..3);
    switch.store(false, Ordering::SeqCst);
    let mut seen = receiver.exports().len();
    let mut collector = Some(collector);
    for turn in 0..2 {
        let mut running = collector.take().unwrap_or_else(|| start(&home, &receiver.url(), &[]));
        assert_eq!(running.post(&envelope(3 + turn * 100..103 + turn * 100)).status, 200);
        // More than the events that are passed at once, and the halves of the first request.
        wait_until(|| receiver.exports().len() > seen + 30);
        running.running.kill();
        seen = receiver.exports().len();
    }
    assert_eq!(rejected(&home), [""; 0]);
    let running = start(&home, &receiver.url(), &[]);
    wait_until(|| receiver.exports().len() > seen + 30);
    switch.store(true, Ordering::SeqCst);
    let since = receiver.exports().len();
    // A request may have been answered with 400 between the two lines above.
    wait_until(|| numbers(&receiver.exports()[since..]).contains(&202));
    wait_until(|| (3..203).all(|number| numbers(&receiver.exports()[since..]).contains(&number)));
    assert_eq!(rejected(&home), [""; 0]);
    let outcome = running.interrupt();
    let reason = "and has accepted none after that: it answers with status 400: \
                  Client sent an HTTP request to an HTTPS server.; events are kept, and sent again";
    let notes = outcome.errors.iter().filter(|line| line.starts_with("note: forwarding to ")).count();
    assert_eq!((warnings(&outcome, reason), notes), (1, 1), "{outcome:?}");
    assert!(
        outcome.errors.iter().any(|line| line.starts_with("help: check that a collector")),
        "{outcome:?}"
    );
}

/// Single bad events and a run of them are given up when later ones are accepted, and the store lists them.
#[test]
fn events_that_are_rejected_among_others_are_given_up_and_listed() {
    const BAD: &[u64] = &[0, 5, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 298];
    let (home, (receiver, _)) = (Home::new(), receiver(BAD));
    let collector = start(&home, &receiver.url(), &[]);
    assert_eq!(collector.post(&envelope(0..300)).status, 200);
    wait_for_good(&receiver, 0, BAD, 0..300);
    let expected: Vec<_> = BAD.iter().map(|number| format!("{number} it answers with status 422")).collect();
    wait_until(|| rejected(&home) == expected);
    let outcome = collector.interrupt();
    let ids = ["event 1 and", "event 6 and", "18 events from 31 to 48 and", "event 299 and"];
    for text in ids {
        let text = format!("rejects {text} accepts later ones: it answers with status 422");
        assert_eq!(warnings(&outcome, &text), 1, "{outcome:?}");
    }
    let sent = receiver.exports().len();
    let collector = start(&home, &receiver.url(), &[]);
    assert_eq!(collector.post(&envelope([300])).status, 200);
    wait_for_good(&receiver, sent, BAD, std::iter::once(300));
}

/// The last events may be good ones that a receiver with a fault rejects, so they are given up only after a later one is accepted.
#[test]
fn events_that_are_rejected_at_the_end_are_kept_until_a_later_one_is_accepted() {
    let (home, (receiver, _)) = (Home::new(), receiver(&[2, 3]));
    let sent = |number| numbers(&receiver.exports()).iter().filter(|other| **other == number).count();
    let mut collector = start(&home, &receiver.url(), &[]);
    assert_eq!(collector.post(&envelope(1..4)).status, 200);
    wait_until(|| sent(3) >= 3);
    collector.running.kill();
    assert_eq!(rejected(&home), [""; 0]);
    let collector = start(&home, &receiver.url(), &["--max-age", "1s"]);
    let before = sent(3);
    wait_until(|| sent(3) >= before + 2);
    assert_eq!(rejected(&home), [""; 0]);
    let unsettled = "SELECT group_concat(parameters ->> 'number') FROM events";
    let query =
        |sql| command(&home).run(&["collect", "--store", "events.sqlite", "--query", sql]).checked().lines;
    // Of the events that are too old, the first one alone may be deleted.
    wait_until(|| query(unsettled)[1] == "2,3");
    assert_eq!(collector.post(&envelope([4])).status, 200);
    wait_until(|| query("SELECT count(*) FROM events")[1] == "0");
    assert_eq!(query("SELECT count(*) FROM rejected")[1], "0", "a list of events that are deleted");
    let outcome = collector.interrupt();
    assert_eq!(warnings(&outcome, "rejects 2 events from 2 to 3 and accepts later ones"), 1, "{outcome:?}");
}

/// An answer with 200 that rejects all events of its request rejects them like one with 400.
#[test]
fn a_receiver_that_accepts_no_event_of_its_requests_gets_them_later() {
    let home = Home::new();
    let none =
        |export: &Export| Answer(200, "", partial_success(i64::try_from(log_records(export).len()).unwrap()));
    let is_on = Arc::new(AtomicBool::new(false));
    let switch = Arc::clone(&is_on);
    let receiver = OtlpCollector::answering(move |export| {
        if is_on.load(Ordering::SeqCst) { Answer::accepted() } else { none(export) }
    });
    let collector = start(&home, &receiver.url(), &[]);
    assert_eq!(collector.post(&envelope(0..3)).status, 200);
    wait_until(|| receiver.exports().len() > 8);
    switch.store(true, Ordering::SeqCst);
    let since = receiver.exports().len();
    wait_until(|| (0..3).all(|number| numbers(&receiver.exports()[since..]).contains(&number)));
    let outcome = collector.interrupt();
    assert_eq!(warnings(&outcome, "it accepts no event of a request; events are kept"), 1, "{outcome:?}");
    assert_eq!(rejected(&home), [""; 0]);
}
