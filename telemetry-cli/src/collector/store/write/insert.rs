// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The rows of a request.

use rusqlite::{Transaction, params};

use crate::collector::store::event::violations_json;
use crate::collector::store::{NewRequest, StoreError};

const REQUEST: &str =
    "INSERT INTO request (accepted, client_id, version, schema_version, envelope) VALUES (?, ?, ?, ?, ?)";

const EVENT: &str = "INSERT INTO event (request, received_at, product, session, name, ts, valid, violations, parameters) \
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";

/// Adds a request and its events. A request without events leaves no trace.
pub(super) fn insert(transaction: &Transaction<'_>, request: &NewRequest) -> Result<(), StoreError> {
    if request.events.is_empty() {
        return Ok(());
    }
    transaction.prepare(REQUEST)?.execute(params![
        request.is_accepted,
        request.client_id,
        request.version,
        request.schema_version,
        request.envelope
    ])?;
    let id = transaction.last_insert_rowid();
    let mut statement = transaction.prepare(EVENT)?;
    for event in &request.events {
        statement.execute(params![
            id,
            request.received_at,
            request.product,
            request.session,
            event.name,
            event.timestamp,
            event.violations.is_empty(),
            violations_json(&event.violations),
            event.parameters
        ])?;
    }
    Ok(())
}
