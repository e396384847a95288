// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Reads events of the store.

mod page;
mod totals;

use rusqlite::types::Value;
use rusqlite::{Row, params_from_iter};

pub(in crate::collector) use self::page::{Order, Page, page};
pub(in crate::collector) use self::totals::Property;
use super::{Filter, Store, StoreError, StoredEvent};

const COLUMNS: &str = "event.id, event.received_at, event.product, request.version, event.session, event.name, \
                       request.schema_version, event.ts, event.valid, event.violations, event.parameters, request.envelope";

pub(super) const TABLES: &str = "event JOIN request ON request.id = event.request";

/// The number of events of one bucket of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::collector) struct Count {
    /// The start of the bucket, in milliseconds since 1970.
    pub(in crate::collector) start: i64,
    pub(in crate::collector) is_valid: bool,
    pub(in crate::collector) events: i64,
}

impl Store {
    /// The number of events per `bucket` of milliseconds, without empty buckets, in the order of time. It blocks.
    pub(in crate::collector) fn counts(
        &self,
        filter: &Filter,
        bucket: i64,
    ) -> Result<Vec<Count>, StoreError> {
        let (condition, mut values) = filter.condition();
        let sql = format!(
            "SELECT event.received_at / ?1 * ?1 AS start, event.valid, count(*) FROM {} WHERE {condition} \
             GROUP BY start, event.valid ORDER BY start, event.valid",
            filter.tables()
        );
        values.insert(0, Value::Integer(bucket.max(1)));
        self.read(|connection| {
            let mut statement = connection.prepare(&sql)?;
            let count =
                |row: &Row<'_>| Ok(Count { start: row.get(0)?, is_valid: row.get(1)?, events: row.get(2)? });
            let counts = statement.query_map(params_from_iter(values), count)?;
            Ok(counts.collect::<Result<_, _>>()?)
        })
    }
}

fn event(row: &Row<'_>) -> rusqlite::Result<StoredEvent> {
    Ok(StoredEvent {
        id: row.get(0)?,
        received_at: row.get(1)?,
        product: row.get(2)?,
        version: row.get(3)?,
        session: row.get(4)?,
        name: row.get(5)?,
        schema_version: row.get(6)?,
        timestamp: row.get(7)?,
        is_valid: row.get(8)?,
        violations: row.get(9)?,
        parameters: row.get(10)?,
        envelope: row.get(11)?,
    })
}
