// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Expectations in a file.

mod error;
mod expectation;
mod fields;
mod keys;
mod known;
mod matcher;
mod number;
mod placed;
mod promises;
mod reader;
mod scenario;
mod syntax;
mod table;
#[cfg(test)]
mod tests;
mod update;
mod values;
mod writer;

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use crate::schemas::Schemas;
pub use error::ManifestError;
pub(crate) use expectation::{Audit, EventExpectation, Sessions};
pub(crate) use matcher::{Field, find};
pub(crate) use number::compare;
pub(crate) use placed::Placed;
pub use scenario::Scenario;
pub(crate) use scenario::Settings;
pub use values::duration;

/// The maximum size of a manifest, in bytes.
const LARGEST: u64 = 1 << 20;

/// A file in TOML with one or more scenarios: commands, and the events that each has to report.
///
/// ```
/// use telemetry_expect::Manifest;
///
/// let manifest = Manifest::parse(
///     r#"
///     [[event]]
///     name = "order"
///     count = 2
///     fields = { numArticles = { min = 0 } }
///     "#,
/// )?;
/// assert_eq!(manifest.scenarios().len(), 1);
///
/// let error = Manifest::parse("[[event]]\nname = \"order\"\ncuont = 2\n").unwrap_err();
/// assert_eq!(error.to_string(), "manifest:3:1: unknown key `cuont` of an event\nhelp: write `count`");
/// # Ok::<(), telemetry_expect::ManifestError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Manifest {
    /// The comment at the start of the file, which an update keeps.
    heading: String,
    scenarios: Vec<Scenario>,
    /// The name of the file and its text, for mistakes that are found later.
    source: [String; 2],
}

/// Manifests are equal if they expect the same, with the same comment at their start.
impl PartialEq for Manifest {
    fn eq(&self, other: &Self) -> bool {
        self.heading == other.heading && self.scenarios == other.scenarios
    }
}

impl Manifest {
    /// Reads a manifest from a file.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, has more than 1 MiB, or is not a manifest. The error lists the first 20 mistakes, each with its line.
    pub fn read(file: &Path) -> Result<Self, ManifestError> {
        let name = file.to_string_lossy();
        let bytes = read_file(file).map_err(|error| ManifestError::unreadable(&name, &error))?;
        if bytes.len() as u64 > LARGEST {
            return Err(ManifestError::of_file(
                &name,
                b"",
                "the manifest has more than 1 MiB",
                "split the scenarios into several files",
            ));
        }
        match String::from_utf8(bytes) {
            Ok(text) => Self::parse_as(&name, &text),
            Err(error) => {
                let valid = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
                Err(ManifestError::of_file(&name, valid, "not UTF-8", "save the file as UTF-8"))
            }
        }
    }

    /// Reads a manifest from a text.
    ///
    /// # Errors
    ///
    /// If the text is not a manifest. The error lists the first 20 mistakes, each with its line.
    pub fn parse(text: &str) -> Result<Self, ManifestError> {
        Self::parse_as("manifest", text)
    }

    fn parse_as(name: &str, text: &str) -> Result<Self, ManifestError> {
        let scenarios =
            reader::scenarios(text).map_err(|mistakes| ManifestError::new(name, text, mistakes))?;
        let heading = text.lines().take_while(|line| line.starts_with('#'));
        let heading = heading.map(|line| format!("{line}\n")).collect();
        Ok(Self { heading, scenarios, source: [name, text].map(str::to_owned) })
    }

    /// A manifest with a single scenario without expectations, for a first [update](Self::update).
    #[must_use]
    pub fn empty() -> Self {
        Self { heading: String::new(), scenarios: vec![Scenario::default()], source: Default::default() }
    }

    /// Compares the names and the values of the manifest with the schemas of the events. An expectation that no event can meet is a
    /// mistake: a misspelled name, or a value that its schema does not allow.
    ///
    /// ```
    /// use telemetry_expect::{Manifest, Schemas};
    ///
    /// let shop = r#"{
    ///     "schemaMeta": {"schemaVersion": "1.0"},
    ///     "definitions": {"events": {"order": {"properties": {"numArticles": {"type": "integer"}}}}}
    /// }"#;
    /// let manifest = Manifest::parse("[[event]]\nname = \"oder\"\n")?;
    /// let error = manifest.check(&Schemas::new().schema("shop.json", shop)?).unwrap_err();
    /// assert_eq!(error.to_string(), "manifest:2:8: no event has the name `oder`\nhelp: write `order`");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If there is such a mistake. The error lists the first 20, each with its line.
    pub fn check(&self, schemas: &Schemas) -> Result<(), ManifestError> {
        let mistakes = self.scenarios.iter().flat_map(|scenario| known::mistakes(scenario, schemas));
        let mistakes: Vec<_> = mistakes.take(error::MOST_MISTAKES).collect();
        let [name, text] = &self.source;
        if mistakes.is_empty() { Ok(()) } else { Err(ManifestError::new(name, text, mistakes)) }
    }

    /// The scenarios in the order of the file. A file without tables `[[scenario]]` is a single scenario without a name.
    #[must_use]
    pub fn scenarios(&self) -> &[Scenario] {
        &self.scenarios
    }

    /// The scenario with this name.
    #[must_use]
    pub fn scenario(&self, name: &str) -> Option<&Scenario> {
        self.scenarios.iter().find(|scenario| scenario.name() == name)
    }

    /// Sets the time limit of every scenario.
    pub fn set_timeout(&mut self, timeout: std::time::Duration) {
        for scenario in &mut self.scenarios {
            scenario.settings.timeout = timeout;
        }
    }

    /// Replaces the expectations of each scenario by those that `report` meets. The settings of a scenario stay, and so does the comment
    /// at the start of the file. Values that change from run to run, such as identifiers and durations, only have to be present or
    /// in a range.
    ///
    /// Promises about privacy stay too: `silent`, `audit`, fields that are `absent`, and events whose `count` or `at_most` is 0.
    ///
    /// # Errors
    ///
    /// If the program has broken such a promise. The manifest is as before then, and the error lists what the program has done.
    pub fn update(&mut self, report: &crate::Report) -> Result<(), ManifestError> {
        let runs = || self.scenarios.iter().zip(report.cases());
        let broken: Vec<_> =
            runs().flat_map(|(scenario, case)| promises::broken(scenario, case.observed())).collect();
        if !broken.is_empty() {
            let [name, text] = &self.source;
            return Err(ManifestError::new(name, text, broken));
        }
        for (scenario, case) in self.scenarios.iter_mut().zip(report.cases()) {
            update::update(scenario, case.observed());
        }
        Ok(())
    }

    /// The manifest as TOML.
    #[must_use]
    pub fn to_toml(&self) -> String {
        writer::write(&self.heading, &self.scenarios)
    }
}

/// The bytes of a file, or one more than the largest manifest has.
fn read_file(file: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(file)?.take(LARGEST + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
