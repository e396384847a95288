// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Checks JSON events against their descriptors at run time.

#[cfg(feature = "collector")]
mod members;

use std::fmt;

use serde_json::{Map, Value};
use telemetry_core::descriptor::{EventDescriptor, FieldDescriptor, IdentifierKind, Shape};
use telemetry_core::value::{Token, Uuid, Version};
use telemetry_schema::__cli1::labels;

#[cfg(feature = "collector")]
pub(crate) use self::members::validate_members_up_to;

/// A violation of an event's descriptor.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// The place, as a JSON pointer into the parameters.
    pub pointer: String,
    /// The problem, as a sentence.
    pub problem: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` {}", self.pointer, self.problem)
    }
}

/// All violations in the `parameters` of an `event`; empty if they are valid.
#[must_use]
pub fn validate(event: &EventDescriptor, parameters: &Value) -> Vec<Violation> {
    validate_up_to(usize::MAX, event, parameters)
}

/// The first `most` violations.
pub(crate) fn validate_up_to(most: usize, event: &EventDescriptor, parameters: &Value) -> Vec<Violation> {
    let mut check = Check::up_to(most);
    let Some(object) = parameters.as_object() else {
        check.report("is not an object");
        return check.violations;
    };
    if let Some((key, value)) = event.source {
        let found = object.get(key).and_then(Value::as_str);
        check.at(key, |check| check.expect(found == Some(value), || format!("is not `{value}`")));
    }
    check.fields(event.fields, object, event.source.map(|(key, _)| key));
    check.violations
}

/// A step of a JSON pointer, with its slash.
pub(crate) fn pointer_step(key: &str) -> String {
    format!("/{}", key.replace('~', "~0").replace('/', "~1"))
}

/// The violations found so far, and the current place.
struct Check {
    pointer: String,
    violations: Vec<Violation>,
    /// The number of violations after which it stops to look for more.
    most: usize,
}

impl Check {
    fn up_to(most: usize) -> Self {
        Self { pointer: String::new(), violations: Vec::new(), most }
    }

    fn is_full(&self) -> bool {
        self.violations.len() >= self.most
    }

    fn report(&mut self, problem: impl Into<String>) {
        if self.is_full() {
            return;
        }
        let pointer = if self.pointer.is_empty() { "/".into() } else { self.pointer.clone() };
        self.violations.push(Violation { pointer, problem: problem.into() });
    }

    fn expect(&mut self, holds: bool, problem: impl FnOnce() -> String) {
        if !holds {
            self.report(problem());
        }
    }

    fn at(&mut self, key: &str, look: impl FnOnce(&mut Self)) {
        if self.is_full() {
            return;
        }
        let length = self.pointer.len();
        self.pointer.push_str(&pointer_step(key));
        look(self);
        self.pointer.truncate(length);
    }

    fn fields(&mut self, fields: &[FieldDescriptor], object: &Map<String, Value>, source: Option<&str>) {
        for field in fields {
            self.at(field.name, |check| match object.get(field.name) {
                Some(value) => check.value(&field.shape, value),
                None => check.report("is missing"),
            });
        }
        let known = |key: &str| source == Some(key) || fields.iter().any(|field| field.name == key);
        for key in object.keys().filter(|key| !known(key)) {
            self.at(key, |check| check.report("is not a field of the event"));
        }
    }

    fn value(&mut self, shape: &Shape, value: &Value) {
        match shape {
            Shape::Nullable(inner) if !value.is_null() => self.value(inner, value),
            Shape::Nullable(_) => {}
            Shape::Boolean => self.boolean(value),
            Shape::Number { min, max, .. } => self.number(*min, *max, value),
            Shape::Integer { min, max, .. } => self.integer(*min, *max, value),
            Shape::List { item, .. } => self.list(item, value),
            Shape::Set { item, .. } => self.set(item, value),
            Shape::Map { key, value: each, .. } => self.map(key, each, value),
            Shape::Object(object) => match value.as_object() {
                Some(members) => self.fields(object.fields, members, None),
                None => self.report("is not an object"),
            },
            text if text.json_type() == "string" => self.text(text, value),
            // A shape of a newer core.
            _ => {}
        }
    }

    fn boolean(&mut self, value: &Value) {
        self.expect(value.is_boolean(), || "is not a boolean".into());
    }

    fn number(&mut self, min: f64, max: f64, value: &Value) {
        let number = value.as_f64();
        self.expect(number.is_some(), || "is not a number".into());
        self.expect(number.is_none_or(|number| (min..=max).contains(&number)), || {
            format!("is not a number from {min} to {max}")
        });
    }

    fn integer(&mut self, min: i64, max: i64, value: &Value) {
        let number = value.as_i64();
        self.expect(number.is_some_and(|number| (min..=max).contains(&number)), || {
            format!("is not an integer from {min} to {max}")
        });
    }

    fn text(&mut self, shape: &Shape, value: &Value) {
        let Some(text) = value.as_str() else { return self.report("is not a text") };
        let allowed = match shape {
            Shape::Enum(vocabulary) => vocabulary.variants.contains(&text),
            Shape::Bucket { limits, .. } => labels(limits).iter().any(|label| label == text),
            Shape::Identifier(IdentifierKind::Uuid) => text.parse::<Uuid>().is_ok(),
            Shape::Identifier(IdentifierKind::Version) => text.parse::<Version>().is_ok(),
            Shape::Identifier(IdentifierKind::Token | IdentifierKind::Session) => {
                text.parse::<Token>().is_ok()
            }
            Shape::FreeText { max_len, .. } => {
                text.chars().count() <= *max_len as usize && !text.chars().any(char::is_control)
            }
            _ => true,
        };
        self.expect(allowed, || format!("cannot be `{}`", text.escape_debug()));
    }

    fn list(&mut self, item: &Shape, value: &Value) {
        self.items(value, |check, value| check.value(item, value));
    }

    fn items(&mut self, value: &Value, look: impl Fn(&mut Self, &Value)) {
        let Some(items) = value.as_array() else { return self.report("is not a list") };
        for (index, value) in items.iter().enumerate() {
            self.at(&index.to_string(), |check| look(check, value));
        }
    }

    fn set(&mut self, item: &Shape, value: &Value) {
        self.list(item, value);
        let texts = value.as_array().map(|items| items.iter().map(Value::to_string).collect::<Vec<_>>());
        let repeats = texts.is_some_and(|mut texts| {
            texts.sort();
            texts.windows(2).any(|pair| matches!(pair, [one, other] if one == other))
        });
        self.expect(!repeats, || "has a value twice".into());
    }

    fn map(&mut self, key: &Shape, each: &Shape, value: &Value) {
        let Some(members) = value.as_object() else { return self.report("is not an object") };
        for (name, value) in members {
            self.at(name, |check| {
                check.text(key, &Value::from(name.as_str()));
                check.value(each, value);
            });
        }
    }
}
