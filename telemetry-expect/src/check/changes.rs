// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Files that a silent program has written or removed.

use std::path::PathBuf;

use crate::manifest::Scenario;
use crate::report::Difference;

/// A file or directory below the home directory that differs from the start of the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Change {
    pub(crate) path: PathBuf,
    pub(crate) is_directory: bool,
    /// The kind of the change, in parentheses; empty for a new file or directory.
    pub(crate) what: &'static str,
}

/// The changes that a silent scenario does not allow, in the order of their paths.
pub(super) fn differences(scenario: &Scenario, changes: &[Change]) -> Vec<Difference> {
    let wrong: Vec<&Change> = changes.iter().filter(|change| !is_allowed(scenario, change)).collect();
    let next = wrong.iter().skip(1).map(Some).chain([None]);
    // A directory is named by the files in it.
    let is_named = |change: &Change, next: Option<&&Change>| {
        change.is_directory && next.is_some_and(|next| next.path.starts_with(&change.path))
    };
    let shown = wrong.iter().zip(next).filter(|(change, next)| !is_named(change, *next));
    shown
        .map(|(Change { path, what, .. }, _)| {
            Difference::new("files", "no file", format!("~/{}{what}", path.display()))
        })
        .collect()
}

/// Whether it is a path that the program may write, or below it, or a directory on the way to it.
fn is_allowed(scenario: &Scenario, Change { path, is_directory, .. }: &Change) -> bool {
    let mut allowed = scenario.may_write.iter();
    allowed.any(|allowed| path.starts_with(allowed) || (*is_directory && allowed.starts_with(path)))
}
