// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Configurations made to take as much memory as possible, each as large as the limits allow.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use peak_memory::peak_of;
use telemetry_guardrails::RailsConfig;
use telemetry_guardrails::config::Limits;
use tempfile::TempDir;

/// The memory that a load may use beyond the size of its files, and its time.
const MOST: f64 = 64.0;
const LONGEST: Duration = Duration::from_secs(10);

/// A name, and the files of the configuration.
type Case = (&'static str, Vec<(String, String)>);

/// Prints the table; whether every case kept to the bounds.
pub(crate) fn print() -> bool {
    println!(
        "| {:<32} | {:>8} | {:>8} | {:>10} | {:>7} | outcome",
        "hostile input", "MB", "peak MB", "beyond own", "ms"
    );
    println!("|-{:-<32}-|-{:->8}-|-{:->8}-|-{:->10}-|-{:->7}-|--------", "", "", "", "", "");
    let mut kept = true;
    for make in CASES {
        let (name, files) = make();
        kept &= measure(name, &files);
    }
    println!("targets: at most {MOST} MB beyond the input's own size, at most {LONGEST:?}");
    kept & wide()
}

fn measure(name: &str, files: &[(String, String)]) -> bool {
    let directory = TempDir::new().expect("a scratch directory");
    let mut own = 0;
    for (name, text) in files {
        own += text.len();
        fs::write(directory.path().join(name), text).expect("a file");
    }
    row(name, own, directory.path())
}

fn row(name: &str, own: usize, directory: &Path) -> bool {
    let started = Instant::now();
    let (outcome, peak) = peak_of(|| RailsConfig::from_path(directory));
    let time = started.elapsed();
    let megabytes = |bytes: usize| bytes as f64 / f64::from(1 << 20);
    let beyond = megabytes(peak) - megabytes(own);
    let outcome = match outcome {
        Ok(_) => "loads".to_owned(),
        Err(error) => format!("{:?}", error.kind()),
    };
    let (own, peak, time_ms) = (megabytes(own), megabytes(peak), time.as_millis());
    println!("| {name:<32} | {own:>8.1} | {peak:>8.1} | {beyond:>10.1} | {time_ms:>7} | {outcome}");
    beyond <= MOST && time <= LONGEST
}

/// As many directories as are looked at, as deep down as the limit on all paths allows.
fn wide() -> bool {
    let directory = TempDir::new().expect("a scratch directory");
    fs::write(directory.path().join("config.yml"), "models: []\n").expect("a file");
    let deep: std::path::PathBuf = std::iter::repeat_n("directory-12", 60).collect();
    for number in 0..19_900 {
        fs::create_dir_all(directory.path().join(&deep).join(number.to_string())).expect("a directory");
    }
    row("19,900 directories, 60 deep", 0, directory.path())
}

const CASES: [fn() -> Case; 29] = [
    || yaml("one long text", format!("models: []\nx: {}\n", "x".repeat(room()))),
    || yaml("one long text in quotes", format!("models: []\nx: \"{}\"\n", "\\x41".repeat(room() / 4))),
    || yaml("one long text in a block", format!("models: []\nx: |\n{}", "  xxxx\n".repeat(room() / 7))),
    || yaml("one long number", format!("models: []\nx: {}\n", "1_".repeat(room() / 2))),
    || yaml("comments", format!("models: []\n{}", "# c\n".repeat(room() / 4))),
    || yaml("lines of another system", format!("models: []\r\n{}", "# c\r\n".repeat(room() / 5))),
    || yaml("marks in the middle", format!("models: []\nx: {}\n", "\u{feff}\u{85}".repeat(room() / 5))),
    || yaml("quotes that need indentation", format!("models: []\nx:\n  y: \"{}\"\n", "\n".repeat(49_000))),
    || yaml("quotes over many lines", format!("models: []\nx:\n  y: \"{}\"\n", "\n".repeat(room()))),
    || yaml("many values", format!("models: []\nx: [{}]\n", "a,".repeat(249_000))),
    || yaml("many keys", format!("models: []\nx: {{{}}}\n", numbered(124_000, "k", ", "))),
    || yaml("many small mappings", format!("models: []\nx: [{}]\n", "{a: b},".repeat(83_000))),
    || yaml("many aliases", format!("models: []\nx: &x a\ny: [{}]\n", "*x, ".repeat(240_000))),
    || yaml("many anchors", format!("models: []\nx: [{}]\n", numbered(240_000, "&", " a, "))),
    || yaml("many merged pairs", merged()),
    || yaml("many rails", format!("models: []\nrails: {{input: {{flows: [{}]}}}}\n", "a b,".repeat(240_000))),
    || yaml("many models", format!("models: [{}]\n", "{type: a, engine: b, model: c},".repeat(35_000))),
    || yaml("many deep lists", format!("models: []\nx: [{}]\n", "[[[[[[[[]]]]]]]],".repeat(27_000))),
    || {
        yaml(
            "flow with many parameters",
            format!("models: []\nrails: {{output: {{flows: ['a {}']}}}}\n", numbered(700_000, "$p", "=x ")),
        )
    },
    || {
        yaml(
            "statement with many signs",
            format!(
                "models: []\ncolang_version: '2.x'\nrails: {{input: {{flows: ['a {}']}}}}\n",
                "-".repeat(1_040_000)
            ),
        )
    },
    || yaml("long pattern", pattern(&"a|".repeat(room() / 2 - 100))),
    || yaml("long pattern of groups", pattern(&"(?:a)".repeat(room() / 5 - 100))),
    || {
        yaml(
            "names of groups",
            pattern(&(0..500_000).map(|group| format!("(?P<g{group}>)")).collect::<String>()),
        )
    },
    || ("many files of long texts", long_texts(total())),
    || {
        let mut files = long_texts(total() - 1);
        files.push((
            "z.yml".to_owned(),
            format!("custom_data: {{a: [{}]}}\n", "[[[[[[[[]]]]]]]],".repeat(27_000)),
        ));
        ("long texts and deep lists", files)
    },
    || {
        colang(
            "1.0",
            "Colang 1.0, many flows",
            (0..240_000).map(|flow| format!("define flow f{flow}\n  b\n")).collect(),
        )
    },
    || {
        colang(
            "1.0",
            "Colang 1.0, one long name",
            format!("define flow {}\n  b\n", "a ".repeat(room() / 2 - 20)),
        )
    },
    || colang("2.x", "Colang 2.x, many flows", "flow f\n  b\n".repeat(240_000)),
    || {
        colang(
            "2.x",
            "Colang 2.x, one long import",
            format!("import {}\n\nflow a\n  b\n", "a.".repeat(room() / 2 - 20)),
        )
    },
];

/// Bytes that fit into one file beside a few lines.
fn room() -> usize {
    usize::try_from(Limits::default().file_bytes).expect("a limit") - 200
}

fn yaml(name: &'static str, text: String) -> Case {
    (name, vec![("config.yml".to_owned(), text)])
}

fn colang(version: &str, name: &'static str, text: String) -> Case {
    let yaml = format!("models: []\ncolang_version: '{version}'\n");
    (name, vec![("config.yml".to_owned(), yaml), ("main.co".to_owned(), text)])
}

/// Files that fit into a configuration.
fn total() -> u64 {
    Limits::default().total_bytes / Limits::default().file_bytes
}

/// Files with one model each, whose engine is kept.
fn long_texts(count: u64) -> Vec<(String, String)> {
    let engine = "y".repeat(room());
    let text = format!("models: [{{type: t, model: m, engine: \"{engine}\"}}]\n");
    (0..count).map(|file| (format!("{file}.yml"), text.clone())).collect()
}

fn numbered(count: usize, before: &str, after: &str) -> String {
    (0..count).map(|number| format!("{before}{number}{after}")).collect()
}

fn merged() -> String {
    let merges: String = (0..99).map(|number| format!("m{number}: {{<<: *base}}\n")).collect();
    format!("models: []\nbase: &base {{{}}}\n{merges}", numbered(2_000, "k", ": 1, "))
}

fn pattern(pattern: &str) -> String {
    format!("models: []\nrails: {{config: {{regex_detection: {{input: {{patterns: ['{pattern}']}}}}}}}}\n")
}
