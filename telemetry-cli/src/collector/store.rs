// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The store of the collector: a SQLite file in WAL mode. One thread writes, and a request is answered after its events are
//! committed. Readers use connections of their own, which cannot write.

mod error;
mod event;
mod files;
mod filter;
mod open;
mod read;
mod retention;
mod settled;
mod to_read;
mod write;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use rusqlite::{Connection, OptionalExtension, Row};
use tokio::sync::{mpsc, oneshot, watch};

pub(super) use self::error::StoreError;
pub(super) use self::event::{NewEvent, NewRequest, StoredEvent, Violation, iso, now};
pub(super) use self::filter::Filter;
pub(super) use self::read::{Count, Order, Page, Property, page};
pub(super) use self::retention::Retention;
pub(super) use self::settled::{Rejected, Settled};
pub(super) use self::to_read::ToRead;
use self::to_read::open_to_read;
use self::write::{Change, Job, Writer};

/// The number of changes that may wait for the writer. Each connection waits for one at most.
const MAX_WAITING: usize = 512;

/// The number of SQLite's instructions after which a reader looks whether its answer is still wanted: well below a millisecond.
const INSTRUCTIONS: i32 = 10_000;

const UNFORWARDED: &str = "SELECT url, (SELECT count(*) FROM event JOIN request ON request.id = event.request
    WHERE request.accepted AND event.id > position) FROM forward ORDER BY position DESC LIMIT 1";

/// A handle to the store, cheap to clone. The file is closed when all handles are dropped and [`Closing::wait`] returns.
#[derive(Clone)]
pub(super) struct Store {
    shared: Arc<Shared>,
    jobs: mpsc::Sender<Job>,
    committed: watch::Receiver<i64>,
    is_canceled: Arc<AtomicBool>,
}

/// Cancels reads when it is dropped.
pub(super) struct Wanted(Arc<AtomicBool>);

impl Drop for Wanted {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

struct Shared {
    path: PathBuf,
    /// Connections that are not in use.
    readers: Mutex<Vec<Connection>>,
}

/// The thread that writes.
pub(super) struct Closing(JoinHandle<()>);

impl Closing {
    /// Waits until everything is written and the file is closed.
    pub(super) fn wait(self) {
        // A panic of the writer has been printed by the standard library, and requests have been answered with 503.
        let _ = self.0.join();
    }
}

impl Store {
    /// Opens the file, or creates it, for the only collector that writes to it.
    pub(super) fn open(path: &Path, retention: Retention) -> Result<(Self, Closing), StoreError> {
        let writer = Writer::open(path, retention)?;
        let (jobs, waiting) = mpsc::channel(MAX_WAITING);
        let (sender, committed) = watch::channel(writer.last_id());
        let path = writer.path().to_owned();
        let thread = std::thread::Builder::new().name("store".into());
        let thread = thread.spawn(move || writer.run(waiting, &sender))?;
        let shared = Shared { path, readers: Mutex::default() };
        let store = Self { shared: Arc::new(shared), jobs, committed, is_canceled: Arc::default() };
        Ok((store, Closing(thread)))
    }

    /// Stores a request, and returns after its events are committed.
    pub(super) async fn insert(&self, request: NewRequest) -> Result<(), StoreError> {
        self.write(Change::Request(request)).await.map(drop)
    }

    /// Notes that events need no further attempt to forward them to `url`.
    pub(super) async fn settle(&self, url: &str, settled: &Settled) -> Result<(), StoreError> {
        self.write(Change::Settled(url.to_owned(), settled.clone())).await.map(drop)
    }

    /// Deletes events that are too old, or the first of them, and returns whether there were some.
    pub(super) async fn tidy(&self) -> Result<bool, StoreError> {
        self.write(Change::Tidy).await
    }

    /// The id of the last event that needs no further attempt to forward it to `url`; 0 without one. It blocks.
    pub(super) fn position(&self, url: &str) -> Result<i64, StoreError> {
        let sql = "SELECT coalesce(max(position), 0) FROM forward WHERE url = ?1";
        self.read(|connection| Ok(connection.query_row(sql, [url], |row| row.get(0))?))
    }

    /// Accepted events that are forwarded to no URL, though others were, and the URL of those. It blocks.
    pub(super) fn unforwarded(&self) -> Result<Option<(String, u32)>, StoreError> {
        self.read(|connection| {
            let row = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?));
            Ok(connection.query_row(UNFORWARDED, [], row).optional()?.filter(|(_, events)| *events > 0))
        })
    }

    async fn write(&self, change: Change) -> Result<bool, StoreError> {
        let (done, outcome) = oneshot::channel();
        self.jobs.try_send(Job { change, done }).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => StoreError::Overloaded,
            mpsc::error::TrySendError::Closed(_) => StoreError::Closed,
        })?;
        outcome.await.unwrap_or(Err(StoreError::Closed))
    }

    /// The id of the last event that is committed; it changes with each commit.
    pub(super) fn committed(&self) -> watch::Receiver<i64> {
        self.committed.clone()
    }

    /// Another handle, whose reads end with an error soon after the second value is dropped.
    pub(super) fn cancelable(&self) -> (Self, Wanted) {
        let is_canceled = Arc::<AtomicBool>::default();
        (Self { is_canceled: Arc::clone(&is_canceled), ..self.clone() }, Wanted(is_canceled))
    }

    /// Runs `read` with a connection that cannot write. It blocks.
    pub(super) fn read<T>(
        &self,
        read: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let idle = self.readers().pop();
        let connection = idle.map_or_else(|| open_to_read(&self.shared.path), Ok)?;
        let is_canceled = Arc::clone(&self.is_canceled);
        connection.progress_handler(INSTRUCTIONS, Some(move || is_canceled.load(Ordering::Relaxed)))?;
        let result = read(&connection);
        self.readers().push(connection);
        result
    }

    fn readers(&self) -> std::sync::MutexGuard<'_, Vec<Connection>> {
        self.shared.readers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
