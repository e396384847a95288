// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Reads events in portions that fit into memory.

use rusqlite::{Connection, params_from_iter};

use super::{COLUMNS, TABLES, event};
use crate::collector::store::{Filter, Store, StoreError, StoredEvent};

/// The order of the events of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::collector) enum Order {
    NewestFirst,
    OldestFirst,
}

/// A portion of the events that a filter selects.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::collector) struct Page {
    pub(in crate::collector) events: Vec<StoredEvent>,
    /// Whether the filter selects further events in this order.
    pub(in crate::collector) has_more: bool,
}

impl Store {
    /// Like [`page`]. It blocks.
    pub(in crate::collector) fn page(
        &self,
        filter: &Filter,
        order: Order,
        limit: usize,
        bytes: usize,
    ) -> Result<Page, StoreError> {
        self.read(|connection| page(connection, filter, order, limit, bytes))
    }
}

/// The first events in this order: at most `limit` of them, and at most `bytes` of texts, unless the first event alone is larger.
pub(in crate::collector) fn page(
    connection: &Connection,
    filter: &Filter,
    order: Order,
    limit: usize,
    bytes: usize,
) -> Result<Page, StoreError> {
    let (condition, values) = filter.condition();
    let direction = match order {
        Order::NewestFirst => "DESC",
        Order::OldestFirst => "ASC",
    };
    let sql = format!("SELECT {COLUMNS} FROM {TABLES} WHERE {condition} ORDER BY event.id {direction}");
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query(params_from_iter(values))?;
    let (mut page, mut size) = (Page::default(), 0);
    while let Some(row) = rows.next()? {
        let event = event(row)?;
        size += event.size();
        page.has_more = page.events.len() == limit || (size > bytes && !page.events.is_empty());
        if page.has_more {
            break;
        }
        page.events.push(event);
    }
    Ok(page)
}
