// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Selects events of the store.

use rusqlite::types::Value;

/// The events to read. The default selects all of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::collector) struct Filter {
    /// A text in the name, product, session, version or parameters, in any case.
    pub(in crate::collector) text: Option<String>,
    pub(in crate::collector) name: Option<String>,
    pub(in crate::collector) product: Option<String>,
    pub(in crate::collector) session: Option<String>,
    pub(in crate::collector) is_valid: Option<bool>,
    /// Events with a smaller id.
    pub(in crate::collector) before: Option<i64>,
    /// Events with a larger id.
    pub(in crate::collector) after: Option<i64>,
    /// Events that were received at this time or later, in milliseconds since 1970.
    pub(in crate::collector) since: Option<i64>,
}

impl Filter {
    /// The condition in SQL on the view `events` joined with its tables, and its parameters.
    pub(super) fn condition(&self) -> (String, Vec<Value>) {
        let text = |text: &Option<String>| text.clone().map(Value::Text);
        let conditions = [
            (SEARCH, self.text.as_ref().map(|text| Value::Text(text.to_lowercase()))),
            ("event.name = ?", text(&self.name)),
            ("event.product = ?", text(&self.product)),
            ("event.session = ?", text(&self.session)),
            ("event.valid = ?", self.is_valid.map(|valid| Value::Integer(valid.into()))),
            ("event.id < ?", self.before.map(Value::Integer)),
            ("event.id > ?", self.after.map(Value::Integer)),
            ("event.received_at >= ?", self.since.map(Value::Integer)),
        ];
        let used = conditions.into_iter().filter_map(|(sql, value)| Some((sql, value?)));
        let (sql, values): (Vec<_>, Vec<_>) = used.unzip();
        (if sql.is_empty() { "1".to_owned() } else { sql.join(" AND ") }, values)
    }
}

/// SQLite's `lower` changes ASCII only, so other letters match in the case of the search, or in lower case.
const SEARCH: &str = "instr(lower(event.name || ' ' || event.product || ' ' || event.session || ' ' || request.version || ' ' || event.parameters), ?) > 0";
