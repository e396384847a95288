// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! One measurement, in a process of its own.

use std::collections::BTreeMap;
use std::process::{Child, Command, Stdio};

use crate::baseline::Baseline;
use crate::caller::{PACE, SLOW_PACE, paced, paced_baseline};

const PART: &str = "BENCH_PART";

/// The output of a part of the benchmark: names with numbers.
pub(crate) type Numbers = BTreeMap<String, f64>;

/// If this process was started for one measurement, takes it.
pub(crate) fn run_if_child() -> bool {
    let Ok(part) = std::env::var(PART) else { return false };
    let argument = |name: &str| std::env::var(name).unwrap_or_default();
    let (url, count) = (argument("BENCH_URL"), argument("BENCH_COUNT").parse().unwrap_or(0));
    match part.as_str() {
        "burst" => crate::caller::burst(count, crate::caller::report),
        "burst-engine" => crate::caller::burst(count, crate::caller::construct),
        "burst-baseline" => crate::caller::burst_baseline(&url, count),
        "paced" => paced(count, PACE),
        "paced-baseline" => paced_baseline(&url, count, PACE, Baseline::report),
        "paced-baseline-consent" => paced_baseline(&url, count, PACE, Baseline::report_if_allowed),
        "paced-slowly" => paced(count, SLOW_PACE),
        "paced-slowly-baseline" => paced_baseline(&url, count, SLOW_PACE, Baseline::report),
        "paced-slowly-baseline-consent" => {
            paced_baseline(&url, count, SLOW_PACE, Baseline::report_if_allowed);
        }
        "silenced" => crate::caller::silenced(count),
        "lstat" => crate::caller::lstat(count),
        "rate" => crate::rates::single::<crate::products::Single>(&url, count),
        "rate-unlogged" => crate::rates::single::<crate::products::Unlogged>(&url, count),
        "rate-bare" => crate::rates::bare(&url, count, &crate::baseline::agent()),
        "rate-bare-phases" => crate::rates::bare(&url, count, &crate::baseline::agent_without_deadline()),
        "rate-baseline" => crate::rates::baseline(&url, count),
        "rate-batches" => crate::rates::single::<crate::products::Batches>(&url, count),
        "memory" => crate::memory::ours(count),
        "exit" => crate::exits::report_and_return(),
        "no-report" => {}
        _ => panic!("there is no part `{part}`"),
    }
    true
}

/// A process for one measurement, in an environment made for it alone.
pub(crate) fn command(part: &str, url: &str, count: usize, home: &std::path::Path) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("this program has a path"));
    command.env_clear().env("HOME", home).env(PART, part);
    command.env("BENCH_URL", url).env("BENCH_COUNT", count.to_string());
    command.env("NEMO_GUARDRAILS_USAGE_STATS_SERVER", url);
    command.stdout(Stdio::piped());
    command
}

/// Takes the measurement and returns the numbers that it printed.
pub(crate) fn take(part: &str, url: &str, count: usize) -> Numbers {
    let home = tempfile::tempdir().expect("there is room for a scratch directory");
    finish(command(part, url, count, home.path()).spawn().expect("this program starts"))
}

pub(crate) fn finish(child: Child) -> Numbers {
    let output = child.wait_with_output().expect("the child is ours");
    assert!(output.status.success(), "a measurement failed");
    let text = String::from_utf8_lossy(&output.stdout);
    let number = |line: &str| {
        let (name, value) = line.split_once(' ')?;
        Some((name.to_owned(), value.parse().ok()?))
    };
    text.lines().filter_map(number).collect()
}

/// Prints a number for the parent process.
pub(crate) fn say(name: &str, value: f64) {
    println!("{name} {value}");
}

/// The median of the same number over several runs.
pub(crate) fn median(runs: impl IntoIterator<Item = f64>) -> f64 {
    quantile(&mut runs.into_iter().collect::<Vec<_>>(), 0.5)
}

pub(crate) fn quantile(numbers: &mut [f64], share: f64) -> f64 {
    numbers.sort_by(f64::total_cmp);
    let last = numbers.len().saturating_sub(1);
    numbers.get((last as f64 * share).round() as usize).copied().unwrap_or(f64::NAN)
}
