// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Single changes of what a schema allows.

use serde_json::{Value, json};

/// A schema that allows something else in one place.
pub(crate) struct Mutation {
    pub(crate) what: &'static str,
    pub(crate) event: String,
    /// The property, or nothing if the change concerns the event as a whole.
    pub(crate) property: Option<String>,
    pub(crate) schema: Value,
    /// Whether it allows more than before, or less; nothing if neither.
    pub(crate) more: Option<bool>,
    /// Whether the file then has a property that the structs do not send.
    pub(crate) unsent: Option<String>,
}

/// Every mutation of every event and of every kind of property of `schema`, whose types are in place.
pub(crate) fn mutations(schema: &Value) -> Vec<Mutation> {
    let events: Vec<String> = schema["definitions"]["events"].as_object().unwrap().keys().cloned().collect();
    events.iter().flat_map(|event| of_event(schema, event)).collect()
}

fn of_event(schema: &Value, event: &str) -> Vec<Mutation> {
    let mut found = Vec::new();
    let mut add = |what, property: Option<&str>, more, unsent: Option<&str>, change: &dyn Fn(&mut Value)| {
        let mut changed = schema.clone();
        change(&mut changed["definitions"]["events"][event]);
        found.push(Mutation {
            what,
            event: event.to_owned(),
            property: property.map(str::to_owned),
            schema: changed,
            more,
            unsent: unsent.map(|name| format!("{event}.{name}")),
        });
    };
    add("other properties", None, Some(true), None, &|event| event["additionalProperties"] = json!(true));
    add("a property more", Some("another"), Some(true), Some("another"), &|event| {
        event["properties"]["another"] = json!({"type": "boolean"});
    });
    let properties = schema["definitions"]["events"][event]["properties"].as_object().unwrap();
    // Of properties that allow the same, one stands for all.
    let mut seen = Vec::new();
    for (name, property) in properties {
        let mut shape = property.clone();
        shape.as_object_mut().unwrap().remove("description");
        if seen.contains(&shape) {
            continue;
        }
        seen.push(shape);
        add("a property less", Some(name), Some(false), None, &|event| {
            event["properties"].as_object_mut().unwrap().remove(name);
            forget(event, name);
        });
        add("not required", Some(name), Some(true), None, &|event| forget(event, name));
        for (what, more, changed) in of_value(property) {
            add(what, Some(name), more, None, &|event| event["properties"][name] = changed.clone());
        }
    }
    found
}

fn forget(event: &mut Value, name: &str) {
    event["required"].as_array_mut().unwrap().retain(|required| required != name);
}

/// Every mutation of a value, and whether it allows more.
fn of_value(value: &Value) -> Vec<(&'static str, Option<bool>, Value)> {
    let mut found = Vec::new();
    let mut add = |what, more, change: &dyn Fn(&mut Value)| {
        let mut changed = value.clone();
        change(&mut changed);
        found.push((what, more, changed));
    };
    match &value["type"] {
        Value::String(name) => {
            add("null", Some(true), &|value| {
                value["type"] = json!([name, "null"]);
                if let Some(texts) = value.get_mut("enum").and_then(Value::as_array_mut) {
                    texts.push(Value::Null);
                }
                if let Some(only) = value.as_object_mut().unwrap().remove("const") {
                    value["enum"] = json!([only, null]);
                }
            });
        }
        types => add("no null", Some(false), &|value| value["type"] = types[0].clone()),
    }
    add("anything", Some(true), &|value| *value = json!({"title": "kept"}));
    add("another type", None, &|value| {
        let other = if value["type"].to_string().contains("boolean") { "integer" } else { "boolean" };
        *value = json!({"type": other});
    });
    for (keyword, by, more) in
        [("minimum", 1, false), ("minimum", -1, true), ("maximum", -1, false), ("maximum", 1, true)]
    {
        if let Some(bound) = value[keyword].as_i64()
            && let Some(other) = bound.checked_add(by)
        {
            add("a bound", Some(more), &|value| value[keyword] = json!(other));
        }
    }
    if let Some(texts) = value["enum"].as_array() {
        add("a text more", Some(true), &|value| {
            value["enum"].as_array_mut().unwrap().push(json!("brand new"))
        });
        if texts.len() > 1 {
            add("a text less", Some(false), &|value| drop(value["enum"].as_array_mut().unwrap().remove(0)));
        }
    }
    if value.get("const").is_some() {
        add("another constant", None, &|value| value["const"] = json!("another"));
    }
    for keyword in ["items", "additionalProperties"] {
        if value[keyword].is_object() {
            for (what, more, changed) in of_value(&value[keyword]) {
                add(what, more, &|value| value[keyword] = changed.clone());
            }
        }
    }
    for (name, property) in value["properties"].as_object().into_iter().flatten() {
        for (what, more, changed) in of_value(property) {
            add(what, more, &|value| value["properties"][name] = changed.clone());
        }
    }
    found
}
