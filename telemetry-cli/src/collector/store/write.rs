// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The thread that writes. It commits all requests that wait together, because each commit waits for the disk.

mod insert;
#[cfg(test)]
#[cfg(unix)]
mod tests;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, TransactionBehavior};
use tokio::sync::{mpsc, oneshot, watch};

use self::insert::insert;
use super::event::now;
use super::files::Files;
use super::open::{Opened, connect_to_write, open_to_write};
use super::{NewRequest, Retention, Settled, StoreError};

/// The most events of one commit; a single request may have more. It bounds the time until the first of them is acknowledged.
const MAX_EVENTS: usize = 5000;

/// The size of SQLite's log from which it is written to the database, in bytes.
const LOG_SIZE: u64 = 4 << 20;

/// The pause before a file that another program has written to is checked. A system notes the time of a write before its bytes, and
/// counts it in steps of up to some 10 ms.
const SETTLE_TIME: Duration = Duration::from_millis(100);

/// The number of checks of files that another program goes on to write to, until requests are refused.
const CHECKS: usize = 4;

/// Something to write, and the way to report how that ended.
pub(super) struct Job {
    pub(super) change: Change,
    pub(super) done: Done,
}

pub(super) enum Change {
    /// A request with its events.
    Request(NewRequest),
    /// Events that need no further attempt to forward them to a URL.
    Settled(String, Settled),
    /// The events that are too old are to be deleted, or the first of them.
    Tidy,
}

/// Whether something was deleted, or the reason why nothing is written.
pub(super) type Done = oneshot::Sender<Result<bool, StoreError>>;

pub(super) struct Writer {
    path: PathBuf,
    connection: Connection,
    retention: Retention,
    /// As the last write has left them.
    files: Files,
    /// The rows that the connection had changed then.
    changes: u64,
    /// The id of the last event, which may have been deleted.
    last_id: i64,
    /// Nothing is written any more once the files are damaged.
    damage: Option<StoreError>,
    /// Held as long as the file is open.
    _lock: File,
}

impl Writer {
    pub(super) fn open(path: &Path, retention: Retention) -> Result<Self, StoreError> {
        let Opened { path, connection, files, lock } = open_to_write(path)?;
        let last_id = last_id(&connection)?;
        Ok(Self { path, connection, retention, files, changes: 0, last_id, damage: None, _lock: lock })
    }

    /// The place of the file. Symbolic links are resolved.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The id of the last event, which may have been deleted.
    pub(super) const fn last_id(&self) -> i64 {
        self.last_id
    }

    /// Writes until all senders are dropped.
    pub(super) fn run(mut self, mut jobs: mpsc::Receiver<Job>, committed: &watch::Sender<i64>) {
        while let Some(first) = jobs.blocking_recv() {
            let group = group(first, &mut jobs);
            match self.check_files().inspect_err(|error| self.note(error)) {
                Ok(()) => self.write(group, committed),
                Err(error) => group.into_iter().for_each(|job| report(job.done, Err(error.clone()))),
            }
        }
    }

    fn write(&mut self, group: Vec<Job>, committed: &watch::Sender<i64>) {
        let mut requests = Vec::new();
        for Job { change, done } in group {
            match change {
                Change::Request(request) => requests.push((request, done)),
                // Before the requests: it can make room for them in a store that is full.
                Change::Settled(url, settled) => report(done, self.settle(&url, &settled)),
                Change::Tidy => report(done, self.commit(&[], now())),
            }
        }
        if !requests.is_empty() {
            self.write_requests(requests, committed);
        }
    }

    fn write_requests(&mut self, requests: Vec<(NewRequest, Done)>, committed: &watch::Sender<i64>) {
        let (requests, waiting): (Vec<_>, Vec<_>) = requests.into_iter().unzip();
        let result = self.commit(&requests, now());
        if result.is_ok() {
            committed.send_replace(self.last_id);
        }
        waiting.into_iter().for_each(|done| report(done, result.clone()));
    }

    /// Deletes events that are too old, stores the requests, and returns whether events were deleted.
    fn commit(&mut self, requests: &[NewRequest], now: i64) -> Result<bool, StoreError> {
        let result = self.try_commit(requests, now);
        self.confirm(result)
    }

    fn try_commit(&mut self, requests: &[NewRequest], now: i64) -> Result<bool, StoreError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let size = requests.iter().map(NewRequest::size).sum();
        let has_deleted = self.retention.apply(&transaction, now, size)?;
        requests.iter().try_for_each(|request| insert(&transaction, request))?;
        let last_id = last_id(&transaction)?;
        transaction.commit()?;
        self.last_id = last_id;
        Ok(has_deleted)
    }

    fn settle(&mut self, url: &str, settled: &Settled) -> Result<bool, StoreError> {
        let result = settled.save(&mut self.connection, url);
        self.confirm(result.map(|()| false).map_err(StoreError::from))
    }

    /// The result of a write, unless it went into a file that no longer has its name.
    fn confirm<T>(&mut self, result: Result<T, StoreError>) -> Result<T, StoreError> {
        let (files, changes) = (self.files_now()?, self.connection.total_changes());
        // Without changes, nothing was written: what differs in the files is the work of another program.
        if changes != self.changes {
            let is_long = files.log_size().is_some_and(|size| size > LOG_SIZE);
            self.files.commit(files);
            self.changes = changes;
            if is_long {
                self.checkpoint();
            }
        }
        result.inspect_err(|error| self.note(error))
    }

    /// The files, if they are in their places.
    fn files_now(&self) -> Result<Files, StoreError> {
        let files = Files::of(&self.path);
        if files.are_in_the_place_of(&self.files) { Ok(files) } else { Err(StoreError::Moved) }
    }

    /// Writes the log to the database, unless another program has changed the database meanwhile.
    fn checkpoint(&mut self) {
        if self.check_files().is_ok() {
            // What cannot be written now stays in the log, for the next time.
            let _ = self.connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
            if let Ok(files) = self.files_now() {
                self.files.checkpoint(files);
            }
        }
    }

    /// Checks that nothing but this writer has changed the files since the last write. Files that another program has written to are
    /// opened and checked again, until they are the same before and after the check.
    fn check_files(&mut self) -> Result<(), StoreError> {
        if let Some(damage) = &self.damage {
            return Err(damage.clone());
        }
        for _ in 0..CHECKS {
            if self.files_now()? == self.files {
                return Ok(());
            }
            std::thread::sleep(SETTLE_TIME);
            self.reopen(self.files_now()?)?;
        }
        Err(StoreError::Busy)
    }

    /// Opens and checks the files again, which were `files` before.
    fn reopen(&mut self, files: Files) -> Result<(), StoreError> {
        let connection = connect_to_write(&self.path).map_err(|error| match error {
            StoreError::Foreign => StoreError::Corrupt("it is no longer a store of the collector".into()),
            other => other,
        })?;
        let last_id = last_id(&connection)?;
        if last_id < self.last_id {
            return Err(StoreError::Corrupt("events are missing".into()));
        }
        // The log begins anew, so that it does not continue one that has been cut off.
        let is_busy: bool = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        if is_busy {
            return Err(StoreError::Busy);
        }
        (self.connection, self.files, self.changes, self.last_id) = (connection, files, 0, last_id);
        Ok(())
    }

    /// After damage, the files stay as they are, so that what is in them can be recovered.
    fn note(&mut self, error: &StoreError) {
        if matches!(error, StoreError::Corrupt(_) | StoreError::Newer(_)) {
            self.damage = Some(error.clone());
            // It fails only for a connection that is closed.
            let _ = self.connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true);
        }
    }
}

fn last_id(connection: &Connection) -> Result<i64, StoreError> {
    let sql = "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'event'";
    Ok(connection.query_row(sql, [], |row| row.get(0))?)
}

fn report(done: Done, result: Result<bool, StoreError>) {
    // The client may have gone.
    let _ = done.send(result);
}

impl Change {
    fn events(&self) -> usize {
        match self {
            Self::Request(request) => request.events.len(),
            Self::Settled(..) | Self::Tidy => 0,
        }
    }
}

/// The first job and those that wait already.
fn group(first: Job, jobs: &mut mpsc::Receiver<Job>) -> Vec<Job> {
    let mut events = first.change.events();
    let mut group = vec![first];
    while events < MAX_EVENTS
        && let Ok(next) = jobs.try_recv()
    {
        events += next.change.events();
        group.push(next);
    }
    group
}
