// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! One measurement, in a process of its own. The benchmark of exporters takes its measurements in the same way.

use std::path::Path;
use std::process::Command;

const PART: &str = "BENCH_PART";

/// If this process was started for one measurement, takes it and prints its numbers.
pub(crate) fn run_if_child(measurement: impl FnOnce(&str) -> Vec<f64>) -> bool {
    let Ok(name) = std::env::var(PART) else { return false };
    println!("{:?}", measurement(&name));
    true
}

/// A process for the measurement with this name, in an environment made for it, with these variables.
pub(crate) fn command(name: &str, home: &Path, variables: &[(&str, &str)]) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("this program has a path"));
    command.env_clear().env("HOME", home).env(PART, name);
    command.envs((0..30).map(|number| (format!("SETTING_{number}"), "value")));
    command.envs(variables.iter().copied());
    command
}

/// Takes the measurement with this name.
pub(crate) fn take<const N: usize>(name: &str, variables: &[(&str, &str)]) -> [f64; N] {
    let home = tempfile::tempdir().expect("there is room for a scratch directory");
    let output = command(name, home.path(), variables).output().expect("this program starts");
    let text = String::from_utf8_lossy(&output.stdout);
    let numbers: Option<Vec<f64>> = serde_json::from_str(&text).ok();
    let numbers = numbers.and_then(|numbers| numbers.try_into().ok());
    numbers.unwrap_or_else(|| panic!("`{name}` failed: {output:?}"))
}
