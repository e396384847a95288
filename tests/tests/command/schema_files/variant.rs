// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Other notations of the same schema, as people write them.

use serde_json::{Map, Value, json};

/// Calls `change` for every schema of a value in the file, the inner ones first.
pub(crate) fn each_schema(root: &mut Value, change: &mut dyn FnMut(&mut Map<String, Value>)) {
    for kind in ["types", "events"] {
        let schemas = root["definitions"].get_mut(kind).and_then(Value::as_object_mut);
        schemas.into_iter().flatten().for_each(|(_, schema)| inside(schema, change));
    }
}

fn inside(schema: &mut Value, change: &mut dyn FnMut(&mut Map<String, Value>)) {
    let Some(schema) = schema.as_object_mut() else { return };
    for (_, property) in schema.get_mut("properties").and_then(Value::as_object_mut).into_iter().flatten() {
        inside(property, change);
    }
    for keyword in ["items", "additionalProperties"] {
        schema.get_mut(keyword).into_iter().for_each(|inner| inside(inner, change));
    }
    change(schema);
}

/// Every type in place.
pub(crate) fn inlined(schema: &Value) -> Value {
    let (mut root, types) = (schema.clone(), schema["definitions"]["types"].clone());
    each_schema(&mut root, &mut |schema| {
        let Some(reference) = schema.remove("$ref") else { return };
        let name = reference.as_str().unwrap().rsplit('/').next().unwrap().to_owned();
        for (keyword, value) in types[name].as_object().unwrap() {
            schema.entry(keyword.clone()).or_insert(value.clone());
        }
    });
    root["definitions"].as_object_mut().unwrap().remove("types");
    root
}

/// Every schema of a value behind a reference, the same one for the same schema.
pub(crate) fn shared(schema: &Value) -> Value {
    let mut root = inlined(schema);
    let mut types = Vec::<Value>::new();
    each_schema(&mut root, &mut |schema| {
        let description = schema.remove("description");
        let whole = Value::Object(schema.clone());
        let place = types.iter().position(|known| *known == whole).unwrap_or_else(|| {
            types.push(whole);
            types.len() - 1
        });
        *schema = Map::from_iter([("$ref".to_owned(), json!(format!("#/definitions/types/Type~1{place}")))]);
        schema.extend(description.map(|text| ("description".to_owned(), text)));
    });
    let types = types.into_iter().enumerate().map(|(place, schema)| (format!("Type/{place}"), schema));
    root["definitions"]["types"] = Value::Object(types.collect());
    root
}

/// With everything beside the constraints that a file can have.
pub(crate) fn annotated(schema: &Value) -> Value {
    let mut root = schema.clone();
    each_schema(&mut root, &mut |schema| {
        schema.insert("title".into(), json!("A title"));
        schema.insert("$comment".into(), json!({"by": ["hand"]}));
        schema.insert("description".into(), json!("In other words."));
        schema.insert("examples".into(), json!([1.50, "x"]));
    });
    for (_, event) in root["definitions"]["events"].as_object_mut().unwrap() {
        event["eventMeta"] = json!({"service": "telemetry"});
    }
    root["schemaMeta"]["clientName"] = json!("Another client");
    root["title"] = json!("Events");
    root
}

/// Without what need not be said: the list of events, bounds that bound nothing, the type of an object.
pub(crate) fn terse(schema: &Value) -> Value {
    let mut root = schema.clone();
    root.as_object_mut().unwrap().remove("oneOf");
    each_schema(&mut root, &mut |schema| {
        schema.retain(|keyword, value| match keyword.as_str() {
            "minimum" => *value != json!(i64::MIN),
            "maximum" => *value != json!(i64::MAX),
            "description" => false,
            "type" => *value != json!("object") && (*value != json!("string")),
            _ => true,
        });
        if schema.is_empty() {
            schema.insert("type".into(), json!("string"));
        }
    });
    root
}

/// Vocabularies in reverse order, one text as a list of one, and the reverse.
pub(crate) fn reversed(schema: &Value) -> Value {
    let mut root = schema.clone();
    each_schema(&mut root, &mut |schema| {
        if let Some(texts) = schema.get_mut("enum").and_then(Value::as_array_mut) {
            texts.reverse();
        } else if let Some(only) = schema.remove("const") {
            schema.insert("enum".into(), json!([only]));
        }
        if let Some(names) = schema.get_mut("required").and_then(Value::as_array_mut) {
            names.reverse();
        }
        if let Some(types) = schema.get_mut("type").and_then(Value::as_array_mut) {
            types.reverse();
        }
    });
    root
}

/// The text with the bounds spelled otherwise: `100` as `100.0` or as `1000e-1`.
pub(crate) fn respelled(schema: &Value, exponent: bool) -> String {
    let text = format!("{schema:#}");
    let respell = |line: &str| {
        let (name, number) = line.split_once(": ")?;
        let (number, comma) = number.strip_suffix(',').map_or((number, ""), |number| (number, ","));
        let is_bound = name.ends_with("imum\"") && !number.contains(['.', 'e']);
        let spelled = if exponent && number != "0" { format!("{number}0e-1") } else { format!("{number}.0") };
        is_bound.then(|| format!("{name}: {spelled}{comma}"))
    };
    text.lines().map(|line| respell(line).unwrap_or_else(|| line.to_owned()) + "\n").collect()
}

/// All of them, with what they are called.
pub(crate) fn variants(generated: &Value) -> Vec<(&'static str, String)> {
    vec![
        ("sorted keys", format!("{generated:#}")),
        ("one line", generated.to_string()),
        ("inlined types", inlined(generated).to_string()),
        ("shared types", format!("{:#}", shared(generated))),
        ("annotations", format!("{:#}", annotated(generated))),
        ("annotations beside references", format!("{:#}", annotated(&shared(generated)))),
        ("terse", terse(&inlined(generated)).to_string()),
        ("reversed lists", reversed(generated).to_string()),
        ("100.0", respelled(generated, false)),
        ("1000e-1", respelled(&shared(generated), true)),
        ("byte order mark and CRLF", format!("\u{feff}{generated:#}\n").replace('\n', "\r\n")),
    ]
}
