// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Deletes old events, so that the store stays within its age and size.

use std::time::Duration;

use rusqlite::{Connection, params_from_iter};

use super::StoreError;
use super::event::EVENT_BYTES;

/// The most events that one statement deletes.
const STEP: i64 = 1000;

/// The bytes that may be deleted before a commit, unless it adds more than half of that. It bounds the time for which requests wait.
const USUAL_BYTES: u64 = 4 << 20;

/// How long events are kept.
#[derive(Debug, Clone)]
pub(in crate::collector) struct Retention {
    /// The age after which an event is deleted.
    pub(in crate::collector) max_age: Option<Duration>,
    /// The size of the file from which the oldest events are deleted, in bytes.
    pub(in crate::collector) max_size: u64,
    /// Keep events that are not forwarded to this URL, whatever their age, and refuse further ones when the store has reached its
    /// size.
    pub(in crate::collector) forwarded_to: Option<String>,
}

impl Retention {
    /// Deletes events that are too old at `now`, and the oldest ones while the store is too large, before `added` bytes are stored.
    /// Deletes a part of them if they are many. Returns whether it has deleted some.
    ///
    /// # Errors
    ///
    /// [`StoreError::Full`] if the store is too large and events may not be deleted.
    pub(super) fn apply(&self, connection: &Connection, now: i64, added: u64) -> Result<bool, StoreError> {
        let last = self.last_forwarded(connection)?;
        let has_old = self.delete_old(connection, now, last)?;
        let has_deleted = self.delete_beyond_size(connection, last, added)? || has_old;
        if has_deleted {
            shrink(connection, self.max_size)?;
        }
        Ok(has_deleted)
    }

    /// The id up to which events may be deleted.
    fn last_forwarded(&self, connection: &Connection) -> Result<i64, StoreError> {
        let Some(url) = &self.forwarded_to else { return Ok(i64::MAX) };
        let sql = "SELECT coalesce(max(position), 0) FROM forward WHERE url = ?1";
        Ok(connection.query_row(sql, [url], |row| row.get(0))?)
    }

    fn delete_old(&self, connection: &Connection, now: i64, last: i64) -> Result<bool, StoreError> {
        let Some(age) = self.max_age else { return Ok(false) };
        let oldest = now.saturating_sub(i64::try_from(age.as_millis()).unwrap_or(i64::MAX));
        // The inner query reads no more than one step of the index, also if many events may not be deleted.
        let ids =
            "id <= ?1 AND id IN (SELECT id FROM event WHERE received_at < ?2 ORDER BY received_at LIMIT ?3)";
        delete(connection, ids, &[last, oldest, STEP])
    }

    /// Deletes the oldest events until the store is small enough, but not much more than twice what is added.
    fn delete_beyond_size(&self, connection: &Connection, last: i64, added: u64) -> Result<bool, StoreError> {
        let mut allowed = USUAL_BYTES.max(added.saturating_mul(2));
        let mut has_deleted = false;
        loop {
            let excess = used_bytes(connection)?.saturating_sub(self.max_size);
            if excess == 0 || allowed == 0 {
                return Ok(has_deleted);
            }
            // A little more than necessary, so that not every commit deletes.
            let oldest = oldest(connection, last, allowed.min(excess + self.max_size / 64))?;
            if oldest.events == 0 {
                return Err(StoreError::Full);
            }
            has_deleted |= delete(connection, "id <= ?1", &[oldest.last_id])?;
            allowed = allowed.saturating_sub(oldest.bytes);
        }
    }
}

/// The first events of the store.
#[derive(Default)]
struct Oldest {
    events: usize,
    /// The id of the last of them.
    last_id: i64,
    /// What they take, approximately.
    bytes: u64,
}

/// The oldest events up to the one with the id `last` that take `bytes` together, at most [`STEP`].
fn oldest(connection: &Connection, last: i64, bytes: u64) -> Result<Oldest, StoreError> {
    let mut statement = connection.prepare(
        "SELECT event.id, octet_length(parameters) + octet_length(violations), request.id, octet_length(envelope)
         FROM event JOIN request ON request.id = event.request WHERE event.id <= ?1 ORDER BY event.id LIMIT ?2",
    )?;
    let mut rows = statement.query([last, STEP])?;
    let (mut oldest, mut request) = (Oldest::default(), 0);
    while oldest.bytes < bytes
        && let Some(row) = rows.next()?
    {
        oldest.events += 1;
        oldest.last_id = row.get(0)?;
        oldest.bytes += EVENT_BYTES + u64::from(row.get::<_, u32>(1)?);
        // The events of a request share its envelope.
        if std::mem::replace(&mut request, row.get(2)?) != request {
            oldest.bytes += u64::from(row.get::<_, u32>(3)?);
        }
    }
    Ok(oldest)
}

/// Deletes the events with this condition, and the requests that have no other events. Returns whether there are some.
fn delete(connection: &Connection, condition: &str, values: &[i64]) -> Result<bool, StoreError> {
    let sql = format!("DELETE FROM event WHERE {condition}");
    if connection.execute(&sql, params_from_iter(values))? == 0 {
        return Ok(false);
    }
    let sql = "DELETE FROM request WHERE id < coalesce((SELECT request FROM event ORDER BY id LIMIT 1), \
               (SELECT max(id) FROM request) + 1)";
    connection.execute(sql, [])?;
    Ok(true)
}

fn pragma(connection: &Connection, name: &str) -> Result<u64, StoreError> {
    let value: i64 = connection.pragma_query_value(None, name, |row| row.get(0))?;
    Ok(u64::try_from(value).unwrap_or_default())
}

/// The size of what is stored, in bytes, without pages that can be used again.
fn used_bytes(connection: &Connection) -> Result<u64, StoreError> {
    let pages = pragma(connection, "page_count")?.saturating_sub(pragma(connection, "freelist_count")?);
    Ok(pages * pragma(connection, "page_size")?)
}

/// Returns free pages to the disk if the file is larger than it may be, for instance after a restart with a smaller limit.
fn shrink(connection: &Connection, max_size: u64) -> Result<(), StoreError> {
    if pragma(connection, "page_count")? * pragma(connection, "page_size")? > max_size {
        // Each step of the statement returns one page.
        let mut vacuum = connection.prepare("PRAGMA incremental_vacuum(2000)")?;
        let mut pages = vacuum.query([])?;
        while pages.next()?.is_some() {}
    }
    Ok(())
}
