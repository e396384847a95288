// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Operations emit one event, on every way out.

use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::{Context, Waker};
use std::time::Duration;

use crate::shop::{Outcome, Payment, Shop, outcome_of, outcomes};
use telemetry_core::operation::OperationOutcome;
use telemetry_core::testing::capture;
use telemetry_core::{Client, TelemetryEnum, TelemetryEvent};

/// How a delivery ended, in another product's words. It is not `Copy`, which an outcome need not be.
#[derive(Debug, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
enum TaskStatus {
    Completed,
    Error,
    Canceled,
}

/// A parcel was delivered.
#[derive(Debug, TelemetryEvent)]
#[telemetry(product = Shop, event_name = "parcel", schema_version = "1.0")]
struct Parcel {
    /// How it ended.
    #[telemetry(outcome, sentinel = TaskStatus::Canceled)]
    task_status: TaskStatus,
    /// How long it took.
    #[telemetry(duration = "s", sentinel = -1.0)]
    job_duration_sec: f64,
}

/// A stock-taking, whose product has no word for an interruption.
#[derive(Debug, Clone, Copy, PartialEq, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
enum TwoWords {
    Success,
    Failure,
}

/// The stock was taken.
#[derive(Debug, TelemetryEvent)]
#[telemetry(product = Shop, event_name = "stock_taking", schema_version = "1.0")]
struct StockTaking {
    /// How it ended.
    #[telemetry(outcome, sentinel = TwoWords::Failure)]
    outcome: TwoWords,
}

#[test]
fn a_result_decides_between_success_and_failure() {
    let finished =
        |result: Result<u8, &str>| outcome_of(|shop| shop.operation(Payment::default()).finish(&result));
    assert_eq!(finished(Ok(1)), ["success"]);
    assert_eq!(finished(Err("declined")), ["failure"]);
}

#[test]
fn an_early_return_is_an_interruption() {
    fn pay(shop: &Client<Shop>) -> Result<(), std::num::ParseIntError> {
        let operation = shop.operation(Payment::default());
        let _amount: u32 = "much".parse()?;
        operation.finish(&Ok::<(), ()>(()));
        Ok(())
    }
    assert_eq!(outcome_of(|shop| assert!(pay(shop).is_err())), ["interrupted"]);
}

#[test]
fn a_panic_is_an_interruption_and_goes_on() {
    let outcome = outcome_of(|shop| {
        let paid = catch_unwind(AssertUnwindSafe(|| {
            let _operation = shop.operation(Payment::default());
            panic!("the till is on fire");
        }));
        assert!(paid.is_err());
    });
    assert_eq!(outcome, ["interrupted"]);
}

#[test]
fn a_dropped_future_is_an_interruption_and_a_completed_one_is_not() {
    async fn pay(shop: Client<Shop>, waits: bool) {
        let operation = shop.operation(Payment::default());
        if waits {
            std::future::pending::<()>().await;
        }
        operation.finish(&Ok::<(), ()>(()));
    }
    let polled_once = |waits| {
        outcome_of(|shop| {
            let mut future = pin!(pay(shop.clone(), waits));
            let _ = future.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        })
    };
    assert_eq!(polled_once(true), ["interrupted"]);
    assert_eq!(polled_once(false), ["success"]);
}

#[test]
fn a_future_that_never_ran_had_no_operation() {
    let unpolled = outcome_of(|shop| {
        drop(async { shop.operation(Payment::default()).finish_with(OperationOutcome::Success) })
    });
    assert_eq!(unpolled, [""; 0]);
}

#[test]
fn a_leaked_guard_emits_nothing() {
    assert_eq!(outcome_of(|shop| std::mem::forget(shop.operation(Payment::default()))), [""; 0]);
}

#[test]
fn fields_can_be_set_while_it_runs_and_the_duration_is_measured() {
    let (telemetry, sent) = capture::<Shop>();
    let mut operation = telemetry.operation(Payment::default());
    operation.num_declined += 2;
    std::thread::sleep(Duration::from_millis(20));
    assert_eq!(operation.num_declined, 2);
    operation.finish_with(OperationOutcome::Success);
    let parameters = &sent.events()[0].parameters;
    assert_eq!(parameters["numDeclined"], 2);
    assert!(parameters["durationMs"].as_i64().unwrap() >= 20, "{parameters}");
}

#[test]
fn every_product_says_it_in_its_own_words() {
    let (telemetry, sent) = capture::<Shop>();
    for outcome in [OperationOutcome::Success, OperationOutcome::Failure, OperationOutcome::Interrupted] {
        telemetry.operation(Parcel::default()).finish_with(outcome);
    }
    let events = sent.events();
    let words: Vec<_> = events.iter().map(|event| event.parameters["taskStatus"].as_str().unwrap()).collect();
    assert_eq!(words, ["completed", "error", "canceled"]);
    assert!(events.iter().all(|event| event.parameters["jobDurationSec"].as_f64().unwrap() >= 0.0));
    let interrupted =
        outcome_of(|shop| shop.operation(StockTaking::default()).finish_with(OperationOutcome::Interrupted));
    assert_eq!(interrupted, ["failure"], "the nearest word that it has");
}

/// An unknown text from elsewhere becomes the fallback, and the event is sent.
#[test]
fn an_outcome_that_is_set_from_a_text_nobody_knows_is_reported_as_such() {
    assert_eq!("declined".parse::<Outcome>().ok(), None);
    let (telemetry, sent) = capture::<Shop>();
    for text in ["declined", "", "SUCCESS", "failure\n"] {
        telemetry.emit(Payment { outcome: Outcome::from_wire(text), ..Default::default() });
    }
    assert_eq!(outcomes(&sent), ["undefined"; 4]);
}

#[test]
fn an_opt_out_while_it_runs_is_respected() {
    let outcome = outcome_of(|shop| {
        let operation = shop.operation(Payment::default());
        shop.set_enabled(false);
        operation.finish_with(OperationOutcome::Success);
    });
    assert_eq!(outcome, [""; 0]);
}

/// The operation goes on in the parent, so only the parent reports it.
#[cfg(unix)]
#[test]
fn a_forked_child_leaves_open_operations_to_its_parent() {
    let (telemetry, sent) = capture::<Shop>();
    let operation = telemetry.operation(Payment::default());
    // SAFETY: the child only drops a guard that emits nothing in it, and then leaves without running any other code of the
    // test.
    let child = unsafe { libc::fork() };
    assert!(child >= 0);
    if child == 0 {
        drop(operation);
        let emitted = telemetry.stats().produced;
        // SAFETY: leaves the child at once, which is the one thing it may do.
        unsafe { libc::_exit(i32::try_from(emitted).unwrap_or(99)) };
    }
    let mut status = 0;
    // SAFETY: waits for the child that was just made, and writes to a variable that is there.
    unsafe { libc::waitpid(child, &raw mut status, 0) };
    assert_eq!((libc::WIFEXITED(status), libc::WEXITSTATUS(status)), (true, 0));
    operation.finish_with(OperationOutcome::Success);
    assert_eq!(outcomes(&sent), ["success"]);
}
