// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `--diff` says in words what one release sends that another did not.

use std::fs;

use serde_json::{Value, json};

use crate::schema_files::mutation::{Mutation, mutations};
use crate::schema_files::product::{PRODUCTS, Product};
use crate::schema_files::variant::{inlined, shared};

/// The differences that are printed for two schemas.
fn diff(product: &Product, old: &Value, new: &Value) -> Vec<String> {
    product.put(&old.to_string());
    fs::write(product.home.path().join("new.json"), new.to_string()).unwrap();
    product.schema(&["--diff", "events.json", "new.json"]).checked().lines
}

fn release(events: Value) -> Value {
    json!({"schemaMeta": {"schemaVersion": "1.0"}, "definitions": {"events": events}})
}

fn event(properties: Value, required: Value) -> Value {
    json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false})
}

#[test]
fn a_release_is_described_in_words() {
    let product = Product::new("helix");
    let mut old = release(json!({
        "gone": event(json!({"x": {"type": "boolean"}}), json!(["x"])),
        "order": event(json!({
            "coupon": {"type": "string"},
            "how": {"enum": ["cash", "card"]},
            "count": {"type": "integer", "minimum": 0, "maximum": 10},
            "share": {"type": "number", "minimum": 0, "maximum": 1},
            "address": {"type": "object", "properties": {"zone": {"type": "integer"}}, "additionalProperties": false},
            "names": {"type": "array", "items": {"type": "string"}},
            "note": {"type": "string", "description": "A note."},
        }), json!(["coupon", "how", "note"])),
    }));
    let new = release(json!({
        "order": event(json!({
            "how": {"enum": ["cash", "transfer"], "description": "How it was paid for."},
            "count": {"type": "integer", "minimum": 0, "maximum": 100},
            "share": {"type": ["number", "null"], "minimum": 0.25, "maximum": 1},
            "address": {"type": "object", "properties": {"zone": {"type": "integer"}, "city": {"type": "string"}}},
            "names": {"type": "array", "items": {"enum": ["a"]}},
            "note": {"type": "string", "description": "A short note."},
        }), json!(["how", "count"])),
        "return": event(json!({"why": {"enum": ["broken"], "description": "The reason."}}), json!(["why"])),
    }));
    old["schemaMeta"]["schemaVersion"] = json!("0.9");
    assert_eq!(
        diff(&product, &old, &new),
        [
            "schemaVersion: now \"1.0\", before \"0.9\"",
            "event `gone`: no longer sent",
            "event `order`:",
            "  `address`: can now have other properties: anything",
            "  `address.city`: new: any text",
            "  `count`: now in every event; now numbers from 0 to 100, before from 0 to 10 (more)",
            "  `coupon`: no longer sent",
            "  `how`: can now be `transfer`, and can no longer be `card`; described as “How it was paid for.”",
            "  `names[]`: now the text `a`, before any text (less)",
            "  `note`: no longer in every event; now described as “A short note.”, before as “A note.”",
            "  `share`: can now be `null`; now numbers from 0.25 to 1, before from 0 to 1 (less)",
            "event `return`: new",
            "  `why`: new: the text `broken`; described as “The reason.”",
        ]
    );
}

#[test]
fn the_same_in_another_notation_is_the_same_and_every_change_is_said_where_it_is() {
    for name in PRODUCTS {
        let product = Product::new(name);
        let generated = product.generated();
        assert_eq!(
            diff(&product, &shared(&generated), &inlined(&generated)),
            ["The same is sent as before."]
        );
        assert_eq!(product.schema(&["--diff", "new.json"]).checked().lines, ["The same is sent as before."]);
        for Mutation { what, event, property, schema, .. } in
            mutations(&inlined(&generated)).into_iter().step_by(7)
        {
            let lines = diff(&product, &generated, &schema);
            assert!(lines[0].starts_with(&format!("event `{event}`:")), "{name} {what}: {lines:?}");
            let property = property.map(|property| format!("  `{property}"));
            assert!(property.is_none_or(|start| lines[1].starts_with(&start)), "{name} {what}: {lines:?}");
        }
    }
}

#[test]
fn an_event_of_another_program_is_not_compared_and_not_called_gone() {
    let product = Product::new("helix");
    let mut schema = product.generated();
    schema["definitions"]["events"]["theirs"] = event(json!({"x": {"type": "boolean"}}), json!(["x"]));
    product.put(&schema.to_string());
    let unlinked = "Not compared, since this program does not link them: `theirs`.";
    assert_eq!(
        product.schema(&["--diff", "events.json"]).checked().lines,
        ["The same is sent as before.", unlinked]
    );
    schema["schemaMeta"]["schemaVersion"] = json!("0.1");
    product.put(&schema.to_string());
    let lines = product.schema(&["--diff", "events.json"]).checked().lines;
    assert!(
        lines[0].starts_with("schemaVersion: now ") && lines[0].ends_with(", before \"0.1\""),
        "{lines:?}"
    );
    assert_eq!(lines[1..], [unlinked]);
}

#[test]
fn a_list_at_the_root_says_nothing_about_what_is_sent() {
    let product = Product::new("helix");
    let old = product.generated();
    let mut new = old.clone();
    new["oneOf"].as_array_mut().unwrap().remove(0);
    assert_eq!(diff(&product, &old, &new), ["The same is sent as before."]);
    assert_eq!(diff(&product, &new, &old), ["The same is sent as before."]);
}

#[test]
fn a_client_id_that_only_one_release_states_is_mentioned() {
    let product = Product::new("helix");
    let old = product.generated();
    let mut new = old.clone();
    new["schemaMeta"].as_object_mut().unwrap().remove("clientId").unwrap();
    assert_eq!(diff(&product, &old, &new), ["clientId: now not stated, before \"184482118588404\""]);
    assert_eq!(diff(&product, &new, &old), ["clientId: now \"184482118588404\", before not stated"]);
    product.is_current(&new.to_string(), "a file need not state the client id");
}

/// Types that refer to types would make both sides larger than any memory if each reference were followed.
#[test]
fn a_tree_of_references_takes_no_more_time_than_its_text() {
    let product = Product::new("helix");
    let tree = |last: Value| {
        let mut types = serde_json::Map::new();
        for level in 0..25 {
            let reference = json!({"$ref": format!("#/definitions/types/L{}", level + 1)});
            let properties: serde_json::Map<_, _> =
                (0..20).map(|index| (format!("p{index}"), reference.clone())).collect();
            types.insert(format!("L{level}"), json!({"properties": properties}));
        }
        types.insert("L25".into(), last);
        let mut schema = release(json!({"e": {"properties": {"tree": {"$ref": "#/definitions/types/L0"}}}}));
        schema["definitions"]["types"] = types.into();
        schema
    };
    let (one, other) = (tree(json!({"type": "boolean"})), tree(json!({"type": "string"})));
    assert_eq!(diff(&product, &one, &one), ["The same is sent as before."]);
    assert!(diff(&product, &one, &other).len() > 100);
    assert_eq!(diff(&product, &release(json!({})), &one).len(), 2, "additions are summarized");
}

#[test]
fn arguments_that_contradict_are_refused() {
    let product = Product::new("helix");
    for arguments in [
        &["--diff", "a", "--check", "b"][..],
        &["--diff", "a", "--write", "b"],
        &["--diff", "a", "b", "c"],
        &["--remove", "x"],
        &["--diff"],
        &["--diff", "missing.json"],
    ] {
        assert_eq!(product.schema(arguments).code, Some(2), "{arguments:?}");
    }
}
