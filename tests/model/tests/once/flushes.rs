// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Threads and tasks that wait until everything is delivered.

use std::pin::pin;
use std::sync::atomic::Ordering;
use std::task::{Context, Waker};

use telemetry_model::Client;

use crate::till::{Till, payment};
use crate::{EVER, check, on_threads};

/// Every waiting thread is woken, whichever thread makes the progress.
#[test]
fn all_concurrent_flushes_return() {
    check(|| {
        let till = Till::default();
        let shop = till.client();
        let flushed = on_threads(3, &shop, |shop, number| {
            shop.emit(payment(number));
            shop.flush(EVER)
        });
        // A flush returns when nothing waits; then another thread may report.
        assert!(flushed.len() == 3 && shop.flush(EVER));
        assert_eq!(till.sorted_numbers(), [0, 1, 2]);
    });
}

/// The same for tasks, which are woken instead of notified.
#[test]
fn all_tasks_that_flush_concurrently_are_woken() {
    check(|| {
        let till = Till::default();
        let shop = till.client();
        let flushed = on_threads(3, &shop, |shop, number| {
            shop.emit(payment(number));
            shuttle::future::block_on(shop.flush_async(EVER))
        });
        assert!(flushed.len() == 3 && shuttle::future::block_on(shop.flush_async(EVER)));
        assert_eq!(till.sorted_numbers(), [0, 1, 2]);
    });
}

/// If the first transport could not be made, a flush cannot make another one. A report can, also one that is
/// made during that flush.
#[test]
fn a_flush_that_can_start_no_worker_keeps_no_report_from_starting_one() {
    check(|| {
        let till = Till::default();
        let transport = till.clone();
        let make = move || match transport.made.fetch_add(1, Ordering::SeqCst) {
            // Without the hook, which would print the schedule.
            0 => std::panic::resume_unwind(Box::new("no till")),
            _ => transport.clone(),
        };
        let shop = Client::builder().config_dir("/nonexistent").transport(make).start();
        shop.emit(payment(0));
        on_threads(2, &shop, |shop, number| match number {
            0 => drop(pin!(shop.flush_async(EVER)).poll(&mut Context::from_waker(Waker::noop()))),
            _ => shop.emit(payment(1)),
        });
        assert!(shop.flush(EVER), "{}", shop.stats());
        assert_eq!(till.sorted_numbers(), [0, 1]);
    });
}

/// A task that gives up while the worker is about to wake it, beside one that goes on waiting.
#[test]
fn a_task_that_gives_up_keeps_no_other_from_being_woken() {
    check(|| {
        let till = Till::default();
        let shop = till.client();
        on_threads(2, &shop, |shop, number| {
            shop.emit(payment(number));
            let flush = shop.flush_async(EVER);
            if number == 0 {
                let _ = pin!(flush).poll(&mut Context::from_waker(Waker::noop()));
            } else {
                shuttle::future::block_on(flush);
            }
        });
        assert!(shop.flush(EVER));
        assert_eq!(till.sorted_numbers(), [0, 1]);
    });
}
