// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The endpoint for envelopes: checks the events of a request, stores them, and answers.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Extension, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use tokio::sync::mpsc;

use super::body::Room;
use super::connections::Peer;
use super::envelope::{Envelope, Event};
use super::faults::{Chance, Fault};
use super::known::Known;
use super::refusal::Refusal;
use super::store::{NewEvent, NewRequest, Store, Violation, now};

/// What a request for the endpoint needs.
#[derive(Clone)]
pub(super) struct Ingest {
    pub(super) store: Store,
    pub(super) known: Arc<Known>,
    pub(super) room: Room,
    pub(super) chance: Chance,
    /// The reasons of requests that are refused and have no event to show. Those that do not fit are left out.
    pub(super) notices: mpsc::Sender<String>,
}

/// Answers a request: 200 if its events are stored and none has a violation.
pub(super) async fn ingest(
    State(ingest): State<Ingest>,
    method: Method,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let result = if method == Method::POST {
        ingest.accept(&headers, body, &peer).await
    } else {
        Err(Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "events are sent with `POST`"))
    };
    match result {
        Ok(()) => StatusCode::OK.into_response(),
        Err(refusal) => refusal.into_response(),
    }
}

impl Ingest {
    async fn accept(&self, headers: &HeaderMap, body: Body, peer: &Peer) -> Result<(), Refusal> {
        let violations = self.store(headers, body, peer).await.inspect_err(|refusal| self.notice(refusal))?;
        if violations.is_empty() { Ok(()) } else { Err(Refusal::violations(violations)) }
    }

    /// Stores the events of a request, and returns their violations with pointers into the request.
    async fn store(&self, headers: &HeaderMap, body: Body, peer: &Peer) -> Result<Vec<Violation>, Refusal> {
        // The body keeps its room until its events are stored.
        let received = self.room.receive(headers, body).await?;
        let fault = self.chance.next();
        peer.drip(fault == Some(Fault::Drip));
        match fault {
            Some(Fault::Status(status)) => {
                return Err(Refusal::new(status, format!("`--respond` asks for {}", status.as_u16())));
            }
            Some(Fault::Hang) => {
                drop(received);
                return std::future::pending().await;
            }
            Some(Fault::Drip) | None => {}
        }
        let _busy = peer.busy();
        let (request, violations) = self.check(&received.bytes)?;
        self.store.insert(request).await?;
        Ok(violations)
    }

    fn notice(&self, refusal: &Refusal) {
        let _ = self.notices.try_send(refusal.reason.clone());
    }

    /// The request in `body`, and the violations of its events with pointers into the request.
    fn check(&self, body: &[u8]) -> Result<(NewRequest, Vec<Violation>), Refusal> {
        let envelope = Envelope::read(body)?;
        let mut violations = Vec::new();
        let mut events = Vec::new();
        for (index, event) in envelope.events.iter().enumerate() {
            let found = self.known.check(&envelope, index, event, violations.len());
            violations.extend(found.iter().map(|violation| in_request(violation, index)));
            events.push(new_event(event, found));
        }
        violations.dedup();
        let client_id = envelope.text("clientId").unwrap_or_default();
        let text = |name| envelope.text(name).unwrap_or_default();
        let request = NewRequest {
            received_at: now(),
            is_accepted: violations.is_empty(),
            product: self.known.product_name(&client_id),
            client_id,
            version: text("clientVer"),
            session: text("sessionId"),
            schema_version: text("eventSchemaVer"),
            envelope: envelope.without_events(),
            events,
        };
        Ok((request, violations))
    }
}

fn new_event(event: &Event<'_>, violations: Vec<Violation>) -> NewEvent {
    NewEvent {
        name: event.name.clone(),
        timestamp: event.timestamp.clone(),
        parameters: event.parameters.to_owned(),
        violations,
    }
}

/// The violation with a pointer into the request. Those of parameters point into the parameters.
fn in_request(violation: &Violation, index: usize) -> Violation {
    let Violation { pointer, message, is_outside } = violation;
    if *is_outside {
        return violation.clone();
    }
    let pointer = if pointer == "/" { "" } else { pointer };
    let pointer = format!("/events/{index}/parameters{pointer}");
    Violation { pointer, message: message.clone(), is_outside: true }
}
