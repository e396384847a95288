// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Once means once, whenever threads meet: the code of the client and of its delivery under a model checker.
//!
//! Each model runs under thousands of schedules, which switch threads at every lock, wait, wake-up, start and publication.
//! Half of them are drawn at random; half follow PCT, which finds a bug that needs few switches with a known probability. A
//! thread that waits forever is a deadlock, and fails. Waits never time out here: every wait has to be ended by a wake-up.
//!
//! How a pointer is published is `once_cell`'s own affair; here it is one step, as a lock is.
//!
//! A failure prints its schedule; `shuttle::replay` repeats it.

mod ends;
mod flushes;
mod reports;
mod till;

use std::time::Duration;

use shuttle::thread;
use telemetry_model::{Client, Stats};

use crate::till::Shop;

const EVER: Duration = Duration::MAX;

/// Schedules of each kind for each model; the variable `MODEL_SCHEDULES` may ask for more.
const SCHEDULES: usize = 2000;

/// How many switches a bug that PCT looks for may need.
const DEPTH: usize = 4;

fn check(model: fn()) {
    let more = std::env::var("MODEL_SCHEDULES").map_or(0, |number| number.parse().expect("a number"));
    let schedules = SCHEDULES.max(more);
    shuttle::check_random(model, schedules);
    shuttle::check_pct(model, schedules, DEPTH);
}

fn is_balanced(stats: &Stats) -> bool {
    stats.produced == stats.delivered + stats.queued + stats.dropped_total()
}

/// Runs `work` on so many threads, each with its number, and returns what they return.
fn on_threads<T: Send + 'static>(
    threads: u32,
    shop: &Client<Shop>,
    work: impl Fn(&Client<Shop>, u32) -> T + Clone + Send + 'static,
) -> Vec<T> {
    let start = |number| {
        let (shop, work) = (shop.clone(), work.clone());
        thread::spawn(move || work(&shop, number))
    };
    let started: Vec<_> = (0..threads).map(start).collect();
    started.into_iter().map(|thread| thread.join().unwrap()).collect()
}
