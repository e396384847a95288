// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Shared types that the structs need and the file may have under another name.

use telemetry_schema::__cli1::{Json, Node, Problem, Schema};

use super::members::{of, set};
use super::wishes::{OF_STRUCTS, TYPES, Wishes};
use crate::schema::comparison::means_the_same;

/// Finds a type of the file for each type of the structs, or a free name for a new one.
pub(super) struct Types<'w, 'a> {
    pub(super) file: &'a Schema,
    pub(super) structs: &'a Schema,
    pub(super) wishes: &'w Wishes<'a>,
    /// The types that are to be added.
    pub(super) added: Vec<(String, Json)>,
}

impl<'a> Types<'_, 'a> {
    /// Redirects every reference to a type of the structs to a type of the file.
    pub(super) fn resolve(&mut self, json: &mut Json) -> Result<(), Problem> {
        match json {
            Json::Object(members) => {
                for (name, value) in members {
                    match value {
                        Json::Text(text) if name == "$ref" => *text = self.reference(text)?,
                        other => self.resolve(other)?,
                    }
                }
                Ok(())
            }
            Json::Array(items) => items.iter_mut().try_for_each(|item| self.resolve(item)),
            _ => Ok(()),
        }
    }

    fn reference(&mut self, text: &str) -> Result<String, Problem> {
        let Some(name) = text.strip_prefix(OF_STRUCTS) else { return Ok(text.to_owned()) };
        let Some(new) = self.types_of(self.structs).and_then(|types| types.optional(name)) else {
            return Ok(text.to_owned());
        };
        let known = self.known(name, &new)?;
        let name = match known {
            Some(known) => known,
            None => self.add(name, &new),
        };
        Ok(format!("{TYPES}{name}"))
    }

    fn types_of(&self, schema: &'a Schema) -> Option<Node<'a>> {
        schema.root().optional("definitions")?.optional("types")
    }

    /// A type of the file that is, or will become, equal to `new`.
    fn known(&self, name: &str, new: &Node<'a>) -> Result<Option<String>, Problem> {
        if let Some((added, _)) = self.added.iter().find(|(_, json)| json == new.json()) {
            return Ok(Some(added.clone()));
        }
        let mut candidates: Vec<&str> = self.wishes.types_for(new.pointer()).collect();
        candidates.extend([name, name.strip_suffix("Enum").unwrap_or(name)]);
        for candidate in candidates {
            let Some(old) = self.types_of(self.file).and_then(|types| types.optional(candidate)) else {
                continue;
            };
            let says = self.wishes.changes(&old)?.map_or(old, |wish| wish.value);
            if means_the_same(&says, new)? {
                return Ok(Some(candidate.to_owned()));
            }
        }
        Ok(None)
    }

    /// Adds the type under its name, or with the first suffix from 2 that is free.
    fn add(&mut self, name: &str, new: &Node<'a>) -> String {
        let is_taken = |name: &str| {
            let is_known = self.types_of(self.file).is_some_and(|types| types.optional(name).is_some());
            is_known || self.added.iter().any(|(added, _)| added == name)
        };
        let numbered = (2..).map(|number| format!("{name}{number}"));
        let mut names = std::iter::once(name.to_owned()).chain(numbered);
        let name = names.find(|name| !is_taken(name)).unwrap_or_default();
        self.added.push((name.clone(), new.json().clone()));
        name
    }
}

/// Adds the types to `definitions`, before the events.
pub(super) fn insert(definitions: &mut Json, added: Vec<(String, Json)>) {
    if added.is_empty() {
        return;
    }
    let mut types = definitions.get("types").map(of).unwrap_or_default().to_vec();
    types.extend(added);
    if definitions.get("types").is_some() {
        set(definitions, "types", Json::Object(types));
    } else if let Json::Object(members) = definitions {
        members.insert(0, ("types".to_owned(), Json::Object(types)));
    }
}
