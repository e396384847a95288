// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Reports, sessions and operations on many threads, and in children of the process.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use shuttle::thread;
use telemetry_model::Client;
use telemetry_model::be_process;
use telemetry_model::client::Numbers;
use telemetry_model::operation::OperationOutcome;
use telemetry_model::session::SessionId;

use crate::till::{Shop, Till, payment};
use crate::{EVER, check, is_balanced, on_threads};

/// Where the exit finds what it waits for. All schedules there are: the model is small enough.
#[test]
fn what_threads_publish_at_once_is_all_there() {
    let model = || {
        let numbers = Arc::new(Numbers::default());
        let threads = [1, 2].map(|number| {
            let numbers = Arc::clone(&numbers);
            thread::spawn(move || {
                numbers.add(number);
                assert!(numbers.all().contains(&number));
            })
        });
        threads.into_iter().for_each(|thread| thread.join().unwrap());
        let mut all = numbers.all();
        all.sort_unstable();
        assert_eq!(all, [1, 2]);
    };
    let every = shuttle::scheduler::DfsScheduler::new(None, false);
    let schedules = shuttle::Runner::new(every, shuttle::Config::default()).run(model);
    assert!(schedules > 1000, "{schedules}");
}

#[test]
fn operations_that_end_on_many_threads_are_sent_once_each_by_one_worker() {
    check(|| {
        let till = Till::default();
        let shop = till.client();
        on_threads(3, &shop, |shop, number| {
            let operation = shop.operation(payment(number));
            if number == 0 { drop(operation) } else { operation.finish_with(OperationOutcome::Success) }
        });
        assert!(shop.flush(EVER));
        assert_eq!(till.sorted_numbers(), [0, 1, 2]);
        assert_eq!(till.made.load(Ordering::SeqCst), 1, "the worker that runs takes what comes");
        assert_eq!(shop.stats().delivered, 3);
    });
}

/// The state of a process is published once, though each thread may make one.
#[test]
fn concurrent_first_reports_agree_on_one_session() {
    check(|| {
        let till = Till::default();
        let shop = till.client();
        let session = |shop: &Client<Shop>, number| {
            shop.emit(payment(number));
            shop.session()
        };
        let sessions: Vec<Option<SessionId>> = on_threads(3, &shop, session);
        assert!(sessions[0].is_some() && sessions.iter().all(|session| *session == sessions[0]));
        assert!(shop.flush(EVER));
        assert_eq!(shop.stats().produced, 3, "all in one state");
    });
}

/// The threads of a forked child find their parent's state, and publish one of their own behind it.
#[test]
fn the_threads_of_a_child_agree_on_a_state_behind_their_parents() {
    check(|| {
        let till = Till::default();
        let shop = till.client();
        shop.emit(payment(100));
        let parent = shop.session();
        let of_child = |shop: &Client<Shop>, number| {
            be_process(2);
            shop.emit(payment(number));
            shop.session()
        };
        let sessions = on_threads(2, &shop, of_child);
        assert!(sessions[0] == sessions[1] && sessions[0] != parent);
        assert_eq!((shop.session(), shop.stats().produced), (parent, 1));
        assert!(shop.flush(EVER));
        be_process(2);
        assert!(shop.flush(EVER));
        assert_eq!(shop.stats().delivered, 2);
        // Only its own process stops a worker: there are two here, since a checker cannot fork.
        shop.shutdown(EVER);
        be_process(1);
        assert_eq!(till.envelopes.lock().unwrap().len(), 3);
    });
}

/// An operation of the parent that ends in a child is left to the parent.
#[test]
fn an_operation_that_is_open_in_two_processes_is_sent_by_the_one_that_began_it() {
    check(|| {
        let till = Till::default();
        let shop = till.client();
        let operation = shop.operation(payment(7));
        let child = thread::spawn(move || {
            be_process(2);
            operation.finish_with(OperationOutcome::Failure);
        });
        shop.operation(payment(8)).finish_with(OperationOutcome::Success);
        child.join().unwrap();
        assert!(shop.flush(EVER));
        assert_eq!(till.numbers(), [8]);
    });
}

/// A worker that ends after an opt-out, while others opt in again and report: whatever was taken is settled, and a report
/// after all that finds a worker or starts one.
#[test]
fn a_new_worker_starts_only_after_the_old_one_has_ended() {
    check(|| {
        let till = Till::default();
        let shop = till.client();
        on_threads(3, &shop, |shop, number| match number {
            0 => {
                shop.set_enabled(false);
                shop.set_enabled(true);
            }
            number => shop.emit(payment(number)),
        });
        shop.emit(payment(9));
        assert!(shop.flush(EVER));
        assert_eq!(till.numbers().last(), Some(&9));
        let stats = shop.stats();
        assert!(is_balanced(&stats) && stats.queued == 0, "{stats:?}");
    });
}

/// A thread that turns the client on again and reports is not stopped by threads that saw it off before.
#[test]
fn a_report_after_an_opt_in_is_sent_whatever_others_have_seen_before() {
    check(|| {
        let till = Till::default();
        let shop = till.client();
        on_threads(3, &shop, |shop, number| match number {
            0 => {
                shop.set_enabled(false);
                shop.set_enabled(true);
                shop.emit(payment(9));
            }
            number => shop.emit(payment(number)),
        });
        assert!(shop.flush(EVER));
        assert!(till.numbers().contains(&9), "{:?}", shop.stats());
    });
}
