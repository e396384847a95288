// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Configurations that are broken, huge or malicious: each gives an error that says where and why, soon.

#![allow(clippy::unwrap_used, reason = "test code fails by panicking")]

mod chance;
mod pieces;
mod refusals;
mod sizes;
mod trees;

use std::fs;

use guardrails_config::{ConfigError, RailsConfig};
use tempfile::TempDir;

/// A directory with one file `config.yml`.
fn with(text: impl AsRef<[u8]>) -> TempDir {
    let directory = TempDir::new().unwrap();
    fs::write(directory.path().join("config.yml"), text).unwrap();
    directory
}

fn refusal(text: impl AsRef<[u8]>) -> ConfigError {
    let directory = with(text);
    RailsConfig::from_path(directory.path()).unwrap_err()
}

fn loads(text: impl AsRef<[u8]>) {
    let directory = with(text);
    RailsConfig::from_path(directory.path()).unwrap();
}

/// Runs with a stack as small as threads of hosts have, and not for long. A busy machine does not count.
fn soon_on_a_small_stack(work: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(512 << 10).spawn(|| {
        work();
        processor_seconds()
    });
    let seconds = thread.unwrap().join().unwrap();
    assert!(seconds < 60, "{seconds} s");
}

/// The processor time of this thread so far; 0 on systems that do not tell it in a file.
fn processor_seconds() -> u64 {
    let Ok(line) = fs::read_to_string("/proc/thread-self/stat") else { return 0 };
    let numbers = line.rsplit(") ").next().unwrap_or_default().split(' ');
    // In user mode and in the kernel, in hundredths of a second.
    numbers.skip(11).take(2).filter_map(|ticks| ticks.parse::<u64>().ok()).sum::<u64>() / 100
}
