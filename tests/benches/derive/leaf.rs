// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The compiler on a crate of events alone, with the dependencies already built.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::beside_serde::compare;
use crate::events::{Shape, Variant};
use crate::time::cpu_seconds;
use crate::workspace::{cargo, directory, events_dependencies, write_package};

/// What the compiler is told by `cargo check`, without incremental compilation.
pub(crate) const CHECK: &[&str] = &["--emit=dep-info,metadata", "-Cdebuginfo=2"];

/// What the compiler is told by `cargo build`.
const BUILD: &[&str] =
    &["--emit=dep-info,metadata,link", "-Cembed-bitcode=no", "-Cdebuginfo=2", "-Cincremental=incremental"];

/// A directory of crates that consist of one file each, and the libraries on which they depend.
pub(crate) struct Leaf {
    root: PathBuf,
    externs: Vec<String>,
}

/// Compiles so many events in every variant, so many times in turn.
pub(crate) fn measure(leaf: &Leaf, shape: &Shape, events: usize, rounds: usize) {
    for variant in Variant::ALL {
        leaf.write(&file(variant), &shape.source(variant, events));
    }
    leaf.write("schema.json", &shape.schema(events));
    for (name, flags) in [("check", CHECK), ("build", BUILD)] {
        let table = compare("CPU s", rounds, |variant| leaf.compile(&file(variant), flags));
        println!("\n{}, `cargo {name}`\n{table}", shape.title(events));
    }
}

fn file(variant: Variant) -> String {
    format!("{variant:?}.rs").to_lowercase()
}

impl Leaf {
    /// Builds what the crates depend on, as `cargo build` does it.
    pub(crate) fn with_dependencies() -> Self {
        let root = directory("leaf");
        write_package(&root, "events", &events_dependencies(), "//! Has dependencies alone.\n");
        let output = cargo(&root, &["build", "--message-format=json"]).output().expect("cargo starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let messages = String::from_utf8_lossy(&output.stdout).into_owned();
        let library = |name: &str| {
            let file = library(&messages, name).unwrap_or_else(|| panic!("{name} was built"));
            format!("--extern={name}={}", file.display())
        };
        let externs = ["serde", "telemetry_core", "vocabulary"].map(library).to_vec();
        Self { root, externs }
    }

    pub(crate) fn write(&self, file: &str, text: &str) {
        std::fs::write(self.root.join(file), text).expect("the file can be written");
    }

    /// The CPU seconds of the compiler on one of the files.
    pub(crate) fn compile(&self, file: &str, flags: &[&str]) -> f64 {
        let Self { root, externs } = self;
        let output = root.join("output");
        // Nothing may be left of the compilation before.
        let _ = std::fs::remove_dir_all(&output);
        std::fs::create_dir_all(&output).expect("the directory can be written");
        let mut command = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
        command.args(["--crate-name=events", "--crate-type=lib", "--edition=2024"]).arg(root.join(file));
        command.args(flags).args(externs).arg("-L").arg(dependencies(root)).current_dir(&output);
        command
            .env("CARGO_MANIFEST_DIR", root)
            .env("CARGO_PKG_NAME", "events")
            .env("CARGO_CRATE_NAME", "events");
        cpu_seconds(&mut command)
    }
}

fn dependencies(root: &Path) -> String {
    format!("dependency={}", root.join("target/debug/deps").display())
}

/// The file of the library `name`, from what cargo says.
fn library(messages: &str, name: &str) -> Option<PathBuf> {
    let messages = messages.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let mut artifacts = messages.filter(|message| message["target"]["name"] == name);
    let artifact = artifacts.find(|message| message["reason"] == "compiler-artifact")?;
    let files = artifact["filenames"].as_array()?.iter().filter_map(|file| file.as_str());
    files.filter(|file| file.ends_with(".rlib")).map(PathBuf::from).next()
}
