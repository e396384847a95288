// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The time that processes take.

use std::process::{Command, Output, Stdio};
use std::time::Instant;

/// Runs `command`, which has to succeed, and returns the CPU seconds that it and its children took.
pub(crate) fn cpu_seconds(command: &mut Command) -> f64 {
    let before = of_children();
    succeed(command);
    of_children() - before
}

/// Runs `command`, which has to succeed, and returns what it printed and how many seconds passed.
pub(crate) fn wall_seconds(command: &mut Command) -> (Output, f64) {
    let start = Instant::now();
    (succeed(command), start.elapsed().as_secs_f64())
}

fn succeed(command: &mut Command) -> Output {
    let output = command.stdin(Stdio::null()).output().expect("the program starts");
    assert!(output.status.success(), "{command:?}\n{}", String::from_utf8_lossy(&output.stderr));
    output
}

/// The processor time of all children that have ended. It is not counted on other systems.
#[cfg(not(unix))]
fn of_children() -> f64 {
    f64::NAN
}

/// The processor time of all children that have ended.
#[cfg(unix)]
fn of_children() -> f64 {
    // SAFETY: the structure is plain numbers, and the call fills it.
    let usage = unsafe {
        let mut usage = std::mem::zeroed();
        libc::getrusage(libc::RUSAGE_CHILDREN, &raw mut usage);
        usage
    };
    let seconds = |time: libc::timeval| time.tv_sec as f64 + time.tv_usec as f64 / 1e6;
    seconds(usage.ru_utime) + seconds(usage.ru_stime)
}

/// The median time of each item. The items take turns, so that a change in the machine's load affects all of them.
pub(crate) fn medians<T>(rounds: usize, items: &[T], measure: impl Fn(&T) -> f64) -> Vec<f64> {
    let mut times = vec![Vec::new(); items.len()];
    for _ in 0..rounds {
        for (item, times) in items.iter().zip(&mut times) {
            times.push(measure(item));
        }
    }
    times.into_iter().map(median).collect()
}

/// The middle one of the numbers, of which there is an odd count.
fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}
