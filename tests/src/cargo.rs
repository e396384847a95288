// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What tests build themselves: other features, other profiles, other kinds of crates than the test run has.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Runs cargo in this workspace without the network, and returns the target directory, which is that of the test run.
///
/// # Panics
///
/// If it fails, with what it says.
#[must_use]
pub fn cargo(arguments: &[&str]) -> PathBuf {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let target = target_directory();
    let mut command = Command::new(program);
    // The variables that cargo sets for tests would make build scripts that depend on them run again, needlessly.
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
    command.args(arguments).args(["--offline", "--quiet", "--target-dir"]).arg(&target);
    command.current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let output = command.output().expect("cargo starts");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    target
}

/// Cargo in the directory of a scratch package, without the network and without flags that were meant for this workspace.
///
/// It builds into the target directory of the test run, with as much debug information: most of what a scratch package depends on was
/// compiled there for this workspace. Cargo takes packages of the same name at the same place of their workspace for each other: each
/// test needs names of its own.
#[must_use]
pub fn scratch_cargo(root: &Path) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.arg("--offline").current_dir(root).env_remove("RUSTFLAGS");
    command.envs(shared_build());
    command
}

/// The variables with which cargo builds scratch packages.
#[must_use]
pub fn shared_build() -> [(&'static str, OsString); 2] {
    let debug = std::env::var_os(DEBUG).unwrap_or_else(|| "line-tables-only".into());
    [("CARGO_TARGET_DIR", target_directory().into()), (DEBUG, debug)]
}

/// How much debug information there is; the manifest of this workspace has the same default.
const DEBUG: &str = "CARGO_PROFILE_DEV_DEBUG";

/// The target directory of the test run.
///
/// # Panics
///
/// If the test does not lie in the directory `deps` of a profile.
#[must_use]
pub fn target_directory() -> PathBuf {
    let test = std::env::current_exe().expect("a test knows where it is");
    test.ancestors().nth(3).map(Path::to_owned).expect("a test lies in a target directory")
}
