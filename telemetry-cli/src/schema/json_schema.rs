// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The JSON Schema (draft-07) of events, in the structure of the collector's schemas.

use std::fmt;

use serde_json::{Map, Value, json};
use telemetry_core::Profile;
use telemetry_core::descriptor::{EnumDescriptor, EventDescriptor, FieldDescriptor, Shape};
use telemetry_schema::__cli1::labels;

/// The reason why events have no common schema.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum SchemaError {
    /// A schema needs at least one event.
    NoEvents,
    /// The events follow two different versions, but a schema has one version.
    MixedVersions(&'static str, &'static str),
    /// Two different vocabularies have the same name.
    AmbiguousVocabulary(&'static str),
}

impl fmt::Display for SchemaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoEvents => f.write_str("there is no event to describe"),
            Self::MixedVersions(one, other) => {
                write!(
                    f,
                    "events `{one}` and `{other}` follow different schema versions: describe them one by one"
                )
            }
            Self::AmbiguousVocabulary(name) => {
                write!(f, "two enums called `{name}` have different variants: rename one")
            }
        }
    }
}

impl std::error::Error for SchemaError {}

/// The schema of `events`, which belong to the product of `profile`.
///
/// # Errors
///
/// If `events` is empty, if the events follow different versions, or if two different vocabularies have the same name.
pub fn json_schema(profile: &Profile, events: &[&EventDescriptor]) -> Result<Value, SchemaError> {
    let first = events.first().ok_or(SchemaError::NoEvents)?;
    if let Some(other) = events.iter().find(|event| event.schema_version != first.schema_version) {
        return Err(SchemaError::MixedVersions(first.name, other.name));
    }
    let mut types = Types::default();
    let mut described = Map::new();
    for event in events {
        described.insert(event.name.to_owned(), types.event(event)?);
    }
    let one_of: Vec<Value> =
        events.iter().map(|event| json!({"$ref": format!("#/definitions/events/{}", event.name)})).collect();
    Ok(json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "schemaMeta": {
            "definitionVersion": "1.0",
            "schemaVersion": first.schema_version,
            "clientId": profile.client_id(),
        },
        "definitions": {"types": types.definitions, "events": described},
        "oneOf": one_of,
    }))
}

/// The vocabularies found so far. Each is defined once and referenced.
#[derive(Default)]
struct Types {
    definitions: Map<String, Value>,
}

impl Types {
    fn event(&mut self, event: &EventDescriptor) -> Result<Value, SchemaError> {
        let mut object = self.object(event.fields)?;
        object.insert("description".into(), event.doc.into());
        if let Some((key, value)) = event.source {
            let source = json!({"type": "string", "const": value, "description": "The product."});
            if let Some(properties) = object.get_mut("properties").and_then(Value::as_object_mut) {
                properties.insert(key.to_owned(), source);
            }
            if let Some(required) = object.get_mut("required").and_then(Value::as_array_mut) {
                required.insert(0, key.into());
            }
        }
        Ok(Value::Object(object))
    }

    fn object(&mut self, fields: &[FieldDescriptor]) -> Result<Map<String, Value>, SchemaError> {
        let mut properties = Map::new();
        for field in fields {
            let mut property = self.value(&field.shape)?;
            describe(&mut property, field.doc);
            properties.insert(field.name.to_owned(), property);
        }
        let required: Vec<Value> = fields.iter().map(|field| field.name.into()).collect();
        let object = json!({
            "type": "object",
            "properties": properties,
            "additionalProperties": false,
            "required": required,
        });
        Ok(object.as_object().cloned().unwrap_or_default())
    }

    fn value(&mut self, shape: &Shape) -> Result<Value, SchemaError> {
        Ok(match shape {
            Shape::Boolean => json!({"type": "boolean"}),
            Shape::Integer { min, max, .. } => json!({"type": "integer", "minimum": min, "maximum": max}),
            Shape::Number { min: f64::MIN, max: f64::MAX, .. } => json!({"type": "number"}),
            Shape::Number { min, max, .. } => json!({"type": "number", "minimum": min, "maximum": max}),
            Shape::Enum(vocabulary) => self.reference(vocabulary)?,
            Shape::Identifier(_) | Shape::FreeText { .. } => json!({"type": "string"}),
            Shape::Bucket { limits, .. } => json!({"type": "string", "enum": labels(limits)}),
            Shape::List { item, .. } | Shape::Set { item, .. } => {
                json!({"type": "array", "items": self.value(item)?})
            }
            Shape::Map { value, .. } => json!({"type": "object", "additionalProperties": self.value(value)?}),
            Shape::Object(object) => {
                let mut value = Value::Object(self.object(object.fields)?);
                describe(&mut value, object.doc);
                value
            }
            Shape::Nullable(inner) => self.nullable(inner)?,
            // A shape of a newer core: the schema allows all values, which is more than the shape, never less.
            newer => json!({"type": newer.json_type()}),
        })
    }

    /// A reference cannot be nullable, so a vocabulary that can be `null` is written in place.
    fn nullable(&mut self, inner: &Shape) -> Result<Value, SchemaError> {
        let mut value = match inner {
            Shape::Enum(vocabulary) => in_place(vocabulary),
            inner => self.value(inner)?,
        };
        if let Some(name) = value.get_mut("type") {
            *name = json!([name.take(), "null"]);
        }
        if let Some(texts) = value.get_mut("enum").and_then(Value::as_array_mut) {
            texts.push(Value::Null);
        }
        Ok(value)
    }

    fn reference(&mut self, vocabulary: &EnumDescriptor) -> Result<Value, SchemaError> {
        let name = vocabulary.name;
        let type_name = if name.ends_with("Enum") { name.to_owned() } else { format!("{name}Enum") };
        let definition = in_place(vocabulary);
        let known = self.definitions.entry(type_name.clone()).or_insert_with(|| definition.clone());
        if known.get("enum") != definition.get("enum") {
            return Err(SchemaError::AmbiguousVocabulary(name));
        }
        Ok(json!({"$ref": format!("#/definitions/types/{type_name}")}))
    }
}

/// What a vocabulary allows, without a name.
fn in_place(vocabulary: &EnumDescriptor) -> Value {
    let mut value = json!({"type": "string", "enum": vocabulary.variants});
    describe(&mut value, vocabulary.doc);
    value
}

/// Puts `doc` before the existing description, because a field's description is more specific than that of its type.
fn describe(value: &mut Value, doc: &str) {
    let Some(value) = value.as_object_mut().filter(|_| !doc.is_empty()) else { return };
    let description = match value.get("description").and_then(Value::as_str) {
        // A struct that was generated from a schema already has both.
        Some(of_type) if !words(doc).contains(&words(of_type)) => format!("{doc}\n\n{of_type}"),
        _ => doc.to_owned(),
    };
    value.insert("description".into(), description.into());
}

/// The text with one space between its words.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A struct that was generated from a schema has the same description on the field and on the type.
    #[test]
    fn what_is_described_already_is_not_described_again() {
        let mut value = json!({"description": "How it ended."});
        describe(&mut value, "Of the order.");
        assert_eq!(value["description"], "Of the order.\n\nHow it ended.");
        let mut printed = json!({"description": "Of the order. How it ended."});
        describe(&mut printed, "Of the order.\nHow it ended.");
        assert_eq!(printed["description"], "Of the order.\nHow it ended.");
    }
}
