// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The command of a product, and a schema file that it looks at.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;
use telemetry_tests::child::{Outcome, Probe};
use telemetry_tests::home::Home;

/// The products, with all kinds of events between them.
pub(crate) const PRODUCTS: [&str; 11] = [
    "agent_toolkit",
    "anonymizer",
    "data_designer",
    "evaluator",
    "guardrails",
    "helix",
    "launcher",
    "nim",
    "openshell",
    "safe_synthesizer",
    "switchyard",
];

/// A product, and a directory with a schema file.
pub(crate) struct Product {
    pub(crate) name: &'static str,
    pub(crate) home: Home,
}

impl Product {
    pub(crate) fn new(name: &'static str) -> Self {
        Self { name, home: Home::new() }
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.home.path().join("events.json")
    }

    pub(crate) fn text(&self) -> String {
        fs::read_to_string(self.path()).unwrap()
    }

    pub(crate) fn put(&self, text: &str) {
        fs::write(self.path(), text).unwrap();
    }

    /// Runs `schema` with these arguments in the directory of the file.
    pub(crate) fn schema(&self, arguments: &[&str]) -> Outcome {
        let command =
            Probe::new(env!("CARGO_BIN_EXE_products_command"), &self.home).env("PRODUCT", self.name);
        command.run(&[&["schema"], arguments].concat())
    }

    pub(crate) fn check(&self) -> Outcome {
        self.schema(&["--check", "events.json"])
    }

    pub(crate) fn write(&self, more: &[&str]) -> Outcome {
        self.schema(&[&["--write", "events.json"], more].concat())
    }

    /// What the structs say.
    pub(crate) fn generated(&self) -> Value {
        serde_json::from_str(&self.schema(&[]).checked().lines.join("\n")).unwrap()
    }

    /// That the file with this text is current.
    #[track_caller]
    pub(crate) fn is_current(&self, text: &str, why: &str) {
        self.put(text);
        let outcome = self.check();
        assert_eq!(outcome.code, Some(0), "{} {why}: {:?}\n{text}", self.name, outcome.errors);
        assert_eq!(outcome.lines, ["events.json is current."], "{} {why}", self.name);
    }

    /// The faults of a file with this text, one per line.
    #[track_caller]
    pub(crate) fn faults(&self, text: &str) -> Vec<String> {
        self.put(text);
        let outcome = self.check();
        assert_eq!(
            (outcome.code, outcome.lines.len()),
            (Some(1), 0),
            "{}: {:?}\n{text}",
            self.name,
            outcome.errors
        );
        let [first, faults @ .., help] = outcome.errors.as_slice() else { panic!("{:?}", outcome.errors) };
        assert_eq!(first, "error: events.json does not allow exactly what the structs send:");
        assert!(help.starts_with("help: "), "{help}");
        faults.iter().map(|fault| fault.trim_start().to_owned()).collect()
    }
}
