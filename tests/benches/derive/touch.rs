// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `cargo check` after a change to the crate of events, with incremental compilation.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::beside_serde::compare;
use crate::events::{Shape, Variant};
use crate::time::wall_seconds;
use crate::workspace::{cargo, directory, events_dependencies, write_package};

/// Checks so many events in every variant, so many times in turn.
pub(crate) fn measure(shape: &Shape, events: usize, rounds: usize) {
    let root = directory("touch");
    let dependencies = events_dependencies();
    for variant in Variant::ALL {
        let package = package(&root, variant);
        write_package(&package, "events", &dependencies, &shape.source(variant, events));
        std::fs::write(package.join("schema.json"), shape.schema(events)).expect("the file can be written");
        // The first one compiles the dependencies, and leaves what the next one starts from.
        check(&package);
    }
    let table = compare("wall clock s", rounds, |variant| check(&package(&root, variant)));
    println!("\n{}, `cargo check` after a touch, incremental\n{table}", shape.title(events));
}

fn package(root: &Path, variant: Variant) -> PathBuf {
    root.join(format!("{variant:?}").to_lowercase())
}

fn check(package: &Path) -> f64 {
    let source = File::options().append(true).open(package.join("src/lib.rs")).expect("the file is there");
    source.set_modified(SystemTime::now()).expect("the file can be touched");
    // All packages have the same dependencies, which are compiled once.
    let mut command = cargo(package, &["check", "--target-dir", "../target"]);
    let (output, seconds) = wall_seconds(command.env_remove("CARGO_INCREMENTAL"));
    let messages = String::from_utf8_lossy(&output.stderr);
    assert!(messages.contains("Checking events "), "the touch was not noticed:\n{messages}");
    seconds
}
