// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! One measurement, in a process of its own.

use std::process::Command;

use crate::measure::{Cost, cost};
use crate::peers::PEERS;

const PART: &str = "BENCH_PART";

/// If this process was started for one measurement, takes it and prints its numbers.
pub(crate) fn run_if_child() -> bool {
    let Ok(name) = std::env::var(PART) else { return false };
    let peer = PEERS.iter().find(|peer| peer.name == name).expect("the parent names a peer");
    println!("{:?}", cost(&(peer.start)()));
    true
}

/// Takes the measurement with this name, in an environment made for it.
pub(crate) fn take(name: &str) -> Cost {
    let home = tempfile::tempdir().expect("there is room for a scratch directory");
    let mut command = Command::new(std::env::current_exe().expect("this program has a path"));
    command.env_clear().env("HOME", home.path()).env(PART, name);
    command.envs((0..30).map(|number| (format!("SETTING_{number}"), "value")));
    let output = command.output().expect("this program starts");
    let text = String::from_utf8_lossy(&output.stdout);
    serde_json::from_str(&text).unwrap_or_else(|_| panic!("`{name}` failed: {output:?}"))
}
