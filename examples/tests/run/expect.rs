// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The smoke scenarios, with the compiled examples.

use std::path::Path;

use telemetry_core::testing::{Manifest, TestBed, tested_product};
use telemetry_guardrails::Guardrails;

const PROGRAMS: [(&str, &str); 2] =
    [("chat", env!("CARGO_BIN_EXE_chat")), ("smoke", env!("CARGO_BIN_EXE_smoke"))];

/// The command of a scenario with the path of its program.
fn with_path(command: &[String]) -> Vec<String> {
    let (name, arguments) = command.split_first().unwrap();
    let (_, path) = PROGRAMS.iter().find(|(known, _)| known == name).unwrap();
    [&[(*path).to_owned()], arguments].concat()
}

/// Runs half of the scenarios at a time: they wait for processes, and not for each other.
fn run(manifest: &Manifest, half: usize) {
    for scenario in manifest.scenarios().iter().skip(half).step_by(2) {
        let bed = TestBed::of_scenario(&tested_product::<Guardrails>(), scenario).unwrap();
        let report = bed.run(scenario, &with_path(scenario.command())).unwrap();
        assert!(report.is_met(), "{report}");
    }
}

#[test]
fn each_smoke_scenario_reports_what_its_manifest_expects() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("expect/smoke.toml");
    let manifest = Manifest::read(&file).unwrap();
    assert_eq!(manifest.scenarios().len(), 13);
    std::thread::scope(|scope| {
        let other = scope.spawn(|| run(&manifest, 1));
        run(&manifest, 0);
        other.join().unwrap();
    });
}

/// Nothing else would notice if a scenario expected nothing.
#[test]
fn a_scenario_fails_if_the_program_reports_something_else() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("expect/smoke.toml");
    let manifest = Manifest::read(&file).unwrap();
    let scenario = manifest.scenario("rich configuration").unwrap();
    let bed = TestBed::of_scenario(&tested_product::<Guardrails>(), scenario).unwrap();
    let other = manifest.scenario("IORails").unwrap();
    let report = bed.run(scenario, &with_path(other.command())).unwrap();
    let subjects: Vec<&str> = report.differences().map(|difference| difference.subject.as_str()).collect();
    assert!(subjects.contains(&"event `guardrails_usage_event`: /railsEngine"), "{report}");
}
