// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Scratch packages that use the crates of this repository.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::events::VOCABULARY;

/// A dependency on the core as it is here.
pub(crate) fn core() -> String {
    format!(
        "telemetry-core = {{ path = {:?}, default-features = false }}\n",
        concat!(env!("CARGO_MANIFEST_DIR"), "/../telemetry-core")
    )
}

/// A dependency on serde with its derive.
pub(crate) const SERDE: &str = "serde = { version = \"1\", features = [\"derive\"] }\n";

/// The dependencies of a crate of generated events, and of the others too, so that only the events are compared.
pub(crate) fn events_dependencies() -> String {
    let vocabulary = directory("vocabulary");
    write_package(&vocabulary, "vocabulary", &core(), VOCABULARY);
    format!("{SERDE}{}vocabulary = {{ path = {vocabulary:?} }}\n", core())
}

/// A directory for packages, empty.
pub(crate) fn directory(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("derive").join(name);
    let _ = std::fs::remove_dir_all(&path);
    std::fs::create_dir_all(&path).expect("the target directory can be written");
    path
}

/// Writes a library package. Its dependencies have the versions that this repository has locked.
pub(crate) fn write_package(root: &Path, name: &str, dependencies: &str, source: &str) {
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n{dependencies}\n[workspace]\n"
    );
    std::fs::create_dir_all(root.join("src")).expect("the directory can be written");
    let write =
        |file: &str, text: &str| std::fs::write(root.join(file), text).expect("the file can be written");
    write("Cargo.toml", &manifest);
    write("src/lib.rs", source);
    let lock = concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.lock");
    std::fs::copy(lock, root.join("Cargo.lock")).expect("the lock file is there");
}

/// `cargo` in a package, with a target directory of its own and nothing downloaded.
pub(crate) fn cargo(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).arg("--offline").current_dir(root);
    command.env("CARGO_TARGET_DIR", root.join("target")).env_remove("RUSTFLAGS").env_remove("RUSTC_WRAPPER");
    command
}
