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

/// The size in bytes, and the time of the last write in seconds and nanoseconds. For an empty file the time is 0: it has nothing that a
/// write could have damaged, and SQLite cuts the log off again when it is empty already.
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

    /// Takes over the change of a checkpoint, which writes to the database only.
    pub(super) fn checkpoint(&mut self, now: Self) {
        self.database = now.database;
    }

    /// These files, with the database as it was earlier.
    pub(super) fn with_database_of(self, earlier: Self) -> Self {
        Self { database: earlier.database, ..self }
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
    let content = if file.len() == 0 { (0, 0, 0) } else { (file.len(), file.mtime(), file.mtime_nsec()) };
    Some(((file.dev(), file.ino()), content))
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
