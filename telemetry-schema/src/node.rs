// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A place in a schema file. Each error names the place and how to correct it.
//!
//! ```
//! use telemetry_schema::schema::Schema;
//!
//! let schema = Schema::read(r#"{"schemaMeta": {"schemaVersion": "1.0"}, "definitions": {"events": {}}}"#)?;
//! let meta = schema.root().member("schemaMeta")?;
//! assert_eq!(meta.pointer(), "#/schemaMeta");
//! assert_eq!(meta.member("schemaVersion")?.text()?, "1.0");
//! # Ok::<(), telemetry_schema::problem::Problem>(())
//! ```

use std::borrow::Cow;

use crate::arena::Arena;
use crate::constraint::Constraint;
use crate::json::Json;
use crate::problem::{Place, Problem};
use crate::reader::Reader;

/// Keywords that do not constrain values.
const ANNOTATIONS: [&str; 11] = [
    "$schema",
    "$comment",
    "title",
    "description",
    "default",
    "examples",
    "deprecated",
    "readOnly",
    "writeOnly",
    "eventMeta",
    "schemaMeta",
];

/// A value in the file with its place.
#[derive(Debug, Clone)]
pub struct Node<'a> {
    pub(crate) json: &'a Json,
    pub(crate) pointer: String,
    root: &'a Json,
}

impl<'a> Node<'a> {
    pub(crate) fn root(root: &'a Json) -> Self {
        Self { json: root, pointer: "#".to_owned(), root }
    }

    fn child(&self, name: &str, json: &'a Json) -> Self {
        Self { json, pointer: [&self.pointer, "/", &step(name)].concat(), root: self.root }
    }

    /// The value here.
    #[must_use]
    pub fn json(&self) -> &'a Json {
        self.json
    }

    /// The JSON pointer of this place, which starts with `#`.
    #[must_use]
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// A problem at this place.
    #[must_use]
    pub fn problem(&self, problem: impl Into<String>, help: impl Into<String>) -> Problem {
        Problem { place: Place::Pointer(self.pointer.clone()), problem: problem.into(), help: help.into() }
    }

    /// The members of the object here.
    ///
    /// # Errors
    ///
    /// If the value is not an object.
    pub fn members(&self) -> Result<Vec<(&'a str, Self)>, Problem> {
        let Json::Object(members) = self.json else {
            return Err(self.problem("is not an object", "write `{ … }` there"));
        };
        Ok(members.iter().map(|(name, json)| (name.as_str(), self.child(name, json))).collect())
    }

    pub(crate) fn elements(&self) -> Result<Vec<Self>, Problem> {
        let Json::Array(elements) = self.json else {
            return Err(self.problem("is not an array", "write `[ … ]` there"));
        };
        Ok(elements.iter().enumerate().map(|(index, json)| self.child(&index.to_string(), json)).collect())
    }

    /// The text here.
    ///
    /// # Errors
    ///
    /// If the value is not a text.
    pub fn text(&self) -> Result<&'a str, Problem> {
        match self.json {
            Json::Text(text) => Ok(text),
            _ => Err(self.problem("is not a text", "write `\"…\"` there")),
        }
    }

    /// The boolean here, if it is one.
    #[must_use]
    pub fn boolean(&self) -> Option<bool> {
        match self.json {
            Json::Boolean(value) => Some(*value),
            _ => None,
        }
    }

    /// The member called `name`, if this is an object with such a member.
    #[must_use]
    pub fn optional(&self, name: &str) -> Option<Self> {
        self.json.get(name).map(|json| self.child(name, json))
    }

    /// The member called `name`.
    ///
    /// # Errors
    ///
    /// If there is no such member.
    pub fn member(&self, name: &str) -> Result<Self, Problem> {
        let missing = || self.problem(format!("has no `{name}`"), format!("add `\"{name}\"` there"));
        self.optional(name).ok_or_else(missing)
    }

    /// The description, on one line.
    #[must_use]
    pub fn description(&self) -> Option<String> {
        let text = self.optional("description")?.text().ok()?;
        let words: Vec<_> = text.split_whitespace().collect();
        Some(words.join(" ")).filter(|text| !text.is_empty())
    }

    /// Rejects keywords that are neither known nor annotations.
    pub(crate) fn check_keywords(&self, known: &[&str]) -> Result<(), Problem> {
        let Json::Object(members) = self.json else { return self.members().map(drop) };
        let is_known = |name: &str| known.contains(&name) || ANNOTATIONS.contains(&name);
        let Some((name, json)) = members.iter().find(|(name, _)| !is_known(name)) else { return Ok(()) };
        let help = other_keywords(name, known);
        Err(self.child(name, json).problem("is not a keyword that can be checked", help))
    }

    /// The events that the `oneOf` at the root lists; `None` without a `oneOf`.
    pub(crate) fn listed_events(&self) -> Result<Option<Vec<&'a str>>, Problem> {
        let Some(list) = self.optional("oneOf") else { return Ok(None) };
        let event = |node: &Self| {
            node.check_keywords(&["$ref"])?;
            let reference = node.member("$ref")?;
            let name = reference.text()?.strip_prefix("#/definitions/events/");
            let help = "write `\"#/definitions/events/<name>\"`";
            name.ok_or_else(|| reference.problem("does not refer to an event", help))
        };
        let elements = list.elements()?;
        let names = elements.iter().map(event).collect::<Result<Vec<_>, _>>()?;
        let repeats =
            |(index, name): &(usize, &&str)| names.iter().take(*index).any(|earlier| earlier == *name);
        if let Some((index, name)) = names.iter().enumerate().find(repeats) {
            let place = elements.get(index).unwrap_or(&list);
            return Err(
                place.problem(format!("lists `{name}` again, so it is never the only one"), "remove it")
            );
        }
        Ok(Some(names))
    }

    /// The target of a `$ref` here, and its name; `None` without a `$ref`.
    ///
    /// # Errors
    ///
    /// If the file has nothing at the target.
    pub fn target(&self) -> Result<Option<(&'a str, Self)>, Problem> {
        let Some(reference) = self.optional("$ref") else { return Ok(None) };
        // JSON Schema ignores the siblings of a `$ref`.
        self.check_keywords(&["$ref"])?;
        let path = reference.text()?;
        let missing = || {
            let help = "write `\"#/definitions/types/<name>\"` of a type in this file";
            reference.problem(format!("refers to `{path}`, which does not exist"), help)
        };
        let mut node = Self::root(self.root);
        // A percent sign starts a URI escape, which is not supported here.
        for name in path.strip_prefix("#/").filter(|path| !path.contains('%')).ok_or_else(missing)?.split('/')
        {
            node = node.optional(&name.replace("~1", "/").replace("~0", "~")).ok_or_else(missing)?;
        }
        Ok(Some((path.rsplit('/').next().unwrap_or_default(), node)))
    }

    /// The constraint that the schema here puts on a value.
    ///
    /// # Errors
    ///
    /// If a keyword cannot be checked, or if the bounds exclude every value.
    pub fn constraint(&self, arena: &'a Arena<'a>) -> Result<Constraint<'a>, Problem> {
        Reader::at(self, arena).constraint(self)
    }
}

/// A name as a step of a JSON pointer, in which `~` and `/` are escaped (RFC 6901).
#[must_use]
pub fn step(name: &str) -> Cow<'_, str> {
    // A fast path: most names have neither, and each child of each node has a name.
    if name.contains(['~', '/']) {
        return Cow::Owned(name.replace('~', "~0").replace('/', "~1"));
    }
    Cow::Borrowed(name)
}

/// The help for the keyword `name`, which is not one of `known`.
fn other_keywords(name: &str, known: &[&str]) -> String {
    match (name, known) {
        ("minimum" | "maximum", []) => {
            "add `\"type\": \"integer\"` or `\"type\": \"number\"` beside it".to_owned()
        }
        (_, []) => "remove it".to_owned(),
        (_, known) => format!("remove it; the keywords here are `{}` and annotations", known.join("`, `")),
    }
}
