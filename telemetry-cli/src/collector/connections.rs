// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The connections of the server, in a limited number. At the limit, a new connection replaces the one that has kept the server
//! waiting for the longest time, so silent and slow clients cannot lock others out.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};

/// The most connections at a time.
pub(super) const MAX_CONNECTIONS: usize = 256;

/// The connections that are open.
#[derive(Clone)]
pub(super) struct Connections {
    open: Arc<Mutex<BTreeMap<u64, Peer>>>,
    /// It is never closed.
    room: Arc<Semaphore>,
}

/// The other end of a connection.
#[derive(Clone)]
pub(super) struct Peer(Arc<State>);

struct State {
    /// Since when the server waits for the next byte of a request; `None` while it works on one.
    waiting: Mutex<Option<Instant>>,
    close: Notify,
    is_dripping: AtomicBool,
}

/// A connection that counts until this is dropped.
pub(super) struct Open {
    id: u64,
    pub(super) peer: Peer,
    connections: Connections,
    _room: Option<OwnedSemaphorePermit>,
}

/// The server works on a request of the peer until this is dropped.
pub(super) struct Busy<'a>(&'a Peer);

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Connections {
    pub(super) fn new() -> Self {
        Self { open: Arc::default(), room: Arc::new(Semaphore::new(MAX_CONNECTIONS)) }
    }

    /// Adds connection number `id`. Waits as long as the server works on requests of all others.
    pub(super) async fn add(&self, id: u64) -> Open {
        if self.room.available_permits() == 0 {
            self.close_longest_waiting();
        }
        let room = Arc::clone(&self.room).acquire_owned().await.ok();
        let peer = Peer(Arc::new(State {
            waiting: Mutex::new(Some(Instant::now())),
            close: Notify::new(),
            is_dripping: AtomicBool::new(false),
        }));
        lock(&self.open).insert(id, peer.clone());
        Open { id, peer, connections: self.clone(), _room: room }
    }

    fn close_longest_waiting(&self) {
        let open = lock(&self.open);
        let waiting = open.values().filter_map(|peer| Some((lock(&peer.0.waiting).as_ref().copied()?, peer)));
        if let Some((_, peer)) = waiting.min_by_key(|(since, _)| *since) {
            peer.0.close.notify_one();
        }
    }

    /// Waits until all connections are closed.
    pub(super) async fn all_closed(&self) {
        let all = u32::try_from(MAX_CONNECTIONS).unwrap_or(u32::MAX);
        let _ = self.room.acquire_many(all).await;
    }
}

impl Peer {
    /// Protects the connection from being replaced.
    pub(super) fn busy(&self) -> Busy<'_> {
        self.keep();
        Busy(self)
    }

    /// Protects the connection from being replaced for the rest of its life.
    pub(super) fn keep(&self) {
        *lock(&self.0.waiting) = None;
    }

    /// Whether the connection gets the following answers one byte at a time.
    pub(super) fn drip(&self, drips: bool) {
        self.0.is_dripping.store(drips, Ordering::Relaxed);
    }

    /// The client has taken a part of an answer, so it is not the one that has kept the server waiting the longest.
    pub(super) fn has_read(&self) {
        if let Some(since) = lock(&self.0.waiting).as_mut() {
            *since = Instant::now();
        }
    }

    pub(super) fn is_dripping(&self) -> bool {
        self.0.is_dripping.load(Ordering::Relaxed)
    }

    /// Waits until the connection is to be closed.
    pub(super) async fn closed(&self) {
        self.0.close.notified().await;
    }
}

impl Drop for Busy<'_> {
    fn drop(&mut self) {
        *lock(&self.0.0.waiting) = Some(Instant::now());
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        lock(&self.connections.open).remove(&self.id);
    }
}
