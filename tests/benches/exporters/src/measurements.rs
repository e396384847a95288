// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What is measured of an exporter, in a process of its own.

use std::time::{Duration, Instant};

use crate::Exporter;
use crate::measure;

/// More than any of the queues holds.
pub(crate) const HANGING_EVENTS: usize = 10_000;
pub(crate) const RATE_EVENTS: usize = 100_000;
pub(crate) const EXIT_EVENTS: usize = 1000;

/// How many events a queue holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Room {
    /// As many as the SDK's by default.
    Usual,
    /// All those of the measurement of the rate.
    ForAll,
}

impl Room {
    pub(crate) const fn events(self) -> usize {
        match self {
            Self::Usual => 2048,
            Self::ForAll => 2 * RATE_EVENTS,
        }
    }
}

/// The most events of one request: the SDK's default.
pub(crate) const BATCH: usize = 512;

/// The longest that an event waits for others: the SDK's default.
pub(crate) const DELAY: Duration = Duration::from_secs(1);

/// An exporter at work.
pub(crate) struct Started {
    pub(crate) report: Box<dyn Fn()>,
    /// Waits until everything is delivered.
    pub(crate) flush: Box<dyn Fn()>,
}

/// Takes the measurement `MEASUREMENT/EXPORTER`.
pub(crate) fn take(name: &str, exporters: &[Exporter]) -> Vec<f64> {
    let (measurement, name) = name.split_once('/').expect("the parent names both");
    let exporter = exporters.iter().find(|exporter| exporter.name == name).expect("the parent names an exporter");
    match measurement {
        "caller" => measure::cost(&*(exporter.start)(Room::Usual).report).to_vec(),
        "rate" => rate(&(exporter.start)(Room::ForAll)),
        "hanging" => hanging(exporter.start),
        "return" => reported(&(exporter.start)(Room::Usual)),
        "exit" => {
            let running = (exporter.start)(Room::Usual);
            reported(&running);
            std::process::exit(0)
        }
        _ => panic!("there is no measurement `{measurement}`"),
    }
}

/// Events per second, from the first report to the last answer.
fn rate(exporter: &Started) -> Vec<f64> {
    let start = Instant::now();
    (0..RATE_EVENTS).for_each(|_| (exporter.report)());
    (exporter.flush)();
    vec![RATE_EVENTS as f64 / start.elapsed().as_secs_f64()]
}

/// Threads beside the main one, and megabytes that the exporter and its events take.
fn hanging(start: fn(Room) -> Started) -> Vec<f64> {
    let before = resident_mb();
    let exporter = start(Room::Usual);
    (0..HANGING_EVENTS).for_each(|_| (exporter.report)());
    std::thread::sleep(Duration::from_millis(500));
    println!("{:?}", [own_status("Threads:") - 1.0, resident_mb() - before]);
    // The end of the SDK would wait for the receiver.
    std::process::exit(0)
}

fn reported(exporter: &Started) -> Vec<f64> {
    (0..EXIT_EVENTS).for_each(|_| (exporter.report)());
    Vec::new()
}

fn resident_mb() -> f64 {
    own_status("VmRSS:") / 1024.0
}

/// A number from this process's entry in `/proc`.
fn own_status(name: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("this system has `/proc`");
    let line = status.lines().find_map(|line| line.strip_prefix(name)).expect("the entry has this line");
    line.split_whitespace().next().and_then(|number| number.parse().ok()).expect("the line has a number")
}
