// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Configurations below a directory that has none itself. The product merges them, which is seldom what the user wants.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::walk::Found;

/// The directories of a walk that look like configurations of their own.
#[derive(Debug, Default)]
pub(crate) struct Nested {
    directories: BTreeSet<PathBuf>,
    /// The directory of the walk has a YAML file itself.
    is_configuration: bool,
}

impl Nested {
    /// Takes a YAML file into account.
    pub(crate) fn note(&mut self, file: &Found, root: &Path) {
        let directory = file.path.parent().and_then(|directory| directory.strip_prefix(root).ok());
        match directory {
            Some(directory) if directory.as_os_str().is_empty() => self.is_configuration = true,
            // The names that the product's server looks for.
            Some(directory) if matches!(file.name.as_str(), "config.yml" | "config.yaml") => {
                self.directories.insert(directory.to_owned());
            }
            _ => {}
        }
    }

    /// The directories, relative to that of the walk, if they are several and it is not a configuration itself.
    pub(crate) fn merged(self) -> Vec<PathBuf> {
        if self.is_configuration {
            return Vec::new();
        }
        let merged: Vec<_> =
            self.directories.iter().filter(|directory| !self.is_part(directory)).cloned().collect();
        if merged.len() < 2 { Vec::new() } else { merged }
    }

    /// Whether the directory is inside another one of them.
    fn is_part(&self, directory: &Path) -> bool {
        directory.ancestors().skip(1).any(|outer| self.directories.contains(outer))
    }
}
