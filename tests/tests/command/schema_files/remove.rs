// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `--remove` drops the named events and nothing else, and without it nothing is lost.

use serde_json::{Value, json};

use crate::schema_files::product::Product;
use crate::schema_files::variant::{inlined, shared};
use crate::schema_files::write::{parsed, refused};

#[test]
fn names_that_cannot_be_removed_are_refused_and_the_file_stays() {
    let product = Product::new("helix");
    let schema = shared(&product.generated()).to_string();
    for (name, expected) in [
        ("nothing", "error: there is nothing to remove under the name `nothing`"),
        ("job_run", "error: this program sends `job_run`"),
        ("job_run.isCi", "error: there is nothing to remove under the name `job_run.isCi`"),
    ] {
        product.put(&schema);
        let outcome = product.write(&["--remove", name]);
        assert_eq!((outcome.code, outcome.errors[0].as_str()), (Some(2), expected));
        assert!(outcome.errors[1].starts_with("help: "), "{:?}", outcome.errors);
        assert_eq!(product.text(), schema);
    }
    std::fs::remove_file(product.path()).unwrap();
    assert_eq!(product.write(&["--remove", "job_run"]).code, Some(2), "there is no file yet");
    assert!(!product.path().exists());
}

/// A value that becomes another one loses what was in it, and that has to be said.
#[test]
fn properties_of_an_object_that_becomes_something_else_are_dropped_by_name_only() {
    let product = Product::new("helix");
    let mut schema = inlined(&product.generated());
    schema["definitions"]["events"]["job_run"]["properties"]["model"] = json!({"type": "object", "properties": {"vendor": {"type": "string"}}, "additionalProperties": false});
    let text = schema.to_string();
    product.put(&text);
    assert_eq!(product.write(&[]).code, Some(1));
    assert_eq!(product.text(), text);
    let _ = product.write(&["--remove", "job_run.model.vendor"]).checked();
    let _ = product.check().checked();
}

/// Properties are deep in what becomes something else, in every way in which one value is in another.
#[test]
fn properties_anywhere_in_a_value_that_becomes_something_else_are_dropped_by_name_only() {
    let product = Product::new("helix");
    let object = |inner: Value| json!({"type": "object", "properties": inner, "additionalProperties": false});
    let (secret, boolean) = (object(json!({"secretA": {"type": "string"}})), json!({"type": "boolean"}));
    let list = |items: Value| json!({"type": "array", "items": items});
    let map = |values: Value| json!({"type": "object", "additionalProperties": values});
    let reference = json!({"$ref": "#/definitions/types/Secret"});
    for (value, names) in [
        (list(secret.clone()), &["[].secretA"][..]),
        (list(list(secret.clone())), &["[][].secretA"]),
        (list(reference.clone()), &["[].secretA"]),
        (map(secret.clone()), &[".*.secretA"]),
        (map(list(map(reference.clone()))), &[".*[].*.secretA"]),
        (reference.clone(), &[".secretA"]),
        (object(json!({"near": secret.clone(), "other": boolean})), &[".near", ".other"]),
        (
            json!({"type": ["array", "null"], "items": {"type": ["object", "null"], "properties": {"secretA": boolean, "b": boolean}}}),
            &["[].b", "[].secretA"],
        ),
    ] {
        let mut schema = inlined(&product.generated());
        schema["definitions"]["types"]["Secret"] = secret.clone();
        schema["definitions"]["events"]["job_run"]["properties"]["model"] = value.clone();
        let text = schema.to_string();
        product.put(&text);
        let names: Vec<String> = names.iter().map(|name| format!("job_run.model{name}")).collect();
        let outcome = product.write(&[]);
        assert_eq!(outcome.code, Some(1), "{value}: {:?}", outcome.lines);
        let listed = names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        assert_eq!(
            outcome.errors[0],
            format!("error: events.json has what the structs do not send: {listed}")
        );
        assert_eq!(product.text(), text);
        let removals: Vec<&str> = names.iter().flat_map(|name| ["--remove", name.as_str()]).collect();
        let _ = product.write(&removals).checked();
        let _ = product.check().checked();
    }
}

/// The values of a map, when the structs have an object with names in its place.
#[test]
fn properties_of_the_values_of_a_map_that_becomes_closed_are_dropped_by_name_only() {
    let product = Product::new("helix");
    let mut schema = inlined(&product.generated());
    let event = &mut schema["definitions"]["events"]["job_run"];
    event["additionalProperties"] = json!({"type": "object", "properties": {"secretA": {"type": "string"}}});
    let text = schema.to_string();
    product.put(&text);
    let outcome = product.write(&[]);
    assert_eq!(outcome.errors[0], "error: events.json has what the structs do not send: `job_run.*.secretA`");
    assert!(outcome.errors[1].ends_with("with `--remove 'job_run.*.secretA'`"), "{:?}", outcome.errors);
    assert_eq!(product.text(), text);
    let _ = product.write(&["--remove", "job_run.*.secretA"]).checked();
    let _ = product.check().checked();
}

/// What `--check` calls a property is what `--remove` takes.
#[test]
fn a_property_has_one_name_for_check_and_remove() {
    let product = Product::new("openshell");
    let mut schema = inlined(&product.generated());
    let event = "openshell_sandbox_activity_summary_event";
    let groups = &mut schema["definitions"]["events"][event]["properties"]["denialsByGroup"];
    groups["items"]["properties"]["extra"] = json!({"type": "boolean"});
    let faults = product.faults(&schema.to_string());
    assert!(
        faults[0].starts_with(&format!("event `{event}`, property `denialsByGroup[].extra`: ")),
        "{faults:?}"
    );
    refused(&product, &format!("{event}.denialsByGroup[].extra"), &schema.to_string());
    let _ = product.write(&["--remove", &format!("{event}.denialsByGroup[].extra")]).checked();
    let _ = product.check().checked();
}

/// Names of events can have a dot.
#[test]
fn a_name_of_an_event_is_not_taken_for_that_of_a_property() {
    let product = Product::new("helix");
    let mut schema = inlined(&product.generated());
    schema["definitions"]["events"]["job_run.isCi"] = json!({"properties": {}});
    product.put(&schema.to_string());
    let _ = product.write(&["--remove", "job_run.isCi"]).checked();
    assert!(!product.text().contains("job_run.isCi"));
    assert!(
        parsed(&product.text())["definitions"]["events"]["job_run"]["properties"].get("isCi").is_some(),
        "the property is sent"
    );

    let events = &mut schema["definitions"]["events"];
    events["job_run.coupon"] = json!({"properties": {}});
    events["job_run"]["properties"]["coupon"] = json!({"type": "string"});
    let text = schema.to_string();
    product.put(&text);
    let outcome = product.write(&["--remove", "job_run.coupon"]);
    assert_eq!(outcome.code, Some(2));
    assert_eq!(
        outcome.errors[0],
        "error: `--remove job_run.coupon` can mean the event `job_run.coupon` and the property `coupon` of the event `job_run`"
    );
    assert!(outcome.errors[1].starts_with("help: delete "), "{:?}", outcome.errors);
    assert_eq!(product.text(), text);
}
