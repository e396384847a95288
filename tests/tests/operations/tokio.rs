// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Operations as tasks of an async runtime: every way in which a task ends. Each case is carried out with a guard and with
//! the attribute, on one thread and on several.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use crate::shop::{Payment, Shop, outcomes};
use telemetry_core::testing::{Captured, capture};
use telemetry_core::{Client, telemetry_operation};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::JoinSet;

/// The result of a payment.
#[derive(Debug, Clone, Copy)]
enum Way {
    Accepted,
    Declined,
    Panics,
    Waits,
}

/// Comes to that, and says that it has begun.
async fn go(way: Way, begun: &UnboundedSender<()>) -> Result<(), String> {
    begun.send(()).unwrap();
    tokio::task::yield_now().await;
    match way {
        Way::Accepted => Ok(()),
        Way::Declined => Err("declined".into()),
        Way::Panics => panic!("the till is on fire"),
        Way::Waits => std::future::pending().await,
    }
}

#[telemetry_operation(client = shop, event = Payment::default(), operation = payment)]
async fn by_attribute(shop: Client<Shop>, way: Way, begun: UnboundedSender<()>) -> Result<(), String> {
    payment.num_declined += 1;
    go(way, &begun).await?;
    Ok(())
}

async fn by_guard(shop: Client<Shop>, way: Way, begun: UnboundedSender<()>) -> Result<(), String> {
    let mut payment = shop.operation(Payment::default());
    payment.num_declined += 1;
    let result = go(way, &begun).await;
    payment.finish(&result);
    result
}

type Task = Pin<Box<dyn Future<Output = Result<(), String>> + Send>>;

/// The fixtures of a case.
struct Case {
    runtime: Runtime,
    shop: Client<Shop>,
    sent: Captured<Shop>,
    by_attribute: bool,
    begun: (UnboundedSender<()>, UnboundedReceiver<()>),
}

impl Case {
    fn new(runtime: &mut Builder, by_attribute: bool) -> Self {
        let (shop, sent) = capture::<Shop>();
        let runtime = runtime.enable_time().build().unwrap();
        Self { runtime, shop, sent, by_attribute, begun: unbounded_channel() }
    }

    /// A payment that has not begun.
    fn pay(&self, way: Way) -> Task {
        let (shop, begun) = (self.shop.clone(), self.begun.0.clone());
        if self.by_attribute {
            Box::pin(by_attribute(shop, way, begun))
        } else {
            Box::pin(by_guard(shop, way, begun))
        }
    }

    /// Waits until so many payments have begun.
    fn wait_for(&mut self, payments: usize) {
        let begun = &mut self.begun.1;
        self.runtime.block_on(async {
            for _ in 0..payments {
                begun.recv().await.unwrap();
            }
        });
    }
}

/// Carries a case out on each runtime in each manner, and holds that the operations always end like this.
fn always(expected: &[&str], case: impl Fn(&mut Case)) {
    for by_attribute in [true, false] {
        for mut runtime in [Builder::new_current_thread(), Builder::new_multi_thread()] {
            let mut fresh = Case::new(runtime.worker_threads(2), by_attribute);
            case(&mut fresh);
            let mut ended = outcomes(&fresh.sent);
            ended.sort();
            assert_eq!(ended, expected, "by attribute: {by_attribute}, on {runtime:?}");
            let events = fresh.sent.events();
            assert!(events.iter().all(|event| event.parameters["numDeclined"] == 1), "{events:?}");
        }
    }
}

#[test]
fn a_task_that_completes_is_a_success_or_a_failure() {
    always(&["failure", "success"], |case| {
        let tasks = [Way::Accepted, Way::Declined].map(|way| case.runtime.spawn(case.pay(way)));
        let results = tasks.map(|task| case.runtime.block_on(task).unwrap());
        assert_eq!(results, [Ok(()), Err("declined".into())]);
    });
}

#[test]
fn a_task_that_panics_is_interrupted_and_its_panic_is_seen() {
    always(&["interrupted"], |case| {
        let task = case.runtime.spawn(case.pay(Way::Panics));
        assert!(case.runtime.block_on(task).unwrap_err().is_panic());
    });
}

#[test]
fn a_task_that_is_aborted_while_it_waits_is_interrupted() {
    always(&["interrupted"], |case| {
        let task = case.runtime.spawn(case.pay(Way::Waits));
        case.wait_for(1);
        task.abort();
        assert!(case.runtime.block_on(task).unwrap_err().is_cancelled());
    });
}

/// Nothing was tried, so there is nothing to report.
#[test]
fn a_task_that_is_aborted_before_it_begins_had_no_operation() {
    for by_attribute in [true, false] {
        let case = Case::new(&mut Builder::new_current_thread(), by_attribute);
        // On one thread no task begins before the first await.
        let task = case.runtime.spawn(case.pay(Way::Accepted));
        task.abort();
        assert!(case.runtime.block_on(task).unwrap_err().is_cancelled());
        assert_eq!(outcomes(&case.sent), [""; 0]);
    }
}

#[test]
fn a_task_that_is_aborted_after_its_end_has_one_event() {
    always(&["success"], |case| {
        let task = case.runtime.spawn(case.pay(Way::Accepted));
        let abort = task.abort_handle();
        case.runtime.block_on(task).unwrap().unwrap();
        abort.abort();
    });
}

#[test]
fn the_branch_that_loses_a_select_is_interrupted() {
    always(&["interrupted", "success"], |case| {
        let (loser, winner) = (case.pay(Way::Waits), case.pay(Way::Accepted));
        case.runtime.block_on(async {
            tokio::select! {
                biased;
                _ = loser => unreachable!("it waits forever"),
                result = winner => result.unwrap(),
            }
        });
    });
}

#[test]
fn a_branch_that_is_never_polled_had_no_operation() {
    always(&["success"], |case| {
        let (first, second) = (case.pay(Way::Accepted), case.pay(Way::Accepted));
        case.runtime.block_on(async {
            tokio::select! {
                biased;
                result = first => result.unwrap(),
                _ = async { std::future::pending::<()>().await; second.await } => unreachable!(),
            }
        });
    });
}

#[test]
fn the_sibling_of_a_failure_is_interrupted() {
    always(&["failure", "interrupted"], |case| {
        let (waits, fails) = (case.pay(Way::Waits), case.pay(Way::Declined));
        assert!(case.runtime.block_on(async { tokio::try_join!(waits, fails) }).is_err());
    });
}

#[test]
fn a_timeout_is_an_interruption_that_took_that_long() {
    const PATIENCE: Duration = Duration::from_millis(30);
    always(&["interrupted"], |case| {
        let waits = case.pay(Way::Waits);
        let out_of_time = case.runtime.block_on(async { tokio::time::timeout(PATIENCE, waits).await });
        assert!(out_of_time.is_err());
        let took = case.sent.events()[0].parameters["durationMs"].as_u64().unwrap();
        assert!(u128::from(took) >= PATIENCE.as_millis(), "{took} ms");
    });
}

#[test]
fn tasks_in_flight_are_interrupted_when_their_runtime_is_dropped() {
    always(&["interrupted"; 3], |case| {
        for _ in 0..3 {
            case.runtime.spawn(case.pay(Way::Waits));
        }
        case.wait_for(3);
        let other = Builder::new_current_thread().build().unwrap();
        drop(std::mem::replace(&mut case.runtime, other));
    });
}

#[test]
fn tasks_in_flight_are_interrupted_when_their_runtime_is_shut_down_in_time() {
    always(&["interrupted"; 2], |case| {
        for _ in 0..2 {
            case.runtime.spawn(case.pay(Way::Waits));
        }
        case.wait_for(2);
        let other = Builder::new_current_thread().build().unwrap();
        std::mem::replace(&mut case.runtime, other).shutdown_timeout(Duration::from_secs(120));
    });
}

#[test]
fn each_of_a_thousand_tasks_emits_one_event_however_it_ends() {
    let ends = [("failure", 250), ("interrupted", 500), ("success", 250)];
    let expected: Vec<&str> = ends.iter().flat_map(|(end, times)| vec![*end; *times]).collect();
    always(&expected, |case| {
        let mut set = JoinSet::new();
        let ways = [Way::Accepted, Way::Declined, Way::Waits, Way::Waits];
        for way in ways.into_iter().cycle().take(1000) {
            set.spawn_on(case.pay(way), case.runtime.handle());
        }
        case.wait_for(1000);
        case.runtime.block_on(async {
            for _ in 0..500 {
                drop(set.join_next().await.unwrap().unwrap());
            }
            set.shutdown().await;
        });
    });
}

#[telemetry_operation(client = shop, event = Payment { num_declined: 1, ..Default::default() })]
fn blocks(shop: &Client<Shop>, panics: bool) -> Result<(), String> {
    assert!(!panics, "the till is on fire");
    Ok(())
}

#[test]
fn what_blocks_is_measured_on_its_own_thread() {
    always(&["interrupted", "success"], |case| {
        let results = [false, true].map(|panics| {
            let shop = case.shop.clone();
            let task = case.runtime.spawn_blocking(move || blocks(&shop, panics));
            case.runtime.block_on(task)
        });
        assert!(matches!(&results, [Ok(Ok(())), Err(error)] if error.is_panic()));
    });
}
