// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What a report costs the thread that makes it.

use std::time::{Duration, Instant};

use telemetry_guardrails::{RailsEngine, client, report_usage, telemetry_engine};
use telemetry_tests::allocations;

use crate::baseline::Baseline;
use crate::collector::{Collector, Manner};
use crate::part::{self, Numbers, median, quantile, say};
use crate::table::Table;

/// Fewer than the queue holds, so that no report is dropped.
const BURST: usize = 500;
pub(crate) const PACE: Duration = Duration::from_millis(20);
/// Long enough for the worker to be parked, so that every report has to wake it.
pub(crate) const SLOW_PACE: Duration = Duration::from_millis(100);
const WARM_UP: usize = 50;

const QUANTITIES: [&str; 4] = ["p50", "p99", "allocations", "bytes"];

/// A core that idles changes its speed from one second to the next, so the compared parts take turns.
const ROUNDS: usize = 11;
/// The compared parts: ours first, each with its title and target.
type Compared = [(&'static str, &'static str, &'static str); 3];
const PACED: Compared = [
    ("paced", "paced at 20 ms, worker rests", "p50 ≤ 1.2 × baseline"),
    ("paced-baseline", "paced at 20 ms, baseline", ""),
    ("paced-baseline-consent", "paced at 20 ms, baseline that asks for consent", ""),
];
const SLOWLY_PACED: Compared = [
    ("paced-slowly", "paced at 100 ms, worker asleep", ""),
    ("paced-slowly-baseline", "paced at 100 ms, baseline", ""),
    ("paced-slowly-baseline-consent", "paced at 100 ms, baseline that asks for consent", ""),
];

pub(crate) fn measure(scale: usize) {
    let collector = Collector::start(Manner::Good);
    let take = |name: &str, count: usize| part::take(name, &collector.url(), count / scale);
    let mut table = Table::new(&["caller", "p50 µs", "p99 µs", "allocations", "bytes", "target"]);
    table.row("burst, worker awake", &numbers(&take("burst", 40_000)), "p50 ≤ 3, p99 ≤ 30");
    let through_engine = numbers(&take("burst-engine", 40_000));
    table.row("burst through #[telemetry_engine]", &through_engine, "p50 ≤ 3, p99 ≤ 30");
    table.row("burst, baseline", &numbers(&take("burst-baseline", 40_000)), "");
    let ratios = [compare(&PACED, 60, &take, &mut table), compare(&SLOWLY_PACED, 12, &take, &mut table)];
    let silent = |part: &str, variable: &str, marker: bool| {
        let home = tempfile::tempdir().expect("there is room for a scratch directory");
        let dir = home.path().join(".config/nemoguardrails");
        std::fs::create_dir_all(&dir).expect("the directory is ours");
        if marker {
            std::fs::write(dir.join("do_not_track"), "").expect("the directory is ours");
        }
        let mut command = part::command(part, &collector.url(), 100_000 / scale, home.path());
        command.env(variable, "1");
        part::finish(command.spawn().expect("this program starts"))
    };
    let silenced = |variable, marker| numbers(&silent("silenced", variable, marker));
    table.row("opted out by a variable", &silenced("DO_NOT_TRACK", false), "p50 ≤ 1.5, 1 allocation");
    table.row("opted out by the marker", &silenced("UNRELATED", true), "p50 ≤ 1.5, 1 allocation");
    table.row(
        "the system call alone that finds the marker",
        &numbers(&silent("lstat", "UNRELATED", true)),
        "",
    );
    crate::show("Cost of a report for the calling thread", &table);
    println!("{}", ratios.concat());
}

/// Lets the parts take turns. Returns how ours compares with each of the others.
fn compare(
    parts: &Compared,
    count: usize,
    take: &impl Fn(&str, usize) -> Numbers,
    table: &mut Table,
) -> String {
    let rounds: Vec<_> = (0..ROUNDS).map(|_| parts.map(|(part, ..)| take(part, count))).collect();
    let of = |part: usize, name| rounds.iter().map(move |values| values[part][name]);
    for (part, (_, name, target)) in parts.iter().enumerate() {
        table.row(name, &QUANTITIES.map(|quantity| median(of(part, quantity))), target);
    }
    let others = parts.iter().enumerate().skip(1);
    let ratios = others.map(|(other, (_, name, _))| {
        let ratios = of(0, "p50").zip(of(other, "p50")).map(|(ours, theirs)| ours / theirs);
        format!("ours / {name}, median of {ROUNDS} rounds: {:.2}\n", median(ratios))
    });
    ratios.collect()
}

fn numbers(numbers: &Numbers) -> Vec<f64> {
    QUANTITIES.iter().map(|name| numbers[*name]).collect()
}

fn say_quantiles(mut times: Vec<f64>, report: impl FnOnce()) {
    say("p50", quantile(&mut times, 0.5));
    say("p99", quantile(&mut times, 0.99));
    let (count, bytes) = allocations::count(report);
    say("allocations", count as f64);
    say("bytes", bytes as f64);
}

fn timed(action: impl FnOnce()) -> f64 {
    let start = Instant::now();
    action();
    start.elapsed().as_secs_f64() * 1e6
}

pub(crate) fn report() {
    report_usage(None, "library", "LLMRails");
}

/// An engine that says no more than [`report`] does, so that the rest of its construction is what the attribute costs.
#[telemetry_engine(engine = RailsEngine::LlmRails)]
struct Engine;

#[telemetry_engine]
impl Engine {
    #[telemetry(constructor)]
    fn new() -> Self {
        Self
    }
}

pub(crate) fn construct() {
    std::hint::black_box(Engine::new());
}

/// Waits until the worker is in the middle of many events.
fn fill_up(report: impl Fn()) {
    (0..WARM_UP).for_each(|_| report());
}

pub(crate) fn burst(count: usize, report: impl Fn() + Copy) {
    let mut times = Vec::with_capacity(count);
    while times.len() < count {
        fill_up(report);
        times.extend((0..BURST).map(|_| timed(report)));
        client().flush(Duration::from_secs(20));
    }
    say_quantiles(times, report);
}

pub(crate) fn burst_baseline(url: &str, count: usize) {
    let baseline = Baseline::start(url);
    let report = || baseline.report();
    let mut times = Vec::with_capacity(count);
    while times.len() < count {
        fill_up(report);
        times.extend((0..BURST).map(|_| timed(report)));
        // As long as its collector needs for so many.
        std::thread::sleep(Duration::from_millis(150));
    }
    say_quantiles(times, report);
    baseline.finish();
}

pub(crate) fn paced(count: usize, pace: Duration) {
    report();
    let times = (0..count).map(|_| {
        std::thread::sleep(pace);
        timed(report)
    });
    say_quantiles(times.collect(), report);
}

pub(crate) fn paced_baseline(url: &str, count: usize, pace: Duration, report: impl Fn(&Baseline)) {
    let baseline = Baseline::start(url);
    report(&baseline);
    let times = (0..count).map(|_| {
        std::thread::sleep(pace);
        timed(|| report(&baseline))
    });
    say_quantiles(times.collect(), || report(&baseline));
    baseline.finish();
}

pub(crate) fn silenced(count: usize) {
    report();
    time_in_a_row(count, report);
}

/// What the system takes to say that the marker is there. No opt-out by a file can be faster.
pub(crate) fn lstat(count: usize) {
    let marker = client().status().paths.marker.expect("there is a home");
    time_in_a_row(count, || {
        std::hint::black_box(marker.symlink_metadata().is_ok());
    });
}

fn time_in_a_row(count: usize, report: impl Fn()) {
    let times = (0..count).map(|_| timed(&report)).collect();
    say_quantiles(times, report);
}
