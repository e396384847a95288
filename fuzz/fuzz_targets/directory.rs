// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Runs the whole loader on a directory that is encoded as bytes (see `telemetry_fuzz::directory`). The configuration is in `cfg`.

#![no_main]

use std::cell::RefCell;
use std::fs;
use std::path::Path;

use guardrails_config::{Limits, LoadOptions, RailsConfig};
use libfuzzer_sys::fuzz_target;
use telemetry_fuzz::{answer, directory, memory};
use tempfile::TempDir;

#[global_allocator]
static GAUGE: memory::Gauge = memory::Gauge;

thread_local! {
    /// In a memory file system if there is one, because each input costs about twenty system calls.
    static SCRATCH: RefCell<TempDir> = RefCell::new(scratch());
}

fn scratch() -> TempDir {
    let memory = Path::new("/dev/shm");
    let made = if memory.is_dir() { TempDir::new_in(memory) } else { TempDir::new() };
    made.expect("a scratch directory")
}

/// Limits the number of files, because an import can lead anywhere in the file system.
fn options(root: &Path) -> LoadOptions {
    let limits = Limits::default().files(300).imports(50);
    let set = |name: &str| (name != "UNSET" && name != "COLANGPATH").then(|| "set".into());
    LoadOptions::default().working_directory(root).environment(set).limits(limits)
}

fuzz_target!(|bytes: &[u8]| {
    SCRATCH.with_borrow(|scratch| {
        let root = scratch.path().join("root");
        fs::create_dir_all(root.join("cfg")).expect("a root");
        directory::unpack(bytes, &root);
        let options = options(&root);
        let (outcome, peak) = memory::peak_of(|| RailsConfig::load("cfg", &options));
        assert!(peak <= memory::MOST + bytes.len(), "{peak} bytes for an input of {}", bytes.len());
        match outcome {
            Ok(config) => answer::check_config(&config),
            Err(error) => answer::check_error(&error),
        }
        fs::remove_dir_all(&root).expect("an empty scratch directory");
    });
});
