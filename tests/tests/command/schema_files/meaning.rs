// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A file is current if and only if it allows exactly what the structs send.

use serde_json::json;

use crate::schema_files::mutation::{Mutation, mutations};
use crate::schema_files::product::{PRODUCTS, Product};
use crate::schema_files::variant::{annotated, inlined, shared, variants};

#[test]
fn every_notation_of_the_same_is_current() {
    for name in PRODUCTS {
        let product = Product::new(name);
        for (what, text) in variants(&product.generated()) {
            product.is_current(&text, what);
        }
    }
}

/// In which words the report says that the file allows more than the structs send, or less.
fn direction(more: Option<bool>) -> &'static str {
    match more {
        Some(true) => " (the file allows more)",
        Some(false) => " (the file allows less)",
        None => "",
    }
}

#[test]
fn every_single_change_of_meaning_is_named_with_event_and_property_and_what_it_does() {
    let mut count = 0;
    for name in PRODUCTS {
        let product = Product::new(name);
        let generated = product.generated();
        for Mutation { what, event, property, schema, more, .. } in mutations(&inlined(&generated)) {
            let faults = product.faults(&schema.to_string());
            let place = match &property {
                Some(property) => format!("event `{event}`, property `{property}"),
                None => format!("event `{event}`: "),
            };
            assert_eq!(faults.len(), 1, "{name} {what}: {faults:?}");
            assert!(faults[0].starts_with(&place), "{name} {what}: {faults:?}");
            assert!(faults[0].contains(" the structs ") || faults[0].contains("only the "), "{faults:?}");
            assert!(faults[0].ends_with(direction(more)), "{name} {what}: {faults:?}");
            assert_eq!(faults[0].contains("(the file"), more.is_some(), "{name} {what}: {faults:?}");
            count += 1;
        }
    }
    assert!(count > 500, "{count} changes");
}

/// In a shared type, a change concerns everything that refers to it, and is named for each.
#[test]
fn a_change_of_a_shared_type_is_named_for_each_property() {
    let product = Product::new("openshell");
    let text = annotated(&shared(&product.generated())).to_string();
    let changed = text.replace("\"success\"", "\"succeeded\"");
    assert_ne!(text, changed);
    let faults = product.faults(&changed);
    assert_eq!(faults.len(), 4, "{faults:?}");
    for fault in &faults {
        assert!(
            fault.contains("`: only the file allows `succeeded`, only the structs send `success`"),
            "{fault}"
        );
        assert!(fault.contains("_event`, property `outcome`: "), "{fault}");
    }
}

#[test]
fn the_version_and_the_client_id_are_compared_and_both_sides_are_named() {
    let product = Product::new("openshell");
    let generated = product.generated();
    for (key, own, other) in
        [("schemaVersion", "4.0", json!("4.1")), ("clientId", "415437562476676", json!("1"))]
    {
        let mut changed = generated.clone();
        changed["schemaMeta"][key] = other.clone();
        let expected = format!("`schemaMeta.{key}`: the file has {other}, the structs have \"{own}\"");
        assert_eq!(product.faults(&changed.to_string()), [expected]);
    }
}

#[test]
fn an_event_that_the_file_lacks_or_does_not_list_is_named_and_one_of_another_program_is_not_a_fault() {
    let product = Product::new("helix");
    let generated = product.generated();
    let mut changed = generated.clone();
    changed["definitions"]["events"].as_object_mut().unwrap().remove("job_run");
    changed["oneOf"].as_array_mut().unwrap().retain(|event| event["$ref"] != "#/definitions/events/job_run");
    assert_eq!(product.faults(&changed.to_string()), ["event `job_run`: the file does not have it"]);
    let mut changed = generated.clone();
    changed["oneOf"].as_array_mut().unwrap().remove(0);
    let faults = product.faults(&changed.to_string());
    assert!(
        faults.len() == 1 && faults[0].starts_with("event `command_invoked`: the `oneOf` at the root"),
        "{faults:?}"
    );

    let mut more = generated;
    more["definitions"]["events"]["theirs"] = json!({"properties": {"x": {"type": "string"}}});
    product.put(&more.to_string());
    let outcome = product.check().checked();
    assert_eq!(
        outcome.lines,
        ["events.json is current.", "Not compared, since this program does not link them: `theirs`."]
    );
}

/// One event is compared alone.
#[test]
fn an_event_that_is_named_is_compared_alone() {
    let product = Product::new("helix");
    let mut schema = product.generated();
    schema["definitions"]["events"]["job_run"]["properties"]["isCi"] = json!({"type": "string"});
    product.put(&schema.to_string());
    assert_eq!(product.schema(&["job_run", "--check", "events.json"]).code, Some(1));
    let _ = product.schema(&["onboarding_step", "--check", "events.json"]).checked();
}
