// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Profiles that contradict themselves do not compile, each with its reason.
//!
//! The cases lie in `contradictions/`. Each says in a comment above it why it is refused. They are one crate, so that the
//! compiler runs once; it names all of them.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

/// What stands before the reason in the compiler's message, and in the cases.
const PANICKED: &str = "evaluation panicked: ";
const REFUSED: &str = "// refused: ";

/// A crate of all cases, one module for each file. Returns the reasons that they expect.
fn write_crate(root: &Path) -> Vec<String> {
    let core = concat!(env!("CARGO_MANIFEST_DIR"), "/../telemetry-core");
    let manifest = format!(
        "[package]\nname = \"contradictions\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [dependencies]\ntelemetry-core = {{ path = {core:?}, default-features = false }}\n"
    );
    fs::create_dir_all(root.join("src")).unwrap();
    fs::write(root.join("Cargo.toml"), manifest).unwrap();
    fs::copy(concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.lock"), root.join("Cargo.lock")).unwrap();
    let (mut modules, mut reasons) = (String::new(), Vec::new());
    for case in fs::read_dir("contradictions").unwrap().map(Result::unwrap) {
        let (name, text) =
            (case.file_name().into_string().unwrap(), fs::read_to_string(case.path()).unwrap());
        reasons.extend(text.lines().filter_map(|line| line.strip_prefix(REFUSED)).map(str::to_owned));
        modules += &format!("pub mod {};\n", name.trim_end_matches(".rs"));
        fs::write(root.join("src").join(name), text).unwrap();
    }
    fs::write(root.join("src/lib.rs"), modules).unwrap();
    reasons
}

/// Shares its dependencies with the mutation test.
fn check(root: &Path) -> Output {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(["check", "--offline", "--message-format", "json"]).current_dir(root);
    command.env("CARGO_TARGET_DIR", concat!(env!("CARGO_TARGET_TMPDIR"), "/mutants")).env_remove("RUSTFLAGS");
    command.output().unwrap()
}

/// The messages of all errors, but for the compiler's own summary.
fn errors(output: &Output) -> Vec<String> {
    let text = String::from_utf8_lossy(&output.stdout);
    let lines = text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let errors = lines.filter(|line| line["message"]["level"] == "error");
    let messages = errors.filter_map(|line| line["message"]["message"].as_str().map(str::to_owned));
    messages.filter(|message| !message.starts_with("aborting due to")).collect()
}

#[test]
fn each_contradiction_is_refused_for_its_own_reason() {
    let root = tempfile::tempdir().unwrap();
    let mut expected = write_crate(root.path());
    let output = check(root.path());
    let errors = errors(&output);
    let reason = |error: &String| error.strip_prefix(PANICKED).unwrap_or(error).to_owned();
    let mut reasons: Vec<_> = errors.iter().map(reason).collect();
    expected.sort();
    reasons.sort();
    assert!(expected.len() >= 35, "{} cases", expected.len());
    assert_eq!(reasons, expected, "{}", String::from_utf8_lossy(&output.stderr));
}
