// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! How the compiler's time grows with what one event is checked against.

use serde_json::{Map, Value, json};

use crate::leaf::{CHECK, Leaf};
use crate::table::Table;
use crate::time::medians;

/// The source of a crate with one event, and its schema.
type Case = (String, Value);

/// Compiles events whose schemas have so many words and so many properties in each level, and twice as many, in turn.
pub(crate) fn measure(leaf: &Leaf, words: usize, properties: usize, rounds: usize) {
    let mut table = Table::new(&["n", "CPU s for n", "CPU s for 2n", "of n's", "target"]);
    let mut row = |name: &str, size: usize, case: fn(usize) -> Case| {
        let sizes = [size, 2 * size];
        let files = sizes.map(|size| write(leaf, size, case(size)));
        let medians = medians(rounds, &files, |file| leaf.compile(file, CHECK));
        table.row(&format!("{size} {name}"), &[medians[0], medians[1], medians[1] / medians[0]], "at most 2");
    };
    row("words, half of the schema's", words, vocabulary);
    row("properties in each of 4 levels of `$ref`", properties, tree);
    println!("\nGrowth of what one event is checked against, `cargo check`\n{table}");
}

/// Writes a case, and returns the name of its source file.
fn write(leaf: &Leaf, size: usize, (source, schema): Case) -> String {
    let [file, schema_file] = ["rs", "json"].map(|extension| format!("growth_{size}.{extension}"));
    leaf.write(&file, &source.replace("schema.json", &schema_file));
    leaf.write(&schema_file, &schema.to_string());
    file
}

/// An enum of so many words, which are every second one of the schema's.
fn vocabulary(size: usize) -> Case {
    let variants: String = (0..size).map(|index| format!("    Word{},\n", 2 * index)).collect();
    let words = "#[derive(telemetry_core::TelemetryEnum)]\n\
                 #[telemetry(rename_all = \"lowercase\")]\npub enum Words";
    let source = format!("/// What can be said.\n{words} {{\n{variants}}}\n{}", event("Words"));
    let words: Vec<_> = (0..2 * size).map(|index| format!("word{index}")).collect();
    (source, schema(json!({"field": {"type": "string", "enum": words}}), json!({})))
}

/// An event that lacks an optional property. That one is a tree: each of a level's properties has the next level's type.
fn tree(size: usize) -> Case {
    let level = |property: Value| {
        let properties: Map<_, _> = (0..size).map(|index| (format!("p{index}"), property.clone())).collect();
        json!({"type": "object", "properties": properties})
    };
    let below = |level: usize| json!({"$ref": format!("#/definitions/types/Level{level}")});
    let types = json!({
        "Level0": level(below(1)), "Level1": level(below(2)), "Level2": level(below(3)),
        "Level3": level(json!({"type": "boolean"})),
    });
    (event("bool"), schema(json!({"field": {"type": "boolean"}, "absent": below(0)}), types))
}

fn event(ty: &str) -> String {
    format!(
        "/// Something happened.\n#[derive(telemetry_core::TelemetryEvent)]\n\
         #[telemetry(product = vocabulary::Shop, event_name = \"event\", schema_version = \"1.0\", schema = \"schema.json\")]\n\
         pub struct Event {{\n    /// What this says about the run.\n    pub field: {ty},\n}}\n"
    )
}

/// A schema of the event.
fn schema(mut properties: Value, types: Value) -> Value {
    properties["nemoSource"] = json!({"type": "string"});
    let event = json!({
        "type": "object", "properties": properties, "required": ["nemoSource", "field"], "additionalProperties": false,
    });
    json!({"schemaMeta": {"schemaVersion": "1.0"}, "definitions": {"types": types, "events": {"event": event}}})
}
