// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The public data table of an event, in Markdown.

use std::fmt::Write;

use telemetry_core::descriptor::{EventDescriptor, FieldDescriptor, IdentifierKind, Shape};
use telemetry_schema::__cli1::{counted, labels};

/// A table of all fields of the event with type, values, an example and description, followed by a list of the documented
/// vocabularies and value structs with their descriptions.
#[must_use]
pub fn data_table(event: &EventDescriptor) -> String {
    let mut table =
        String::from("| field | type | values | example | description |\n|---|---|---|---|---|\n");
    if let Some((key, value)) = event.source {
        row(&mut table, [key, "text", &format!("`{value}`"), &format!("`{value}`"), "The product."]);
    }
    for field in event.fields {
        let description = description(field);
        row(
            &mut table,
            [
                field.name,
                type_name(&field.shape),
                &values(&field.shape),
                &format!("`{}`", example(&field.shape)),
                &description,
            ],
        );
    }
    for line in types_of(event.fields) {
        table += &line;
    }
    table
}

/// A list of the types of these fields, each once, after a blank line.
fn types_of(fields: &[FieldDescriptor]) -> Vec<String> {
    let mut lines = Vec::new();
    fields.iter().for_each(|field| field.shape.walk(&mut |shape| push_types(shape, &mut lines)));
    if !lines.is_empty() {
        lines.insert(0, "\n".to_owned());
    }
    lines
}

fn push_types(shape: &Shape, lines: &mut Vec<String>) {
    match shape {
        Shape::Enum(vocabulary) => push_type(vocabulary.name, vocabulary.doc, "", lines),
        Shape::Object(object) => {
            let said = |field: &&FieldDescriptor| !field.doc.is_empty();
            let members = object
                .fields
                .iter()
                .filter(said)
                .map(|field| format!("  - `{}`: {}\n", field.name, on_one_line(&description(field))));
            push_type(object.name, object.doc, &members.collect::<String>(), lines);
        }
        _ => {}
    }
}

fn push_type(name: &str, doc: &str, members: &str, lines: &mut Vec<String>) {
    let line = format!("- `{name}`: {}\n{members}", on_one_line(doc));
    if !doc.is_empty() && !lines.contains(&line) {
        lines.push(line);
    }
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn row(table: &mut String, [name, cells @ ..]: [&str; 5]) {
    let cells = cells.map(|cell| cell.replace('|', "\\|").replace('\n', " "));
    // Writing to a `String` cannot fail.
    let _ = writeln!(table, "| `{name}` | {} |", cells.join(" | "));
}

/// The description of the field; for a free text also the reason for it.
fn description(field: &FieldDescriptor) -> String {
    match free_text_reason(&field.shape) {
        Some(reason) => format!("{} Free text: {reason}.", field.doc),
        None => field.doc.to_owned(),
    }
}

fn free_text_reason(shape: &Shape) -> Option<&'static str> {
    match shape {
        Shape::FreeText { reason, .. } => Some(reason),
        Shape::List { item, .. } | Shape::Set { item, .. } | Shape::Nullable(item) => free_text_reason(item),
        _ => None,
    }
}

fn type_name(shape: &Shape) -> &'static str {
    match shape {
        Shape::Set { .. } => "sorted list",
        Shape::Nullable(inner) => type_name(inner),
        other => match other.json_type() {
            "string" => "text",
            "array" => "list",
            name => name,
        },
    }
}

fn values(shape: &Shape) -> String {
    match shape {
        Shape::Boolean => "`true`, `false`".into(),
        Shape::Integer { min: i64::MIN, max: i64::MAX, .. } => "any 64-bit integer".into(),
        Shape::Integer { min, max, .. } => format!("{min} to {max}"),
        Shape::Number { min: f64::MIN, max: f64::MAX, .. } => "any finite number".into(),
        Shape::Number { min, max, .. } => format!("{min} to {max}"),
        Shape::Enum(vocabulary) => quoted(vocabulary.variants),
        Shape::Identifier(IdentifierKind::Uuid | IdentifierKind::Session) => "a random identifier".into(),
        Shape::Identifier(IdentifierKind::Version) => "a version".into(),
        Shape::Identifier(IdentifierKind::Token) => "a short name".into(),
        Shape::FreeText { max_len, .. } => format!("at most {}", counted(*max_len, "character")),
        Shape::Bucket { limits, .. } => quoted(&labels(limits)),
        Shape::List { item, .. } | Shape::Set { item, .. } => format!("each: {}", values(item)),
        Shape::Map { key, value, .. } => format!("keys: {}; values: {}", values(key), values(value)),
        Shape::Object(object) => object.fields.iter().map(member).collect::<Vec<_>>().join("; "),
        Shape::Nullable(inner) => format!("{}, or `null`", values(inner)),
        newer => format!("any {}", type_name(newer)),
    }
}

fn member(field: &FieldDescriptor) -> String {
    format!("`{}`: {}", field.name, values(&field.shape))
}

fn quoted<T: AsRef<str>>(texts: &[T]) -> String {
    texts.iter().map(|text| format!("`{}`", text.as_ref())).collect::<Vec<_>>().join(", ")
}

/// A value that the shape allows, as JSON.
fn example(shape: &Shape) -> String {
    match shape {
        Shape::Boolean => "true".into(),
        Shape::Integer { min, max, .. } => 2.clamp(*min, *max).to_string(),
        Shape::Number { min, max, .. } => 1.5_f64.clamp(*min, *max).to_string(),
        Shape::Enum(vocabulary) => format!("{:?}", vocabulary.variants.first().copied().unwrap_or_default()),
        Shape::Identifier(IdentifierKind::Uuid | IdentifierKind::Session) => {
            "\"7d3c1f0a-5b1e-4c8e-9a55-0f6f2f3c9d11\"".into()
        }
        Shape::Identifier(IdentifierKind::Version) => "\"1.4.2\"".into(),
        Shape::Identifier(IdentifierKind::Token) => "\"Linux\"".into(),
        Shape::FreeText { .. } => "\"text\"".into(),
        Shape::Bucket { limits, .. } => {
            format!("{:?}", labels(limits).last().cloned().unwrap_or_default())
        }
        Shape::List { item, .. } | Shape::Set { item, .. } => format!("[{}]", example(item)),
        Shape::Map { key, value, .. } => format!("{{{}: {}}}", example(key), example(value)),
        Shape::Object(object) => {
            let members =
                object.fields.iter().map(|field| format!("{:?}: {}", field.name, example(&field.shape)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
        }
        Shape::Nullable(inner) => example(inner),
        // A shape of a newer core.
        _ => "…".into(),
    }
}
