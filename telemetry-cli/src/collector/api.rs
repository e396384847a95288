// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The HTTP API of the page: what is stored, as JSON, and the stream of new events. All of its requests only read.

mod chunks;
mod counts;
mod export;
mod query;
mod stream;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

use self::query::Parameters;
use super::refusal::Refusal;
use super::store::{Order, Page, Store, StoreError, StoredEvent};

/// The most events of one answer, and the number without `limit`.
const MAX_EVENTS: usize = 1000;
const USUAL_EVENTS: usize = 100;

/// The most bytes of events in one answer. An event that is larger comes alone.
const MAX_BYTES: usize = 4 << 20;

/// The most requests that read the store at the same time. Further ones wait.
const MAX_READING: usize = 4;

/// The most lists and exports that wait for their clients to take them. Further requests wait.
const MAX_ANSWERS: usize = 8;

/// The most bytes of events that an answer in chunks reads at once. An event that is larger comes alone.
const CHUNK_BYTES: usize = 256 << 10;

/// What the routes share.
#[derive(Clone)]
struct Api {
    store: Store,
    stop: watch::Receiver<bool>,
    reading: Arc<Semaphore>,
    answers: Arc<Semaphore>,
    streams: Arc<Semaphore>,
}

/// `GET /api/…`. Streams end when `stop` changes.
pub(super) fn routes(store: Store, stop: watch::Receiver<bool>) -> Router {
    let api = Api {
        store,
        stop,
        reading: Arc::new(Semaphore::new(MAX_READING)),
        answers: Arc::new(Semaphore::new(MAX_ANSWERS)),
        streams: Arc::new(Semaphore::new(stream::MAX_STREAMS)),
    };
    Router::new()
        .route("/api/events", get(events))
        .route("/api/counts", get(counts::counts))
        .route("/api/stream", get(stream::stream))
        .route("/api/export", get(export::export))
        .route("/api/", any(unknown))
        .route("/api/{*path}", any(unknown))
        .with_state(api)
}

async fn unknown() -> Refusal {
    Refusal::new(StatusCode::NOT_FOUND, "the API has `events`, `counts`, `stream` and `export`")
}

/// Room for an answer, until its client has taken it.
type Answer = Option<OwnedSemaphorePermit>;

impl Api {
    async fn answer(&self) -> Answer {
        // The semaphore is never closed.
        Arc::clone(&self.answers).acquire_owned().await.ok()
    }

    /// Runs `read`, which blocks, on a thread for that.
    async fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Store) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, Refusal> {
        let permit = Arc::clone(&self.reading).acquire_owned().await;
        let store = self.store.clone();
        let result = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            read(&store)
        });
        let unread = |error: &dyn std::fmt::Display| {
            Refusal::new(StatusCode::SERVICE_UNAVAILABLE, format!("cannot read the store: {error}"))
        };
        result.await.map_err(|error| unread(&error))?.map_err(|error| unread(&error))
    }
}

/// The parameters of a request.
fn parameters(Query(pairs): Query<Vec<(String, String)>>) -> Result<Parameters, Refusal> {
    query::parameters(pairs).map_err(|error| Refusal::new(StatusCode::BAD_REQUEST, error))
}

type Pairs = Query<Vec<(String, String)>>;

fn json(body: impl Into<Body>) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], body.into()).into_response()
}

/// `GET /api/events`: the newest events first; with `after`, the events that follow it in the order of their ids.
async fn events(State(api): State<Api>, pairs: Pairs) -> Result<Response, Refusal> {
    let Parameters { filter, limit, .. } = parameters(pairs)?;
    let order = if filter.after.is_some() { Order::OldestFirst } else { Order::NewestFirst };
    let limit = limit.unwrap_or(USUAL_EVENTS).min(MAX_EVENTS);
    // Before the events are read: events that are committed meanwhile come again in the stream, and are not lost.
    let newest = *api.store.committed().borrow();
    let answer = api.answer().await;
    let read = move |store: &Store| Ok(list(&store.page(&filter, order, limit, MAX_BYTES)?, newest));
    let list = api.read(read).await?;
    Ok(json(chunks::whole(list, answer)))
}

fn list(page: &Page, newest: i64) -> String {
    let events = page.events.iter().map(StoredEvent::json).collect::<Vec<_>>().join(",");
    format!(r#"{{"events":[{events}],"newest":{newest},"more":{}}}"#, page.has_more)
}
