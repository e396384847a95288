// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! One event as the collector received it.

use telemetry_schema::json::Json;

/// One event as the collector received it. A text that the envelope lacks is empty.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Event {
    /// The position among all events, from 1, in the order of their arrival.
    pub position: usize,
    /// The name.
    pub name: String,
    /// The time, as ISO 8601 text.
    pub ts: String,
    /// The client id of the product: `clientId` of the envelope.
    pub product: String,
    /// The version of the product: `clientVer` of the envelope.
    pub version: String,
    /// The session: `sessionId` of the envelope.
    pub session: String,
    /// The version of the schema: `eventSchemaVer` of the envelope.
    pub schema_version: String,
    /// The parameters.
    pub parameters: Json,
    /// The envelope without its events.
    pub envelope: Json,
}

impl Event {
    /// Appends the events of an envelope to those that have arrived before.
    pub(crate) fn append(envelope: &Json, events: &mut Vec<Self>) {
        let head = without_events(envelope);
        for event in envelope.get("events").and_then(Json::as_array).unwrap_or_default() {
            events.push(Self::new(events.len() + 1, event, &head));
        }
    }

    fn new(position: usize, event: &Json, envelope: &Json) -> Self {
        let text = |json: &Json, name| json.get(name).and_then(Json::as_str).unwrap_or_default().to_owned();
        Self {
            position,
            name: text(event, "name"),
            ts: text(event, "ts"),
            product: text(envelope, "clientId"),
            version: text(envelope, "clientVer"),
            session: text(envelope, "sessionId"),
            schema_version: text(envelope, "eventSchemaVer"),
            parameters: event.get("parameters").cloned().unwrap_or_default(),
            envelope: envelope.clone(),
        }
    }
}

fn without_events(envelope: &Json) -> Json {
    let members = envelope.as_object().into_iter().flatten().filter(|(name, _)| *name != "events");
    Json::Object(members.map(|(name, value)| (name.to_owned(), value.clone())).collect())
}
