// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Opens the file of a store, and creates its tables.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::StoreError;
use super::files::{Files, beside};

/// The version of the tables, which is the file's `user_version`.
pub(super) const VERSION: i64 = 2;

/// The file's `application_id`: `NTC1` in ASCII.
const APPLICATION: i64 = 0x4E54_4331;

/// How long to wait for a program that has locked the file.
const BUSY: Duration = Duration::from_secs(1);

/// docs/COLLECTOR.md describes the view `events` and the table `rejected` for queries. The other tables may change with any release.
const TABLES: &str = "
CREATE TABLE store (id TEXT NOT NULL);
CREATE TABLE request (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    accepted INTEGER NOT NULL,
    client_id TEXT NOT NULL,
    version TEXT NOT NULL,
    schema_version TEXT NOT NULL,
    envelope TEXT NOT NULL
);
CREATE TABLE event (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    request INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    product TEXT NOT NULL,
    session TEXT NOT NULL,
    name TEXT NOT NULL,
    ts TEXT NOT NULL,
    valid INTEGER NOT NULL,
    violations TEXT NOT NULL,
    parameters TEXT NOT NULL
);
CREATE INDEX event_received_at ON event (received_at, valid);
CREATE INDEX event_name ON event (name);
CREATE INDEX event_session ON event (session);
CREATE INDEX event_invalid ON event (id) WHERE NOT valid;
CREATE TABLE forward (url TEXT PRIMARY KEY, position INTEGER NOT NULL);
CREATE TABLE rejected (id INTEGER NOT NULL, url TEXT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (id, url)) WITHOUT ROWID;
CREATE TRIGGER event_deleted AFTER DELETE ON event BEGIN DELETE FROM rejected WHERE id = old.id; END;
CREATE VIEW events AS SELECT
    event.id,
    strftime('%Y-%m-%dT%H:%M:%fZ', event.received_at / 1000.0, 'unixepoch') AS received_at,
    event.product, request.client_id, request.version, event.session, event.name, request.schema_version,
    event.ts, request.accepted, event.valid, event.violations, event.parameters, request.envelope
FROM event JOIN request ON request.id = event.request;
";

/// A store that is open to write.
pub(super) struct Opened {
    /// The real path.
    pub(super) path: PathBuf,
    pub(super) connection: Connection,
    /// As they were before the check of their contents, so that a change by another program in the meantime is noticed.
    pub(super) files: Files,
    /// Keeps other collectors out until it is dropped.
    pub(super) lock: File,
}

/// Opens the file to write, and creates it if it does not exist.
pub(super) fn open_to_write(path: &Path) -> Result<Opened, StoreError> {
    if !path.try_exists()? {
        create_private(path)?;
    }
    // Other names of the file, which links give it, lead to the same lock.
    let path = path.canonicalize()?;
    check_file(&path)?;
    let lock = lock(&path)?;
    let connection = connect(&path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    if is_new(&connection)? {
        create(&connection)?;
    }
    let earlier = Files::of(&path);
    let connection = connect_to_write(&path)?;
    // The log may not have existed before.
    let files = Files::of(&path).with_database_of(earlier);
    Ok(Opened { path, connection, files, lock })
}

/// Opens and checks a file that is a store already.
pub(super) fn connect_to_write(path: &Path) -> Result<Connection, StoreError> {
    let connection = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    check(&connection)?;
    use_log(&connection)?;
    // Acknowledged events survive a power failure.
    connection.pragma_update(None, "synchronous", "full")?;
    // The writer of the store does this, so that it knows when the database changes. The log is cut off each time.
    connection.pragma_update(None, "journal_size_limit", 0)?;
    connection.pragma_update(None, "wal_autocheckpoint", 0)?;
    Ok(connection)
}

pub(super) fn connect(path: &Path, access: OpenFlags) -> Result<Connection, StoreError> {
    check_file(path)?;
    let connection = Connection::open_with_flags(path, access | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(BUSY)?;
    Ok(connection)
}

/// Checks the kind of the file, which SQLite does not: it waits for the other end of a pipe, deletes the log of a file that is empty, and damages a file that is
/// opened by two names.
fn check_file(path: &Path) -> Result<(), StoreError> {
    let file = std::fs::metadata(path)?;
    if !file.is_file() {
        return Err(StoreError::Unusable("it is not a regular file"));
    }
    #[cfg(unix)]
    if std::os::unix::fs::MetadataExt::nlink(&file) > 1 {
        return Err(StoreError::Unusable("it has a second name, which is a hard link"));
    }
    let log = std::fs::metadata(beside(path, "-wal"));
    if file.len() == 0 && log.is_ok_and(|log| log.len() > 0) {
        return Err(StoreError::Corrupt("it is empty, and its log is not".into()));
    }
    Ok(())
}

/// Locks a file beside the store. The lock is released by the system however this process ends, so the file can stay.
fn lock(path: &Path) -> Result<File, StoreError> {
    let file = create_private(&lock_file(path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StoreError::InUse),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}

/// The file whose lock a collector holds while it runs.
pub(super) fn lock_file(path: &Path) -> PathBuf {
    beside(path, "-lock")
}

/// Opens the file, and creates it, if it does not exist, so that other users cannot read it. SQLite gives its permissions to the files
/// beside it.
fn create_private(path: &Path) -> Result<File, StoreError> {
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    Ok(options.open(path)?)
}

fn pragma(connection: &Connection, name: &str) -> Result<i64, StoreError> {
    Ok(connection.pragma_query_value(None, name, |row| row.get(0))?)
}

/// Whether the file has neither tables nor the mark of a program.
fn is_new(connection: &Connection) -> Result<bool, StoreError> {
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    Ok(tables == 0 && pragma(connection, "application_id")? == 0)
}

fn create(connection: &Connection) -> Result<(), StoreError> {
    connection.pragma_update(None, "auto_vacuum", "incremental")?;
    connection.execute_batch(&format!(
        "BEGIN IMMEDIATE; {TABLES} INSERT INTO store VALUES (lower(hex(randomblob(16))));
         PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION}; COMMIT;"
    ))?;
    use_log(connection)
}

/// Has changes written to a log. It changes the database, unless it has a log already.
fn use_log(connection: &Connection) -> Result<(), StoreError> {
    Ok(connection.pragma_update(None, "journal_mode", "wal")?)
}

pub(super) fn check_version(connection: &Connection) -> Result<(), StoreError> {
    if pragma(connection, "application_id")? != APPLICATION {
        return Err(StoreError::Foreign);
    }
    match pragma(connection, "user_version")? {
        VERSION => Ok(()),
        version if version > VERSION => Err(StoreError::Newer(version)),
        _ => Err(StoreError::Foreign),
    }
}

fn check(connection: &Connection) -> Result<(), StoreError> {
    check_version(connection)?;
    let found: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if found == "ok" { Ok(()) } else { Err(StoreError::Corrupt(found.replace('\n', " "))) }
}
