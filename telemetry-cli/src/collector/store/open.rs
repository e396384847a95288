// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Opens the file of a store, and creates its tables.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::StoreError;

/// The version of the tables, which is the file's `user_version`.
pub(super) const VERSION: i64 = 1;

/// The file's `application_id`: `NTC1` in ASCII.
const APPLICATION: i64 = 0x4E54_4331;

/// How long to wait for a program that has locked the file.
const BUSY: Duration = Duration::from_secs(1);

/// docs/COLLECTOR.md describes the view `events` for queries. The tables behind it may change with any release.
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
CREATE INDEX event_received_at ON event (received_at);
CREATE INDEX event_name ON event (name);
CREATE INDEX event_session ON event (session);
CREATE INDEX event_invalid ON event (id) WHERE NOT valid;
CREATE TABLE forward (url TEXT PRIMARY KEY, position INTEGER NOT NULL);
CREATE VIEW events AS SELECT
    event.id,
    strftime('%Y-%m-%dT%H:%M:%fZ', event.received_at / 1000.0, 'unixepoch') AS received_at,
    event.product, request.client_id, request.version, event.session, event.name, request.schema_version,
    event.ts, request.accepted, event.valid, event.violations, event.parameters, request.envelope
FROM event JOIN request ON request.id = event.request;
";

/// Opens the file to write. The second value is the lock that keeps other collectors out until it is dropped.
pub(super) fn open_to_write(path: &Path) -> Result<(Connection, File), StoreError> {
    let lock = lock(path)?;
    create_private(path)?;
    let connection = Connection::open_with_flags(path, flags(OpenFlags::SQLITE_OPEN_READ_WRITE))?;
    connection.busy_timeout(BUSY)?;
    if is_new(&connection)? {
        create(&connection)?
    } else {
        check(&connection)?
    }
    connection.pragma_update(None, "journal_mode", "wal")?;
    // Acknowledged events survive a power failure.
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "journal_size_limit", 16 << 20)?;
    Ok((connection, lock))
}

/// Opens the file of a store to read it.
pub(in crate::collector) fn open_to_read(path: &Path) -> Result<Connection, StoreError> {
    let connection = Connection::open_with_flags(path, flags(OpenFlags::SQLITE_OPEN_READ_ONLY))?;
    connection.busy_timeout(BUSY)?;
    connection.pragma_update(None, "query_only", true)?;
    check_version(&connection)?;
    Ok(connection)
}

fn flags(access: OpenFlags) -> OpenFlags {
    access | OpenFlags::SQLITE_OPEN_NO_MUTEX
}

/// Locks a file beside the store. The lock is released by the system however this process ends, so the file can stay.
fn lock(path: &Path) -> Result<File, StoreError> {
    let mut name = path.as_os_str().to_owned();
    name.push("-lock");
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(PathBuf::from(name))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StoreError::InUse),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}

/// Creates the file, if it does not exist, so that other users cannot read it. SQLite gives its permissions to the files beside it.
fn create_private(path: &Path) -> Result<(), StoreError> {
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?;
    Ok(())
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
    Ok(())
}

fn check_version(connection: &Connection) -> Result<(), StoreError> {
    if pragma(connection, "application_id")? != APPLICATION {
        return Err(StoreError::Foreign);
    }
    match pragma(connection, "user_version")? {
        VERSION => Ok(()),
        version => Err(StoreError::Newer(version)),
    }
}

fn check(connection: &Connection) -> Result<(), StoreError> {
    check_version(connection)?;
    let found: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if found == "ok" { Ok(()) } else { Err(StoreError::Corrupt(found.replace('\n', " "))) }
}
