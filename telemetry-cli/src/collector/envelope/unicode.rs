// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Finds texts that are JSON and not Unicode: an escape from `\ud800` to `\udfff` in them is not one half of a pair. Neither a `String` nor
//! SQLite can hold such a text.

use std::ops::RangeInclusive;

use telemetry_core::__command1::escape_untrusted;

use crate::schema::pointer_step;

const HIGH_SURROGATES: RangeInclusive<u16> = 0xd800..=0xdbff;
const LOW_SURROGATES: RangeInclusive<u16> = 0xdc00..=0xdfff;

/// The bytes of an escape such as `\ud83d`.
const ESCAPE_BYTES: usize = 6;

/// The longest pointer, in characters. It quotes the request.
const LONGEST_POINTER: usize = 400;

/// A text that is not Unicode.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NotUnicode {
    /// The JSON pointer of the text, or of the object whose key it is.
    pub(super) pointer: String,
    /// The problem, as a sentence without its subject.
    pub(super) message: String,
}

/// The first text of a JSON document that is not Unicode.
pub(super) fn not_unicode(json: &str) -> Option<NotUnicode> {
    let (before, surrogate) = lone_surrogate(json)?;
    let place = Place::after(before);
    let subject = if place.is_key { "has a key that is" } else { "is" };
    Some(NotUnicode {
        pointer: escape_untrusted(&place.pointer(), LONGEST_POINTER),
        message: format!("{subject} not Unicode: `\\u{surrogate:04x}` is half of a surrogate pair"),
    })
}

/// The first surrogate without its other half, and the JSON before it.
fn lone_surrogate(json: &str) -> Option<(&str, u16)> {
    let mut from = 0;
    loop {
        let at = from + json.get(from..)?.find('\\')?;
        let next = at + ESCAPE_BYTES;
        from = match code_unit(json, at) {
            None => at + 2,
            Some(high) if HIGH_SURROGATES.contains(&high) && is_low(json, next) => next + ESCAPE_BYTES,
            Some(lone) if HIGH_SURROGATES.contains(&lone) || LOW_SURROGATES.contains(&lone) => {
                return Some((json.get(..at)?, lone));
            }
            Some(_) => next,
        };
    }
}

fn is_low(json: &str, at: usize) -> bool {
    code_unit(json, at).is_some_and(|unit| LOW_SURROGATES.contains(&unit))
}

/// The UTF-16 code unit of the escape at this byte; `None` if another one is there.
fn code_unit(json: &str, at: usize) -> Option<u16> {
    u16::from_str_radix(json.get(at..at + ESCAPE_BYTES)?.strip_prefix("\\u")?, 16).ok()
}

/// Where a reader of JSON is.
#[derive(Default)]
struct Place<'a> {
    steps: Vec<Step<'a>>,
    /// Whether the next text is a key.
    is_key: bool,
}

enum Step<'a> {
    /// As JSON, without the quotation marks.
    Key(&'a str),
    Index(usize),
}

impl<'a> Place<'a> {
    /// The place after this beginning of a JSON document. It may end in a text.
    fn after(mut json: &'a str) -> Self {
        let mut place = Self::default();
        while let Some((token, rest)) = next_token(json) {
            json = if token == '"' { place.pass_text(rest) } else { place.pass(token, rest) };
        }
        place
    }

    fn pass(&mut self, token: char, rest: &'a str) -> &'a str {
        match (token, self.steps.last_mut()) {
            ('{', _) => self.steps.push(Step::Key("")),
            ('[', _) => self.steps.push(Step::Index(0)),
            (',', Some(Step::Index(index))) => *index += 1,
            ('}' | ']', _) => drop(self.steps.pop()),
            _ => {}
        }
        self.is_key = token == '{' || token == ',' && matches!(self.steps.last(), Some(Step::Key(_)));
        rest
    }

    /// Passes the text at the beginning of `rest`, and returns what follows it.
    fn pass_text(&mut self, rest: &'a str) -> &'a str {
        let Some(end) = end_of_text(rest) else { return "" };
        let (text, rest) = rest.split_at(end);
        if let (true, Some(Step::Key(key))) = (self.is_key, self.steps.last_mut()) {
            *key = text;
        }
        rest.strip_prefix('"').unwrap_or_default()
    }

    fn pointer(&self) -> String {
        let own = self.steps.len() - usize::from(self.is_key);
        self.steps.iter().take(own).map(Step::pointer).collect()
    }
}

impl Step<'_> {
    fn pointer(&self) -> String {
        match self {
            // The key is before the first text that is not Unicode.
            Self::Key(key) => {
                pointer_step(&serde_json::from_str::<String>(&format!("\"{key}\"")).unwrap_or_default())
            }
            Self::Index(index) => pointer_step(&index.to_string()),
        }
    }
}

/// The next token that changes the place, and what follows it.
fn next_token(json: &str) -> Option<(char, &str)> {
    let mut rest = json.trim_start_matches(|c| !matches!(c, '{' | '[' | '}' | ']' | ',' | ':' | '"')).chars();
    Some((rest.next()?, rest.as_str()))
}

/// The place of the quotation mark that ends a text.
fn end_of_text(text: &str) -> Option<usize> {
    let mut is_escaped = false;
    text.bytes().position(|byte| {
        let is_end = byte == b'"' && !is_escaped;
        is_escaped = byte == b'\\' && !is_escaped;
        is_end
    })
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{lone_surrogate, not_unicode};

    #[test]
    fn the_place_of_a_text_that_is_not_unicode_is_found() {
        for (json, pointer, is_key) in [
            (r#""\udc00""#, "", false),
            (r#"{"\ud800":1}"#, "", true),
            (r#"{"a\"\\":{"b":[1,{},[],"]{,\\",{"c":null,"d":"x\\\ud800"}]}}"#, "/a\"\\/b/4/d", false),
            (r#"{"a":{},"b":{"c":1,"\udFff":2}}"#, "/b", true),
            (r#"[["a"],[{"x":[[0],0]},"\ud800\ud83d\ude00"]]"#, "/1/1", false),
            (r#"{"a/b~c\u00e9\ud83d\ude00" : "\uD83D \uDE00"}"#, "/a~1b~0cé😀", false),
            (r#"{"a":1,"a":["\ud83d"]}"#, "/a/0", false),
            (r#"{"\u001b[2J":"\ud83d\n"}"#, "/\\u{1b}[2J", false),
            (r#"[1,{"a":"b"},"\ud83d\u0041"]"#, "/2", false),
        ] {
            let found = not_unicode(json).unwrap_or_else(|| panic!("{json}"));
            let start = if is_key { "has a key that is not Unicode: `\\ud" } else { "is not Unicode: `\\ud" };
            assert_eq!(found.pointer, pointer, "{json}");
            assert!(found.message.starts_with(start), "{json}: {}", found.message);
        }
        assert_eq!(
            not_unicode(r#"["\uDBFF"]"#).unwrap().message,
            r"is not Unicode: `\udbff` is half of a surrogate pair"
        );
        let long = format!(r#"{{"{}":"\udc00"}}"#, "k".repeat(100_000));
        assert_eq!(not_unicode(&long).unwrap().pointer.chars().count(), 401);
    }

    /// The judge is the reader that makes each text a `String`.
    #[test]
    fn exactly_the_texts_that_rust_can_hold_are_unicode() {
        let parts = ["\\ud83d", "\\uDE00", "\\u0041", "\\\\", "u", "dc00", "\\\"", "é", "\\n"];
        for number in 0..parts.len().pow(4) {
            let text: String =
                (0..4).map(|place| parts[number / parts.len().pow(place) % parts.len()]).collect();
            for json in [format!("[\"{text}\"]"), format!("{{\"{text}\":[]}}")] {
                let is_unicode = serde_json::from_str::<Value>(&json).is_ok();
                assert_eq!(lone_surrogate(&json).is_none(), is_unicode, "{json}");
                assert_eq!(not_unicode(&json).is_none(), is_unicode, "{json}");
            }
        }
    }
}
