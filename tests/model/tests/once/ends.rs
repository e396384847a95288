// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! How a worker ends: by a shutdown, or with the last client.

use std::sync::atomic::Ordering;

use shuttle::thread;
use telemetry_model::stats::DropReason;

use crate::till::{Till, payment};
use crate::{EVER, check, is_balanced, on_threads};

#[test]
fn a_shutdown_settles_every_report_made_at_the_same_time() {
    check(|| {
        let till = Till::default();
        let shop = till.client();
        on_threads(3, &shop, |shop, number| match number {
            0 => assert!(shop.shutdown(EVER)),
            number => shop.emit(payment(number)),
        });
        assert!(shop.shutdown(EVER));
        let stats = shop.stats();
        assert!(is_balanced(&stats) && stats.queued == 0, "{stats:?}");
        assert_eq!(till.numbers().len() as u64, stats.delivered);
        assert_eq!(stats.dropped(DropReason::Shutdown), stats.produced - stats.delivered);
    });
}

/// Two threads that both start heartbeats have one worker, which a shutdown ends.
#[test]
fn heartbeats_start_once_and_a_shutdown_ends_them() {
    check(|| {
        let till = Till::default();
        let shop = till.client();
        on_threads(2, &shop, |shop, number| {
            shop.emit_with_heartbeat(|_| payment(number), |first, _| first.clone());
        });
        assert!(shop.flush(EVER));
        assert!(shop.shutdown(EVER));
        assert_eq!(till.sorted_numbers(), [0, 1]);
        assert_eq!(till.made.load(Ordering::SeqCst), 1);
    });
}

/// The last client that goes has its worker deliver what waits, and end.
#[test]
fn the_worker_of_a_client_that_is_dropped_delivers_and_ends() {
    check(|| {
        let till = Till::default();
        let shop = till.client();
        let other = shop.clone();
        let thread = thread::spawn(move || other.emit(payment(1)));
        drop(shop);
        thread.join().unwrap();
        // The checker waits for the worker; one that never ended would be a deadlock. Its last act precedes that.
        let till = till.clone();
        thread::spawn(move || {
            while till.envelopes.lock().unwrap().is_empty() {
                thread::yield_now();
            }
        })
        .join()
        .unwrap();
    });
}
