// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! New events as server-sent events. Each stream reads the store at the speed of its client, so that a slow client keeps nothing in
//! memory and one that comes back continues where it was.

use std::time::Duration;

use axum::extract::{Extension, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use tokio::sync::watch;

use super::chunks::{MAX_BYTES, MAX_EVENTS, Writer, chunks};
use super::{Api, Pairs, parameters};
use crate::collector::connections::Peer;
use crate::collector::refusal::Refusal;
use crate::collector::store::{Filter, Order, Store};

/// The number of events that a client may be behind. One that is further behind is told to read the store.
const MAX_BEHIND: i64 = 2000;

/// The time between two reads. It bounds the work for many small commits.
const PAUSE: Duration = Duration::from_millis(100);

/// The time after which a quiet stream sends a comment, so that both sides notice a connection that is lost.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// `GET /api/stream`: the events after the header `Last-Event-ID`, the parameter `after`, or now.
pub(super) async fn stream(
    State(api): State<Api>,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
    pairs: Pairs,
) -> Result<Response, Refusal> {
    let filter = parameters(pairs, &[])?.filter;
    let (chunks, body) = chunks(&api)?;
    // A page that waits for events does not give way to other connections.
    peer.keep();
    let committed = api.store.committed();
    let newest = *committed.borrow();
    // A larger id is one of another store, whose events this client has seen. It has to see all that come now.
    let position = last_event_id(&headers).or(filter.after).unwrap_or(newest).min(newest);
    let id = api.read(Store::id).await?;
    let hello = format!("retry: 1000\nevent: hello\ndata: {{\"store\":\"{id}\",\"newest\":{newest}}}\n\n");
    let stop = api.stop.clone();
    chunks.run(move |chunks| until(stop, Stream { api, filter, position, committed, chunks }.run(hello)));
    let headers = [(header::CONTENT_TYPE, "text/event-stream"), (header::CACHE_CONTROL, "no-store")];
    Ok((headers, body).into_response())
}

/// Runs the stream, at most until the collector shuts down.
async fn until(mut stop: watch::Receiver<bool>, stream: impl Future<Output = ()>) {
    tokio::select! {
        () = stream => {}
        _ = stop.changed() => {}
    }
}

/// The id with which a browser continues. Another text comes from another server.
fn last_event_id(headers: &HeaderMap) -> Option<i64> {
    headers.get("last-event-id")?.to_str().ok()?.parse().ok()
}

struct Stream {
    api: Api,
    filter: Filter,
    /// The id of the last event that was looked at.
    position: i64,
    committed: watch::Receiver<i64>,
    chunks: Writer,
}

impl Stream {
    /// Sends chunks as long as the store can be read.
    async fn run(mut self, hello: String) {
        let mut chunk = hello;
        while self.chunks.write(chunk).await {
            tokio::time::sleep(PAUSE).await;
            match self.next().await {
                Some(next) => chunk = next,
                None => return,
            }
        }
    }

    /// The next chunk: events, a notice about events that are left out, or a comment. `None` ends the stream.
    async fn next(&mut self) -> Option<String> {
        loop {
            let newest = *self.committed.borrow_and_update();
            if newest > self.position {
                let chunk = self.read(newest).await?;
                if !chunk.is_empty() {
                    return Some(chunk);
                }
                tokio::time::sleep(PAUSE).await;
            } else {
                tokio::select! {
                    changed = self.committed.changed() => changed.ok()?,
                    () = tokio::time::sleep(HEARTBEAT) => return Some(": heartbeat\n\n".to_owned()),
                }
            }
        }
    }

    /// The events up to `newest`, or the first of them. A store that cannot be read ends the stream, and the client comes back.
    async fn read(&mut self, newest: i64) -> Option<String> {
        let filter = Filter { after: Some(self.position), ..self.filter.clone() };
        let counted = Filter { before: Some(newest + 1), ..filter.clone() };
        let read = move |store: &Store| store.page(&filter, Order::OldestFirst, MAX_EVENTS, MAX_BYTES);
        let page = self.api.read(read).await.ok()?;
        let last = page.events.last().map_or(self.position, |event| event.id);
        if page.has_more && newest - last > MAX_BEHIND {
            self.position = newest;
            let skipped = self.api.read(move |store| store.totals(&counted)).await.ok()?.events;
            return Some(skip(newest, skipped));
        }
        self.position = if page.has_more { last } else { newest.max(last) };
        Some(
            page.events.iter().map(|event| format!("id: {}\ndata: {}\n\n", event.id, event.json())).collect(),
        )
    }
}

/// Tells the client that events up to `newest` are in the store and not in the stream.
fn skip(newest: i64, skipped: i64) -> String {
    format!("id: {newest}\nevent: skip\ndata: {{\"newest\":{newest},\"skipped\":{skipped}}}\n\n")
}
