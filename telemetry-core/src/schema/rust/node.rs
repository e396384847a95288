// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A place in a schema file, and what can be asked there. Each answer that fails names the place and the remedy.

use super::json::Json;

/// Keywords that say nothing about values.
const ANNOTATIONS: [&str; 8] =
    ["$schema", "$id", "$comment", "title", "description", "default", "examples", "eventMeta"];

/// How many `$ref` may follow one another, so that a circle ends.
const MAX_DEPTH: u32 = 32;

/// Why there is no source of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SourceError {
    /// Where, as a JSON pointer.
    pub(crate) pointer: String,
    /// What is wrong there.
    pub(crate) problem: String,
    /// What to do about it.
    pub(crate) help: String,
}

/// A value in the file with its place.
#[derive(Debug, Clone)]
pub(super) struct Node<'a> {
    pub(super) json: &'a Json,
    pub(super) pointer: String,
    root: &'a Json,
    /// How many steps led here, counting references.
    depth: u32,
}

impl<'a> Node<'a> {
    /// The whole file.
    pub(super) fn root(root: &'a Json) -> Self {
        Self { json: root, pointer: "#".to_owned(), root, depth: 0 }
    }

    pub(super) fn error(&self, problem: impl Into<String>, help: impl Into<String>) -> SourceError {
        SourceError { pointer: self.pointer.clone(), problem: problem.into(), help: help.into() }
    }

    fn below(&self, name: &str, json: &'a Json) -> Self {
        // RFC 6901: `~` and `/` in a name are escaped.
        let pointer = format!("{}/{}", self.pointer, name.replace('~', "~0").replace('/', "~1"));
        Self { json, pointer, root: self.root, depth: self.depth + 1 }
    }

    pub(super) fn optional(&self, name: &str) -> Option<Self> {
        self.json.get(name).map(|json| self.below(name, json))
    }

    pub(super) fn member(&self, name: &str) -> Result<Self, SourceError> {
        let missing = || self.error(format!("has no `{name}`"), format!("add `\"{name}\"` there"));
        self.optional(name).ok_or_else(missing)
    }

    pub(super) fn members(&self) -> Result<Vec<(&'a str, Self)>, SourceError> {
        let Json::Object(members) = self.json else {
            return Err(self.error("is not an object", "write `{ … }` there"));
        };
        Ok(members.iter().map(|(name, json)| (name.as_str(), self.below(name, json))).collect())
    }

    pub(super) fn elements(&self) -> Result<Vec<Self>, SourceError> {
        let Json::Array(elements) = self.json else {
            return Err(self.error("is not an array", "write `[ … ]` there"));
        };
        Ok(elements.iter().enumerate().map(|(index, json)| self.below(&index.to_string(), json)).collect())
    }

    pub(super) fn text(&self) -> Result<&'a str, SourceError> {
        match self.json {
            Json::Text(text) => Ok(text),
            _ => Err(self.error("is not a text", "write `\"…\"` there")),
        }
    }

    /// The bound called `name`, or the widest one.
    pub(super) fn integer(&self, name: &str, otherwise: i64) -> Result<i64, SourceError> {
        let Some(node) = self.optional(name) else { return Ok(otherwise) };
        let number = match node.json {
            Json::Number(number) => number.as_i64(),
            _ => None,
        };
        number.ok_or_else(|| node.error("is not a 64-bit integer", "write a whole number"))
    }

    /// The bound called `name`, if there is one.
    pub(super) fn float(&self, name: &str) -> Result<Option<f64>, SourceError> {
        let Some(node) = self.optional(name) else { return Ok(None) };
        let number = match node.json {
            Json::Number(number) => number.as_f64(),
            _ => None,
        };
        number.map(Some).ok_or_else(|| node.error("is not a number", "write a number"))
    }

    /// Refuses keywords that are neither known nor annotations.
    pub(super) fn check_keywords(&self, known: &[&str]) -> Result<(), SourceError> {
        for (name, node) in self.members()? {
            if !known.contains(&name) && !ANNOTATIONS.contains(&name) {
                let help =
                    format!("leave it out; the keywords here are `{}` and annotations", known.join("`, `"));
                return Err(node.error("is not a keyword that an event can keep to", help));
            }
        }
        Ok(())
    }

    /// The type, and whether `null` is one as well: `"integer"` or `["integer", "null"]`.
    pub(super) fn json_type(&self) -> Result<(Option<&'a str>, bool), SourceError> {
        let Some(node) = self.optional("type") else { return Ok((None, false)) };
        if let Json::Text(only) = node.json {
            return Ok((Some(only), false));
        }
        let types = node.elements()?.iter().map(Self::text).collect::<Result<Vec<_>, _>>()?;
        match types.as_slice() {
            [only] => Ok((Some(only), false)),
            [other, "null"] | ["null", other] => Ok((Some(other), true)),
            _ => Err(node.error("has several types", "use one type, or one type and `null`")),
        }
    }

    /// The texts of `const` or `enum`, if there are any. Neither `null` nor the empty text can be a variant.
    pub(super) fn vocabulary(&self) -> Result<Option<Vec<&'a str>>, SourceError> {
        if let Some(only) = self.optional("const") {
            return Ok(Some(vec![only.text()?]));
        }
        let Some(list) = self.optional("enum") else { return Ok(None) };
        let elements = list.elements()?.into_iter().filter(|element| *element.json != Json::Null);
        let mut texts = elements.map(|element| element.text()).collect::<Result<Vec<_>, _>>()?;
        texts.retain(|text| !text.is_empty());
        if texts.is_empty() {
            return Err(list.error("allows no text", "list the texts, or leave `enum` out"));
        }
        Ok(Some(texts))
    }

    /// What a `$ref` refers to, with the name of the type that it is there; otherwise nothing.
    pub(super) fn target(&self) -> Result<Option<(&'a str, Self)>, SourceError> {
        let Some(reference) = self.optional("$ref") else { return Ok(None) };
        self.check_keywords(&["$ref"])?;
        let path = reference.text()?;
        let missing = || {
            let help = "write `\"#/definitions/types/<name>\"` of a type in this file";
            reference.error(format!("refers to `{path}`, which is not there"), help)
        };
        if self.depth > MAX_DEPTH {
            return Err(reference.error("refers to itself", "break the circle of `$ref`"));
        }
        let mut node = Node { depth: self.depth, ..Self::root(self.root) };
        for name in path.strip_prefix("#/").ok_or_else(missing)?.split('/') {
            let name = name.replace("~1", "/").replace("~0", "~");
            node = node.optional(&name).ok_or_else(missing)?;
        }
        Ok(Some((path.rsplit('/').next().unwrap_or_default(), node)))
    }

    /// The description, on one line.
    pub(super) fn description(&self) -> Result<Option<String>, SourceError> {
        let Some(node) = self.optional("description") else { return Ok(None) };
        let words: Vec<_> = node.text()?.split_whitespace().collect();
        Ok(Some(words.join(" ")).filter(|text| !text.is_empty()))
    }
}
