// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The files of the store, as the last write has left them. Other programs can overwrite, truncate, move or delete them at any time.
//! SQLite notices that late or never: it uses the parts that it has in memory, and writes into files that no longer have a name.

use std::path::{Path, PathBuf};

/// The database, and SQLite's log beside it. On systems other than Unix, where a program cannot delete a file that SQLite has open, they
/// never differ.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Files {
    database: Option<(Id, Content)>,
    log: Option<(Id, Content)>,
}

/// The device, and the number of the file on it.
type Id = (u64, u64);

/// The size in bytes, and the time of the last write in seconds and nanoseconds.
type Content = (u64, i64, i64);

impl Files {
    /// The files of the store at this path as they are now.
    pub(super) fn of(path: &Path) -> Self {
        Self { database: state(path), log: state(&beside(path, "-wal")) }
    }

    /// The size of the log in bytes, if it has one that is known.
    pub(super) fn log_size(&self) -> Option<u64> {
        self.log.map(|(_, (size, ..))| size)
    }

    /// Takes over the changes of a commit: it writes to the log, or to the database on a file system that does not allow a log.
    pub(super) fn commit(&mut self, now: Self) {
        self.log = now.log;
        if self.log.is_none() {
            self.database = now.database;
        }
    }

    /// Whether the names lead to the same files, whatever is in them.
    pub(super) fn are_in_the_place_of(&self, earlier: &Self) -> bool {
        let ids = |files: &Self| [files.database, files.log].map(|file| file.map(|(id, _)| id));
        ids(self) == ids(earlier)
    }
}

#[cfg(unix)]
fn state(path: &Path) -> Option<(Id, Content)> {
    use std::os::unix::fs::MetadataExt;
    let file = std::fs::metadata(path).ok()?;
    Some(((file.dev(), file.ino()), (file.len(), file.mtime(), file.mtime_nsec())))
}

#[cfg(not(unix))]
fn state(_: &Path) -> Option<(Id, Content)> {
    None
}

/// The file whose name has this end in addition.
pub(super) fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}
