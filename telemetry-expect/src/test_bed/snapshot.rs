// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The files of a product at one time.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The files below a directory, and the directory itself. Links are not followed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Snapshot(BTreeMap<PathBuf, (u64, Option<SystemTime>)>);

impl Snapshot {
    /// The files in `directory` below `home`.
    pub(super) fn of(home: &Path, directory: &Path) -> Self {
        let mut files = BTreeMap::new();
        collect(home, directory, &mut files);
        Self(files)
    }

    /// The paths that differ from those in `before`, with the difference.
    pub(super) fn differences(&self, before: &Self) -> Vec<String> {
        let new = self.0.iter().filter(|(path, state)| before.0.get(*path) != Some(state));
        let gone = before.0.keys().filter(|path| !self.0.contains_key(*path));
        let new = new.map(|(path, _)| match before.0.contains_key(path) {
            true => format!("~/{} (changed)", path.display()),
            false => format!("~/{}", path.display()),
        });
        new.chain(gone.map(|path| format!("~/{} (removed)", path.display()))).collect()
    }
}

fn collect(home: &Path, path: &Path, files: &mut BTreeMap<PathBuf, (u64, Option<SystemTime>)>) {
    let Ok(metadata) = fs::symlink_metadata(home.join(path)) else { return };
    if !metadata.is_dir() {
        files.insert(path.to_owned(), (metadata.len(), metadata.modified().ok()));
        return;
    }
    // A directory changes with its files, which are listed themselves.
    files.insert(path.to_owned(), (0, None));
    for entry in fs::read_dir(home.join(path)).into_iter().flatten().flatten() {
        collect(home, &path.join(entry.file_name()), files);
    }
}
