// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The product under test, as data.

use std::path::PathBuf;

use crate::event::Event;
use crate::rules::{Rules, Violation};

/// The facts about a product that a test bed needs: its variables and its files. `telemetry_core::testing::tested_product` has those
/// of a profile.
///
/// ```
/// use telemetry_expect::TestedProduct;
///
/// let shop = TestedProduct::new("shop")
///     .endpoint_variables(["SHOP_TELEMETRY_ENDPOINT"])
///     .removed_variables(["DO_NOT_TRACK", "CI"])
///     .audit_file("usage_stats.json");
/// ```
#[derive(Debug, Clone)]
pub struct TestedProduct {
    directory: String,
    pub(crate) endpoint_variables: Vec<String>,
    pub(crate) removed_variables: Vec<String>,
    audit_file: Option<String>,
    rules: Option<Rules>,
}

impl TestedProduct {
    /// A product with its files in `~/.config/<directory>`.
    #[must_use]
    pub fn new(directory: impl Into<String>) -> Self {
        Self {
            directory: directory.into(),
            endpoint_variables: Vec::new(),
            removed_variables: Vec::new(),
            audit_file: None,
            rules: None,
        }
    }

    /// Adds variables with the URL that events go to. A test bed sets each to its collector.
    #[must_use]
    pub fn endpoint_variables<T: Into<String>>(mut self, names: impl IntoIterator<Item = T>) -> Self {
        self.endpoint_variables.extend(names.into_iter().map(Into::into));
        self
    }

    /// Adds variables that change what the product reports: opt-outs, sessions, and collectors of another kind. A test bed removes them,
    /// so that neither a developer's nor CI's own setting changes the result. A scenario can set them.
    #[must_use]
    pub fn removed_variables<T: Into<String>>(mut self, names: impl IntoIterator<Item = T>) -> Self {
        self.removed_variables.extend(names.into_iter().map(Into::into));
        self
    }

    /// Sets the name of the audit log in the directory of the product. `None` if the product has no audit log.
    #[must_use]
    pub fn audit_file<'a>(mut self, name: impl Into<Option<&'a str>>) -> Self {
        self.audit_file = name.into().map(str::to_owned);
        self
    }

    /// Sets the rules that each event has to follow, such as those of a schema. Each violation is a difference in the report, whatever
    /// a scenario expects.
    ///
    /// ```
    /// use telemetry_expect::{TestedProduct, Violation};
    ///
    /// let shop = TestedProduct::new("shop").rules(|event| match event.schema_version.as_str() {
    ///     "1.0" => Vec::new(),
    ///     other => vec![Violation::in_envelope("/eventSchemaVer", format!("is {other}, and has to be 1.0"))],
    /// });
    /// ```
    #[must_use]
    pub fn rules(mut self, rules: impl Fn(&Event) -> Vec<Violation> + Send + Sync + 'static) -> Self {
        self.rules = Some(Rules::new(rules));
        self
    }

    /// The violations of an event.
    pub(crate) fn violations(&self, event: &Event) -> Vec<Violation> {
        self.rules.as_ref().map(|rules| rules.violations(event)).unwrap_or_default()
    }

    /// The directory of its files, below the home directory.
    pub(crate) fn directory(&self) -> PathBuf {
        PathBuf::from(".config").join(&self.directory)
    }

    /// The audit log below the home directory, after the file that was renamed when it was full.
    pub(crate) fn audit_files(&self) -> Option<[PathBuf; 2]> {
        let name = self.audit_file.as_ref()?;
        Some([self.directory().join(format!("{name}.1")), self.directory().join(name)])
    }
}
