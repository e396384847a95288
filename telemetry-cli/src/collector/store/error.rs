// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The reasons why the store cannot be used.

use std::error::Error;
use std::fmt;
use std::io;

use rusqlite::ErrorCode;
use rusqlite::ffi::SQLITE_IOERR_SHMSIZE;

/// Why the store cannot be opened, written or read.
#[derive(Debug, Clone)]
pub(in crate::collector) enum StoreError {
    /// A newer release wrote the file, with this version of its tables.
    Newer(i64),
    /// The file is not a store.
    Foreign,
    /// The file is of a kind that cannot be used.
    Unusable(&'static str),
    /// The file is damaged.
    Corrupt(String),
    /// The file is no longer in its place.
    Moved,
    /// Another collector writes to the file.
    InUse,
    /// Another program holds SQLite's lock on the file.
    Busy,
    /// The disk is full, or the store has reached its size and may not delete events that are not forwarded.
    Full,
    /// The file system is read-only.
    ReadOnly,
    /// The file cannot be opened, or no file can be created beside it.
    CannotOpen,
    /// Events are in SQLite's log, and no file can be written beside it, which reading them needs.
    Log,
    /// More requests wait for the writer than it can have.
    Overloaded,
    /// The collector is being shut down.
    Closed,
    /// The file cannot be opened or locked.
    Io(std::sync::Arc<io::Error>),
    /// Another error of SQLite.
    Sqlite(std::sync::Arc<rusqlite::Error>),
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Newer(version) => write!(
                f,
                "a newer release wrote it (version {version} of its tables, and this program knows up to {})",
                super::open::VERSION
            ),
            Self::Foreign => f.write_str("it is not a store of the collector"),
            Self::Unusable(problem) => f.write_str(problem),
            Self::Corrupt(problem) => write!(f, "it is damaged: {problem}"),
            Self::Moved => f.write_str("it was moved or deleted"),
            Self::InUse => f.write_str("another collector writes to it"),
            Self::Busy => f.write_str("another program has locked it"),
            Self::Full => f.write_str("it is full"),
            Self::ReadOnly => f.write_str("its file system is read-only"),
            Self::CannotOpen => f.write_str("it cannot be opened, or no file can be created beside it"),
            Self::Log => f.write_str("events in its `-wal` file cannot be read where no file can be written"),
            Self::Overloaded => f.write_str("too many requests wait to be stored"),
            Self::Closed => f.write_str("the collector is shutting down"),
            Self::Io(error) => error.fmt(f),
            Self::Sqlite(error) => error.fmt(f),
        }
    }
}

impl Error for StoreError {}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        if error.sqlite_error().is_some_and(|error| error.extended_code == SQLITE_IOERR_SHMSIZE) {
            // The index of the log gets its size when the store is opened.
            return Self::Full;
        }
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Self::Foreign,
            Some(ErrorCode::DatabaseCorrupt) => Self::Corrupt(error.to_string()),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::ReadOnly) => Self::ReadOnly,
            Some(ErrorCode::CannotOpen) => Self::CannotOpen,
            _ => Self::Sqlite(error.into()),
        }
    }
}

impl From<io::Error> for StoreError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full,
            io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            _ => Self::Io(error.into()),
        }
    }
}

impl StoreError {
    /// How to go on, for an error when the store is opened.
    pub(in crate::collector) const fn help(&self) -> &'static str {
        match self {
            Self::Newer(_) => "update this program, or name another file with `--store`",
            Self::Foreign | Self::Unusable(_) => "name a new file, or a store, with `--store`",
            Self::Corrupt(_) => {
                "move the file away and start again; `sqlite3 FILE .recover` can save its events"
            }
            Self::InUse | Self::Busy => "end the other program, or name another file with `--store`",
            Self::Full => "make room on the disk, or name a file on another one with `--store`",
            Self::ReadOnly => {
                "name a file on another file system with `--store`; `--query` and `--export` can read this one"
            }
            Self::Log => {
                "copy the file and its `-wal` file to a directory where files can be written, and name the copy with `--store`"
            }
            Self::Moved
            | Self::CannotOpen
            | Self::Overloaded
            | Self::Closed
            | Self::Io(_)
            | Self::Sqlite(_) => "check the file and its permissions, or name another one with `--store`",
        }
    }
}
