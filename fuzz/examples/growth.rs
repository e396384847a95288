// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Finds texts whose processing time grows more than linearly.
//!
//! Repeats every pair of pieces, after several prefixes, up to one size and up to eight times that size. Linear work takes eight
//! times as long. Prints the pairs that take much longer, and fails if there are any: `cargo run --release --example growth`.

use std::time::{Duration, Instant};

use guardrails_config::__fuzz1::check_yaml;
use guardrails_config::RailsConfig;
use pieces::{COLANG, YAML};
use tempfile::TempDir;

#[path = "../../guardrails-config/tests/hostile/pieces.rs"]
#[allow(dead_code, reason = "a text that grows needs no keys")]
mod pieces;

const SMALL: usize = 12_000;
const TIMES: usize = 8;
/// Linear growth is 8, quadratic 64. Short times are ignored: a text is read up to a hundred times if white space is added to it
/// (`yaml/layout.rs`), which takes 100 ms at this size and is bounded at any size.
const MOST_GROWTH: f64 = 24.0;
const JUDGED: Duration = Duration::from_millis(200);

const YAML_BEGINNINGS: &[&str] =
    &["", "a: ", "a:\n  ", "- ", "\"", "'", "[", "{", "a: |\n", "? ", "x: &x a\ny: ", "a: 'b\tc'\nd: "];

const COLANG_BEGINNINGS: &[&str] = &["", "define flow a\n  b\n", "\"", "flow a\n  \"", "define flow\n  b\n"];

fn main() {
    let mut found = 0;
    for beginning in YAML_BEGINNINGS {
        found += pairs(beginning, YAML, |text| drop(check_yaml(text)));
    }
    let directory = TempDir::new().expect("a scratch directory");
    for version in ["1.0", "2.x"] {
        let yaml = format!("models: []\ncolang_version: '{version}'\n");
        std::fs::write(directory.path().join("config.yml"), yaml).expect("a file");
        for beginning in COLANG_BEGINNINGS {
            found += pairs(beginning, COLANG, |text| {
                std::fs::write(directory.path().join("main.co"), text).expect("a file");
                drop(RailsConfig::from_path(directory.path()));
            });
        }
    }
    println!("{found} texts grow too fast");
    std::process::exit(i32::from(found > 0));
}

fn pairs(beginning: &str, pieces: &[&str], work: impl Fn(&str)) -> usize {
    let mut found = 0;
    for (first, second) in pieces.iter().flat_map(|first| pieces.iter().map(move |second| (first, second))) {
        let pair = format!("{first}{second}");
        let text = |size: usize| format!("{beginning}{}", pair.repeat(size / pair.len()));
        let large = time(&text(SMALL * TIMES), &work);
        if large < JUDGED {
            continue;
        }
        let growth = large.as_secs_f64() / time(&text(SMALL), &work).as_secs_f64();
        if growth > MOST_GROWTH || large > 5 * JUDGED {
            found += 1;
            println!(
                "{beginning:?} and many {pair:?}: {large:?} for {} bytes, grew {growth:.0} times",
                SMALL * TIMES
            );
        }
    }
    found
}

fn time(text: &str, work: impl Fn(&str)) -> Duration {
    let started = Instant::now();
    work(text);
    started.elapsed()
}
