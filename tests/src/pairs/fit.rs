// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Fields that are made for a schema. Most of them fit; a validator says which ones do.

use telemetry_schema::descriptor::IdentifierKind;
use telemetry_schema::json::Json;

use super::choices::Choices;
use super::field::{Event, Field};
use super::number::{Bound, PLAIN, bound};
use super::schema::target;
use super::{NAMES, Name, SOURCE, WORDS};

/// Makes fields for the schemas of the file `root`.
pub(super) struct Fit<'a> {
    pub(super) choices: &'a mut Choices,
    pub(super) root: &'a Json,
}

impl Fit<'_> {
    /// An event for the schema `asked`.
    pub(super) fn event(&mut self, asked: &Json) -> Event {
        let asked = target(asked, self.root);
        let has_source =
            required(asked).contains(&SOURCE.0) || is_described(asked, SOURCE.0) && !self.choices.once_in(8);
        Event { has_source, fields: self.members(asked) }
    }

    /// The fields of an object: all required ones, and some others.
    fn members(&mut self, asked: &Json) -> Vec<(Name, Field)> {
        let required = required(asked);
        let is_open = *others(asked) != Json::Boolean(false);
        let mut fields = Vec::new();
        for name in NAMES {
            let may = is_described(asked, name.wire) || is_open && self.choices.once_in(8);
            if required.contains(&name.wire) || may && self.choices.once_in(2) {
                fields.push((name, self.field(property(asked, name.wire))));
            }
        }
        fields
    }

    /// A field for a value.
    fn field(&mut self, asked: &Json) -> Field {
        let asked = target(asked, self.root);
        let (json_type, nullable) = json_type(asked);
        let values = values(asked);
        let has_null = values.as_ref().is_none_or(|values| values.contains(&&Json::Null));
        let field = match (values, json_type) {
            (Some(values), _) => self.words(&values),
            (None, Some("boolean")) => Field::Boolean,
            (None, Some("integer")) => self.integer(asked),
            (None, Some("number")) => self.number(asked),
            (None, Some("string")) => self.text(),
            (None, Some("array")) => self.list(asked),
            (None, Some("object")) => self.object(asked),
            _ => Field::random(self.choices, 1),
        };
        if nullable && has_null && self.choices.once_in(3) { Field::Nullable(field.into()) } else { field }
    }

    fn words(&mut self, values: &[&Json]) -> Field {
        let is_allowed = |word: &&'static str| {
            values.iter().any(|value| matches!(value, Json::Text(text) if text == word))
        };
        let allowed: Vec<&'static str> = WORDS.into_iter().filter(is_allowed).collect();
        if allowed.is_empty() {
            return Field::random(self.choices, 0);
        }
        if self.choices.once_in(4) && ["0", "1", "2-5", "6+"].iter().all(|label| allowed.contains(label)) {
            return Field::Bucket(vec![1, 5]);
        }
        let some = if self.choices.once_in(2) { Vec::new() } else { self.choices.some(&allowed) };
        Field::Enum(if some.is_empty() { allowed } else { some })
    }

    fn integer(&mut self, asked: &Json) -> Field {
        let min = limit(asked, "minimum").map_or(i64::MIN, Bound::min_integer);
        let max = limit(asked, "maximum").map_or(i64::MAX, Bound::max_integer).max(min);
        let plain: Vec<_> = PLAIN.iter().filter(|(_, low, high)| min <= *low && *high <= max).collect();
        match self.choices.below(4) {
            0 => Field::Integer(0.clamp(min, max), 255.clamp(min, max)),
            1 | 2 if !plain.is_empty() => {
                let (_, low, high) = **self.choices.pick(&plain);
                Field::Integer(low, high)
            }
            _ => Field::Integer(min, max),
        }
    }

    fn number(&mut self, asked: &Json) -> Field {
        if self.choices.once_in(3) {
            return self.integer(asked);
        }
        let min = limit(asked, "minimum").map_or(f64::MIN, Bound::min_float);
        let max = limit(asked, "maximum").map_or(f64::MAX, Bound::max_float).max(min);
        if self.choices.once_in(3) {
            Field::Number(0.0_f64.clamp(min, max), 1.0_f64.clamp(min, max))
        } else {
            Field::Number(min, max)
        }
    }

    fn text(&mut self) -> Field {
        match self.choices.below(5) {
            0 => Field::Enum(vec![*self.choices.pick(&WORDS)]),
            1 => Field::FreeText(9),
            2 => Field::random_bucket(self.choices),
            _ => Field::random_identifier(self.choices),
        }
    }

    fn list(&mut self, asked: &Json) -> Field {
        let item = self.field(asked.get("items").unwrap_or(&Json::Boolean(true)));
        if self.choices.once_in(3) { Field::Set(item.into()) } else { Field::List(item.into()) }
    }

    /// A value struct or, more often where nothing is required, a map.
    fn object(&mut self, asked: &Json) -> Field {
        let names: Vec<&'static str> =
            NAMES.map(|name| name.wire).into_iter().filter(|name| is_described(asked, name)).collect();
        if !required(asked).is_empty() || !self.choices.once_in(2) {
            return Field::Object(self.members(asked));
        }
        if *others(asked) == Json::Boolean(false) && !names.is_empty() {
            let value = self.field(property(asked, names[0]));
            let keys = if self.choices.once_in(2) { names } else { names[..1].to_vec() };
            return Field::Map(Field::Enum(keys).into(), value.into());
        }
        let value = self.field(others(asked));
        let key = if names.is_empty() {
            Field::Identifier(IdentifierKind::Token)
        } else {
            Field::random_key(self.choices)
        };
        Field::Map(key.into(), value.into())
    }
}

fn limit(asked: &Json, name: &str) -> Option<&'static Bound> {
    match asked.get(name) {
        Some(Json::Number(text)) => Some(bound(text)),
        _ => None,
    }
}

fn texts(json: Option<&Json>) -> Vec<&str> {
    let text = |json: &'_ Json| matches!(json, Json::Text(_));
    match json {
        Some(Json::Array(elements)) => elements.iter().filter(|one| text(one)).map(as_text).collect(),
        Some(json @ Json::Text(_)) => vec![as_text(json)],
        _ => Vec::new(),
    }
}

fn as_text(json: &Json) -> &str {
    match json {
        Json::Text(text) => text,
        _ => "",
    }
}

fn required(asked: &Json) -> Vec<&str> {
    texts(asked.get("required"))
}

fn others(asked: &Json) -> &Json {
    asked.get("additionalProperties").unwrap_or(&Json::Boolean(true))
}

fn is_described(asked: &Json, name: &str) -> bool {
    asked.get("properties").is_some_and(|properties| properties.get(name).is_some())
}

fn property<'a>(asked: &'a Json, name: &str) -> &'a Json {
    asked.get("properties").and_then(|properties| properties.get(name)).unwrap_or(others(asked))
}

/// The type other than `null`, said or implied, and whether `null` is a type too.
fn json_type(asked: &Json) -> (Option<&str>, bool) {
    let types = texts(asked.get("type"));
    let has = |names: &[&str]| names.iter().any(|name| asked.get(name).is_some());
    match types.as_slice() {
        [] if has(&["properties", "required", "additionalProperties"]) => (Some("object"), false),
        [] if has(&["items"]) => (Some("array"), false),
        [] => (None, *asked != Json::Boolean(false)),
        types => (types.iter().find(|name| **name != "null").copied(), types.contains(&"null")),
    }
}

/// The values that `enum` and `const` both list.
fn values(asked: &Json) -> Option<Vec<&Json>> {
    let listed = match asked.get("enum") {
        Some(Json::Array(values)) => Some(values.iter().collect::<Vec<_>>()),
        _ => None,
    };
    match asked.get("const") {
        Some(only) => Some(
            vec![only]
                .into_iter()
                .filter(|only| listed.as_ref().is_none_or(|all| all.contains(only)))
                .collect(),
        ),
        None => listed,
    }
}
