// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Reports in forked children while the parent reports too.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Poll, Waker};
use std::time::Duration;

use telemetry_core::transport::{Request, Response, TransportError};
use telemetry_core::{Client, Transport};
use telemetry_tests::block_on::{block_on, poll_once};
use telemetry_tests::fork::{fork, raw_fork, wait_for};
use telemetry_tests::server::PATIENCE;

use super::products::{Plain, report};
use super::reports::say_stats;

/// Numbers from here on are the children's.
const CHILD: u32 = 1_000_000;

pub(crate) fn storm(children: u32, events: u32) {
    let client = Client::<Plain>::builder().start();
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for number in 0.. {
                if over.load(Ordering::Relaxed) {
                    break;
                }
                report(&client, number);
                std::thread::sleep(Duration::from_micros(100));
            }
        });
        let born: Vec<_> =
            (0..children).map(|child| fork(|| child_reports(&client, child, events))).collect();
        born.into_iter().for_each(wait_for);
        over.store(true, Ordering::Relaxed);
    });
    client.flush(PATIENCE);
    say_stats(&client.stats());
}

/// Has no answer while the gate is closed.
struct Gate(Arc<Mutex<()>>);

impl Transport for Gate {
    fn post(&mut self, _: &Request<'_>) -> Result<Response, TransportError> {
        drop(self.0.lock());
        Ok(Response::new(200))
    }
}

pub(crate) fn awaited(children: u32) {
    let gate: Arc<Mutex<()>> = Arc::default();
    let transport = Arc::clone(&gate);
    let client = Client::<Plain>::builder().transport(move || Gate(Arc::clone(&transport))).start();
    let closed = gate.lock().unwrap();
    report(&client, 0);
    let mut flush = client.flush_async(PATIENCE);
    assert!(poll_once(&mut flush, Waker::noop()).is_pending());
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while !over.load(Ordering::Relaxed) {
                    assert_eq!(client.stats().queued, 1);
                }
            });
        }
        for _ in 0..children {
            wait_for(fork(|| {
                assert_eq!(poll_once(&mut flush, Waker::noop()), Poll::Ready(true));
                assert_eq!(poll_once(&mut client.flush_async(PATIENCE), Waker::noop()), Poll::Ready(true));
            }));
        }
        over.store(true, Ordering::Relaxed);
    });
    drop(closed);
    assert!(block_on(flush));
    say_stats(&client.stats());
}

fn child_reports(client: &Client<Plain>, child: u32, events: u32) {
    (0..events).for_each(|number| report(client, CHILD * (child + 1) + number));
    assert!(client.flush(PATIENCE));
}

/// The parent reports, then a child that no hook of the C library has heard of, then the parent again.
pub(crate) fn raw_clone(flags: libc::c_int) {
    let client = Client::<Plain>::builder().start();
    report(&client, 0);
    client.flush(PATIENCE);
    let child = raw_fork(flags, || child_reports(&client, 0, 1));
    if let Some(child) = child {
        wait_for(child);
    } else {
        println!("not allowed");
    }
    report(&client, 1);
    client.flush(PATIENCE);
    say_stats(&client.stats());
}
