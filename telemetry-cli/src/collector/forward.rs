// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `--forward-otlp`: sends the accepted events of the store to an OpenTelemetry collector, in their order. The position is kept in the
//! store, so that a restart goes on where the last one ended. An event is sent at least once, with the same id each time.

mod batch;
mod course;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use telemetry_core::__command1::counted;
use telemetry_core::__forward1::{Forwarded, Forwarder};
use tokio::sync::watch;
use tokio::time::Instant;

use self::batch::Batch;
use self::course::Course;
use super::store::{Settled, Store, StoreError};
use crate::message::{argument, eprint_message};

/// The events that are rejected one after the other before that is reported. Fewer of them may be the events' own fault.
const MANY: u64 = 16;

/// The pause after the store could not be read or written.
const STORE_PAUSE: Duration = Duration::from_secs(1);

/// Forwards events until it is aborted.
pub(super) struct Forwarding {
    store: Store,
    forwarder: Arc<Mutex<Forwarder>>,
    url: String,
    course: Course,
    /// The attempts to send the next events.
    attempts: u32,
    /// How often events were sent again because the receiver has accepted none after them, and when the next time is.
    passes: u32,
    again_at: Option<Instant>,
    /// Whether it was reported that events are rejected.
    has_warned: bool,
    /// Whether the store could not be read or written, which is reported once.
    has_failed: bool,
}

impl Forwarding {
    /// Continues at the position that the store has for this collector.
    pub(super) fn new(store: Store, forwarder: Forwarder) -> Result<Self, StoreError> {
        let url = forwarder.url().to_owned();
        let course = Course::new(store.position(&url)?);
        Ok(Self {
            store,
            forwarder: Arc::new(Mutex::new(forwarder)),
            url,
            course,
            attempts: 0,
            passes: 0,
            again_at: None,
            has_warned: false,
            has_failed: false,
        })
    }

    /// Forwards all events, and then further ones as they are stored.
    pub(super) async fn run(mut self) {
        let mut committed = self.store.committed();
        // A later start without forwarding can then warn of events that are not forwarded. Without it, there is only no warning.
        let _ = self.store.settle(&self.url, &self.course.settled()).await;
        loop {
            // Before the events are read: those that are committed meanwhile are not left out.
            let newest = *committed.borrow_and_update();
            match self.next_batch().await {
                Ok(batch) if batch.is_empty() => self.wait_for_events(newest, &mut committed).await,
                Ok(batch) => self.forward(batch).await,
                Err(error) => self.wait_for_store(&error).await,
            }
        }
    }

    /// Waits for further events after the one with the id `newest`, or until rejected ones are to be sent again.
    async fn wait_for_events(&mut self, newest: i64, committed: &mut watch::Receiver<i64>) {
        if self.course.rejected().is_none() {
            // Those after the position are not to be forwarded, and may be deleted.
            if let Some(settled) = self.course.pass_over(newest) {
                self.settle(settled).await;
            }
            return wait(committed).await;
        }
        self.warn_of_rejections();
        let pause = Forwarder::pause(self.passes.saturating_add(1));
        let again_at = *self.again_at.get_or_insert_with(|| Instant::now() + pause);
        if tokio::time::timeout_at(again_at, wait(committed)).await.is_err() {
            self.passes = self.passes.saturating_add(1);
            self.again_at = None;
            self.course.begin_again();
        }
    }

    async fn next_batch(&self) -> Result<Batch, StoreError> {
        let (store, reached, limit) = (self.store.clone(), self.course.reached(), self.course.limit());
        let read = tokio::task::spawn_blocking(move || Batch::read(&store, reached, limit)).await;
        read.unwrap_or(Err(StoreError::Closed))
    }

    async fn forward(&mut self, batch: Batch) {
        let (ids, count) = (batch.ids(), batch.len());
        self.attempts = self.attempts.saturating_add(1);
        match self.send(batch).await {
            Forwarded::Accepted(rejected) if rejected < count as u64 => self.accept(ids, rejected).await,
            Forwarded::Accepted(_) => {
                self.reject(ids.1, count, "it accepts no event of a request".into()).await
            }
            Forwarded::Rejected(reason) => self.reject(ids.1, count, reason).await,
            Forwarded::Later(reason, pause) => self.wait_for_collector(&reason, pause).await,
        }
    }

    /// The receiver has accepted the events with these first and last ids, but for `rejected` of them.
    async fn accept(&mut self, (first, last): (i64, i64), rejected: u64) {
        if rejected > 0 {
            let rejected = counted(rejected, "event");
            self.warn(&format!(
                "{} rejects {rejected} of those from {first} to {last}, and accepts the others",
                self.url
            ));
        }
        self.end_failures();
        (self.passes, self.again_at) = (0, None);
        if let Some(settled) = self.course.accept(last) {
            self.report_given_up(&settled);
            self.settle(settled).await;
        }
    }

    fn report_given_up(&mut self, settled: &Settled) {
        let has_warned = std::mem::take(&mut self.has_warned);
        if let Some(rejected) = &settled.rejected {
            self.warn(&format!(
                "{} rejects {rejected} and accepts later ones: {}\nhelp: `--query 'SELECT * FROM rejected'` lists \
                 the events that were rejected, which are not sent again",
                self.url, rejected.reason
            ));
        } else if has_warned {
            self.report_going_on();
        }
    }

    async fn reject(&mut self, last: i64, count: usize, reason: String) {
        self.end_failures();
        let pause = self.course.reject(last, count, reason);
        if self.course.rejected().is_some_and(|rejected| rejected.events >= MANY) {
            self.warn_of_rejections();
        }
        tokio::time::sleep(pause).await;
    }

    /// Reports once that the receiver may reject everything.
    fn warn_of_rejections(&mut self) {
        let Some(rejected) = self.course.rejected() else { return };
        if !std::mem::replace(&mut self.has_warned, true) {
            self.warn(&format!(
                "{} rejects {rejected} and has accepted none after that: {}; events are kept, and sent again\n\
                 help: check that a collector takes OTLP over HTTP at this URL: its scheme, port and path, and proxies",
                self.url, rejected.reason
            ));
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

    /// The collector has answered, so the next failure is the first one.
    fn end_failures(&mut self) {
        if std::mem::take(&mut self.attempts) > 1 {
            self.report_going_on();
        }
    }

    fn report_going_on(&self) {
        eprint_message(&format!("note: forwarding to {} goes on", self.url));
    }

    /// Notes in the store which events need no further attempt.
    async fn settle(&mut self, settled: Settled) {
        // After a restart, events beyond it are sent again, with the same ids. A store that is full deletes none of them before.
        while let Err(error) = self.store.settle(&self.url, &settled).await {
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

/// Warns of events that were to be forwarded and can be deleted before that, because this collector does not forward.
pub(super) fn warn_of_unforwarded(store: &Store) {
    // A store that cannot be read is reported to the requests that need it.
    if let Ok(Some((url, events))) = store.unforwarded() {
        let base = url.strip_suffix("/v1/logs").unwrap_or(&url);
        eprint_message(&format!(
            "warning: {} of this store are not forwarded to {url}, and are deleted by their age or the size of the store\n\
             help: add `--forward-otlp {}` to forward them before they are deleted",
            counted(events, "event"),
            argument(base)
        ));
    }
}

/// Waits for the next commit.
async fn wait(committed: &mut watch::Receiver<i64>) {
    if committed.changed().await.is_err() {
        // The store is closed, and the program is ending.
        std::future::pending().await
    }
}
