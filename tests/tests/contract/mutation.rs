// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Every single change of the guardrails event or of its schema that makes them differ is refused by the compiler, and
//! every change that means nothing is not.
//!
//! A mutant is a module with its own copy of the event and its own schema file. All that are to be refused are one crate,
//! whose errors name the modules they lie in; all harmless ones are another, which has to compile.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Output;

use crate::mutants::{Mutant, harmless, semantic};
use serde_json::Value;
use telemetry_tests::compiler::{Refusal, check, refusals};

/// The event and its schema as they are.
const EVENT: &str = include_str!("../../../telemetry-guardrails/src/event.rs");
const SCHEMA: &str = include_str!("../../../telemetry-guardrails/schemas/anonymous_events.json");

fn write_crate(root: &Path, mutants: &[Mutant]) {
    let path = |krate: &str| format!("{}/../{krate}", env!("CARGO_MANIFEST_DIR"));
    let manifest = format!(
        "[package]\nname = \"mutants\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n         telemetry-core = {{ path = {:?}, default-features = false }}\ntelemetry-guardrails = {{ path = {:?} }}\n",
        path("telemetry-core"),
        path("telemetry-guardrails"),
    );
    std::fs::create_dir_all(root.join("src")).unwrap();
    std::fs::write(root.join("Cargo.toml"), manifest).unwrap();
    std::fs::copy(path("Cargo.lock"), root.join("Cargo.lock")).unwrap();
    let mut modules = String::from("#![allow(warnings)]\n");
    for (index, mutant) in mutants.iter().enumerate() {
        modules += &format!("mod m{index};\n");
        std::fs::write(root.join(format!("m{index}.json")), mutant.schema.to_string()).unwrap();
        std::fs::write(root.join(format!("src/m{index}.rs")), module(index, &mutant.event)).unwrap();
    }
    std::fs::write(root.join("src/lib.rs"), modules).unwrap();
}

/// The event's file, as it is outside of its crate and with a schema of its own.
fn module(index: usize, event: &str) -> String {
    let outside = event.replace("crate::feature::", "telemetry_guardrails::");
    let outside = outside.replace("crate::product::", "telemetry_guardrails::");
    let outside = outside.replace("crate::vocabulary::", "telemetry_guardrails::");
    outside.replace("schemas/anonymous_events.json", &format!("m{index}.json"))
}

/// What the compiler says: the files in which errors lie, with one message of each.
fn compile(mutants: &[Mutant]) -> (Output, Vec<(String, String)>) {
    let root = tempfile::tempdir().unwrap();
    write_crate(root.path(), mutants);
    let output = check(root.path());
    let located =
        |refusal: Refusal| refusal.files.into_iter().map(move |file| (file, refusal.message.clone()));
    let errors = refusals(&output).into_iter().flat_map(located).collect();
    (output, errors)
}

#[test]
fn every_change_of_meaning_is_refused_and_no_other() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let (semantic, harmless) = (semantic(EVENT, &schema), harmless(EVENT, &schema));
    println!("{} mutants to refuse, {} to accept", semantic.len(), harmless.len());
    assert!(semantic.len() + harmless.len() >= 150);

    let (accepted, reasons) = compile(&harmless);
    let stderr = String::from_utf8_lossy(&accepted.stderr);
    let names = |index: usize| harmless[index].name.clone();
    let reasons: Vec<_> =
        reasons.iter().map(|(file, message)| (module_index(file).map(names), message)).collect();
    assert!(accepted.status.success(), "refused harmless mutants: {reasons:#?}\n{stderr}");

    let (_, reasons) = compile(&semantic);
    let refused: BTreeSet<_> = reasons.iter().filter_map(|(file, _)| module_index(file)).collect();
    let survivors: Vec<_> = (0..semantic.len()).filter(|index| !refused.contains(index)).collect();
    let names: Vec<_> = survivors.iter().map(|index| &semantic[*index].name).collect();
    assert!(names.is_empty(), "{} of {} survive: {names:#?}", names.len(), semantic.len());
    println!("refused {}, accepted {}", refused.len(), harmless.len());
}

/// The number of the mutant in `src/m17.rs`.
fn module_index(file: &str) -> Option<usize> {
    file.strip_prefix("src/m")?.strip_suffix(".rs")?.parse().ok()
}
