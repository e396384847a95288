// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Every help text of the macros works when it is followed.
//!
//! A case of `ui` is refused with a help text, which the test `ui` checks. A file in `help` changes such cases as the help
//! says; what comes out has to compile. A new help text that shows code needs such a change, and a case that shows it.

mod change;
mod sources;
mod text;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use change::{Change, changes};
use telemetry_tests::compiler::{check, refusals};
use text::{Help, helps};

/// The files of the directory `directory` below the package with this extension, in order.
fn files(directory: &str, extension: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(directory);
    let mut files = Vec::new();
    for path in fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            files.extend(self::files(path.to_str().unwrap(), extension));
        } else if path.extension().is_some_and(|found| found == extension) {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// A crate with one module for each changed case.
fn write_crate(root: &Path, changes: &[Change]) {
    let path = |krate: &str| format!("{}/../{krate}", env!("CARGO_MANIFEST_DIR"));
    let manifest = format!(
        "[package]\nname = \"help\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
         telemetry-core = {{ path = {:?}, features = [\"client\", \"describe\"] }}\n\
         telemetry-guardrails = {{ path = {:?} }}\n",
        path("telemetry-core"),
        path("telemetry-guardrails"),
    );
    fs::create_dir_all(root.join("src")).unwrap();
    fs::create_dir_all(root.join("schemas")).unwrap();
    fs::write(root.join("Cargo.toml"), manifest).unwrap();
    fs::copy(path("Cargo.lock"), root.join("Cargo.lock")).unwrap();
    fs::copy(path("tests/ui/payment.rs"), root.join("payment.rs")).unwrap();
    let mut modules = String::from("#![allow(warnings)]\n");
    for (index, change) in changes.iter().enumerate() {
        modules += &format!("mod m{index};\n");
        let (source, schema) = change.apply(&format!("schemas/m{index}.json"));
        fs::write(root.join(format!("src/m{index}.rs")), source).unwrap();
        fs::write(root.join(format!("schemas/m{index}.json")), schema).unwrap();
    }
    fs::write(root.join("src/lib.rs"), modules).unwrap();
}

/// The number of the case in `src/m17.rs`.
fn module_index(file: &str) -> Option<usize> {
    file.strip_prefix("src/m")?.strip_suffix(".rs")?.parse().ok()
}

#[test]
fn what_a_help_text_says_compiles() {
    let (root, changes) = (tempfile::tempdir().unwrap(), changes());
    write_crate(root.path(), &changes);
    let output = check(root.path());
    let name = |file: String| module_index(&file).map_or(file, |index| changes[index].case.clone());
    let refusals = refusals(&output).into_iter();
    let refused: Vec<_> = refusals
        .map(|refusal| (refusal.files.into_iter().map(name).collect::<BTreeSet<_>>(), refusal.message))
        .collect();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && refused.is_empty(), "{refused:#?}\n{stderr}");
    println!("{} changed cases compile", changes.len());
}

#[test]
fn every_change_does_what_the_help_texts_say() {
    let ignored: Vec<_> = changes().into_iter().flat_map(|change| change.ignored()).collect();
    assert!(ignored.is_empty(), "{ignored:#?}");
}

#[test]
fn every_help_text_that_shows_code_is_followed() {
    let followed: BTreeSet<_> =
        changes().iter().flat_map(Change::followed).map(|help| help.template()).collect();
    let recorded = files("ui", "stderr").into_iter().flat_map(|file| {
        let case = file.with_extension("");
        helps(&fs::read_to_string(file).unwrap()).into_iter().map(move |help| (help, case.clone()))
    });
    let ignored: Vec<(Help, PathBuf)> =
        recorded.filter(|(help, _)| !followed.contains(&help.template())).collect();
    let mut templates = BTreeSet::new();
    let first: Vec<_> = ignored.iter().filter(|(help, _)| templates.insert(help.template())).collect();
    assert!(first.is_empty(), "{} help texts need a change in `help`: {first:#?}", first.len());
    println!("{} help texts are followed", followed.len());
}

#[test]
fn every_text_that_shows_code_is_shown_by_a_case() {
    let shown: Vec<String> = files("ui", "stderr")
        .iter()
        .map(|file| text::on_one_line(&fs::read_to_string(file).unwrap()))
        .collect();
    let hidden: Vec<_> =
        sources::texts().into_iter().filter(|text| !shown.iter().any(|shown| text.is_in(shown))).collect();
    assert!(hidden.is_empty(), "{} texts need a case in `ui`: {hidden:#?}", hidden.len());
}
