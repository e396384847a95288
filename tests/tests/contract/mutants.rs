// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The mutants: single steps away from an event and its schema.

use serde_json::{Value, json};

const EVENT: &str = "/definitions/events/guardrails_usage_event";

/// A changed copy of the event and its schema.
pub(crate) struct Mutant {
    /// The change.
    pub(crate) name: String,
    /// The source of the event.
    pub(crate) event: String,
    /// The schema.
    pub(crate) schema: Value,
}

/// A field of the event: its text from the doc comment to the comma, its name and its type.
struct Field {
    text: String,
    name: String,
    ty: String,
}

fn fields(event: &str) -> Vec<Field> {
    let body = event.split_once("pub struct GuardrailsUsageEvent {\n").unwrap().1;
    let (mut fields, mut text) = (Vec::new(), String::new());
    for line in body.lines().take_while(|line| *line != "}") {
        text += &format!("{line}\n");
        if let Some((name, ty)) = line.strip_prefix("    pub ").and_then(|field| field.split_once(": ")) {
            let ty = ty.trim_end_matches(',').to_owned();
            fields.push(Field { text: std::mem::take(&mut text), name: name.to_owned(), ty });
        }
    }
    fields
}

/// Mutants that the compiler has to refuse.
pub(crate) fn semantic(event: &str, schema: &Value) -> Vec<Mutant> {
    let mut mutants = of_event(event, schema);
    mutants.extend(of_attributes(event, schema));
    mutants.extend(of_properties(event, schema));
    mutants.extend(of_types(event, schema));
    mutants.extend(of_schema(event, schema));
    mutants
}

/// Types to give to a field.
const OTHER_TYPES: [&str; 5] = ["bool", "i64", "Version", "Vec<bool>", "Option<i32>"];

/// Whether the schema, which allows any text and any number, allows one type where it allows the other.
fn is_as_good(other: &str, ty: &str) -> bool {
    let is_text = |ty: &str| matches!(ty, "Version" | "Token" | "SessionId" | "String");
    other == ty || is_text(other) && is_text(ty) || (other, ty) == ("i64", "f64")
}

/// The field with another type, without the keys, which are about the old one.
fn retyped(text: &str, name: &str, ty: &str) -> String {
    let doc = text.lines().next().unwrap();
    format!("{doc}\n    pub {name}: {ty},\n")
}

/// Changes of the struct: each field is dropped, renamed, renamed on the wire alone, and given other types.
fn of_event(event: &str, schema: &Value) -> Vec<Mutant> {
    let mutant = |name: String, event: String| Mutant { name, event, schema: schema.clone() };
    let mut mutants = Vec::new();
    for Field { text, name, ty } in fields(event) {
        let replaced = |new: &str| event.replace(&text, new);
        let declared = |new: &str| replaced(&text.replace(&format!("pub {name}: {ty}"), new));
        mutants.push(mutant(format!("drop field {name}"), replaced("")));
        mutants.push(mutant(format!("rename field {name}"), declared(&format!("pub {name}_x: {ty}"))));
        let renamed = format!("#[telemetry(rename = \"{name}X\")] pub {name}: {ty}");
        mutants.push(mutant(format!("rename {name} on the wire"), declared(&renamed)));
        for other in OTHER_TYPES.into_iter().filter(|other| !is_as_good(other, &ty)) {
            mutants.push(mutant(
                format!("retype field {name} as {other}"),
                replaced(&retyped(&text, &name, other)),
            ));
        }
        let added = format!("{text}    /// One more.\n    pub {name}_more: bool,\n");
        mutants.push(mutant(format!("add a field after {name}"), replaced(&added)));
    }
    mutants
}

/// Changes of the attributes of the event as a whole.
fn of_attributes(event: &str, schema: &Value) -> Vec<Mutant> {
    let changes = [
        ("\"guardrails_usage_event\"", "\"guardrails_usage_events\""),
        ("\"guardrails_usage_event\"", "\"guardrails\""),
        ("schema_version = \"1.7\"", "schema_version = \"1.8\""),
        ("schema_version = \"1.7\"", "schema_version = \"1.70\""),
        ("schema_version = \"1.7\", ", ""),
        (", event_name = \"guardrails_usage_event\"", ""),
        ("product = Guardrails, ", ""),
        ("schemas/anonymous_events.json", "schemas/other.json"),
    ];
    let mutant = |(old, new): (&str, &str)| {
        assert!(event.contains(old), "{old}");
        Mutant {
            name: format!("{old} becomes {new}"),
            event: event.replace(old, new),
            schema: schema.clone(),
        }
    };
    changes.into_iter().map(mutant).collect()
}

/// A mutant of the schema alone.
fn changed(name: String, event: &str, schema: &Value, change: impl FnOnce(&mut Value)) -> Mutant {
    let mut changed = schema.clone();
    change(&mut changed);
    assert_ne!(changed, *schema, "{name} changes nothing");
    Mutant { name, event: event.to_owned(), schema: changed }
}

fn properties(schema: &mut Value) -> &mut serde_json::Map<String, Value> {
    schema.pointer_mut(EVENT).unwrap()["properties"].as_object_mut().unwrap()
}

/// Changes of properties: each is dropped, renamed, given other types and an enum of its own, and one is added beside it.
fn of_properties(event: &str, schema: &Value) -> Vec<Mutant> {
    let names: Vec<_> = properties(&mut schema.clone()).keys().cloned().collect();
    let mut mutants = Vec::new();
    for name in &names {
        let drop_required = |schema: &mut Value| {
            let required = schema.pointer_mut(EVENT).unwrap()["required"].as_array_mut().unwrap();
            required.retain(|known| known != name.as_str());
        };
        mutants.push(changed(format!("drop property {name}"), event, schema, |schema| {
            properties(schema).remove(name);
            drop_required(schema);
        }));
        mutants.push(changed(format!("rename property {name}"), event, schema, |schema| {
            let property = properties(schema).remove(name).unwrap();
            properties(schema).insert(format!("{name}X"), property);
            drop_required(schema);
        }));
        mutants.push(changed(
            format!("drop property {name}, which stays required"),
            event,
            schema,
            |schema| {
                properties(schema).remove(name);
            },
        ));
        mutants.push(changed(format!("retype property {name} as an object"), event, schema, |schema| {
            properties(schema).insert(name.clone(), json!({"type": "object", "additionalProperties": false}));
        }));
        mutants.push(changed(format!("only one other text for {name}"), event, schema, |schema| {
            properties(schema).insert(name.clone(), json!({"type": "string", "enum": ["other"]}));
        }));
        mutants.push(changed(format!("bounds for {name}"), event, schema, |schema| {
            properties(schema).insert(name.clone(), json!({"type": "integer", "minimum": 1, "maximum": 2}));
        }));
        mutants.push(changed(
            format!("a keyword that cannot be checked at {name}"),
            event,
            schema,
            |schema| {
                properties(schema)[name]["pattern"] = json!("^x");
            },
        ));
        mutants.push(changed(format!("require {name}Y beside {name}"), event, schema, |schema| {
            properties(schema).insert(format!("{name}Y"), json!({"type": "boolean"}));
            let required = schema.pointer_mut(EVENT).unwrap()["required"].as_array_mut().unwrap();
            required.push(json!(format!("{name}Y")));
        }));
    }
    mutants
}

/// Changes of types that properties refer to: each word is dropped or renamed, each bound made tighter, each type dropped.
fn of_types(event: &str, schema: &Value) -> Vec<Mutant> {
    let mut mutants = Vec::new();
    for (name, kind) in schema["definitions"]["types"].as_object().unwrap() {
        mutants.push(changed(format!("drop type {name}"), event, schema, |schema| {
            schema["definitions"]["types"].as_object_mut().unwrap().remove(name);
        }));
        for bound in ["minimum", "maximum"] {
            if let Some(limit) = kind[bound].as_i64() {
                let tighter = if bound == "minimum" { limit + 1 } else { limit - 1 };
                mutants.push(changed(format!("tighter {bound} of {name}"), event, schema, |schema| {
                    schema["definitions"]["types"][name][bound] = json!(tighter);
                }));
            }
        }
        for (index, word) in kind["enum"].as_array().into_iter().flatten().enumerate() {
            // The product itself sends one word of this type alone.
            if name == "NemoSourceEnum" && word != "guardrails" {
                continue;
            }
            mutants.push(changed(format!("drop {word} of {name}"), event, schema, |schema| {
                schema["definitions"]["types"][name]["enum"].as_array_mut().unwrap().remove(index);
            }));
            mutants.push(changed(format!("rename {word} of {name}"), event, schema, |schema| {
                schema["definitions"]["types"][name]["enum"][index] = json!("renamed");
            }));
        }
    }
    mutants
}

/// Changes of the rest of the schema.
fn of_schema(event: &str, schema: &Value) -> Vec<Mutant> {
    let at = |name: &str, pointer: &str, value: Value| {
        changed(name.to_owned(), event, schema, |schema| *schema.pointer_mut(pointer).unwrap() = value)
    };
    let rename = changed("rename the event in the schema".to_owned(), event, schema, |schema| {
        let events = schema["definitions"]["events"].as_object_mut().unwrap();
        let only = events.remove("guardrails_usage_event").unwrap();
        events.insert("guardrails_usage".to_owned(), only);
    });
    vec![
        at("another version", "/schemaMeta/schemaVersion", json!("1.6")),
        at("a version that is not a text", "/schemaMeta/schemaVersion", json!(1.7)),
        at("no events", "/definitions/events", json!({})),
        at("an event that is an array", &format!("{EVENT}/type"), json!("array")),
        rename,
    ]
}

/// Mutants that mean the same, or allow more than the event uses.
pub(crate) fn harmless(event: &str, schema: &Value) -> Vec<Mutant> {
    let same = |name: String, event: String| Mutant { name, event, schema: schema.clone() };
    let mut mutants = vec![same("nothing changed".to_owned(), event.to_owned())];
    let fields = fields(event);
    for pair in fields.windows(2) {
        let [first, second] = pair else { continue };
        let (old, new) = (format!("{}{}", first.text, second.text), format!("{}{}", second.text, first.text));
        let name = format!("{} and {} change places", first.name, second.name);
        mutants.push(same(name, event.replace(&old, &new)));
    }
    for Field { text, name, ty } in &fields {
        let other = format!("    /// Another description.\n{}", text.split_once('\n').unwrap().1);
        mutants.push(same(format!("another description of {name}"), event.replace(text, &other)));
        for other in OTHER_TYPES.into_iter().filter(|other| other != ty && is_as_good(other, ty)) {
            let event = event.replace(text, &retyped(text, name, other));
            mutants.push(same(format!("{name} as {other}"), event));
        }
    }
    let names: Vec<_> = properties(&mut schema.clone()).keys().cloned().collect();
    for name in names {
        mutants.push(changed(format!("{name} is not required"), event, schema, |schema| {
            let required = schema.pointer_mut(EVENT).unwrap()["required"].as_array_mut().unwrap();
            required.retain(|known| *known != name);
        }));
    }
    for (name, kind) in schema["definitions"]["types"].as_object().unwrap() {
        if kind.get("enum").is_some() {
            mutants.push(changed(format!("one more word of {name}"), event, schema, |schema| {
                schema["definitions"]["types"][name]["enum"].as_array_mut().unwrap().push(json!("more"));
            }));
            mutants.push(changed(format!("the words of {name} in reverse"), event, schema, |schema| {
                schema["definitions"]["types"][name]["enum"].as_array_mut().unwrap().reverse();
            }));
        }
    }
    mutants.push(changed("any other property".to_owned(), event, schema, |schema| {
        schema.pointer_mut(EVENT).unwrap()["additionalProperties"] = json!(true);
    }));
    mutants
}
