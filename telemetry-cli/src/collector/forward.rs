// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `--forward-otlp`: sends the accepted events of the store to an OpenTelemetry collector, in their order. The position is kept in the
//! store, so that a restart goes on where the last one ended. An event is sent at least once, with the same id each time.

mod batch;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use telemetry_core::__command1::counted;
use telemetry_core::__forward1::{Forwarded, Forwarder};
use tokio::sync::watch;

use self::batch::Batch;
use super::store::{Store, StoreError};
use crate::message::eprint_message;

/// The most events of one request.
const MAX_EVENTS: usize = 256;

/// The pause after the store could not be read or written.
const STORE_PAUSE: Duration = Duration::from_secs(1);

/// Forwards events until it is aborted.
pub(super) struct Forwarding {
    store: Store,
    forwarder: Arc<Mutex<Forwarder>>,
    url: String,
    /// The id of the last event that needs no further attempt.
    position: i64,
    /// The most events of the next request. It shrinks if a request is rejected, and grows again.
    limit: usize,
    /// The attempts to send the next events.
    attempts: u32,
    /// Whether the store could not be read or written, which is reported once.
    has_failed: bool,
}

impl Forwarding {
    /// Continues at the position that the store has for this collector.
    pub(super) fn new(store: Store, forwarder: Forwarder) -> Result<Self, StoreError> {
        let url = forwarder.url().to_owned();
        let position = store.position(&url)?;
        Ok(Self {
            store,
            forwarder: Arc::new(Mutex::new(forwarder)),
            url,
            position,
            limit: MAX_EVENTS,
            attempts: 0,
            has_failed: false,
        })
    }

    /// Forwards all events, and then further ones as they are stored.
    pub(super) async fn run(mut self) {
        let mut committed = self.store.committed();
        loop {
            // Before the events are read: those that are committed meanwhile are not left out.
            let newest = *committed.borrow_and_update();
            match self.next_batch().await {
                Ok(batch) if batch.is_empty() => {
                    self.pass_over(newest).await;
                    wait(&mut committed).await;
                }
                Ok(batch) => self.forward(batch).await,
                Err(error) => self.wait_for_store(&error).await,
            }
        }
    }

    /// Notes that no event up to `newest` is to be forwarded: those after the position are not accepted, and may be deleted.
    async fn pass_over(&mut self, newest: i64) {
        if newest > self.position {
            self.set_position(newest).await;
        }
    }

    async fn next_batch(&self) -> Result<Batch, StoreError> {
        let (store, position, limit) = (self.store.clone(), self.position, self.limit);
        let read = tokio::task::spawn_blocking(move || Batch::read(&store, position, limit)).await;
        read.unwrap_or(Err(StoreError::Closed))
    }

    async fn forward(&mut self, batch: Batch) {
        let (last, count) = (batch.last_id(), batch.len());
        self.attempts = self.attempts.saturating_add(1);
        match self.send(batch).await {
            Forwarded::Accepted(rejected) => {
                if rejected > 0 {
                    self.warn(&format!(
                        "{} rejects {} up to event {last}",
                        self.url,
                        counted(rejected, "event")
                    ));
                }
                self.advance(last).await;
            }
            Forwarded::Rejected(_) if count > 1 => {
                self.end_failures();
                self.limit = count / 2;
            }
            Forwarded::Rejected(reason) => {
                self.warn(&format!("{} rejects event {last}, which is skipped: {reason}", self.url));
                self.advance(last).await;
            }
            Forwarded::Later(reason, pause) => self.wait_for_collector(&reason, pause).await,
        }
    }

    async fn send(&mut self, batch: Batch) -> Forwarded {
        let (forwarder, attempts) = (Arc::clone(&self.forwarder), self.attempts);
        let sent = tokio::task::spawn_blocking(move || {
            let mut forwarder = forwarder.lock().unwrap_or_else(PoisonError::into_inner);
            forwarder.send(&batch.received(), attempts)
        });
        sent.await.unwrap_or_else(|_| Forwarded::Later("the program is ending".into(), STORE_PAUSE))
    }

    /// Notes that the events up to `last` need no further attempt.
    async fn advance(&mut self, last: i64) {
        self.end_failures();
        self.limit = MAX_EVENTS.min(self.limit * 2);
        self.set_position(last).await;
    }

    /// The collector has answered, so the next failure is the first one.
    fn end_failures(&mut self) {
        if std::mem::take(&mut self.attempts) > 1 {
            self.warn(&format!("forwarding to {} goes on", self.url));
        }
    }

    async fn set_position(&mut self, position: i64) {
        self.position = position;
        // After a restart, events beyond it are sent again, with the same ids. A store that is full deletes none of them before.
        while let Err(error) = self.store.set_position(&self.url, position).await {
            self.wait_for_store(&error).await;
        }
        self.has_failed = false;
    }

    async fn wait_for_collector(&self, reason: &str, pause: Duration) {
        if self.attempts == 1 {
            self.warn(&format!("cannot forward to {}: {reason}; events are kept, and sent later", self.url));
        }
        tokio::time::sleep(pause).await;
    }

    async fn wait_for_store(&mut self, error: &StoreError) {
        if !std::mem::replace(&mut self.has_failed, true) {
            self.warn(&format!("cannot forward from the store: {error}"));
        }
        tokio::time::sleep(STORE_PAUSE).await;
    }

    fn warn(&self, message: &str) {
        eprint_message(&format!("warning: {message}"));
    }
}

/// Waits for the next commit.
async fn wait(committed: &mut watch::Receiver<i64>) {
    if committed.changed().await.is_err() {
        // The store is closed, and the program is ending.
        std::future::pending().await
    }
}
