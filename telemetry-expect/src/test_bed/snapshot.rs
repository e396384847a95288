// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The files of a home directory at one time.

use std::collections::BTreeMap;
use std::fs::{Metadata, read_dir};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::check::Change;

/// The maximum number of files and directories that are compared.
const MOST_ENTRIES: usize = 10_000;

/// The files and directories below a directory. Links are not followed.
#[derive(Debug, Default)]
pub(super) struct Snapshot {
    entries: BTreeMap<PathBuf, State>,
    is_full: bool,
}

#[derive(Debug, PartialEq, Eq)]
enum State {
    /// A directory changes with its entries, which have states of their own.
    Directory,
    Other(u64, Option<SystemTime>),
}

impl State {
    fn of(metadata: &Metadata) -> Self {
        match metadata.is_dir() {
            true => Self::Directory,
            false => Self::Other(metadata.len(), metadata.modified().ok()),
        }
    }
}

impl Snapshot {
    pub(super) fn of(home: &Path) -> Self {
        let (mut snapshot, mut directories) = (Self::default(), vec![PathBuf::new()]);
        while let Some(directory) = directories.pop() {
            for entry in read_dir(home.join(&directory)).into_iter().flatten().flatten() {
                if snapshot.entries.len() == MOST_ENTRIES {
                    return Self { is_full: true, ..snapshot };
                }
                let (path, Ok(metadata)) = (directory.join(entry.file_name()), entry.metadata()) else {
                    continue;
                };
                if metadata.is_dir() {
                    directories.push(path.clone());
                }
                snapshot.entries.insert(path, State::of(&metadata));
            }
        }
        snapshot
    }

    /// What differs from `before`, in the order of the paths.
    pub(super) fn changes(&self, before: &Self) -> Vec<Change> {
        let new = self.entries.iter().filter_map(|(path, state)| match before.entries.get(path) {
            None => Some(change(path, state, "")),
            Some(old) => (old != state).then(|| change(path, state, " (changed)")),
        });
        let gone =
            before.entries.iter().filter(|(path, _)| !self.is_full && !self.entries.contains_key(*path));
        let gone = gone.map(|(path, state)| change(path, state, " (removed)"));
        let rest = self.is_full.then(|| Change {
            path: PathBuf::new(),
            is_directory: false,
            what: " (more than 10,000 files and directories)",
        });
        let mut changes: Vec<Change> = rest.into_iter().chain(new).chain(gone).collect();
        changes.sort_by(|one, other| one.path.cmp(&other.path));
        changes
    }
}

fn change(path: &Path, state: &State, what: &'static str) -> Change {
    Change { path: path.to_owned(), is_directory: *state == State::Directory, what }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use tempfile::TempDir;

    use super::*;

    /// The changes after `act` in a directory with two files.
    fn changes_after(act: impl FnOnce(&Path)) -> Vec<String> {
        let home = TempDir::new().unwrap();
        fs::create_dir(home.path().join("old")).unwrap();
        ["old/a", "b"].iter().for_each(|file| fs::write(home.path().join(file), "text").unwrap());
        let before = Snapshot::of(home.path());
        act(home.path());
        let changes = Snapshot::of(home.path()).changes(&before);
        changes.iter().map(|change| format!("{}{}", change.path.display(), change.what)).collect()
    }

    #[test]
    fn each_kind_of_change_is_found_wherever_it_is() {
        assert_eq!(changes_after(|_| {}), [""; 0]);
        assert_eq!(changes_after(|home| fs::create_dir_all(home.join("x/y")).unwrap()), ["x", "x/y"]);
        assert_eq!(
            changes_after(|home| fs::write(home.join("old/a"), "longer").unwrap()),
            ["old/a (changed)"]
        );
        assert_eq!(
            changes_after(|home| fs::remove_dir_all(home.join("old")).unwrap()),
            ["old (removed)", "old/a (removed)"]
        );
        let to_directory = changes_after(|home| {
            fs::remove_file(home.join("b")).unwrap();
            fs::create_dir(home.join("b")).unwrap();
        });
        assert_eq!(to_directory, ["b (changed)"]);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed() {
        let link = |home: &Path, target: &str| std::os::unix::fs::symlink(target, home.join("link")).unwrap();
        assert_eq!(changes_after(|home| link(home, ".")), ["link"]);
        assert_eq!(changes_after(|home| link(home, "missing")), ["link"]);
    }

    #[test]
    fn a_home_with_many_files_is_not_read_to_its_end() {
        let many = changes_after(|home| {
            (0..MOST_ENTRIES).for_each(|number| fs::write(home.join(number.to_string()), "").unwrap());
        });
        assert_eq!(many[0], " (more than 10,000 files and directories)");
        assert!(many.len() <= MOST_ENTRIES + 1 && !many.iter().any(|change| change.ends_with("(removed)")));
    }
}
