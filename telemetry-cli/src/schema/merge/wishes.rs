// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The requirements of the structs on places of a file that several references share.

use std::collections::{BTreeMap, BTreeSet};

use telemetry_schema::__cli1::{Json, Node, Problem, Schema};

use super::members::of;
use super::{Wish, element, other, property_of};
use crate::schema::comparison::means_the_same;

/// The prefix of a reference to a type of the structs that may not be in the file yet. It never occurs in a file.
pub(super) const OF_STRUCTS: &str = "structs:";

/// The pointer prefix of named types.
pub(super) const TYPES: &str = "#/definitions/types/";

/// All requirements, by place.
pub(super) struct Wishes<'a> {
    of: BTreeMap<String, Vec<Wish<'a>>>,
    /// Places that are referenced by events that the structs do not have.
    foreign: BTreeSet<String>,
}

impl<'a> Wishes<'a> {
    pub(super) fn read(
        file: &'a Schema,
        structs: &'a Schema,
        removed_events: &[String],
    ) -> Result<Self, Problem> {
        let mut wishes = Self { of: BTreeMap::new(), foreign: BTreeSet::new() };
        for name in file.event_names() {
            let Some(event) = file.event_node(name) else { continue };
            match structs.event_node(name) {
                Some(new) => wishes.walk(&event, &new, name)?,
                None if removed_events.iter().any(|removed| removed == name) => {}
                None => wishes.protect(&event)?,
            }
        }
        Ok(wishes)
    }

    fn walk(&mut self, old: &Node<'a>, new: &Node<'a>, path: &str) -> Result<(), Problem> {
        if let Some((_, target)) = old.target()? {
            let wish = Wish::of_type(new, path.to_owned())?;
            self.of.entry(target.pointer().to_owned()).or_default().push(wish);
            return self.walk(&target, new, path);
        }
        let wish = Wish::of(new, path.to_owned())?;
        let new = wish.value.clone();
        if !old.pointer().starts_with(TYPES) {
            self.of.entry(old.pointer().to_owned()).or_default().push(wish);
        }
        self.walk_inside(old, &new, path)
    }

    fn walk_inside(&mut self, old: &Node<'a>, new: &Node<'a>, path: &str) -> Result<(), Problem> {
        if let (Some(old), Some(new)) = (old.optional("properties"), new.optional("properties")) {
            for (name, property) in new.members()? {
                let Some(old) = old.optional(name) else { continue };
                self.walk(&old, &property, &property_of(path, name))?;
            }
        }
        for (keyword, path) in [("items", element(path)), ("additionalProperties", other(path))] {
            if let (Some(old), Some(new)) = (old.optional(keyword), new.optional(keyword)) {
                self.walk(&old, &new, &path)?;
            }
        }
        Ok(())
    }

    /// A type that another event refers to is not changed.
    fn protect(&mut self, node: &Node<'a>) -> Result<(), Problem> {
        if let Some((_, target)) = node.target()? {
            let is_new = self.foreign.insert(target.pointer().to_owned());
            return if is_new { self.protect(&target) } else { Ok(()) };
        }
        let Json::Object(_) = node.json() else { return Ok(()) };
        let properties = node.optional("properties").map(|node| node.members()).transpose()?;
        let named = properties.into_iter().flatten().map(|(_, node)| node);
        let others =
            ["items", "additionalProperties"].into_iter().filter_map(|keyword| node.optional(keyword));
        named.chain(others).try_for_each(|node| self.protect(&node))
    }

    /// Whether a reference to `target` can be kept: the target has, or will have, the required schema.
    pub(super) fn keeps(&self, target: &Node<'a>, wish: &Wish<'a>) -> Result<bool, Problem> {
        if is_type(target) {
            return Ok(self.changes(target)?.is_some() || means_the_same(target, &wish.value)?);
        }
        let wishes = self.of.get(target.pointer()).map(Vec::as_slice).unwrap_or_default();
        let all = wishes.iter().chain([wish]).map(|wish| means_the_same(target, &wish.value));
        all.into_iter().try_fold(true, |all, same| Ok(all && same?))
    }

    /// The new schema of the type at `target`, if all references to it are from the structs and require the same schema.
    pub(super) fn changes(&self, target: &Node<'a>) -> Result<Option<Wish<'a>>, Problem> {
        let Some([first, others @ ..]) = self.of.get(target.pointer()).map(Vec::as_slice) else {
            return Ok(None);
        };
        if let Some((_, next)) = target.target()?
            && (!is_type(&next) || self.changes(&next)?.is_none())
        {
            return Ok(None);
        }
        let is_foreign = self.foreign.contains(target.pointer());
        if is_foreign && !means_the_same(target, &first.value)? {
            return Ok(None);
        }
        for other in others {
            if !means_the_same(&first.value, &other.value)? {
                return Ok(None);
            }
        }
        let is_common = others.iter().all(|other| other.description == first.description);
        let description = first.description.clone().filter(|_| is_common);
        Ok(Some(Wish { description, ..first.clone() }))
    }

    /// The shared types of the file that correspond to the type at `pointer` of the structs.
    pub(super) fn types_for(&self, pointer: &str) -> impl Iterator<Item = &str> {
        let is_for = move |wishes: &[Wish<'a>]| wishes.iter().any(|wish| wish.value.pointer() == pointer);
        let places = self.of.iter().filter(move |(_, wishes)| is_for(wishes));
        places.filter_map(|(place, _)| place.strip_prefix(TYPES)).filter(|name| !name.contains('/'))
    }
}

/// The schema of the structs at `node`, for a place that the file does not have. Its references are resolved at the end.
pub(super) fn fresh(node: &Node<'_>) -> Json {
    marked(node.json())
}

/// Whether the place is a shared type as a whole.
pub(super) fn is_type(node: &Node<'_>) -> bool {
    node.pointer().strip_prefix(TYPES).is_some_and(|name| !name.contains('/'))
}

/// The schema, with its references marked as those of the structs.
fn marked(json: &Json) -> Json {
    match json {
        Json::Object(_) => {
            Json::Object(of(json).iter().map(|(name, value)| (name.clone(), member(name, value))).collect())
        }
        Json::Array(items) => Json::Array(items.iter().map(marked).collect()),
        other => other.clone(),
    }
}

fn member(name: &str, value: &Json) -> Json {
    match value {
        Json::Text(path) if name == "$ref" => {
            Json::Text(format!("{OF_STRUCTS}{}", path.strip_prefix(TYPES).unwrap_or(path)))
        }
        other => marked(other),
    }
}
