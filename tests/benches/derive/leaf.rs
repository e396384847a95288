// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The compiler on a crate of events alone, with the dependencies already built.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::cpu::{median, seconds};
use crate::events::{VOCABULARY, Variant, schema, source};
use crate::table::Table;
use crate::workspace::{SERDE, cargo, core, directory, write_package};

const VARIANTS: [(Variant, &str); 4] = [
    (Variant::Nothing, "no derive"),
    (Variant::Serde, "serde::Serialize"),
    (Variant::Unchecked, "TelemetryEvent"),
    (Variant::Checked, "TelemetryEvent with a schema"),
];

/// What the compiler is told by `cargo check` and by `cargo build`.
const FLAGS: [(&str, &[&str]); 2] = [
    ("check", &["--emit=dep-info,metadata", "-Cdebuginfo=2"]),
    (
        "build",
        &[
            "--emit=dep-info,metadata,link",
            "-Cembed-bitcode=no",
            "-Cdebuginfo=2",
            "-Cincremental=incremental",
        ],
    ),
];

/// Compiles so many events in every variant, so many times in turn.
pub(crate) fn measure(events: usize, rounds: usize) {
    let root = directory("leaf");
    let externs = build_dependencies(&root);
    for (variant, _) in VARIANTS {
        std::fs::write(root.join(file(variant)), source(variant, events)).expect("the file can be written");
    }
    let schema = schema(events);
    std::fs::write(root.join("schema.json"), &schema).expect("the file can be written");
    for (name, flags) in FLAGS {
        let title =
            format!("{events} events of 20 fields, schema of {} kB, `cargo {name}`", schema.len() / 1000);
        println!("\n{title}\n{}", compare(&root, flags, &externs, rounds));
    }
}

fn compare(root: &Path, flags: &[&str], externs: &[String], rounds: usize) -> Table {
    let mut times = vec![Vec::new(); VARIANTS.len()];
    for _ in 0..rounds {
        for ((variant, _), times) in VARIANTS.iter().zip(&mut times) {
            times.push(compile(root, *variant, flags, externs));
        }
    }
    let medians: Vec<_> = times.into_iter().map(median).collect();
    let mut table = Table::new(&["derived", "CPU s", "of serde's", "target"]);
    for ((variant, name), seconds) in VARIANTS.iter().zip(&medians) {
        let target = if *variant == Variant::Checked { "at most 1.5" } else { "" };
        table.row(name, &[*seconds, seconds / medians[1]], target);
    }
    table
}

fn file(variant: Variant) -> String {
    format!("{variant:?}.rs").to_lowercase()
}

fn compile(root: &Path, variant: Variant, flags: &[&str], externs: &[String]) -> f64 {
    let output = root.join("output");
    // Nothing may be left of the compilation before.
    let _ = std::fs::remove_dir_all(&output);
    std::fs::create_dir_all(&output).expect("the directory can be written");
    let mut command = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    command.args(["--crate-name=events", "--crate-type=lib", "--edition=2024"]).arg(root.join(file(variant)));
    command.args(flags).args(externs).arg("-L").arg(dependencies(root)).current_dir(&output);
    command.env("CARGO_MANIFEST_DIR", root).env("CARGO_PKG_NAME", "events").env("CARGO_CRATE_NAME", "events");
    seconds(&mut command)
}

fn dependencies(root: &Path) -> String {
    format!("dependency={}", root.join("target/debug/deps").display())
}

/// Builds what the events depend on, as `cargo build` does it, and returns the arguments that name the libraries.
fn build_dependencies(root: &Path) -> Vec<String> {
    let vocabulary = directory("vocabulary");
    write_package(&vocabulary, "vocabulary", &core(), VOCABULARY);
    let package = format!("{SERDE}{}vocabulary = {{ path = {vocabulary:?} }}\n", core());
    write_package(root, "events", &package, "//! Has dependencies alone.\n");
    let output = cargo(root, &["build", "--message-format=json"]).output().expect("cargo starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let messages = String::from_utf8_lossy(&output.stdout).into_owned();
    let library = |name: &str| {
        let file = library(&messages, name).unwrap_or_else(|| panic!("{name} was built"));
        format!("--extern={name}={}", file.display())
    };
    ["serde", "telemetry_core", "vocabulary"].map(library).to_vec()
}

/// The file of the library `name`, from what cargo says.
fn library(messages: &str, name: &str) -> Option<PathBuf> {
    let messages = messages.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let mut artifacts = messages.filter(|message| message["target"]["name"] == name);
    let artifact = artifacts.find(|message| message["reason"] == "compiler-artifact")?;
    let files = artifact["filenames"].as_array()?.iter().filter_map(|file| file.as_str());
    files.filter(|file| file.ends_with(".rlib")).map(PathBuf::from).next()
}
