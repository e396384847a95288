// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `--write` takes over what the structs say, keeps everything else, and leaves a file that is current.

use serde_json::{Value, json};
use telemetry_tests::ordered::Ordered;

use crate::schema_files::mutation::{Mutation, mutations};
use crate::schema_files::product::{PRODUCTS, Product};
use crate::schema_files::variant::{annotated, inlined, shared, variants};

pub(crate) fn parsed(text: &str) -> Value {
    serde_json::from_str(text.trim_start_matches('\u{feff}')).unwrap()
}

fn titles(schema: &Value) -> usize {
    schema.to_string().matches("A title").count()
}

/// The schema without its descriptions.
fn without_descriptions(mut schema: Value) -> Value {
    crate::schema_files::variant::each_schema(&mut schema, &mut |schema| drop(schema.remove("description")));
    schema
}

#[test]
fn in_a_file_that_is_current_only_descriptions_change_and_nothing_in_the_second_run() {
    for name in PRODUCTS {
        let product = Product::new(name);
        for (what, text) in variants(&product.generated()) {
            product.put(&text);
            let _ = product.write(&[]).checked();
            let written = product.text();
            assert_eq!(
                without_descriptions(parsed(&written)),
                without_descriptions(parsed(&text)),
                "{name} {what}"
            );
            assert_eq!(
                product.write(&[]).checked().lines,
                ["events.json is current already."],
                "{name} {what}"
            );
            assert_eq!(product.text(), written, "{name} {what}");
            let _ = product.check().checked();
        }
    }
}

/// One change in three of each product: those of one kind of value are alike.
#[test]
fn single_changes_of_meaning_are_undone_and_all_annotations_stay() {
    for name in PRODUCTS {
        let product = Product::new(name);
        let generated = product.generated();
        for Mutation { what, schema, unsent, .. } in mutations(&inlined(&generated)).into_iter().step_by(3) {
            let text = format!("{:#}\n", annotated(&schema));
            product.put(&text);
            let before = titles(&annotated(&schema)) - usize::from(unsent.is_some());
            let refused = unsent.map(|name| refused(&product, &name, &text));
            let outcome = match &refused {
                Some(name) => product.write(&["--remove", name]),
                None => product.write(&[]),
            };
            assert_eq!(outcome.lines, ["Wrote events.json."], "{name} {what}: {:?}", outcome.errors);
            let _ = product.check().checked();
            let written = parsed(&product.text());
            assert!(titles(&written) >= before, "{name} {what}: {written:#}");
            assert_eq!(written["schemaMeta"]["clientName"], "Another client", "{name} {what}");
            assert!(written.to_string().contains("eventMeta"), "{name} {what}");
        }
    }
}

/// That the file stays as it is until the property is named.
pub(crate) fn refused(product: &Product, property: &str, text: &str) -> String {
    let outcome = product.write(&[]);
    assert_eq!(outcome.code, Some(1));
    assert_eq!(
        outcome.errors[0],
        format!("error: events.json has what the structs do not send: `{property}`")
    );
    let argument = if property.contains('[') { format!("'{property}'") } else { property.to_owned() };
    assert!(outcome.errors[1].ends_with(&format!("drop it from the file with `--remove {argument}`")));
    assert_eq!(product.text(), text);
    property.to_owned()
}

/// A change in a hand-formatted file changes only the lines that it concerns.
#[test]
fn lines_that_say_something_else_stay_as_they_are() {
    let product = Product::new("openshell");
    let _ = product.write(&[]).checked();
    let current = product.text();
    let old = current
        .replace("\"schemaVersion\": \"4.0\"", "\"schemaVersion\" :\"3.0\"")
        .replace("      \"ResourceEnum\": {", "      \"ResourceEnum\" :  {")
        .replace(", \"update\"]", "]")
        .replace("\"maximum\": 100.0", "\"maximum\": 99");
    product.put(&old);
    let _ = product.write(&[]).checked();
    let expected = current
        .replace("\"schemaVersion\": \"4.0\"", "\"schemaVersion\" :\"4.0\"")
        .replace("      \"ResourceEnum\": {", "      \"ResourceEnum\" :  {");
    assert_eq!(product.text(), expected);
}

#[test]
fn a_shared_type_changes_once_for_all_that_refer_to_it() {
    let product = Product::new("openshell");
    let mut schema = annotated(&product.generated());
    schema["definitions"]["types"]["OutcomeEnum"]["enum"] = json!(["success", "undefined"]);
    product.put(&format!("{schema:#}"));
    let _ = product.write(&[]).checked();
    let written = parsed(&product.text());
    let outcome = &written["definitions"]["types"]["OutcomeEnum"];
    assert_eq!((&outcome["enum"], &outcome["title"]), (&json!(["success", "failure"]), &json!("A title")));
    let references = written.to_string().matches("#/definitions/types/OutcomeEnum").count();
    assert_eq!(references, 4, "every event still refers to it");
    let _ = product.check().checked();
}

/// An event that the program does not link means what it meant, and so does the type that both share.
#[test]
fn events_of_other_programs_stay_with_their_types() {
    let product = Product::new("openshell");
    let mut schema = annotated(&product.generated());
    schema["definitions"]["types"]["OutcomeEnum"]["enum"] = json!(["success"]);
    let theirs = json!({"title": "theirs", "required": ["how"], "properties": {"how": {"$ref": "#/definitions/types/OutcomeEnum"}}});
    schema["definitions"]["events"]["theirs"] = theirs.clone();
    schema["oneOf"].as_array_mut().unwrap().push(json!({"$ref": "#/definitions/events/theirs"}));
    product.put(&format!("{schema:#}"));
    let outcome = product.write(&[]).checked();
    assert_eq!(
        outcome.lines,
        ["Wrote events.json.", "Kept as they were, since this program does not link them: `theirs`."]
    );
    let written = parsed(&product.text());
    assert_eq!(written["definitions"]["events"]["theirs"], theirs);
    assert_eq!(written["definitions"]["types"]["OutcomeEnum"]["enum"], json!(["success"]));
    let own = &written["definitions"]["events"]["openshell_lifecycle_event"]["properties"]["outcome"];
    assert_eq!((&own["enum"], &own["title"]), (&json!(["success", "failure"]), &json!("A title")));
    assert_eq!(written["oneOf"], schema["oneOf"]);
    let _ = product.check().checked();

    let removed = product.write(&["--remove", "theirs"]).checked();
    assert_eq!(removed.lines, ["Wrote events.json."]);
    assert!(!product.text().contains("theirs"));
}

#[test]
fn a_new_event_brings_its_types_and_finds_those_that_are_there_under_another_name() {
    let product = Product::new("helix");
    let generated = product.generated();
    let mut schema = generated.clone();
    let definitions = schema["definitions"].as_object_mut().unwrap();
    definitions["events"].as_object_mut().unwrap().remove("job_run");
    let types = definitions["types"].as_object_mut().unwrap();
    // `TaskStatus` is the same type under another name, and `DeploymentTypeEnum` is used by another event.
    let status = types.remove("TaskStatusEnum").unwrap();
    types.insert("TaskStatus".into(), status);
    let deployment = types.remove("DeploymentTypeEnum").unwrap();
    types.insert("Deployment".into(), deployment);
    types.insert("DeploymentTypeEnum".into(), json!({"type": "boolean"}));
    schema["oneOf"].as_array_mut().unwrap().retain(|event| event["$ref"] != "#/definitions/events/job_run");
    let text = schema.to_string();
    let text = text.replace("#/definitions/types/TaskStatusEnum", "#/definitions/types/TaskStatus");
    product.put(&text.replace("#/definitions/types/DeploymentTypeEnum", "#/definitions/types/Deployment"));
    let _ = product.write(&[]).checked();
    let _ = product.check().checked();
    let written = parsed(&product.text());
    let job = &written["definitions"]["events"]["job_run"]["properties"];
    assert_eq!(job["taskStatus"]["$ref"], "#/definitions/types/TaskStatus");
    assert_eq!(job["deploymentType"]["$ref"], "#/definitions/types/Deployment");
    assert_eq!(written["definitions"]["types"]["DeploymentTypeEnum"], json!({"type": "boolean"}));
    assert!(written["oneOf"].as_array().unwrap().contains(&json!({"$ref": "#/definitions/events/job_run"})));
}

#[test]
fn the_order_of_keys_stays_and_new_properties_come_where_they_are_sent() {
    let product = Product::new("openshell");
    let _ = product.write(&[]).checked();
    let current = product.text();
    let event = "\"openshell_lifecycle_event\": {";
    let (before, after) = current.split_once(event).unwrap();
    let (own, rest) = after.split_once("\"required\"").unwrap();
    let moved =
        format!("{before}{event}{}\"required\"{rest}", own.replacen("\"resource\": {", "\"zone\": {", 1));
    let moved = moved.replacen(
        "\"required\": [\"nvidiaSource\", \"resource\", ",
        "\"required\": [\"zone\", \"nvidiaSource\", ",
        1,
    );
    assert_ne!(moved, current);
    product.put(&moved);
    assert_eq!(product.write(&[]).code, Some(1), "a property that is renamed is one that is removed");
    let _ = product.write(&["--remove", "openshell_lifecycle_event.zone"]).checked();
    let written = Ordered::parse(&product.text());
    assert_eq!(written, Ordered::parse(&current));
}

/// One event is updated alone, and keeps the others and their types from changing.
#[test]
fn an_event_that_is_named_is_updated_alone() {
    let product = Product::new("helix");
    let mut schema = product.generated();
    schema["definitions"]["types"]["DeploymentTypeEnum"]["enum"] = json!(["cli"]);
    for event in ["job_run", "onboarding_step"] {
        schema["definitions"]["events"][event]["properties"]["isCi"] = json!({"type": "string"});
    }
    product.put(&format!("{schema:#}"));
    let written = product.schema(&["job_run", "--write", "events.json"]).checked();
    assert_eq!(written.lines, ["Wrote events.json."]);
    let _ = product.schema(&["job_run", "--check", "events.json"]).checked();
    let now = parsed(&product.text());
    for pointer in
        ["/definitions/events/onboarding_step", "/definitions/events/command_invoked", "/definitions/types"]
    {
        assert_eq!(now.pointer(pointer), schema.pointer(pointer), "{pointer}");
    }
}

/// Removes what the command says has to be named, and writes.
fn write_with_removals(product: &Product) -> telemetry_tests::child::Outcome {
    let outcome = product.write(&[]);
    if outcome.code == Some(0) {
        return outcome;
    }
    let help = outcome.errors.last().unwrap();
    assert!(help.contains("`--remove "), "{:?}", outcome.errors);
    let names = help.split('`').filter_map(|part| part.strip_prefix("--remove "));
    product.write(&names.flat_map(|name| ["--remove", name]).collect::<Vec<_>>()).checked()
}

/// Everything is behind a reference, and one shared type after another becomes something else, for all that refer to it.
#[test]
fn whatever_a_shared_type_was_the_file_becomes_current_and_other_events_mean_what_they_meant() {
    for name in ["openshell", "switchyard"] {
        let product = Product::new(name);
        let generated = shared(&product.generated());
        let types = generated["definitions"]["types"].as_object().unwrap();
        for type_name in types.keys() {
            for (other, theirs) in [
                (json!({"type": "boolean"}), false),
                (json!({"type": "array", "items": {"enum": ["x"]}}), true),
            ] {
                let mut schema = generated.clone();
                if is_within_itself(types, type_name) || types[type_name] == other {
                    continue;
                }
                schema["definitions"]["types"][type_name] = other.clone();
                if theirs {
                    let reference =
                        json!({"$ref": format!("#/definitions/types/{}", type_name.replace('/', "~1"))});
                    schema["definitions"]["events"]["theirs"] = json!({"properties": {"x": reference}});
                }
                product.put(&format!("{schema:#}"));
                let _ = write_with_removals(&product);
                let _ = product.check().checked();
                if theirs {
                    assert_eq!(
                        parsed(&product.text())["definitions"]["types"][type_name],
                        other,
                        "{name} {type_name}"
                    );
                }
            }
        }
    }
}

/// Whether an event is this type: it would then not be an object, and no schema.
fn is_within_itself(types: &serde_json::Map<String, Value>, name: &str) -> bool {
    types[name].get("required").is_some_and(|required| required.to_string().contains("Source"))
        || types[name].get("properties").is_some()
}

#[test]
fn references_to_other_properties_to_events_and_to_one_another_are_followed() {
    let product = Product::new("openshell");
    let mut schema = inlined(&product.generated());
    let event = schema["definitions"]["events"]["openshell_policy_decision_event"].take();
    schema["definitions"]["events"]["openshell_policy_decision_event"] =
        json!({"$ref": "#/definitions/types/Decision"});
    schema["definitions"]["types"] = json!({
        "Decision": event,
        "Outcome": {"$ref": "#/definitions/types/Ending", "title": "outer"},
        "Ending": {"type": "string", "enum": ["success"], "title": "inner"},
    });
    let outcome = "#/definitions/events/openshell_lifecycle_event/properties/outcome";
    let events = &mut schema["definitions"]["events"];
    events["openshell_lifecycle_event"]["properties"]["outcome"] =
        json!({"$ref": "#/definitions/types/Outcome"});
    events["openshell_provider_lifecycle_event"]["properties"]["outcome"] =
        json!({"$ref": outcome, "title": "kept"});
    events["openshell_sandbox_create_event"]["properties"]["outcome"] = json!({"enum": ["failure"]});
    events["openshell_sandbox_create_event"]["properties"]["requestedGpu"] =
        json!({"$ref": "#/definitions/events/openshell_sandbox_create_event/properties/outcome"});
    product.put(&format!("{schema:#}"));
    let _ = product.write(&[]).checked();
    let _ = product.check().checked();
    let written = parsed(&product.text());
    assert_eq!(
        written["definitions"]["types"]["Ending"],
        json!({"type": "string", "enum": ["success", "failure"], "title": "inner", "description": written["definitions"]["types"]["Ending"]["description"]})
    );
    assert_eq!(written["definitions"]["types"]["Outcome"]["$ref"], "#/definitions/types/Ending");
    let properties = |event: &str| written["definitions"]["events"][event]["properties"].clone();
    assert_eq!(properties("openshell_lifecycle_event")["outcome"]["$ref"], "#/definitions/types/Outcome");
    assert_eq!(properties("openshell_provider_lifecycle_event")["outcome"]["title"], "kept");
    assert_eq!(properties("openshell_sandbox_create_event")["requestedGpu"]["type"], "boolean");
    assert_eq!(
        written["definitions"]["events"]["openshell_policy_decision_event"]["$ref"],
        "#/definitions/types/Decision"
    );
}
