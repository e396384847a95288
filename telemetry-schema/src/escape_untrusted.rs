// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Text of unknown origin in messages for people: it neither disturbs their terminal nor floods it.

/// The text as it may be printed: control characters are escaped, those that reorder or hide text included, and what is
/// longer than `most_chars` characters is cut and ends with `…`.
///
/// ```
/// use telemetry_schema::escape_untrusted::escape_untrusted;
///
/// assert_eq!(escape_untrusted("a plain “name”", 80), "a plain “name”");
/// assert_eq!(escape_untrusted("\u{1b}[2J\n", 80), r"\u{1b}[2J\n");
/// assert_eq!(escape_untrusted("far too long", 3), "far…");
/// ```
#[must_use]
pub fn escape_untrusted(text: &str, most_chars: usize) -> String {
    let mut out = String::new();
    for (count, c) in text.chars().enumerate() {
        if count == most_chars {
            out.push('…');
            break;
        }
        if is_disturbing(c) { out.extend(c.escape_debug()) } else { out.push(c) }
    }
    out
}

/// JSON as it may be printed: what [`escape_untrusted`] escapes is written as JSON writes it, so that the result has the same
/// meaning. White space between tokens becomes spaces, because JSON cannot escape it.
///
/// ```
/// use telemetry_schema::escape_untrusted::escape_json;
///
/// assert_eq!(escape_json("{\"a\":\"“b”\"}"), "{\"a\":\"“b”\"}");
/// assert_eq!(escape_json("[\"\u{9b}2J\u{e0001}\",\r1]"), r#"["\u009b2J\udb40\udc01", 1]"#);
/// ```
#[must_use]
pub fn escape_json(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '\t' | '\n' | '\r' => out.push(' '),
            c if is_disturbing(c) => {
                out.extend(c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")));
            }
            c => out.push(c),
        }
    }
    out
}

/// Controls, formats, private and unassigned characters, and every separator but the space.
fn is_disturbing(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_control();
    }
    // The standard library escapes just these; behind a first character it leaves combining marks alone.
    let pair: String = ['a', c].iter().collect();
    !pair.chars().eq(pair.escape_debug())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::parse;

    #[test]
    fn nothing_that_disturbs_a_terminal_is_left() {
        let every: String = (0..=0x10_ffff).filter_map(char::from_u32).collect();
        let shown = escape_untrusted(&every, usize::MAX);
        assert!(!shown.chars().any(char::is_control));
        for reordering in ['\u{202e}', '\u{2066}', '\u{200f}', '\u{feff}'] {
            assert!(!shown.contains(reordering), "{reordering:?}");
        }
    }

    #[test]
    fn json_keeps_its_meaning() {
        let every: String = (0x20..=0x10_ffff).filter_map(char::from_u32).collect();
        let json = format!("{{\r\n\t\"a\" : [\"{}\"]}}\n", every.replace(['"', '\\'], ""));
        let shown = escape_json(&json);
        assert!(parse(&shown).unwrap() == parse(&json).unwrap());
        assert!(!shown.chars().any(is_disturbing));
    }

    #[test]
    fn a_length_is_counted_in_characters_of_the_text() {
        assert_eq!(escape_untrusted(&"é".repeat(80), 80), "é".repeat(80));
        assert_eq!(escape_untrusted(&"é".repeat(81), 80), "é".repeat(80) + "…");
        assert_eq!(escape_untrusted("\u{7}\u{7}", 1), r"\u{7}…");
    }
}
