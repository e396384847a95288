// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The time a load takes by the number of files and of flows; linear means that the time for one stays the same.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use telemetry_guardrails::RailsConfig;
use tempfile::TempDir;

/// Loads of which the median counts.
const LOADS: usize = 7;
/// What the largest configurations may take.
const MOST: Duration = Duration::from_millis(500);

/// Writes a configuration of a size into a directory.
type Write = fn(&Path, usize);

/// The growing part, its size, and the cost that each further one may have.
const CURVES: [(&str, Write, [usize; 3]); 5] = [
    ("YAML files", yaml_files, [10, 100, 1_000]),
    ("Colang files", colang_files, [10, 100, 1_000]),
    ("Colang 1.0 flows", flows_1, [1_000, 10_000, 100_000]),
    ("Colang 2.x flows", flows_2, [1_000, 10_000, 100_000]),
    ("rails in YAML", rails, [1_000, 10_000, 100_000]),
];

/// Prints the table; whether every size was fast enough.
pub(crate) fn print() -> bool {
    println!("| {:<16} | {:>7} | {:>10} | {:>8} |", "what", "count", "load in ms", "µs each");
    println!("|-{:-<16}-|-{:->7}-|-{:->10}-|-{:->8}-|", "", "", "", "");
    let mut slowest = Duration::ZERO;
    for (name, write, counts) in CURVES {
        for count in counts {
            let time = median(write, count);
            let milliseconds = time.as_secs_f64() * 1e3;
            println!(
                "| {name:<16} | {count:>7} | {milliseconds:>10.2} | {:>8.2} |",
                milliseconds * 1e3 / count as f64
            );
            slowest = slowest.max(time);
        }
    }
    println!("the slowest took {slowest:?}; the target is at most {MOST:?}");
    slowest <= MOST
}

fn median(write: Write, count: usize) -> Duration {
    let directory = TempDir::new().expect("a scratch directory");
    write(directory.path(), count);
    let mut times: Vec<Duration> = (0..LOADS).map(|_| load(directory.path())).collect();
    times.sort();
    times[LOADS / 2]
}

fn load(directory: &Path) -> Duration {
    let started = Instant::now();
    RailsConfig::from_path(directory).expect("a configuration");
    started.elapsed()
}

fn put(directory: &Path, name: &str, text: impl AsRef<[u8]>) {
    fs::write(directory.join(name), text).expect("a file");
}

fn yaml_files(directory: &Path, count: usize) {
    for file in 0..count {
        let text = format!(
            "models:\n  - {{type: t{file}, engine: openai, model: m}}\nprompts:\n  - task: task_{file}\n    content: |\n      You are an assistant.\n      Answer briefly: {{{{ user_input }}}}\nrails:\n  input:\n    flows: [regex check input]\n"
        );
        put(directory, &format!("{file}.yml"), text);
    }
}

fn colang_files(directory: &Path, count: usize) {
    put(directory, "config.yml", "models: []\n");
    for file in 0..count {
        let text = "define user greet\n  \"hi\"\n  \"hello there\"\n\ndefine flow greeting\n  user greet\n  bot greet\n  bot offer help\n";
        put(directory, &format!("{file}.co"), text);
    }
}

fn flows_1(directory: &Path, count: usize) {
    put(directory, "config.yml", "models: []\n");
    let flows: String =
        (0..count).map(|flow| format!("define flow f{flow}\n  user x\n  bot y\n\n")).collect();
    put(directory, "main.co", flows);
}

fn flows_2(directory: &Path, count: usize) {
    put(directory, "config.yml", "models: []\ncolang_version: \"2.x\"\n");
    let flows: String = (0..count).map(|flow| format!("flow f{flow} $x\n  match E()\n\n")).collect();
    put(directory, "main.co", flows);
}

fn rails(directory: &Path, count: usize) {
    let flows: String = (0..count).map(|flow| format!("      - check number {flow}\n")).collect();
    put(directory, "config.yml", format!("models: []\nrails:\n  input:\n    flows:\n{flows}"));
}
