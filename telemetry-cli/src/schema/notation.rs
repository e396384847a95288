// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Formats JSON for readers: keys in a meaningful order, short values on one line.

use serde_json::Value;
use telemetry_schema::__cli1::Json;

/// The maximum width of a line for a value on one line, in characters.
const WIDTH: usize = 100;

/// The keywords of a schema file in reading order; others follow them.
const KEYWORDS: [&str; 17] = [
    "$schema",
    "schemaMeta",
    "definitions",
    "definitionVersion",
    "schemaVersion",
    "clientId",
    "types",
    "events",
    "oneOf",
    "$ref",
    "type",
    "description",
    "enum",
    "minimum",
    "maximum",
    "properties",
    "items",
];

/// How the lines of a file are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Lines<'a> {
    /// The indentation of one level.
    pub(crate) indent: &'a str,
    /// The line end.
    pub(crate) end: &'a str,
}

impl Lines<'static> {
    /// The format of a new file.
    pub(crate) const NEW: Self = Self { indent: "  ", end: "\n" };
}

impl<'a> Lines<'a> {
    /// The format of `text`, as far as it can be detected.
    pub(crate) fn of(text: &'a str) -> Self {
        let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let is_blank = |char: char| char == ' ' || char == '\t';
        let indented = text.lines().find(|line| line.starts_with(is_blank) && !line.trim().is_empty());
        let indent = indented.map_or(Lines::NEW.indent, |line| {
            line.get(..line.len() - line.trim_start_matches(is_blank).len()).unwrap_or_default()
        });
        Self { indent, end }
    }
}

/// A schema with its keys in reading order; those of `properties` in the order of `required`.
pub(crate) fn ordered(schema: &Value) -> Json {
    ordered_value(schema, &[])
}

fn ordered_value(value: &Value, first: &[&str]) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(value) => Json::Boolean(*value),
        Value::Number(number) => Json::Number(number.to_string()),
        Value::String(text) => Json::Text(text.clone()),
        Value::Array(items) => Json::Array(items.iter().map(|item| ordered_value(item, &[])).collect()),
        Value::Object(members) => {
            let required = members.get("required").and_then(Value::as_array);
            let required: Vec<&str> = required.into_iter().flatten().filter_map(Value::as_str).collect();
            let first = if first.is_empty() { &KEYWORDS } else { first };
            let place = |name: &str| first.iter().position(|known| *known == name).unwrap_or(usize::MAX);
            let mut ordered: Vec<(String, Json)> = members
                .iter()
                .map(|(name, value)| {
                    let first: &[&str] = if name == "properties" { &required } else { &[] };
                    (name.clone(), ordered_value(value, first))
                })
                .collect();
            ordered.sort_by_key(|(name, _)| place(name));
            Json::Object(ordered)
        }
    }
}

/// The text of `json` on a line that is indented by `indent`.
pub(crate) fn print(json: &Json, indent: &str, lines: Lines<'_>) -> String {
    print_behind("", json, indent, lines)
}

/// `lead`, such as the name of a member, and the text of `json`, on a line that is indented by `indent`.
pub(crate) fn print_behind(lead: &str, json: &Json, indent: &str, lines: Lines<'_>) -> String {
    let flat = lead.to_owned() + &json.to_string();
    if fits(&flat, indent) {
        return flat;
    }
    let inner = [indent, lines.indent].concat();
    let (open, close, parts): (_, _, Vec<String>) = match json {
        Json::Object(members) => {
            let member = |(name, value): &(String, Json)| {
                print_behind(&format!("{}: ", quoted(name)), value, &inner, lines)
            };
            ("{", "}", members.iter().map(member).collect())
        }
        Json::Array(items) => ("[", "]", items.iter().map(|item| print(item, &inner, lines)).collect()),
        _ => return flat,
    };
    let separator = format!(",{}{inner}", lines.end);
    format!("{lead}{open}{0}{inner}{1}{0}{indent}{close}", lines.end, parts.join(&separator))
}

/// Whether this is a single line within the width, including a trailing comma.
pub(crate) fn fits(text: &str, indent: &str) -> bool {
    !text.contains('\n') && indent.chars().count() + text.chars().count() < WIDTH
}

/// The text as a JSON string.
pub(crate) fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use telemetry_schema::__cli1::parse;

    use super::*;

    #[test]
    fn what_is_printed_means_the_same_and_is_as_short_as_it_can_be() {
        let long: Vec<String> = (0..40).map(|number| format!("\"word \\u00e9 \\n {number}\"")).collect();
        let text =
            format!("{{\"a\": {{\"b\": [1, 2.50, null]}}, \"c\": [{}], \"d\": {{}}}}", long.join(", "));
        let json = parse(&text).unwrap();
        let printed = print(&json, "", Lines { indent: "\t", end: "\r\n" });
        assert_eq!(parse(&printed).unwrap(), json);
        assert!(
            printed.starts_with("{\r\n\t\"a\": {\"b\": [1, 2.50, null]},\r\n\t\"c\": [\r\n\t\t\"word é"),
            "{printed}"
        );
    }

    #[test]
    fn properties_are_in_the_order_in_which_they_are_required() {
        let schema =
            serde_json::json!({"required": ["z", "a"], "properties": {"a": {}, "z": {}}, "type": "object"});
        assert_eq!(
            print(&ordered(&schema), "", Lines::NEW),
            r#"{"type": "object", "properties": {"z": {}, "a": {}}, "required": ["z", "a"]}"#
        );
    }

    #[test]
    fn the_lines_of_a_file_are_known_by_its_first_indented_one() {
        assert_eq!(Lines::of("{\r\n\t\"a\": 1\r\n}"), Lines { indent: "\t", end: "\r\n" });
        assert_eq!(Lines::of("{\n    \"a\": 1\n}"), Lines { indent: "    ", end: "\n" });
        assert_eq!(Lines::of("{}"), Lines::NEW);
    }
}
