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
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use tokio::sync::{Semaphore, watch};

use self::query::Parameters;
use super::refusal::Refusal;
use super::store::{Order, Store, StoreError};

/// The most events of one answer, and the number without `limit`.
const MAX_EVENTS: usize = 1000;
const USUAL_EVENTS: usize = 100;

/// The most bytes of events in one answer. An event that is larger comes alone. Each connection can have an answer that its client
/// does not read.
const MAX_BYTES: usize = 512 * 1024;

/// The most requests that read the store at the same time. Further ones wait.
const MAX_READING: usize = 8;

/// What the routes share.
#[derive(Clone)]
struct Api {
    store: Store,
    stop: watch::Receiver<bool>,
    reading: Arc<Semaphore>,
    long_answers: Arc<Semaphore>,
}

/// `GET /api/…`. Streams end when `stop` changes.
pub(super) fn routes(store: Store, stop: watch::Receiver<bool>) -> Router {
    let api = Api {
        store,
        stop,
        reading: Arc::new(Semaphore::new(MAX_READING)),
        long_answers: Arc::new(Semaphore::new(chunks::MAX_LONG_ANSWERS)),
    };
    Router::new()
        .route("/api/events", get(events))
        .route("/api/counts", get(counts::counts))
        .route("/api/stream", get(stream::stream))
        .route("/api/export", get(export::export))
        .route("/api/", any(unknown))
        .route("/api/{*path}", any(unknown))
        .method_not_allowed_fallback(async || {
            Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "the API only reads, with `GET`")
        })
        .with_state(api)
}

async fn unknown() -> Refusal {
    Refusal::new(StatusCode::NOT_FOUND, "the API has `events`, `counts`, `stream` and `export`")
}

impl Api {
    /// Runs `read`, which blocks, on a thread for that. It is canceled if the client goes.
    async fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Store) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, Refusal> {
        let permit = Arc::clone(&self.reading).acquire_owned().await;
        let (store, _wanted) = self.store.cancelable();
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

type Pairs = Query<Vec<(String, String)>>;

/// The parameters of a request: the filter, and those of the route.
fn parameters(Query(pairs): Pairs, of_route: &[&str]) -> Result<Parameters, Refusal> {
    query::parameters(pairs, of_route).map_err(|error| Refusal::new(StatusCode::BAD_REQUEST, error))
}

fn json(text: String) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], text).into_response()
}

/// `GET /api/events`: the newest events first; with `after`, the events that follow it in the order of their ids.
async fn events(State(api): State<Api>, pairs: Pairs) -> Result<Response, Refusal> {
    let Parameters { filter, limit, .. } = parameters(pairs, &["limit"])?;
    let order = if filter.after.is_some() { Order::OldestFirst } else { Order::NewestFirst };
    let limit = limit.unwrap_or(USUAL_EVENTS).min(MAX_EVENTS);
    // Before the events are read: events that are committed meanwhile come again in the stream, and are not lost.
    let newest = *api.store.committed().borrow();
    let page = api.read(move |store| store.page(&filter, order, limit, MAX_BYTES)).await?;
    let mut answer = r#"{"events":["#.to_owned();
    for (index, event) in page.events.iter().enumerate() {
        answer.push_str(if index == 0 { "" } else { "," });
        answer.push_str(&event.json());
    }
    answer.push_str(&format!(r#"],"newest":{newest},"more":{}}}"#, page.has_more));
    Ok(json(answer))
}
