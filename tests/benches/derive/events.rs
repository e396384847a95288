// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The crates that are compiled: the same structs in each, with another derive.

use serde_json::{Value, json};

/// How large the schema file of 200 events is to be, in bytes: that of a large product.
const BYTES_PER_EVENT: usize = 268_000 / 200;

/// The events of a crate: as many as wanted with the same fields.
pub(crate) struct Shape {
    fields: &'static [Field],
}

impl Shape {
    /// What a table is about.
    pub(crate) fn title(&self, events: usize) -> String {
        let kilobytes = self.schema(events).len() / 1000;
        format!("{events} events of {} fields, schema of {kilobytes} kB", self.fields.len())
    }

    /// The source of a crate with so many events.
    pub(crate) fn source(&self, variant: Variant, events: usize) -> String {
        let imports = "#![allow(unused_imports)]\nuse std::collections::BTreeSet;\n\
                       use telemetry_core::value::{Token, Version};\nuse vocabulary::{Deployment, Outcome, Shop};\n";
        (0..events).fold(imports.to_owned(), |source, index| source + &self.event(variant, index))
    }

    fn event(&self, variant: Variant, index: usize) -> String {
        let fields: String = self.fields.iter().map(|field| member(variant, field)).collect();
        let derive = derive(variant, index);
        format!("\n/// Something happened.\n{derive}pub struct Event{index} {{\n{fields}}}\n")
    }

    /// The schema of so many events. Descriptions fill it up to its size.
    pub(crate) fn schema(&self, events: usize) -> String {
        let schema = |description: &str| {
            let named =
                (0..events).map(|index| (format!("event_{index}"), event_schema(self.fields, description)));
            let events: serde_json::Map<_, _> = named.collect();
            json!({"schemaMeta": {"schemaVersion": "1.0"}, "definitions": {"types": types(), "events": events}})
        };
        let missing = (BYTES_PER_EVENT * events).saturating_sub(schema("").to_string().len());
        schema(&"w".repeat(missing / events)).to_string()
    }
}

/// What is derived.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Variant {
    /// Nothing: the structs alone.
    Nothing,
    /// `serde::Serialize`.
    Serde,
    /// `TelemetryEvent`, without a schema.
    Unchecked,
    /// `TelemetryEvent`, checked against a schema.
    Checked,
}

impl Variant {
    pub(crate) const ALL: [Self; 4] = [Self::Nothing, Self::Serde, Self::Unchecked, Self::Checked];

    /// What a table calls it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Nothing => "no derive",
            Self::Serde => "serde::Serialize",
            Self::Unchecked => "TelemetryEvent",
            Self::Checked => "TelemetryEvent with a schema",
        }
    }
}

/// A field: its type, the keys of `#[telemetry(…)]`, and the property of the schema.
struct Field {
    name: &'static str,
    ty: &'static str,
    keys: &'static str,
    property: fn() -> Value,
}

const TEXT: &str = "free_text = \"names of engines\", max_len = 64, sentinel = \"unknown\"";

/// A usual mixture: eleven are spelled as primitives or free text, the others say what they are through traits.
pub(crate) const MIXTURE: Shape = Shape {
    fields: &[
        field("session_id", "Token", "", text),
        field("product_version", "Version", "", text),
        field("platform", "String", TEXT, text),
        field("model_family", "String", TEXT, text),
        field("deployment_type", "Deployment", "", deployment),
        field("outcome", "Outcome", "", outcome),
        field("is_streaming", "bool", "", boolean),
        field("has_cache", "bool", "", boolean),
        field("has_tools", "bool", "", boolean),
        field("num_requests", "i64", "", whole),
        field("num_failures", "i64", "", whole),
        field(
            "num_workers",
            "u32",
            "",
            || json!({"type": "integer", "minimum": 0, "maximum": 4_294_967_295_u32}),
        ),
        field("num_retries", "u32", "", count),
        field("num_tokens", "u64", "range = 0..=1_000_000", tokens),
        field("num_gpus", "i64", "range = 0..=64", gpus),
        field("duration_seconds", "f64", "sentinel = -1.0", number),
        field("exit_code", "Option<u32>", "", count_or_null),
        field("providers", "BTreeSet<Token>", "", || json!({"type": "array", "items": {"type": "string"}})),
        field("stages", "Vec<Outcome>", "", || json!({"type": "array", "items": outcome()})),
        field("batch_sizes", "Vec<u32>", "", counts),
    ],
};

/// Each field has another type, and all have a sentinel.
pub(crate) const SENTINELS: Shape = Shape {
    fields: &[
        field("num_retries", "u32", "sentinel = 0", count),
        field("is_streaming", "bool", "sentinel = false", boolean),
        field("num_requests", "i64", "sentinel = -1", whole),
        field("duration_seconds", "f64", "sentinel = -1.0", number),
        field("exit_code", "Option<u32>", "sentinel = None", count_or_null),
        field("outcome", "Outcome", "sentinel = Outcome::Undefined", outcome),
        field("platform", "String", TEXT, text),
        field("batch_sizes", "Vec<u32>", "sentinel = Vec::new()", counts),
        field("num_tokens", "u64", "range = 0..=1_000_000, sentinel = 0", tokens),
        field("num_gpus", "u8", "range = 0..=64, sentinel = 0", gpus),
    ],
};

const fn field(name: &'static str, ty: &'static str, keys: &'static str, property: fn() -> Value) -> Field {
    Field { name, ty, keys, property }
}

fn text() -> Value {
    json!({"type": "string"})
}

fn boolean() -> Value {
    json!({"type": "boolean"})
}

fn number() -> Value {
    json!({"type": "number"})
}

fn whole() -> Value {
    json!({"type": "integer"})
}

fn count() -> Value {
    json!({"type": "integer", "minimum": 0})
}

fn count_or_null() -> Value {
    json!({"type": ["integer", "null"], "minimum": 0})
}

fn counts() -> Value {
    json!({"type": "array", "items": count()})
}

fn tokens() -> Value {
    json!({"type": "integer", "minimum": 0, "maximum": 1_000_000})
}

fn gpus() -> Value {
    json!({"type": "integer", "minimum": 0, "maximum": 64})
}

fn deployment() -> Value {
    json!({"$ref": "#/definitions/types/Deployment"})
}

fn outcome() -> Value {
    json!({"$ref": "#/definitions/types/Outcome"})
}

/// The crate on which the others depend: the vocabularies and the product, so that only events are compared.
pub(crate) const VOCABULARY: &str = r#"
use telemetry_core::{Product, Profile, TelemetryEnum};

/// A product.
#[derive(Debug)]
pub struct Shop;

impl Product for Shop {
    const PROFILE: Profile = Profile::new("shop", "1").source("nemoSource", "shop");
}

/// How the product was deployed.
#[derive(Debug, Clone, Copy, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
pub enum Deployment { Library, Api, Cli, Sdk, #[telemetry(fallback)] Undefined }

/// How it ended.
#[derive(Debug, Clone, Copy, TelemetryEnum)]
#[telemetry(rename_all = "snake_case")]
pub enum Outcome { Success, Failure, Interrupted, #[telemetry(fallback)] Undefined }
"#;

fn derive(variant: Variant, index: usize) -> String {
    let keys = format!("product = Shop, event_name = \"event_{index}\", schema_version = \"1.0\"");
    match variant {
        Variant::Nothing => String::new(),
        Variant::Serde => "#[derive(serde::Serialize)]\n".to_owned(),
        Variant::Unchecked => format!("#[derive(telemetry_core::TelemetryEvent)]\n#[telemetry({keys})]\n"),
        Variant::Checked => {
            format!(
                "#[derive(telemetry_core::TelemetryEvent)]\n#[telemetry({keys}, schema = \"schema.json\")]\n"
            )
        }
    }
}

fn member(variant: Variant, Field { name, ty, keys, .. }: &Field) -> String {
    let has_keys = matches!(variant, Variant::Unchecked | Variant::Checked) && !keys.is_empty();
    let keys = if has_keys { format!("    #[telemetry({keys})]\n") } else { String::new() };
    format!("    /// What this says about the run.\n{keys}    pub {name}: {ty},\n")
}

fn types() -> Value {
    let words = |words: &[&str]| json!({"type": "string", "enum": words});
    json!({
        "Deployment": words(&["library", "api", "cli", "sdk", "undefined"]),
        "Outcome": words(&["success", "failure", "interrupted", "undefined"]),
    })
}

fn event_schema(fields: &[Field], description: &str) -> Value {
    let wire = |name: &str| {
        let mut words = name.split('_');
        let first = words.next().unwrap_or_default().to_owned();
        words.fold(first, |name, word| name + &word[..1].to_uppercase() + &word[1..])
    };
    let mut properties: serde_json::Map<_, _> =
        fields.iter().map(|field| (wire(field.name), (field.property)())).collect();
    properties.insert("nemoSource".to_owned(), text());
    let required: Vec<_> = properties.keys().cloned().collect();
    json!({
        "type": "object", "description": description, "properties": properties, "required": required,
        "additionalProperties": false,
    })
}
