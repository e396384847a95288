// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The program `one` with each exporter and without any: crates, size, and processor time of a build from nothing.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use crate::table::Table;

const MANIFEST: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");

pub(crate) fn compare() {
    let mut table = Table::new(&["program that sends one event", "crates", "size MB", "build, CPU s", ""]);
    for (name, feature) in [
        ("none is sent", ""),
        ("this toolkit, default build", "envelope"),
        ("this toolkit with the feature `otlp`", "otlp"),
        ("OpenTelemetry SDK and its exporter", "sdk"),
    ] {
        let directory = tempfile::tempdir().expect("there is room for a scratch directory");
        let before = children_cpu_seconds();
        build(feature, directory.path());
        let seconds = children_cpu_seconds() - before;
        let program = directory.path().join("release/one");
        let size = std::fs::metadata(program).expect("the program was built").len() as f64 / 1e6;
        table.row(name, &[crates(feature), size, seconds], "");
    }
    println!("{table}");
}

fn cargo(subcommand: &[&str], feature: &str) -> Command {
    let mut command = Command::new("cargo");
    command.args(subcommand).args(["--manifest-path", MANIFEST, "--no-default-features", "--features", feature]);
    command
}

fn build(feature: &str, target: &Path) {
    let mut build = cargo(&["build", "--quiet", "--release", "--bin", "one"], feature);
    let built = build.arg("--target-dir").arg(target).status().expect("cargo starts");
    assert!(built.success(), "the program with `{feature}` does not compile");
}

/// Crates that a program with this feature compiles and runs, without the program.
fn crates(feature: &str) -> f64 {
    let mut tree = cargo(&["tree", "--edges", "normal", "--prefix", "none", "--format", "{p}"], feature);
    let output = tree.output().expect("cargo starts").stdout;
    let names: BTreeSet<String> =
        String::from_utf8_lossy(&output).lines().map(|line| line.replace(" (*)", "")).collect();
    (names.len() - 1) as f64
}

/// Processor time of the processes that this one has started and waited for.
fn children_cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("this system has `/proc`");
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    // `cutime` and `cstime`, the 16th and 17th numbers of the line, in ticks of a hundredth of a second.
    after_name.split_whitespace().skip(13).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}
