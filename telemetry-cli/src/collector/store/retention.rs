// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Deletes old events, so that the store stays within its age and size.

use std::time::Duration;

use rusqlite::Connection;

use super::StoreError;

/// The number of events that one step deletes. It bounds the time for which requests wait.
const STEP: i64 = 1000;

/// The most steps before one commit. Together they delete more events than one commit adds.
const MAX_STEPS: usize = 8;

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
    /// Deletes events that are too old at `now`, and the oldest ones while the store is too large.
    ///
    /// # Errors
    ///
    /// [`StoreError::Full`] if the store is too large and events may not be deleted.
    pub(super) fn apply(&self, connection: &Connection, now: i64) -> Result<(), StoreError> {
        if let Some(age) = self.max_age {
            let oldest = now.saturating_sub(i64::try_from(age.as_millis()).unwrap_or(i64::MAX));
            self.delete(connection, "received_at < ?1", oldest)?;
        }
        let mut steps = 0;
        while used_bytes(connection)? > self.max_size && steps < MAX_STEPS {
            if self.delete(connection, "id > ?1", 0)? == 0 {
                return Err(StoreError::Full);
            }
            steps += 1;
        }
        if steps > 0 {
            shrink(connection, self.max_size)?;
        }
        Ok(())
    }

    /// Deletes the oldest events with this condition, at most [`STEP`] of them, and returns their number.
    fn delete(&self, connection: &Connection, condition: &str, value: i64) -> Result<usize, StoreError> {
        let forwarded = "?2 IS NULL OR id <= (SELECT coalesce(max(position), 0) FROM forward WHERE url = ?2)";
        let events =
            format!("SELECT id FROM event WHERE {condition} AND ({forwarded}) ORDER BY id LIMIT {STEP}");
        let deleted = connection
            .execute(&format!("DELETE FROM event WHERE id IN ({events})"), (value, &self.forwarded_to))?;
        if deleted > 0 {
            connection.execute(
                "DELETE FROM request WHERE id < coalesce((SELECT min(request) FROM event), \
                 (SELECT max(id) FROM request) + 1)",
                [],
            )?;
        }
        Ok(deleted)
    }
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
