// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Events as comma-separated values (RFC 4180).

use super::store::{StoredEvent, iso};

/// The first line.
pub(super) const HEADER: &str =
    "id,received_at,product,version,session,name,schema_version,ts,valid,violations,parameters,envelope\r\n";

/// The line of an event. Violations, parameters and envelope are JSON.
pub(super) fn line(event: &StoredEvent) -> String {
    let (id, received_at, valid) = (event.id.to_string(), iso(event.received_at), event.is_valid.to_string());
    let fields = [
        &id,
        &received_at,
        &event.product,
        &event.version,
        &event.session,
        &event.name,
        &event.schema_version,
        &event.timestamp,
        &valid,
        &event.violations,
        &event.parameters,
        &event.envelope,
    ];
    fields.map(|text| field(text)).join(",") + "\r\n"
}

/// The characters with which a formula begins, those of East Asian keyboards included, and those that a spreadsheet skips before it.
const FORMULA: [char; 12] = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n', '\0'];

/// A quoted field. Spreadsheets run a text that begins like a formula, so such a text gets an apostrophe in front.
fn field(text: &str) -> String {
    let apostrophe = if text.starts_with(FORMULA) { "'" } else { "" };
    format!("\"{apostrophe}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::{HEADER, field, line};
    use crate::collector::store::StoredEvent;

    #[test]
    fn a_text_stays_in_its_field_and_is_no_formula() {
        for (text, expected) in [
            ("plain", "\"plain\""),
            ("a,b\n\"c\"", "\"a,b\n\"\"c\"\"\""),
            ("=HYPERLINK(\"http://x\")", "\"'=HYPERLINK(\"\"http://x\"\")\""),
            ("@sum", "\"'@sum\""),
            ("＝1+1", "\"'＝1+1\""),
            ("\0=1", "\"'\0=1\""),
            ("", "\"\""),
        ] {
            assert_eq!(field(text), expected);
        }
    }

    #[test]
    fn a_line_has_a_field_for_each_name_of_the_header() {
        let line = line(&StoredEvent::default());
        assert_eq!(line.matches("\",\"").count(), HEADER.matches(',').count());
    }
}
