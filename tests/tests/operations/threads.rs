// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Operations on threads that panic, end, or hand their operation over, in large numbers.

use std::cell::RefCell;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Barrier, Mutex};
use std::time::Duration;

use crate::shop::{Outcome, Payment, Shop, outcome_of};
use telemetry_core::operation::OperationOutcome;
use telemetry_core::profile::QueuePolicy;
use telemetry_core::testing::capture;
use telemetry_core::time::Clock;
use telemetry_core::{
    Client, ConsentPolicy, Operation, Product, Profile, TelemetryEvent, telemetry_operation,
};

#[telemetry_operation(client = shop, event = Payment::default())]
fn pay(shop: &Client<Shop>, amount: &str) -> Result<u32, std::num::ParseIntError> {
    assert_ne!(amount, "fire", "the till is on fire");
    let amount = amount.parse()?;
    Ok(amount)
}

/// The same by hand.
fn pay_by_hand(shop: &Client<Shop>, amount: &str) -> Result<u32, std::num::ParseIntError> {
    let operation = shop.operation(Payment::default());
    assert_ne!(amount, "fire", "the till is on fire");
    let result = amount.parse();
    operation.finish(&result);
    result
}

#[test]
fn each_thread_that_succeeds_fails_or_panics_emits_one_event() {
    for work in [pay, pay_by_hand] {
        let mut ended = outcome_of(|shop| {
            let threads = ["1", "much", "fire"].map(|amount| {
                let shop = shop.clone();
                std::thread::spawn(move || work(&shop, amount).is_ok())
            });
            let [paid, failed, panicked] = threads.map(std::thread::JoinHandle::join);
            assert!(paid.unwrap() && !failed.unwrap() && panicked.is_err());
        });
        ended.sort();
        assert_eq!(ended, ["failure", "interrupted", "success"]);
    }
}

#[test]
fn an_operation_can_end_on_another_thread() {
    let ended = outcome_of(|shop| {
        let mut operation = shop.operation(Payment::default());
        operation.num_declined += 1;
        std::thread::spawn(move || operation.finish_with(OperationOutcome::Success)).join().unwrap();
        let shared = Arc::new(Mutex::new(Some(shop.operation(Payment::default()))));
        let other = Arc::clone(&shared);
        // A panic poisons the lock; the operation in it is still there.
        let _ = std::thread::spawn(move || {
            let _held = other.lock().unwrap();
            panic!("the till is on fire");
        })
        .join();
        let left = shared.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take();
        left.unwrap().finish_with(OperationOutcome::Failure);
    });
    assert_eq!(ended, ["success", "failure"]);
}

#[test]
fn an_operation_that_a_thread_keeps_ends_with_it() {
    thread_local! {
        static KEPT: RefCell<Option<Operation<Payment>>> = const { RefCell::new(None) };
    }
    let ended = outcome_of(|shop| {
        let shop = shop.clone();
        std::thread::spawn(move || KEPT.set(Some(shop.operation(Payment::default())))).join().unwrap();
    });
    assert_eq!(ended, ["interrupted"]);
}

/// A measured function that is called by a destructor while its thread unwinds.
#[test]
fn a_function_called_while_the_thread_unwinds_is_measured_like_any_other() {
    struct PaysWhenDropped(Client<Shop>);
    impl Drop for PaysWhenDropped {
        fn drop(&mut self) {
            assert!(pay(&self.0, "1").is_ok());
        }
    }
    let ended = outcome_of(|shop| {
        let shop = shop.clone();
        let _ = std::thread::spawn(move || {
            let _pays = PaysWhenDropped(shop.clone());
            pay(&shop, "fire").unwrap();
        })
        .join();
    });
    assert_eq!(ended, ["interrupted", "success"]);
}

/// A product whose queue holds them all.
struct Stadium;

impl Product for Stadium {
    const PROFILE: Profile = Profile::new("stadium", "1")
        .consent(ConsentPolicy::variables(&[]))
        .without_audit()
        .queue(QueuePolicy::of(20_000).max_bytes(1 << 26));
}

/// A customer has left.
#[derive(Debug, TelemetryEvent)]
#[telemetry(product = Stadium, event_name = "visit", schema_version = "1.0")]
struct Visit {
    /// How it ended.
    #[telemetry(outcome, sentinel = Outcome::Undefined)]
    outcome: Outcome,
    /// Who it was.
    #[telemetry(sentinel = 0)]
    number: u32,
}

/// All of them are open at the same moment, on many threads; then half of them end well, and half are dropped.
#[test]
fn ten_thousand_operations_at_once_are_ten_thousand_events() {
    const THREADS: u32 = 20;
    const EACH: u32 = 500;
    let (stadium, sent) = capture::<Stadium>();
    let all_inside = Barrier::new(THREADS as usize);
    std::thread::scope(|scope| {
        for thread in 0..THREADS {
            let (stadium, all_inside) = (&stadium, &all_inside);
            scope.spawn(move || {
                let visit = |seat| Visit { number: thread * EACH + seat, ..Default::default() };
                let open: Vec<_> = (0..EACH).map(|seat| stadium.operation(visit(seat))).collect();
                all_inside.wait();
                for operation in open.into_iter().filter(|operation| operation.number % 2 == 0) {
                    operation.finish_with(OperationOutcome::Success);
                }
            });
        }
    });
    let events = sent.events();
    let mut seen: Vec<_> = events
        .iter()
        .map(|event| (event.parameters["number"].as_u64().unwrap(), event.parameters["outcome"].clone()))
        .collect();
    seen.sort_by_key(|(number, _)| *number);
    assert_eq!(seen.len(), 10_000);
    for (expected, (number, outcome)) in seen.into_iter().enumerate() {
        assert_eq!(number, expected as u64, "each once");
        assert_eq!(outcome, if number % 2 == 0 { "success" } else { "interrupted" });
    }
    let stats = stadium.stats();
    assert_eq!((stats.produced, stats.delivered, stats.dropped_total()), (10_000, 10_000, 0));
}

/// A clock of the host that fails when told to.
struct BrokenClock(Arc<AtomicBool>);

impl Clock for BrokenClock {
    fn unix_seconds(&self) -> f64 {
        assert!(!self.0.load(Ordering::SeqCst), "the clock is broken");
        0.0
    }
}

/// A second panic while a thread unwinds would end the process.
#[test]
fn a_host_whose_clock_panics_loses_the_event_and_nothing_else() {
    let is_broken = Arc::new(AtomicBool::new(true));
    let shop = Client::<Stadium>::builder()
        .endpoint("http://127.0.0.1:9/")
        .clock(BrokenClock(Arc::clone(&is_broken)))
        .start();
    shop.operation(Visit::default()).finish_with(OperationOutcome::Success);
    let unwound = std::thread::spawn({
        let shop = shop.clone();
        move || {
            let _operation = shop.operation(Visit::default());
            panic!("the till is on fire");
        }
    })
    .join();
    assert_eq!(unwound.unwrap_err().downcast_ref(), Some(&"the till is on fire"));
    assert_eq!(shop.stats().produced, 0);
    is_broken.store(false, Ordering::SeqCst);
    shop.operation(Visit::default()).finish_with(OperationOutcome::Success);
    assert_eq!(shop.stats().produced, 1);
    shop.shutdown(Duration::ZERO);
}
