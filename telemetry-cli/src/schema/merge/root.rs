// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The parts of a schema file around its events: `schemaMeta`, `definitions`, and the list of events.

use telemetry_schema::__cli1::{Json, Node, Problem, Schema, step};

use super::members::{get_mut, set};
use super::types::{Types, insert};
use super::wishes::{fresh, is_type};
use super::{Merge, Wish};

impl<'a> Merge<'a> {
    /// The whole file.
    pub(super) fn root(&mut self, file: &'a Schema, structs: &'a Schema) -> Result<Json, Problem> {
        let mut root = file.root().json().clone();
        if let (Some(meta), Some(new)) =
            (get_mut(&mut root, "schemaMeta"), structs.root().optional("schemaMeta"))
        {
            set_meta(meta, &new);
        }
        let types = self.types(file)?;
        let events = self.events(file, structs)?;
        list_events(&mut root, &events, structs);
        if let Some(definitions) = get_mut(&mut root, "definitions") {
            if let Some(types) = types {
                set(definitions, "types", types);
            }
            set(definitions, "events", Json::Object(events));
            let mut types = Types { file, structs, wishes: &self.wishes, added: Vec::new() };
            types.resolve(definitions)?;
            insert(definitions, types.added);
        }
        Ok(root)
    }

    /// The shared types, each with the requirements of all references to it.
    fn types(&mut self, file: &'a Schema) -> Result<Option<Json>, Problem> {
        let types = file.root().optional("definitions").and_then(|node| node.optional("types"));
        let Some(types) = types else { return Ok(None) };
        let mut merged = Vec::new();
        for (name, node) in types.members()? {
            merged.push((name.to_owned(), self.shared_type(&node)?));
        }
        Ok(Some(Json::Object(merged)))
    }

    fn shared_type(&mut self, old: &Node<'a>) -> Result<Json, Problem> {
        let wish = if is_type(old) { self.wishes.changes(old)? } else { None };
        match (wish, old.target()?) {
            (Some(wish), None) => self.in_place(old, &wish),
            // The types that it refers to have the same requirements.
            (Some(Wish { description, .. }), Some(_)) => {
                Ok(super::describe(old.json().clone(), description.as_deref()))
            }
            (None, _) => Ok(old.json().clone()),
        }
    }

    /// The events of the file in their order, followed by new events.
    fn events(&mut self, file: &'a Schema, structs: &'a Schema) -> Result<Vec<(String, Json)>, Problem> {
        let mut merged = Vec::new();
        for name in file.event_names() {
            let Some(old) = file.event_node(name) else { continue };
            match structs.event_node(name) {
                Some(new) => merged.push((name.to_owned(), self.place(&old, &new, name)?)),
                None if self.remove.events.iter().any(|removed| removed == name) => {}
                None => merged.push((name.to_owned(), old.json().clone())),
            }
        }
        for name in structs.event_names() {
            let new = structs.event_node(name).filter(|_| file.event_node(name).is_none());
            if let Some(new) = new {
                merged.push((name.to_owned(), fresh(&new)));
            }
        }
        Ok(merged)
    }
}

/// Sets the version and the client id, unless they are equal already.
fn set_meta(meta: &mut Json, new: &Node<'_>) {
    for key in ["schemaVersion", "clientId"] {
        let Some(value) = new.optional(key) else { continue };
        if meta.get(key) != Some(value.json()) {
            set(meta, key, value.json().clone());
        }
    }
}

/// Makes a list of events at the root contain all events that are sent, and no missing ones.
fn list_events(root: &mut Json, events: &[(String, Json)], structs: &Schema) {
    let reference = |name: &str| {
        let path = format!("#/definitions/events/{}", step(name));
        Json::Object(vec![("$ref".to_owned(), Json::Text(path))])
    };
    let Some(Json::Array(listed)) = get_mut(root, "oneOf") else { return };
    let path = |item: &Json| item.get("$ref").cloned();
    let all: Vec<Json> = events.iter().map(|(name, _)| reference(name)).collect();
    listed.retain(|item| all.iter().any(|known| path(known) == path(item)));
    let sent: Vec<Json> = structs.event_names().into_iter().map(reference).collect();
    let missing: Vec<Json> =
        sent.into_iter().filter(|new| !listed.iter().any(|known| path(known) == path(new))).collect();
    listed.extend(missing);
}
