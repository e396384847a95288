// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The product under test, as data.

use std::path::PathBuf;

/// The facts about a product that a test bed needs: its variables and its files. `telemetry_core::testing::tested_product` has those
/// of a profile.
///
/// ```
/// use telemetry_expect::TestedProduct;
///
/// let shop = TestedProduct::new("shop")
///     .endpoint_variable("SHOP_TELEMETRY_ENDPOINT")
///     .opt_out_variable("DO_NOT_TRACK")
///     .audit_file("usage_stats.json");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestedProduct {
    directory: String,
    pub(crate) endpoint_variables: Vec<String>,
    pub(crate) removed_variables: Vec<String>,
    audit_file: Option<String>,
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
        }
    }

    /// Adds a variable with the URL that events go to. A test bed sets it to its collector.
    #[must_use]
    pub fn endpoint_variable(mut self, name: impl Into<String>) -> Self {
        self.endpoint_variables.push(name.into());
        self
    }

    /// Adds a variable that can opt in or out, or that names another collector. A test bed removes it, so that neither a developer's nor
    /// CI's own setting changes the result; a scenario can set it.
    #[must_use]
    pub fn opt_out_variable(mut self, name: impl Into<String>) -> Self {
        self.removed_variables.push(name.into());
        self
    }

    /// Sets the name of the audit log in the directory of the product.
    #[must_use]
    pub fn audit_file(mut self, name: impl Into<String>) -> Self {
        self.audit_file = Some(name.into());
        self
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
