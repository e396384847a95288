// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Turns the JSON of a schema file into what it demands, and refuses what it cannot check.
//!
//! The structure is that of the published event schemas: `schemaMeta`, `definitions.types`, `definitions.events`. A keyword
//! that constrains values and is not in the subset here is an error: ignoring it would let a wrong event compile.

use super::file::Problem;
use super::json::Json;
use super::model::{Expected, Kind, Members, Property, Schema};

/// Keywords that constrain nothing.
const ANNOTATIONS: [&str; 8] =
    ["$schema", "$id", "$comment", "title", "description", "default", "examples", "eventMeta"];

/// How many `$ref` may follow one another, so that a circle ends.
const MAX_DEPTH: u32 = 32;

impl Schema {
    /// Reads a whole file.
    pub(crate) fn read(root: &Json) -> Result<Self, Problem> {
        let root = Node { json: root, pointer: "#".to_owned(), root, depth: 0 };
        root.check_keywords(&["schemaMeta", "definitions", "oneOf"])?;
        let definitions = root.member("definitions")?;
        definitions.check_keywords(&["types", "events"])?;
        // Types that no event uses are checked, too: an event that starts to use one then compiles.
        if let Some(types) = definitions.optional("types") {
            types.members()?.iter().try_for_each(|(_, kind)| kind.expected().map(drop))?;
        }
        let events = definitions.member("events")?;
        let read = |(name, event): &(String, Node)| Ok((name.clone(), event.event()?));
        Ok(Self {
            version: root.member("schemaMeta")?.member("schemaVersion")?.text()?.to_owned(),
            events: events.members()?.iter().map(read).collect::<Result<_, Problem>>()?,
        })
    }
}

/// A value in the file with its place.
#[derive(Clone)]
struct Node<'a> {
    json: &'a Json,
    pointer: String,
    root: &'a Json,
    /// How many steps led here, counting references.
    depth: u32,
}

impl<'a> Node<'a> {
    fn child(&self, name: &str, json: &'a Json) -> Self {
        // RFC 6901: `~` and `/` in a name are escaped.
        let pointer = if name.contains(['~', '/']) {
            format!("{}/{}", self.pointer, name.replace('~', "~0").replace('/', "~1"))
        } else {
            [&self.pointer, "/", name].concat()
        };
        Self { json, pointer, root: self.root, depth: self.depth + 1 }
    }

    fn problem(&self, problem: impl std::fmt::Display, help: impl Into<String>) -> Problem {
        Problem::new(format!("`{}` {problem}", self.pointer), help)
    }

    fn members(&self) -> Result<Vec<(String, Self)>, Problem> {
        let Json::Object(members) = self.json else {
            return Err(self.problem("is not an object", "write `{ … }` there"));
        };
        Ok(members.iter().map(|(name, json)| (name.clone(), self.child(name, json))).collect())
    }

    fn elements(&self) -> Result<Vec<Self>, Problem> {
        let Json::Array(elements) = self.json else {
            return Err(self.problem("is not an array", "write `[ … ]` there"));
        };
        Ok(elements.iter().enumerate().map(|(index, json)| self.child(&index.to_string(), json)).collect())
    }

    fn text(&self) -> Result<&'a str, Problem> {
        match self.json {
            Json::Text(text) => Ok(text),
            _ => Err(self.problem("is not a text", "write `\"…\"` there")),
        }
    }

    fn optional(&self, name: &str) -> Option<Self> {
        let Json::Object(members) = self.json else { return None };
        members.iter().find(|(known, _)| known == name).map(|(_, json)| self.child(name, json))
    }

    fn member(&self, name: &str) -> Result<Self, Problem> {
        let missing = || self.problem(format_args!("has no `{name}`"), format!("add `\"{name}\"` there"));
        self.optional(name).ok_or_else(missing)
    }

    /// Refuses keywords that are neither known nor annotations.
    fn check_keywords(&self, known: &[&str]) -> Result<(), Problem> {
        let Json::Object(members) = self.json else { return self.members().map(drop) };
        let is_known = |name: &str| known.contains(&name) || ANNOTATIONS.contains(&name);
        let Some((name, json)) = members.iter().find(|(name, _)| !is_known(name)) else { return Ok(()) };
        let help = format!("leave it out; the keywords here are `{}` and annotations", known.join("`, `"));
        Err(self.child(name, json).problem("is not a keyword that can be checked", help))
    }

    /// The members of an event: an object, also if it does not say so.
    fn event(&self) -> Result<Members, Problem> {
        match self.expected()?.kind {
            Kind::Object(members) => Ok(members),
            _ => Err(self.problem(
                "is an event, but not an object",
                "add `\"type\": \"object\"` and `\"properties\"`",
            )),
        }
    }

    /// What a value must be.
    fn expected(&self) -> Result<Expected, Problem> {
        if self.depth > MAX_DEPTH {
            return Err(self.problem("refers to itself", "break the circle of `$ref`"));
        }
        if let Some(reference) = self.optional("$ref") {
            self.check_keywords(&["$ref"])?;
            let target = reference.target()?;
            return Ok(Expected { pointer: self.pointer.clone(), ..target.expected()? });
        }
        let (nullable, kind) = self.kind()?;
        Ok(Expected { pointer: self.pointer.clone(), nullable, kind })
    }

    /// What a `$ref` points to.
    fn target(&self) -> Result<Self, Problem> {
        let pointer = self.text()?;
        let missing = || {
            self.problem(
                format_args!("refers to `{pointer}`, which is not there"),
                "write `\"#/definitions/types/<name>\"` of a type in this file",
            )
        };
        let mut node = Self { json: self.root, pointer: "#".to_owned(), root: self.root, depth: self.depth };
        for name in pointer.strip_prefix("#/").ok_or_else(missing)?.split('/') {
            node = node.optional(&name.replace("~1", "/").replace("~0", "~")).ok_or_else(missing)?;
        }
        Ok(node)
    }

    fn kind(&self) -> Result<(bool, Kind), Problem> {
        let (nullable, json_type) = self.json_type()?;
        let kind = match json_type {
            None if self.optional("enum").is_some() || self.optional("const").is_some() => {
                self.text_kind()?
            }
            None if self.optional("properties").is_some() => self.object_kind()?,
            None => self.any_kind()?,
            Some("boolean") => self.check_keywords(&["type"]).map(|()| Kind::Boolean)?,
            Some("integer") => self.integer_kind()?,
            Some("number") => self.number_kind()?,
            Some("string") => self.text_kind()?,
            Some("array") => self.array_kind()?,
            Some("object") => self.object_kind()?,
            Some(other) => {
                let help = "use `boolean`, `integer`, `number`, `string`, `array` or `object`";
                return Err(self.problem(format_args!("has the type `{other}`"), help));
            }
        };
        Ok((nullable, kind))
    }

    /// The type, and whether `null` is one as well: `"integer"` or `["integer", "null"]`.
    fn json_type(&self) -> Result<(bool, Option<&'a str>), Problem> {
        let Some(node) = self.optional("type") else { return Ok((self.has_null_in_enum(), None)) };
        if let Json::Text(only) = node.json {
            return Ok((false, Some(only)));
        }
        let types = node.elements()?.iter().map(Self::text).collect::<Result<Vec<_>, _>>()?;
        match types.as_slice() {
            [only] => Ok((false, Some(only))),
            [other, "null"] | ["null", other] => Ok((true, Some(other))),
            _ => Err(node.problem("has several types", "use one type, or one type and `null`")),
        }
    }

    fn has_null_in_enum(&self) -> bool {
        let list = self.optional("enum").map(|list| list.json);
        matches!(list, Some(Json::Array(elements)) if elements.contains(&Json::Null))
    }

    fn any_kind(&self) -> Result<Kind, Problem> {
        self.check_keywords(&[])?;
        Ok(Kind::Any)
    }

    fn integer_kind(&self) -> Result<Kind, Problem> {
        self.check_keywords(&["type", "minimum", "maximum"])?;
        let bound = |name: &str, otherwise: i64| {
            let Some(node) = self.optional(name) else { return Ok(otherwise) };
            let number = match node.json {
                Json::Number(number) => number.parse().ok(),
                _ => None,
            };
            number.ok_or_else(|| node.problem("is not a 64-bit integer", "write a whole number"))
        };
        Ok(Kind::Integer { min: bound("minimum", i64::MIN)?, max: bound("maximum", i64::MAX)? })
    }

    fn number_kind(&self) -> Result<Kind, Problem> {
        self.check_keywords(&["type", "minimum", "maximum"])?;
        let bound = |name: &str, otherwise: f64| {
            let Some(node) = self.optional(name) else { return Ok(otherwise) };
            let number = match node.json {
                Json::Number(number) => number.parse().ok().filter(|number: &f64| number.is_finite()),
                _ => None,
            };
            number.ok_or_else(|| node.problem("is not a number", "write a number"))
        };
        Ok(Kind::Number { min: bound("minimum", f64::MIN)?, max: bound("maximum", f64::MAX)? })
    }

    fn text_kind(&self) -> Result<Kind, Problem> {
        self.check_keywords(&["type", "enum", "const"])?;
        let texts = match (self.optional("enum"), self.optional("const")) {
            (None, None) => return Ok(Kind::Text),
            (_, Some(only)) => vec![only.text()?.to_owned()],
            (Some(list), None) => {
                let text = |node: &Self| node.text().map(str::to_owned);
                let elements = list.elements()?;
                let texts = elements.iter().filter(|node| !matches!(node.json, Json::Null));
                texts.map(text).collect::<Result<_, _>>()?
            }
        };
        Ok(Kind::Vocabulary(texts))
    }

    fn array_kind(&self) -> Result<Kind, Problem> {
        self.check_keywords(&["type", "items"])?;
        let items = self.optional("items").map(|items| items.expected()).transpose()?;
        Ok(Kind::Array(Box::new(items.unwrap_or_else(|| self.anything("items")))))
    }

    fn object_kind(&self) -> Result<Kind, Problem> {
        self.check_keywords(&["type", "properties", "required", "additionalProperties"])?;
        let others = self.others()?;
        match (self.optional("properties"), others) {
            (None, Some(others)) => Ok(Kind::Map(others)),
            (properties, others) => {
                let properties = self.properties(properties.as_ref())?;
                Ok(Kind::Object(Members { properties, others }))
            }
        }
    }

    /// What members that are not named may be.
    fn others(&self) -> Result<Option<Box<Expected>>, Problem> {
        let Some(node) = self.optional("additionalProperties") else {
            return Ok(Some(Box::new(self.anything("additionalProperties"))));
        };
        match node.json {
            Json::Boolean(false) => Ok(None),
            Json::Boolean(true) => Ok(Some(Box::new(self.anything("additionalProperties")))),
            _ => node.expected().map(|expected| Some(Box::new(expected))),
        }
    }

    fn anything(&self, name: &str) -> Expected {
        Expected { pointer: format!("{}/{name}", self.pointer), nullable: true, kind: Kind::Any }
    }

    fn properties(&self, properties: Option<&Self>) -> Result<Vec<Property>, Problem> {
        let named = properties.map(Self::members).transpose()?.unwrap_or_default();
        let required = self.required(&named)?;
        let property = |(name, node): (String, Self)| {
            let expected = node.expected()?;
            Ok(Property { required: required.contains(&name.as_str()), name, expected })
        };
        named.into_iter().map(property).collect()
    }

    fn required(&self, named: &[(String, Self)]) -> Result<Vec<&'a str>, Problem> {
        let Some(node) = self.optional("required") else { return Ok(Vec::new()) };
        let name = |node: &Self| {
            let name = node.text()?;
            if named.iter().any(|(known, _)| known == name) {
                return Ok(name);
            }
            let help = "add it to `properties` or take it out of `required`";
            Err(node.problem(format_args!("requires `{name}`, which is not in `properties`"), help))
        };
        node.elements()?.iter().map(name).collect()
    }
}
