// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Totals of what a filter selects.

use rusqlite::params_from_iter;

use crate::collector::store::{Filter, Store, StoreError};

/// The most values of [`Store::most_frequent`].
const MAX_VALUES: usize = 50;

/// The longest of them, in bytes. Longer ones are not choices for a filter, and would make the answer large.
const MAX_LENGTH: usize = 10_000;

/// The number of events, and when the first and the last were received.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::collector) struct Totals {
    pub(in crate::collector) events: i64,
    pub(in crate::collector) invalid: i64,
    /// In milliseconds since 1970.
    pub(in crate::collector) first: Option<i64>,
    /// In milliseconds since 1970.
    pub(in crate::collector) last: Option<i64>,
}

/// A property by which events are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::collector) enum Property {
    Name,
    Product,
}

impl Store {
    /// A random text, made with the file, that tells it from other stores. It blocks.
    pub(in crate::collector) fn id(&self) -> Result<String, StoreError> {
        self.read(|connection| Ok(connection.query_row("SELECT id FROM store", [], |row| row.get(0))?))
    }

    /// The totals of the events that the filter selects. It blocks.
    pub(in crate::collector) fn totals(&self, filter: &Filter) -> Result<Totals, StoreError> {
        let (condition, values) = filter.condition();
        let sql = format!(
            "SELECT count(*), count(*) FILTER (WHERE NOT event.valid), min(event.received_at), max(event.received_at) \
             FROM {} WHERE {condition}",
            filter.tables()
        );
        self.read(|connection| {
            Ok(connection.query_row(&sql, params_from_iter(values), |row| {
                let (events, invalid) = (row.get(0)?, row.get(1)?);
                Ok(Totals { events, invalid, first: row.get(2)?, last: row.get(3)? })
            })?)
        })
    }

    /// The most frequent values of a property, without very long ones, and the number of their events, the most frequent first. It blocks.
    pub(in crate::collector) fn most_frequent(
        &self,
        property: Property,
        filter: &Filter,
    ) -> Result<Vec<(String, i64)>, StoreError> {
        let column = match property {
            Property::Name => "event.name",
            Property::Product => "event.product",
        };
        let (condition, values) = filter.condition();
        let sql = format!(
            "SELECT {column}, count(*) FROM {} WHERE {condition} AND octet_length({column}) <= {MAX_LENGTH} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {MAX_VALUES}",
            filter.tables()
        );
        self.read(|connection| {
            let mut statement = connection.prepare(&sql)?;
            let values =
                statement.query_map(params_from_iter(values), |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(values.collect::<Result<_, _>>()?)
        })
    }
}
