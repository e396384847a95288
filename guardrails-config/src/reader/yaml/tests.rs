// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Values and refusals as the reference's YAML loader gives them.

use std::path::Path;

use super::{Node, Value, read};
use crate::reader::Limits;
use crate::reader::budget::Budget;
use crate::reader::error::ConfigError;

fn load(text: &str) -> Result<Option<Node>, ConfigError> {
    read(text, Path::new("x.yml"), &mut Budget::new(Limits::default()))
}

/// A value in the notation of the tables below.
fn show(value: &Value) -> String {
    let all = |items: &[Node]| items.iter().map(|item| show(&item.value)).collect::<Vec<_>>().join(", ");
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Int(value) => value.to_string(),
        Value::Float(value) => format!("{value:?}"),
        Value::Str(text) => format!("{text:?}"),
        Value::Bytes(bytes) => format!("bytes {bytes:?}"),
        Value::Time(text) => format!("time {text}"),
        Value::Seq(items) => format!("[{}]", all(items)),
        Value::Set(items) => format!("set [{}]", all(items)),
        Value::Map(map) => {
            let pairs = map
                .entries
                .iter()
                .map(|(key, value)| format!("{}: {}", show(&key.value), show(&value.value)));
            format!("{{{}}}", pairs.collect::<Vec<_>>().join(", "))
        }
        Value::MergeKey | Value::EqualsSign => panic!("a key as a value"),
    }
}

fn shown(text: &str) -> String {
    match load(text) {
        Ok(node) => node.map_or("nothing".to_owned(), |node| show(&node.value)),
        Err(error) => panic!("{text:?}: {error}"),
    }
}

#[test]
fn plain_scalars_are_yaml_1_1() {
    for (text, value) in [
        ("yes", "true"),
        ("Off", "false"),
        ("oN", "\"oN\""),
        ("y", "\"y\""),
        ("~", "null"),
        ("NULL", "null"),
        ("010", "8"),
        ("08", "\"08\""),
        ("0o17", "\"0o17\""),
        ("0x1F", "31"),
        ("0b101", "5"),
        ("1_000", "1000"),
        ("-0", "0"),
        ("1:30", "90"),
        ("0:50", "\"0:50\""),
        ("190:20:30", "685230"),
        ("1:30.5", "90.5"),
        ("1:60", "\"1:60\""),
        ("99999999999999999999", "9223372036854775807"),
        ("1.0", "1.0"),
        ("1.", "1.0"),
        (".5", "0.5"),
        ("-.5", "\"-.5\""),
        ("1e3", "\"1e3\""),
        ("1.0e3", "\"1.0e3\""),
        ("1.0e+3", "1000.0"),
        ("1_0.5", "10.5"),
        ("-.inf", "-inf"),
        (".nan", "NaN"),
        ("2.x", "\"2.x\""),
        ("2024-02-29", "time 2024-02-29"),
        ("2001-12-14t21:59:43.10-05:00", "time 2001-12-14t21:59:43.10-05:00"),
        ("2024-1-1", "\"2024-1-1\""),
    ] {
        assert_eq!(shown(&format!("[{text}]")), format!("[{value}]"), "{text}");
    }
}

#[test]
fn documents_are_built_as_the_reference_builds_them() {
    for (text, value) in [
        ("", "nothing"),
        ("# only a comment\n", "nothing"),
        ("a: 1\nb: 2\na: 3\n", "{\"a\": 3, \"b\": 2}"),
        ("1: a\n1.0: b\ntrue: c\n", "{1: \"c\"}"),
        ("=: a\n", "{\"=\": \"a\"}"),
        (
            "x: &x {a: 1, b: 2}\ny: {<<: *x, b: 3}\n",
            "{\"x\": {\"a\": 1, \"b\": 2}, \"y\": {\"a\": 1, \"b\": 3}}",
        ),
        ("y: {<<: [{a: 1}, {a: 2, b: 2}]}\n", "{\"y\": {\"a\": 1, \"b\": 2}}"),
        ("[!!str 1, !!int '3', !!float '1', !!bool 'YES', !!null x]", "[\"1\", 3, 1.0, true, null]"),
        ("[! 1, ! '1', '1']", "[1, 1, \"1\"]"),
        ("[!!binary aGk=, !!set {a, b}]", "[bytes [104, 105], set [\"a\", \"b\"]]"),
        ("!!omap [a: 1]", "[[\"a\", 1]]"),
        ("{a:b, c: d}", "{\"a:b\": null, \"c\": \"d\"}"),
        ("a: \"b\nc\"\n", "{\"a\": \"b c\"}"),
        ("a:\n  b: [c,\nd\n]\n", "{\"a\": {\"b\": [\"c\", \"d\"]}}"),
        ("a: 'b'# c\n", "{\"a\": \"b\"}"),
        ("\u{feff}a: b\u{feff}c\n", "{\"a\": \"b\u{feff}c\"}"),
        ("a: b\u{85}c: d\n", "{\"a\": \"b\", \"c\": \"d\"}"),
        ("a: |\n  b\tc\nd: \"\t\" # \t\n", "{\"a\": \"b\\tc\\n\", \"d\": \"\\t\"}"),
        ("? a\n: b\n", "{\"a\": \"b\"}"),
    ] {
        assert_eq!(shown(text), value.replace('\u{feff}', "\\u{feff}"), "{text:?}");
    }
}

#[test]
fn what_the_reference_refuses_is_refused() {
    let long = format!("{}: 1\n", "k".repeat(1025));
    for text in [
        "a: 1\n---\nb: 2\n",
        "a: =\n",
        "a: <<\n",
        "a: {<<: 1}\n",
        "[a]: b\n",
        "a: !x b\n",
        "a: !!int x\n",
        "a: 0x_\n",
        "a: 2024-13-01\n",
        "a: !!binary a\n",
        "a: *b\n",
        "a: &b 1\nc: &b 2\n",
        "a: &b.c 1\n",
        "a: &b [*b]\n",
        ": a\n",
        "a\n b: c\n",
        "{a\n: b}\n",
        "a: [|\n b]\n",
        "a: b\tc\n",
        "a: b\t\n",
        "\ta: b\n",
        "a: \u{7}\n",
        "a: @b\n",
        "a: b: c\n",
        long.as_str(),
    ] {
        let error = load(text).err().unwrap_or_else(|| panic!("{text:?} is accepted"));
        assert!(error.line().is_some() && !error.remedy().is_empty(), "{text:?}: {error}");
    }
}

#[test]
fn document_markers_are_those_of_one_document() {
    for text in [
        "---\na: 1\n",
        "--- # c\na: 1\n...\n",
        "%YAML 1.2\n---\na: 1\n...\n...\n# c\n",
        "a: 1\n---x: 2\n",
        "\u{feff}---\na: 1\n",
    ] {
        assert!(shown(text).starts_with("{\"a\": 1"), "{text:?}");
    }
    for (text, line) in [
        ("...\na: 1\n", 1),
        ("\n# c\n  # d\n... # e\na: 1\n", 4),
        ("...", 1),
        ("\u{feff}...\n---\na: 1\n", 1),
        ("...\t\na: 1\n", 1),
        ("%YAML 1.1\n...\na: 1\n", 2),
        ("# c\n%YAML 2.0\n---\na: 1\n", 2),
        ("a: 1\n...\nb: 2\n", 3),
        ("a: 1\n...\n---\n", 3),
        ("---\n---\na: 1\n", 2),
        ("---\n...\n---\na: 1\n", 3),
    ] {
        let error = load(text).err().unwrap_or_else(|| panic!("{text:?} is accepted"));
        assert_eq!(error.line(), Some(line), "{text:?}: {error}");
    }
}

#[test]
fn a_key_without_a_colon_is_named_by_its_own_line() {
    for (text, line) in [
        ("models:\n  - type: main\n    engine openai\n    model: m\n", 3),
        ("models: []\nstreaming\n\n# c\n\nrails: {}\n", 2),
        ("models: []\n\n# c\nstreaming\n", 4),
        ("models:\n  - type: main\nstreaming\nrails:\n  input: {}\n", 3),
        ("models:\nstreaming\nrails: {}\n", 2),
        ("models:\n  -\nstreaming\nrails: {}\n", 3),
        ("a: [\n  1,\n  2]\nstreaming\nrails: {}\n", 4),
        ("a: |\n  b\n\n  c\nstreaming\nrails: {}\n", 5),
        ("a: 'b\n  c'\n\n'streaming'\nrails: {}\n", 4),
        ("a: b\n  c\n\nstreaming\nrails: {}\n", 4),
        ("a: b\n*c\nrails: {}\n", 2),
        ("a: &c b\n&d streaming\nrails: {}\n", 2),
    ] {
        let error = load(text).err().unwrap_or_else(|| panic!("{text:?} is accepted"));
        assert_eq!(error.line(), Some(line), "{text:?}: {error}");
        assert!(error.to_string().contains("begins a key without a `:` after it"), "{text:?}: {error}");
    }
}
