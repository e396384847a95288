// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The little YAML that products keep their settings in: mappings and lists by indentation, with one plain or quoted value
//! to a line. It does not build what stands there, it makes sure that no key is missed.

use super::ConsentFile;
use super::lines::{Found, Unreadable, numbered};
use crate::constant_text::is_token;

/// The values under the keys that count.
pub(super) fn find<'a>(text: &'a str, file: &ConsentFile) -> Result<Found<'a>, Unreadable> {
    let nodes = nodes(text)?;
    let mut top = mapping(&nodes)?;
    if let Some(section) = file.section {
        top.retain(|entry| entry.key == section);
        top = match top.as_slice() {
            [] => return Ok(Found::default()),
            [only] if only.value == Value::Follows => mapping(only.children)?,
            [first, ..] => return Err(Unreadable { line: first.line }),
        };
    }
    let mut found = Found::default();
    for entry in &top {
        found.take(entry.key, entry.value.text(), file).ok_or(Unreadable { line: entry.line })?;
    }
    Ok(found)
}

/// One line that is neither blank nor a comment nor part of a text.
#[derive(Debug, PartialEq)]
struct Node<'a> {
    line: usize,
    indentation: usize,
    /// Whether it is an item of a list.
    is_item: bool,
    /// Its key, unless it is a lone value.
    key: Option<&'a str>,
    value: Value<'a>,
}

/// What stands beside a key.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Value<'a> {
    Scalar(&'a str),
    /// Nothing: it is on the lines that follow.
    Follows,
    /// The mark of a text on the lines that follow.
    Block,
}

impl<'a> Value<'a> {
    /// The value as it is compared; one on other lines is none that anybody expects.
    fn text(self) -> &'a str {
        match self {
            Self::Scalar(text) => text,
            Self::Follows | Self::Block => "",
        }
    }
}

/// A key of a mapping, and the lines below it that belong to it.
#[derive(Debug)]
struct Entry<'a, 'n> {
    line: usize,
    key: &'a str,
    value: Value<'a>,
    children: &'n [Node<'a>],
}

fn nodes(text: &str) -> Result<Vec<Node<'_>>, Unreadable> {
    let mut nodes: Vec<Node<'_>> = Vec::new();
    let is_content = |line: &str| !line.trim_start().is_empty() && !line.trim_start().starts_with('#');
    for (line, text) in numbered(text)?.filter(|(_, text)| is_content(text)) {
        let indentation = text.len() - text.trim_start_matches(' ').len();
        if nodes.is_empty() && is_document_start(text) {
            continue;
        }
        // The lines of a text can say anything.
        if nodes.last().is_some_and(|last| last.value == Value::Block && indentation > last.indentation) {
            continue;
        }
        nodes.push(node(line, indentation, text).ok_or(Unreadable { line })?);
    }
    Ok(nodes)
}

fn is_document_start(line: &str) -> bool {
    line.strip_prefix("---").is_some_and(|rest| rest.trim_start_matches(' ').is_empty())
}

fn node(line: usize, indentation: usize, text: &str) -> Option<Node<'_>> {
    let mut rest = text.get(indentation..)?;
    let is_item = rest == "-" || rest.starts_with("- ");
    while let Some(item) = rest.strip_prefix("- ") {
        rest = item.trim_start_matches(' ');
    }
    if let Some((key, value)) = key_and_value(rest) {
        return Some(Node { line, indentation, is_item, key: Some(key), value: value_of(value)? });
    }
    // A lone value is an item; one on a line of its own would be the rest of another.
    let value = if rest == "-" { Value::Follows } else { value_of(rest)? };
    is_item.then_some(Node { line, indentation, is_item, key: None, value })
}

/// A plain key: one in quotes, a tag, an anchor, `?` and `<<` are none.
fn key_and_value(text: &str) -> Option<(&str, &str)> {
    let (key, value) = text.split_once(':')?;
    let is_key = is_token(key) && (value.is_empty() || value.starts_with(' '));
    is_key.then(|| (key, value.trim_start_matches(' ')))
}

fn value_of(text: &str) -> Option<Value<'_>> {
    let text = text.trim_end_matches(' ');
    match text.chars().next() {
        None | Some('#') => Some(Value::Follows),
        Some(quote @ ('"' | '\'')) => quoted(text, quote).map(Value::Scalar),
        Some('|' | '>') => {
            let mark = text.get(1..)?;
            mark.chars().all(|c| matches!(c, '+' | '-' | '1'..='9')).then_some(Value::Block)
        }
        Some(first) => {
            let text = plain(text)?;
            let is_scalar = matches!(text, "[]" | "{}") || !"[]{}&*!%@`,?".contains(first);
            is_scalar.then_some(Value::Scalar(text))
        }
    }
}

/// A text in quotes that ends on its line and has no escapes.
fn quoted(text: &str, quote: char) -> Option<&str> {
    let (text, rest) = text.get(1..)?.split_once(quote)?;
    let is_end = rest.is_empty() || rest.trim_start_matches(' ').starts_with('#') && rest.starts_with(' ');
    (is_end && !(quote == '"' && text.contains('\\'))).then_some(text)
}

/// A text without quotes, up to a comment.
fn plain(text: &str) -> Option<&str> {
    let text = text.find(" #").map_or(Some(text), |end| text.get(..end))?.trim_end_matches(' ');
    let is_scalar = !text.contains(": ") && !text.ends_with(':') && !text.contains('\t');
    is_scalar.then_some(text)
}

/// The keys at the level of the first node, each with what is below it.
fn mapping<'a, 'n>(nodes: &'n [Node<'a>]) -> Result<Vec<Entry<'a, 'n>>, Unreadable> {
    let mut entries = Vec::new();
    let mut rest = nodes;
    let indentation = nodes.first().map_or(0, |first| first.indentation);
    while let [Node { line, key, value, is_item, indentation: own }, below @ ..] = rest {
        let unreadable = Unreadable { line: *line };
        let (Some(key), false, true) = (*key, *is_item, *own == indentation) else { return Err(unreadable) };
        let belongs = |node: &Node<'_>| {
            node.indentation > indentation || node.is_item && node.indentation == indentation
        };
        let end = below.iter().position(|node| !belongs(node)).unwrap_or(below.len());
        let (children, next) = below.split_at_checked(end).unwrap_or_default();
        if *value != Value::Follows && !children.is_empty() {
            return Err(unreadable);
        }
        entries.push(Entry { line: *line, key, value: *value, children });
        rest = next;
    }
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FLAT: ConsentFile = ConsentFile::yaml("x", "telemetry_enabled", &["true"]);
    const NESTED: ConsentFile = ConsentFile::yaml("x", "level", &["1"]).section("telemetry");

    fn value(text: &str) -> Result<Option<&str>, Unreadable> {
        find(text, &FLAT).map(|found| found.value)
    }

    const SETTINGS: &str = "\
# Settings.
---
current: dev
contexts:
- name: dev
  host: http://localhost:8080/a#b
  users: [] # none
  note: |
    telemetry_enabled: false
    \"quotes and [brackets
-
  name: \"a b\"
  ports:
    - 80
    - - 81
empty:
note: >-
   text
telemetry_enabled: true # yes
tokens:
   x: 'y'
";

    #[test]
    fn the_key_is_found_among_other_settings() {
        assert_eq!(value(SETTINGS), Ok(Some("true")));
        assert_eq!(value(&SETTINGS.replace('\n', "\r\n")), Ok(Some("true")));
        assert_eq!(value(&SETTINGS.replace("telemetry_enabled: true", "other: true")), Ok(None));
        for (line, expected) in [
            ("telemetry_enabled: false", "false"),
            ("telemetry_enabled: 'no'", "no"),
            ("telemetry_enabled: \"off\"   # off", "off"),
            ("telemetry_enabled:", ""),
            ("telemetry_enabled: # true", ""),
            ("telemetry_enabled:\n  true: 1", ""),
            ("telemetry_enabled: |\n  true", ""),
            ("telemetry_enabled: true and more", "true and more"),
            ("telemetry_enabled: true#", "true#"),
            ("  telemetry_enabled: false", "false"),
        ] {
            assert_eq!(value(line), Ok(Some(expected)), "{line}");
        }
    }

    #[test]
    fn what_could_hide_the_key_is_not_understood() {
        for text in [
            "telemetry_enabled : false",
            "\"telemetry_enabled\": false",
            "'telemetry_enabled': false",
            "{telemetry_enabled: false}",
            "? telemetry_enabled\n: false",
            "!!str telemetry_enabled: false",
            "&a telemetry_enabled: false",
            "<<: *a",
            "other: &a\n  telemetry_enabled: false",
            "telemetry_enabled:false",
            "telemetry_enabled: !!bool true",
            "telemetry_enabled: true\ntelemetry_enabled: true",
            "telemetry_enabled: true\n  more",
            "telemetry_enabled: true\n  more: 1",
            "telemetry_enabled:\n  true",
            "telemetry_enabled: true\n---\ntelemetry_enabled: false",
            "telemetry_enabled: true\n...",
            "%YAML 1.1\n---",
            "- telemetry_enabled: false",
            "telemetry_enabled",
            "other: [\ntelemetry_enabled: true",
            "other:\n  a: [1,\ntelemetry_enabled: true\n  ]",
            "other:\n  a: \"x\ntelemetry_enabled: true\nb: \"",
            "other:\n  a: 'x\ntelemetry_enabled: true\nb: '",
            "other: \"a\\\nb\"",
            "other: a: b",
            "other:\n\ttelemetry_enabled: false",
            "\ttelemetry_enabled: false",
            "  other: 1\ntelemetry_enabled: false",
            "other: 1\n  telemetry_enabled: false",
            "other: x\u{2028}telemetry_enabled: false",
            "other: x\u{85}telemetry_enabled: false",
            "other: x\rtelemetry_enabled: false",
            "\u{feff}telemetry_enabled: false",
        ] {
            assert!(value(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_section_is_a_block_of_its_own() {
        let nested = |text| find(text, &NESTED).map(|found| found.value);
        assert_eq!(nested("telemetry:\n  level: 0\n  other:\n    level: 1\nlevel: 2"), Ok(Some("0")));
        for text in [
            "",
            "level: 1",
            "telemetry:",
            "telemetry:\nlevel: 1",
            "other:\n  level: 1",
            "telemetry:\n  a:\n    level: 1",
        ] {
            assert_eq!(nested(text), Ok(None), "{text}");
        }
        for text in [
            "telemetry: 0",
            "telemetry: {level: 0}",
            "telemetry:\n- level: 0",
            "telemetry:\n  level: 1\ntelemetry:\n  level: 0",
            "telemetry:\n    level: 1\n  level: 0",
        ] {
            assert!(nested(text).is_err(), "{text}");
        }
    }
}
