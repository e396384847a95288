// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Schema files with the structure of the published event schemas: `schemaMeta`, `definitions.types`, `definitions.events`.

use crate::arena::Arena;
use crate::constraint::{Constraint, Kind, Members, Property};
use crate::json::{Json, parse};
use crate::node::{Node, step};
use crate::problem::Problem;

/// A valid schema file.
///
/// ```
/// use telemetry_schema::arena::Arena;
/// use telemetry_schema::constraint::Kind;
/// use telemetry_schema::schema::Schema;
///
/// let schema = Schema::read(
///     r#"{
///         "schemaMeta": {"schemaVersion": "1.0"},
///         "definitions": {"events": {"login": {"properties": {"numTries": {"type": "integer", "minimum": 0}}}}}
///     }"#,
/// )?;
/// assert_eq!(schema.version(), "1.0");
///
/// let arena = Arena::new();
/// let login = schema.event("login", &arena).unwrap();
/// assert_eq!(login.members.properties[0].constraint.kind, Kind::Integer { min: 0, max: i64::MAX });
/// # Ok::<(), telemetry_schema::problem::Problem>(())
/// ```
#[derive(Debug, PartialEq)]
pub struct Schema {
    json: Json,
}

/// The constraints that a schema file puts on one event.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Event<'a> {
    /// The JSON pointer of the event's schema.
    pub pointer: &'a str,
    /// The allowed and required parameters.
    pub members: Members<'a>,
    /// Whether the file as a whole allows the event. It does not if the `oneOf` at the root lists events, but not this one.
    pub is_listed: bool,
}

impl Schema {
    /// Reads the text of a file.
    ///
    /// # Errors
    ///
    /// If the text is not JSON, has another structure, or has an unsupported keyword that constrains values. Ignoring such a
    /// keyword would let a wrong event compile. Types and events that nothing refers to are checked too.
    pub fn read(text: &str) -> Result<Self, Problem> {
        let schema = Self { json: parse(text)? };
        schema.check()?;
        Ok(schema)
    }

    fn check(&self) -> Result<(), Problem> {
        let root = self.root();
        root.check_keywords(&["$id", "schemaMeta", "definitions", "oneOf"])?;
        let definitions = root.member("definitions")?;
        definitions.check_keywords(&["types", "events"])?;
        let meta = root.member("schemaMeta")?;
        meta.member("schemaVersion")?.text()?;
        meta.optional("clientId").map_or(Ok(""), |client_id| client_id.text())?;
        root.listed_events()?;
        // One arena for each, which is dropped before the next: they share few types, and together they can be large.
        if let Some(types) = definitions.optional("types") {
            types.members()?.iter().try_for_each(|(_, node)| node.constraint(&Arena::new()).map(drop))?;
        }
        let events = definitions.member("events")?;
        events.members()?.iter().try_for_each(|(_, node)| members(node, &Arena::new()).map(drop))
    }

    /// The root value of the file.
    #[must_use]
    pub fn root(&self) -> Node<'_> {
        Node::root(&self.json)
    }

    /// `schemaMeta.schemaVersion`.
    #[must_use]
    pub fn version(&self) -> &str {
        let version = self.root().optional("schemaMeta").and_then(|meta| meta.optional("schemaVersion"));
        version.and_then(|version| version.text().ok()).unwrap_or_default()
    }

    /// `schemaMeta.clientId`, if the file has it.
    #[must_use]
    pub fn client_id(&self) -> Option<&str> {
        self.root().optional("schemaMeta")?.optional("clientId")?.text().ok()
    }

    /// The names of `definitions.events`, in the order of the file.
    #[must_use]
    pub fn event_names(&self) -> Vec<&str> {
        let members = self.events().and_then(|events| events.members().ok()).unwrap_or_default();
        members.into_iter().map(|(name, _)| name).collect()
    }

    fn events(&self) -> Option<Node<'_>> {
        self.root().optional("definitions")?.optional("events")
    }

    /// The place of the event called `name`, if the schema has it.
    #[must_use]
    pub fn event_node(&self, name: &str) -> Option<Node<'_>> {
        self.events()?.optional(name)
    }

    /// The constraints on the event called `name`, if the schema has it.
    #[must_use]
    pub fn event<'a>(&'a self, name: &str, arena: &'a Arena<'a>) -> Option<Event<'a>> {
        let (target, members) = members(&self.event_node(name)?, arena).ok()?;
        let pointer = if target.is_empty() {
            format!("#/definitions/events/{}", step(name))
        } else {
            target.to_owned()
        };
        let listed = self.root().listed_events().ok()?;
        let is_listed = listed.is_none_or(|listed| listed.contains(&name));
        let members = with_targets(members, &pointer, !target.is_empty(), arena);
        Some(Event { pointer: arena.pointer(pointer), members, is_listed })
    }
}

/// The members of an event, and the target of a `$ref`. An event is an object even if its schema has no `type`.
fn members<'a>(event: &Node<'a>, arena: &'a Arena<'a>) -> Result<(&'a str, Members<'a>), Problem> {
    let Constraint { target, kind, .. } = event.constraint(arena)?;
    match kind {
        Kind::Object(members) => Ok((target, members)),
        Kind::Any => Ok((target, Members { properties: &[], others: Some(&Constraint::ANYTHING) })),
        _ => {
            let help = "write `\"type\": \"object\"` and `\"properties\"`";
            Err(event.problem("is an event, but not an object", help))
        }
    }
}

/// The members, with explicit pointers for those whose place does not follow from their name: members that are not named, and
/// all parameters of an event that a `$ref` refers to.
fn with_targets<'a>(
    members: Members<'a>,
    pointer: &str,
    is_elsewhere: bool,
    arena: &'a Arena<'a>,
) -> Members<'a> {
    let at = |asked: Constraint<'a>, step: &str| match asked.target {
        "" => Constraint { target: arena.pointer([pointer, step].concat()), ..asked },
        _ => asked,
    };
    // Without the keyword, any other member is allowed, and no place in the file has a constraint on it.
    let step_to_others =
        if members.others == Some(&Constraint::ANYTHING) { "" } else { "/additionalProperties" };
    let step_to_required = if step_to_others.is_empty() { "/required" } else { step_to_others };
    let named = |property: &Property<'a>| {
        let constraint = match property {
            Property { is_described: false, .. } => at(property.constraint, step_to_required),
            _ if is_elsewhere => at(property.constraint, &format!("/properties/{}", step(property.name))),
            _ => property.constraint,
        };
        Property { constraint, ..*property }
    };
    Members {
        properties: arena.properties(members.properties.iter().map(named).collect()),
        others: members.others.map(|others| arena.constraint(at(*others, step_to_others))),
    }
}

impl<'a> Event<'a> {
    /// The constraint on the parameter called `name`; `None` if the event may not have it.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<&'a Constraint<'a>> {
        self.members.member(name)
    }

    /// The JSON pointer of the parameter called `name`; `None` if the event may not have it.
    #[must_use]
    pub fn pointer_of(&self, name: &str) -> Option<String> {
        match self.parameter(name)?.target {
            "" => Some(format!("{}/properties/{}", self.pointer, step(name))),
            target => Some(target.to_owned()),
        }
    }

    /// The properties whose names are not in `sent`, in the order of the file.
    pub fn unsent(&self, sent: &[&str]) -> impl Iterator<Item = &'a Property<'a>> {
        self.members.properties.iter().filter(|property| !sent.contains(&property.name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(events: &str, types: &str) -> String {
        format!(
            r#"{{"schemaMeta": {{"schemaVersion": "1.0"}},
                 "definitions": {{"types": {{{types}}}, "events": {{{events}}}}}}}"#
        )
    }

    /// The constraint of the schema `value`, or the problem with it.
    fn asked(value: &str, types: &str, look: impl Fn(&Constraint)) {
        let schema =
            Schema::read(&file(&format!(r#""e": {{"properties": {{"v": {value}}}}}"#), types)).unwrap();
        let arena = Arena::new();
        let event = schema.event("e", &arena).unwrap();
        look(&event.members.property("v").unwrap().constraint);
    }

    fn problem(value: &str, types: &str) -> String {
        let text = file(&format!(r#""e": {{"properties": {{"v": {value}}}}}"#), types);
        let problem = Schema::read(&text).unwrap_err();
        format!("{}: {}", problem.about("s.json"), problem.help)
    }

    #[test]
    fn null_is_allowed_by_type_and_enum_and_const_together() {
        for (value, nullable) in [
            (r#"{"type": ["string", "null"]}"#, true),
            (r#"{"type": ["string", "null"], "enum": ["a"]}"#, false),
            (r#"{"type": ["string", "null"], "enum": ["a", null]}"#, true),
            (r#"{"type": "string", "enum": ["a", null]}"#, false),
            (r#"{"enum": ["a", null]}"#, true),
            (r#"{"enum": ["a", null], "const": "a"}"#, false),
            (r#"{"type": ["string", "null"], "const": null}"#, true),
            (r#"{"type": ["string", "null"], "enum": ["a"], "const": null}"#, false),
            (r#"{"type": "null"}"#, true),
            ("true", true),
            ("{}", true),
            ("false", false),
        ] {
            asked(value, "", |asked| assert_eq!(asked.nullable, nullable, "{value}"));
        }
    }

    #[test]
    fn values_that_no_type_has_leave_nothing() {
        for value in [
            r#"{"enum": []}"#,
            r#"{"enum": [null]}"#,
            r#"{"const": null}"#,
            r#"{"type": "integer", "enum": ["a"]}"#,
            r#"{"enum": ["a"], "const": "b"}"#,
            "false",
        ] {
            asked(value, "", |asked| assert_eq!(asked.kind, Kind::Nothing, "{value}"));
        }
        asked(r#"{"type": "string", "enum": ["a", 1, "a"]}"#, "", |asked| {
            assert_eq!(asked.kind, Kind::Vocabulary(&["a"]));
        });
    }

    #[test]
    fn bounds_are_numbers_whatever_their_spelling() {
        for (value, min, max) in [
            (r#"{"type": "integer", "minimum": 0.0, "maximum": 1e3}"#, 0, 1000),
            (r#"{"type": "integer", "minimum": -0.5, "maximum": 9.5}"#, 0, 9),
            (r#"{"type": "integer", "maximum": 18446744073709551615}"#, i64::MIN, i64::MAX),
        ] {
            asked(value, "", |asked| assert_eq!(asked.kind, Kind::Integer { min, max }));
        }
        let above = problem(r#"{"type": "integer", "minimum": 18446744073709551615}"#, "");
        assert!(above.contains("allows nothing that can be sent"), "{above}");
    }

    #[test]
    fn what_is_required_is_a_property_whatever_else_the_object_says() {
        asked(r#"{"type": "object", "required": ["a"]}"#, "", |asked| {
            let Kind::Object(members) = asked.kind else { panic!("{asked:?}") };
            assert!(
                members.property("a").is_some_and(|property| property.required && !property.is_described)
            );
        });
        let closed = problem(r#"{"required": ["a"], "additionalProperties": false}"#, "");
        assert!(closed.contains("`#/definitions/events/e/properties/v/required/0` requires `a`"), "{closed}");
    }

    #[test]
    fn a_reference_is_followed_once_and_a_circle_is_blamed_on_the_type_that_closes_it() {
        let chain: Vec<String> = (0..40)
            .map(|level| {
                format!(r##""T{level}": {{"items": {{"$ref": "#/definitions/types/T{}"}}}}"##, level + 1)
            })
            .chain([r#""T40": {"type": "boolean"}"#.to_owned()])
            .collect();
        asked(r##"{"$ref": "#/definitions/types/T0"}"##, &chain.join(","), |asked| {
            assert_eq!(asked.target, "#/definitions/types/T0");
        });
        let circle = r##""A": {"items": {"$ref": "#/definitions/types/B"}}, "B": {"items": {"$ref": "#/definitions/types/A"}}"##;
        let found = problem("{}", circle);
        assert!(
            found.contains("`#/definitions/types/B/items` refers back to `#/definitions/types/A`"),
            "{found}"
        );
        assert!(problem(r##"{"$ref": "#/definitions/events/e"}"##, "").contains("refers back"));
    }

    #[test]
    fn a_tree_of_references_takes_no_more_time_than_its_text() {
        let level = |level: usize| {
            let properties: Vec<String> = (0..50)
                .map(|index| format!(r##""p{index}": {{"$ref": "#/definitions/types/L{}"}}"##, level + 1))
                .collect();
            format!(r#""L{level}": {{"properties": {{{}}}}}"#, properties.join(","))
        };
        let levels: Vec<String> =
            (0..30).map(level).chain([r#""L30": {"type": "boolean"}"#.to_owned()]).collect();
        asked(r##"{"$ref": "#/definitions/types/L0"}"##, &levels.join(","), |asked| {
            assert!(matches!(asked.kind, Kind::Object(_)));
        });
    }

    #[test]
    fn keywords_that_cannot_be_checked_are_refused_with_their_place_and_a_remedy() {
        for (value, expected) in [
            (
                r#"{"minimum": 0}"#,
                "v/minimum` is not a keyword that can be checked: add `\"type\": \"integer\"`",
            ),
            (r#"{"pattern": "a"}"#, "v/pattern` is not a keyword that can be checked: remove it"),
            (r#"{"type": "string", "maxLength": 9}"#, "v/maxLength` is not a keyword that can be checked"),
            (r#"{"$id": "x"}"#, "v/$id` is not a keyword that can be checked"),
            (r#"{"enum": [1]}"#, "v/enum/0` is a value that cannot be checked"),
            (r#"{"type": ["string", "integer"]}"#, "v/type` has several types"),
            ("1", "v` is not an object"),
        ] {
            let found = problem(value, "");
            assert!(found.contains(expected), "{found}");
        }
        asked(
            r#"{"type": "boolean", "readOnly": true, "writeOnly": false, "deprecated": true}"#,
            "",
            |asked| {
                assert_eq!(asked.kind, Kind::Boolean);
            },
        );
    }

    #[test]
    fn an_event_is_an_object_and_listed_where_the_root_lists_events() {
        for event in ["{}", "true", r#"{"required": ["a"]}"#, r#"{"additionalProperties": false}"#] {
            let schema = Schema::read(&file(&format!(r#""e": {event}"#), "")).unwrap();
            assert!(schema.event("e", &Arena::new()).is_some_and(|event| event.is_listed), "{event}");
        }
        let text = file(r#""e": {}, "f": {}"#, "");
        let listed = text.replacen('{', r##"{"oneOf": [{"$ref": "#/definitions/events/e"}], "##, 1);
        let schema = Schema::read(&listed).unwrap();
        let is_listed = |name| schema.event(name, &Arena::new()).map(|event| event.is_listed);
        assert_eq!((is_listed("e"), is_listed("f"), is_listed("g")), (Some(true), Some(false), None));
        assert!(Schema::read(&file(r#""e": {"type": "string"}"#, "")).is_err());
        let twice = listed.replace("}], ", r##"}, {"$ref": "#/definitions/events/e"}], "##);
        assert!(Schema::read(&twice).unwrap_err().about("s.json").contains("`#/oneOf/1` lists `e` again"));
    }
}
