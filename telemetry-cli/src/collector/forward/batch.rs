// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The events of one request.

use rusqlite::{Connection, Row};
use telemetry_core::__forward1::Received;

use crate::collector::store::{Store, StoreError};

/// The size of parameters from which a request has no further event, in bytes.
const MAX_BYTES: usize = 1 << 20;

/// SQLite reads more forms of a time than a product sends, `now` among them.
const EVENTS: &str = "
SELECT event.id, event.product, request.client_id, request.version, request.schema_version, event.session, event.name,
    CASE WHEN event.ts GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:*'
        THEN CAST(round(unixepoch(event.ts, 'subsec') * 1000) AS INTEGER) END,
    event.received_at, event.parameters, 
    CASE WHEN json_valid(request.envelope) THEN CAST(request.envelope ->> 'cpuArchitecture' AS TEXT) END, (SELECT id FROM store) || '-' || event.id
FROM event JOIN request ON request.id = event.request
WHERE event.id > ?1 AND request.accepted ORDER BY event.id LIMIT ?2";

/// Events that follow each other in the store.
#[derive(Debug, Default)]
pub(super) struct Batch(Vec<Event>);

#[derive(Debug)]
struct Event {
    id: i64,
    product: String,
    client_id: String,
    version: String,
    schema_version: String,
    session: String,
    name: String,
    /// In milliseconds since 1970, if the product reports it.
    time: Option<i64>,
    /// In milliseconds since 1970.
    received_at: i64,
    parameters: String,
    cpu_architecture: Option<String>,
    uid: String,
}

impl Batch {
    /// Reads at most `limit` accepted events with a larger id than `position`.
    pub(super) fn read(store: &Store, position: i64, limit: usize) -> Result<Self, StoreError> {
        store.read(|connection| Ok(Self(read(connection, position, limit)?)))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// The ids of the first and the last event; 0 for an empty batch.
    pub(super) fn ids(&self) -> (i64, i64) {
        let id = |event: Option<&Event>| event.map_or(0, |event| event.id);
        (id(self.0.first()), id(self.0.last()))
    }

    pub(super) fn received(&self) -> Vec<Received<'_>> {
        self.0.iter().map(Event::received).collect()
    }
}

fn read(connection: &Connection, position: i64, limit: usize) -> rusqlite::Result<Vec<Event>> {
    let mut statement = connection.prepare(EVENTS)?;
    let mut rows = statement.query((position, i64::try_from(limit).unwrap_or(i64::MAX)))?;
    let (mut events, mut bytes) = (Vec::new(), 0);
    while bytes < MAX_BYTES
        && let Some(row) = rows.next()?
    {
        let event = event(row)?;
        bytes += event.parameters.len();
        events.push(event);
    }
    Ok(events)
}

fn event(row: &Row<'_>) -> rusqlite::Result<Event> {
    Ok(Event {
        id: row.get(0)?,
        product: row.get(1)?,
        client_id: row.get(2)?,
        version: row.get(3)?,
        schema_version: row.get(4)?,
        session: row.get(5)?,
        name: row.get(6)?,
        time: row.get(7)?,
        received_at: row.get(8)?,
        parameters: row.get(9)?,
        cpu_architecture: row.get(10)?,
        uid: row.get(11)?,
    })
}

impl Event {
    fn received(&self) -> Received<'_> {
        Received {
            product: &self.product,
            client_id: &self.client_id,
            version: &self.version,
            cpu_architecture: self.cpu_architecture.as_deref().unwrap_or_default(),
            schema_version: &self.schema_version,
            session: &self.session,
            name: &self.name,
            time: self.time.map_or(0, nanoseconds),
            received_at: nanoseconds(self.received_at),
            parameters: &self.parameters,
            uid: &self.uid,
        }
    }
}

/// Nanoseconds of milliseconds; 0, which is "unknown" in OTLP, before 1970 and after the year 2554.
fn nanoseconds(milliseconds: i64) -> u64 {
    u64::try_from(milliseconds)
        .ok()
        .and_then(|milliseconds| milliseconds.checked_mul(1_000_000))
        .unwrap_or_default()
}
