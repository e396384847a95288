// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Checks JSON events against schema files.

use serde_json::{Map, Value};
use telemetry_schema::__cli1::{Constraint, Kind, Members};

use super::{Check, Violation};

/// The first `most` violations in the parameters of an event with these members; empty if they are valid.
pub(crate) fn validate_members_up_to(
    most: usize,
    members: &Members<'_>,
    parameters: &Value,
) -> Vec<Violation> {
    let mut check = Check::up_to(most);
    match parameters.as_object() {
        Some(object) => check.members(members, object),
        None => check.report("is not an object"),
    }
    check.violations
}

impl Check {
    fn members(&mut self, members: &Members<'_>, object: &Map<String, Value>) {
        for property in members.properties {
            if property.required && !object.contains_key(property.name) {
                self.at(property.name, |check| check.report("is missing"));
            }
        }
        for (name, value) in object {
            self.at(name, |check| match members.member(name) {
                Some(constraint) => check.constraint(constraint, value),
                None => check.report("is not a field of the event"),
            });
        }
    }

    fn constraint(&mut self, constraint: &Constraint<'_>, value: &Value) {
        if value.is_null() {
            return self.expect(constraint.nullable, || "is `null`".into());
        }
        match &constraint.kind {
            Kind::Any => {}
            Kind::Nothing => self.report("is not allowed to have a value"),
            Kind::Boolean => self.boolean(value),
            Kind::Integer { min, max } => self.integer(*min, *max, value),
            Kind::Number { min, max } => self.number(min.value, max.value, value),
            Kind::Text => self.expect(value.is_string(), || "is not a text".into()),
            Kind::Vocabulary(words) => self.word(words, value),
            Kind::Array(item) => self.items(value, |check, value| check.constraint(item, value)),
            Kind::Object(members) => match value.as_object() {
                Some(object) => self.members(members, object),
                None => self.report("is not an object"),
            },
        }
    }

    fn word(&mut self, words: &[&str], value: &Value) {
        let Some(text) = value.as_str() else { return self.report("is not a text") };
        self.expect(words.contains(&text), || format!("cannot be `{}`", text.escape_debug()));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use telemetry_schema::__cli1::{Arena, Schema};

    use super::*;

    const FILE: &str = r#"{
        "schemaMeta": {"schemaVersion": "1.0"},
        "definitions": {"events": {"order": {
            "required": ["count", "outcome"],
            "additionalProperties": false,
            "properties": {
                "count": {"type": "integer", "minimum": 0, "maximum": 9},
                "outcome": {"enum": ["good", "bad"]},
                "ratio": {"type": ["number", "null"], "minimum": 0},
                "paid": {"type": "boolean"},
                "note": {"type": "string"},
                "a/b~c": {"items": {"properties": {"x": {"type": "integer"}}, "additionalProperties": {"type": "string"}}},
                "gone": {"type": "null"},
                "any": true
            }
        }}}
    }"#;

    /// The violations of an event with these members and valid ones for those that are required.
    fn violations(members: Value) -> Vec<String> {
        let (schema, arena) = (Schema::read(FILE).unwrap(), Arena::new());
        let mut event = json!({"count": 1, "outcome": "good"});
        event.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
        let found =
            validate_members_up_to(usize::MAX, &schema.event("order", &arena).unwrap().members, &event);
        found.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn values_that_the_file_allows_have_no_violations() {
        for members in [
            json!({}),
            json!({"ratio": null}),
            json!({"ratio": 0.5, "paid": true, "note": "", "any": [{}], "gone": null}),
            json!({"a/b~c": [{"x": -1, "other": "text"}, {}]}),
        ] {
            assert_eq!(violations(members.clone()), [""; 0], "{members}");
        }
    }

    #[test]
    fn each_kind_of_violation_has_its_pointer() {
        for (members, expected) in [
            (json!({"count": 10}), "`/count` is not an integer from 0 to 9"),
            (json!({"count": 1.5}), "`/count` is not an integer from 0 to 9"),
            (json!({"count": null}), "`/count` is `null`"),
            (json!({"outcome": "ugly\u{1b}"}), r"`/outcome` cannot be `ugly\u{1b}`"),
            (json!({"outcome": 1}), "`/outcome` is not a text"),
            (json!({"ratio": -1}), "`/ratio` is not a number from 0 to 1797"),
            (json!({"paid": 1}), "`/paid` is not a boolean"),
            (json!({"note": []}), "`/note` is not a text"),
            (json!({"a/b~c": {}}), "`/a~1b~0c` is not a list"),
            (json!({"a/b~c": [{}, {"x": ""}]}), "`/a~1b~0c/1/x` is not an integer"),
            (json!({"a/b~c": [{"y": 1}]}), "`/a~1b~0c/0/y` is not a text"),
            (json!({"a/b~c": [3]}), "`/a~1b~0c/0` is not an object"),
            (json!({"gone": 0}), "`/gone` is not allowed to have a value"),
            (json!({"hidden": 1}), "`/hidden` is not a field of the event"),
        ] {
            let found = violations(members.clone());
            assert!(found.len() == 1 && found[0].starts_with(expected), "{members}: {found:?}");
        }
    }

    #[test]
    fn no_more_violations_are_kept_than_are_asked_for() {
        let (schema, arena) = (Schema::read(FILE).unwrap(), Arena::new());
        let members = schema.event("order", &arena).unwrap().members;
        let event = json!({"count": 10, "hidden": 1, "paid": 1, "ratio": -1});
        let all = validate_members_up_to(9, &members, &event);
        assert_eq!(all.len(), 5, "{all:?}");
        for most in 0..5 {
            assert_eq!(validate_members_up_to(most, &members, &event), all[..most]);
        }
    }

    #[test]
    fn a_missing_property_and_parameters_that_are_not_an_object_are_violations() {
        let (schema, arena) = (Schema::read(FILE).unwrap(), Arena::new());
        let members = schema.event("order", &arena).unwrap().members;
        let found = |value: Value| {
            validate_members_up_to(usize::MAX, &members, &value)
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
        };
        assert_eq!(found(json!({"count": 1})), ["`/outcome` is missing"]);
        assert_eq!(found(json!([])), ["`/` is not an object"]);
    }
}
