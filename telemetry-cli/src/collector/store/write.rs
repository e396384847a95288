// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The thread that writes. It commits all requests that wait together, because each commit waits for the disk.

use std::fs::File;
use std::path::Path;

use rusqlite::{Connection, Transaction, TransactionBehavior, params};
use tokio::sync::{mpsc, oneshot, watch};

use super::event::violations_json;
use super::open::open_to_write;
use super::{NewRequest, Retention, StoreError};

/// The most events of one commit; a single request may have more. It bounds the time until the first of them is acknowledged.
const MAX_EVENTS: usize = 5000;

/// Something to write, and the way to report how that ended.
pub(super) struct Job {
    pub(super) change: Change,
    pub(super) done: Done,
}

pub(super) enum Change {
    /// A request with its events.
    Request(NewRequest),
    /// The last event that was forwarded to a URL.
    Position(String, i64),
}

pub(super) struct Writer {
    connection: Connection,
    retention: Retention,
    /// Held as long as the file is open.
    _lock: File,
}

impl Writer {
    pub(super) fn open(path: &Path, retention: Retention) -> Result<Self, StoreError> {
        let (connection, lock) = open_to_write(path)?;
        Ok(Self { connection, retention, _lock: lock })
    }

    /// The id of the last event, which may have been deleted.
    pub(super) fn last_id(&self) -> Result<i64, StoreError> {
        let sql = "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'event'";
        Ok(self.connection.query_row(sql, [], |row| row.get(0))?)
    }

    /// Writes until all senders are dropped.
    pub(super) fn run(mut self, mut jobs: mpsc::Receiver<Job>, committed: &watch::Sender<i64>) {
        while let Some(first) = jobs.blocking_recv() {
            let mut requests = Vec::new();
            for Job { change, done } in group(first, &mut jobs) {
                match change {
                    Change::Request(request) => requests.push((request, done)),
                    // Before the requests: it can make room for them in a store that is full.
                    Change::Position(url, position) => report(done, self.set_position(&url, position)),
                }
            }
            self.write_requests(requests, committed);
        }
    }

    fn write_requests(&mut self, requests: Vec<(NewRequest, Done)>, committed: &watch::Sender<i64>) {
        if requests.is_empty() {
            return;
        }
        let (requests, waiting): (Vec<_>, Vec<_>) = requests.into_iter().unzip();
        let result = self.commit(&requests);
        if let Ok(last) = result {
            committed.send_replace(last);
        }
        waiting.into_iter().for_each(|done| report(done, result.clone().map(drop)));
    }

    /// Stores the requests and returns the id of their last event.
    fn commit(&mut self, requests: &[NewRequest]) -> Result<i64, StoreError> {
        let now = requests.first().map_or(0, |request| request.received_at);
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        self.retention.apply(&transaction, now)?;
        requests.iter().try_for_each(|request| insert(&transaction, request))?;
        transaction.commit()?;
        self.last_id()
    }

    fn set_position(&self, url: &str, position: i64) -> Result<(), StoreError> {
        let sql = "INSERT INTO forward VALUES (?1, ?2) ON CONFLICT (url) DO UPDATE SET position = ?2";
        self.connection.execute(sql, params![url, position])?;
        Ok(())
    }
}

type Done = oneshot::Sender<Result<(), StoreError>>;

fn report(done: Done, result: Result<(), StoreError>) {
    // The client may have gone.
    let _ = done.send(result);
}

impl Change {
    fn events(&self) -> usize {
        match self {
            Self::Request(request) => request.events.len(),
            Self::Position(..) => 0,
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

fn insert(transaction: &Transaction<'_>, request: &NewRequest) -> Result<(), StoreError> {
    if request.events.is_empty() {
        return Ok(());
    }
    transaction.execute(
        "INSERT INTO request (accepted, client_id, version, schema_version, envelope) VALUES (?, ?, ?, ?, ?)",
        params![
            request.is_accepted,
            request.client_id,
            request.version,
            request.schema_version,
            request.envelope
        ],
    )?;
    let id = transaction.last_insert_rowid();
    let mut statement = transaction.prepare(
        "INSERT INTO event (request, received_at, product, session, name, ts, valid, violations, parameters) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?;
    for event in &request.events {
        statement.execute(params![
            id,
            request.received_at,
            request.product,
            request.session,
            event.name,
            event.timestamp,
            event.violations.is_empty(),
            violations_json(&event.violations),
            event.parameters
        ])?;
    }
    Ok(())
}
