// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The little YAML that products keep their settings in: mappings and lists by indentation, with one plain or quoted value
//! to a line. It does not build what stands there, it makes sure that no key is missed.

mod node;

use node::{Node, Value, nodes};

use super::ConsentFile;
use super::lines::{Found, Unreadable};

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

/// A key of a mapping, and the lines below it that belong to it.
#[derive(Debug)]
struct Entry<'a, 'n> {
    line: usize,
    key: &'a str,
    value: Value<'a>,
    children: &'n [Node<'a>],
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

/// Makes sure that the lines are one mapping or one list. Each level takes a column, so there are few of them.
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
    fn a_deep_file_takes_no_stack() {
        let deep =
            |levels: usize| -> String { (0..levels).map(|level| " ".repeat(level) + "a:\n").collect() };
        assert_eq!(value(&(deep(60) + "telemetry_enabled: true")), Ok(Some("true")));
        assert_eq!(value(&deep(300)), Err(Unreadable { line: 66 }));
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
