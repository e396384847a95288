// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Opens the file of a store to read it, also where no file can be written: on a disk that is full, or mounted read-only.

use std::fs::{File, TryLockError};
use std::io;
use std::ops::Deref;
use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use super::StoreError;
use super::files::beside;
use super::open::{check_version, connect, lock_file};

/// A store that is open to read.
#[derive(Debug)]
pub(in crate::collector) struct ToRead {
    connection: Connection,
    /// Keeps collectors out of a file that SQLite takes for one that does not change.
    _lock: Option<File>,
}

impl Deref for ToRead {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.connection
    }
}

impl ToRead {
    /// Opens the file, whether a collector runs or not.
    pub(in crate::collector) fn open(path: &Path) -> Result<Self, StoreError> {
        match open_to_read(path) {
            Err(error @ (StoreError::Full | StoreError::ReadOnly | StoreError::CannotOpen)) => {
                Self::open_unchanging(path, error)
            }
            result => Ok(Self { connection: result?, _lock: None }),
        }
    }

    /// Opens a file that nothing writes to, without SQLite's files beside it. `error` is the reason why they cannot be used.
    fn open_unchanging(path: &Path, error: StoreError) -> Result<Self, StoreError> {
        // SQLite has one error for a file that cannot be read and for others, and the system has the reason.
        File::open(path)?;
        let lock = lock_out(path)?;
        if std::fs::metadata(beside(path, "-wal")).is_ok_and(|log| log.len() > 0) {
            return Err(StoreError::Log);
        }
        let uri = format!("file:{}?immutable=1", escape(&path.canonicalize()?));
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
        let connection = Connection::open_with_flags(uri, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX);
        let connection = connection.map_err(|_| error)?;
        only_read(&connection)?;
        Ok(Self { connection, _lock: lock })
    }
}

/// Opens the file with SQLite's log and its index, which SQLite creates if they do not exist.
pub(super) fn open_to_read(path: &Path) -> Result<Connection, StoreError> {
    let connection = connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    only_read(&connection)?;
    Ok(connection)
}

fn only_read(connection: &Connection) -> Result<(), StoreError> {
    connection.pragma_update(None, "query_only", true)?;
    check_version(connection)
}

/// Locks collectors out, unless none has ever run. Several programs can do so at a time.
fn lock_out(path: &Path) -> Result<Option<File>, StoreError> {
    let lock = match File::open(lock_file(path)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        opened => opened?,
    };
    match lock.try_lock_shared() {
        Ok(()) => Ok(Some(lock)),
        Err(TryLockError::WouldBlock) => Err(StoreError::InUse),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}

/// The path for a URI, with all bytes escaped that could have a meaning there.
fn escape(path: &Path) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._".contains(&byte);
    let escaped =
        |byte: &u8| if is_plain(*byte) { char::from(*byte).to_string() } else { format!("%{byte:02X}") };
    path.as_os_str().as_encoded_bytes().iter().map(escaped).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_cannot_add_to_the_uri() {
        assert_eq!(escape(Path::new("/a-b/c_d.sqlite")), "/a-b/c_d.sqlite");
        assert_eq!(escape(Path::new("/\u{e4} ?#%&")), "/%C3%A4%20%3F%23%25%26");
    }

    #[test]
    fn a_store_is_read_without_a_log_and_keeps_collectors_out_meanwhile() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("a ?b#%41.sqlite");
        drop(super::super::open::open_to_write(&path).unwrap());
        let open = || ToRead::open_unchanging(&path, StoreError::Full);
        let (reader, second) = (open().unwrap(), open().unwrap());
        assert_eq!(second.query_row("SELECT count(*) FROM events", [], |row| row.get::<_, i64>(0)), Ok(0));
        assert!(matches!(super::super::open::open_to_write(&path), Err(StoreError::InUse)));
        drop((reader, second));
        let collector = super::super::open::open_to_write(&path).unwrap();
        assert!(matches!(open(), Err(StoreError::InUse)), "a collector runs");
        drop(collector);
        std::fs::write(beside(&path, "-wal"), "events").unwrap();
        assert!(matches!(open(), Err(StoreError::Log)));
    }
}
