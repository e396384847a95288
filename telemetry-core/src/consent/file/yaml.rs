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
#[derive(Debug, Clone, Copy, PartialEq)]
struct Node<'a> {
    line: usize,
    indentation: usize,
    /// Where its key begins, or the last mark of an item.
    column: usize,
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
    let mut block: Option<Block> = None;
    let mut is_started = false;
    for (line, text) in numbered(text)? {
        let unreadable = Unreadable { line };
        let content = text.trim_start_matches(' ');
        let indentation = text.len() - content.len();
        if let Some(open) = &mut block {
            if open.takes(indentation, content).ok_or(Unreadable { line })? {
                continue;
            }
            block = None;
        }
        let is_start = !is_started && is_document_start(text);
        is_started |= is_start || !content.is_empty() && !content.starts_with('#');
        if content.is_empty() || content.starts_with('#') || is_start {
            continue;
        }
        let node = node(line, indentation, text).ok_or(unreadable)?;
        block = (node.value == Value::Block).then_some(Block { parent: node.column, text: None });
        nodes.push(node);
    }
    Ok(nodes)
}

/// A text on several lines, which can say anything.
struct Block {
    /// The column of what it belongs to.
    parent: usize,
    /// The indentation of its first line, which no other falls short of.
    text: Option<usize>,
}

impl Block {
    /// Whether the line belongs to the text; nothing if it belongs nowhere.
    fn takes(&mut self, indentation: usize, content: &str) -> Option<bool> {
        if content.is_empty() {
            return (indentation == 0 || self.text.is_some()).then_some(true);
        }
        if indentation <= self.parent {
            return Some(false);
        }
        let first = *self.text.get_or_insert(indentation);
        (indentation >= first).then_some(true)
    }
}

fn is_document_start(line: &str) -> bool {
    line.strip_prefix("---").is_some_and(|rest| rest.trim_start_matches(' ').is_empty())
}

fn node(line: usize, indentation: usize, text: &str) -> Option<Node<'_>> {
    let mut rest = text.get(indentation..)?;
    let is_item = rest == "-" || rest.starts_with("- ");
    let column_of = |rest: &str| text.len() - rest.len();
    let mut column = indentation;
    // A list in a list begins on a line of its own.
    if let Some(item) = rest.strip_prefix("- ") {
        column = column_of(rest);
        rest = item.trim_start_matches(' ');
    }
    if let Some((key, value)) = key_and_value(rest) {
        let (key, column) = (Some(key), column_of(rest));
        return Some(Node { line, indentation, column, is_item, key, value: value_of(value)? });
    }
    // A lone value is an item; one on a line of its own would be the rest of another.
    let value = if rest == "-" { Value::Follows } else { value_of(rest)? };
    is_item.then_some(Node { line, indentation, column, is_item, key: None, value })
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
            matches!(mark, "" | "+" | "-").then_some(Value::Block)
        }
        // A list or a mapping would begin beside its key.
        Some('-' | '?' | ':') if matches!(text.as_bytes(), [_] | [_, b' ', ..]) => None,
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
    while let [Node { line, key, value, is_item, indentation: own, .. }, below @ ..] = rest {
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
        check(children)?;
        entries.push(Entry { line: *line, key, value: *value, children });
        rest = next;
    }
    Ok(entries)
}

/// Makes sure that the lines are one mapping or one list. Each level costs a column, so there are a few hundred at most.
fn check(nodes: &[Node<'_>]) -> Result<(), Unreadable> {
    match nodes.first() {
        Some(first) if first.is_item => check_list(nodes, first.indentation),
        _ => mapping(nodes).map(drop),
    }
}

fn check_list(nodes: &[Node<'_>], indentation: usize) -> Result<(), Unreadable> {
    let mut rest = nodes;
    while let [item, below @ ..] = rest {
        let unreadable = Unreadable { line: item.line };
        if !item.is_item || item.indentation != indentation {
            return Err(unreadable);
        }
        let end = below.iter().position(|node| node.indentation <= indentation).unwrap_or(below.len());
        let (inner, next) = below.split_at_checked(end).unwrap_or_default();
        match item {
            // The keys of a mapping go on below its first one.
            Node { key: Some(_), column, .. } => {
                let first = Node { indentation: *column, is_item: false, ..*item };
                mapping(&[&[first], inner].concat())?;
            }
            Node { value: Value::Follows, .. } => check(inner)?,
            _ if inner.is_empty() => {}
            _ => return Err(unreadable),
        }
        rest = next;
    }
    Ok(())
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
    -
      - 81
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
            "other: |2\n  text",
            "other: |\n   text\n  less",
            "other: |\n    \n  text",
            "other: |\n# comment\n  text",
            "other:\n  - a: |\n    telemetry_enabled: false\n   b",
            "other: - a",
            "other:\n  a: 1\n b: 2",
            "other:\n  - a\n  b: 2",
            "other:\n- a\n  b: 2",
            "other:\n  a: 1\n- b",
            "other:\n- - a",
            "---\n---",
            "other: -",
            "other: ? a",
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
