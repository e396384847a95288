// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Selects events of the store.

use rusqlite::types::Value;

use super::read::TABLES;

/// The events to read. The default selects all of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::collector) struct Filter {
    /// A text in the name, product, session, version or parameters. ASCII letters match in any case.
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
    /// The tables that the condition uses.
    pub(super) fn tables(&self) -> &'static str {
        if self.text.is_some() { TABLES } else { "event" }
    }

    /// The condition in SQL on the view `events` joined with its tables, and its parameters.
    pub(super) fn condition(&self) -> (String, Vec<Value>) {
        let text = |text: &Option<String>| text.clone().map(Value::Text);
        let conditions = [
            ("event.name = ?", text(&self.name)),
            ("event.product = ?", text(&self.product)),
            ("event.session = ?", text(&self.session)),
            ("event.valid = ?", self.is_valid.map(|valid| Value::Integer(valid.into()))),
            ("event.id < ?", self.before.map(Value::Integer)),
            ("event.id > ?", self.after.map(Value::Integer)),
            ("event.received_at >= ?", self.since.map(Value::Integer)),
        ];
        let used = conditions.into_iter().filter_map(|(sql, value)| Some((sql.to_owned(), value?)));
        let (mut sql, mut values): (Vec<_>, Vec<_>) = used.unzip();
        if let Some(text) = &self.text {
            let spellings = spellings(text);
            sql.push(format!("({})", vec![SEARCH; spellings.len()].join(" OR ")));
            values.extend(spellings.into_iter().map(Value::Text));
        }
        (if sql.is_empty() { "1".to_owned() } else { sql.join(" AND ") }, values)
    }
}

/// SQLite's `lower` changes ASCII only, so other letters match in the case of the search.
const SEARCH: &str = "instr(lower(event.name || ' ' || event.product || ' ' || event.session || ' ' || request.version || ' ' || event.parameters), ?) > 0";

/// The text in lower case, and as a part of a JSON text: clients may send other characters than ASCII as they are or escaped.
fn spellings(text: &str) -> Vec<String> {
    let plain = text.to_ascii_lowercase();
    let quoted = serde_json::Value::from(plain.as_str()).to_string();
    let json =
        quoted.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or_default().to_owned();
    let ascii = json.chars().map(in_ascii).collect();
    let mut spellings = vec![plain, json, ascii];
    spellings.dedup();
    spellings
}

fn in_ascii(character: char) -> String {
    if character.is_ascii() {
        return character.into();
    }
    character.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::spellings;

    #[test]
    fn a_text_is_searched_in_each_spelling_of_it() {
        for (text, expected) in [
            ("Sandbox", &["sandbox"][..]),
            ("say \"HI\"", &["say \"hi\"", "say \\\"hi\\\""]),
            ("Café 😀", &["café 😀", "caf\\u00e9 \\ud83d\\ude00"]),
            ("", &[""]),
        ] {
            assert_eq!(spellings(text), expected);
        }
    }
}
