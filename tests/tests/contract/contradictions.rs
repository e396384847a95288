// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Profiles that contradict themselves do not compile, each with its reason.
//!
//! The cases lie in `contradictions/`. Each says in a comment above it why it is refused. They are one crate, so that the
//! compiler runs once; it names all of them.

use std::fs;
use std::path::Path;

use telemetry_tests::compiler::{Refusal, check, refusals};

/// The text before the reason in the compiler's message, and in the cases.
const PANICKED: &str = "evaluation panicked: ";
const REFUSED: &str = "// refused: ";

/// A crate of all cases, one module for each file. Returns the reasons that they expect.
fn write_crate(root: &Path) -> Vec<String> {
    let core = concat!(env!("CARGO_MANIFEST_DIR"), "/../telemetry-core");
    let manifest = format!(
        "[package]\nname = \"contradictions\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [dependencies]\ntelemetry-core = {{ path = {core:?}, default-features = false, \
         features = [\"consent-toml\", \"consent-yaml\"] }}\n"
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

#[test]
fn each_contradiction_is_rejected_for_its_own_reason() {
    let root = tempfile::tempdir().unwrap();
    let mut expected = write_crate(root.path());
    let output = check(root.path());
    let reason = |refusal: Refusal| refusal.message.trim_start_matches(PANICKED).to_owned();
    let mut reasons: Vec<_> = refusals(&output).into_iter().map(reason).collect();
    expected.sort();
    reasons.sort();
    assert!(expected.len() >= 35, "{} cases", expected.len());
    assert_eq!(reasons, expected, "{}", String::from_utf8_lossy(&output.stderr));
}
