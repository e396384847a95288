// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Merges the schema of the structs into a schema file with more content: titles, `eventMeta`, shared types, other events.

mod keywords;
mod members;
mod root;
mod types;
mod wishes;

use std::collections::BTreeSet;

use telemetry_schema::__cli1::{Json, Node, Problem, Schema};

use self::members::{describe, set};
use self::wishes::{Wishes, fresh};
use super::comparison::means_the_same;
use super::description::resolved;

/// A file into which the structs have been merged.
#[derive(Debug)]
pub(crate) struct Merged {
    pub(crate) json: Json,
    /// The events and properties that only the file has and that were kept.
    pub(crate) kept: Vec<String>,
    /// The properties that could not be removed because they are not in the file or are still sent.
    pub(crate) unknown: Vec<String>,
}

/// The names that may be removed from the file.
#[derive(Debug, Default)]
pub(crate) struct Removal {
    /// Names of events that only the file has.
    pub(crate) events: Vec<String>,
    /// Paths from an event to a property, such as `order.address.zone` and `order.names[].first`.
    pub(crate) properties: Vec<String>,
}

/// Merges `structs` into `file`. Events that `structs` do not have are kept. Properties that are not sent are kept too, unless they
/// are in `remove`; if any is kept, the result is not current.
pub(crate) fn merge(file: &Schema, structs: &Schema, remove: &Removal) -> Result<Merged, Problem> {
    let wishes = Wishes::read(file, structs, &remove.events)?;
    let mut merge = Merge { wishes, remove, removed: BTreeSet::new(), kept: Vec::new() };
    let json = merge.root(file, structs)?;
    let unknown = remove.properties.iter().filter(|name| !merge.removed.contains(*name)).cloned().collect();
    Ok(Merged { json, kept: merge.kept, unknown })
}

struct Merge<'a> {
    wishes: Wishes<'a>,
    remove: &'a Removal,
    /// The properties of `remove` that were found.
    removed: BTreeSet<String>,
    kept: Vec<String>,
}

/// The schema of the structs for one place.
#[derive(Debug, Clone)]
struct Wish<'a> {
    /// The schema there, with references resolved.
    value: Node<'a>,
    /// The description.
    description: Option<String>,
    /// The path from the event to the place.
    path: String,
}

impl<'a> Wish<'a> {
    fn of(node: &Node<'a>, path: String) -> Result<Self, Problem> {
        Ok(Self { value: resolved(node.clone())?, description: node.description(), path })
    }

    /// The same for the shared type that the place refers to, without the field's description.
    fn of_type(node: &Node<'a>, path: String) -> Result<Self, Problem> {
        let value = resolved(node.clone())?;
        let description = if node.target()?.is_some() { value.description() } else { None };
        Ok(Self { value, description, path })
    }
}

impl<'a> Merge<'a> {
    /// The schema at `old`, changed to allow what `new` allows.
    fn place(&mut self, old: &Node<'a>, new: &Node<'a>, path: &str) -> Result<Json, Problem> {
        let wish = Wish::of(new, path.to_owned())?;
        let Some((_, target)) = old.target()? else { return self.in_place(old, &wish) };
        if self.wishes.keeps(&target, &wish)? {
            return Ok(describe(old.json().clone(), wish.description.as_deref()));
        }
        // Other references to the type need something else.
        let own = Wish::of_type(new, path.to_owned())?;
        let mut value = self.in_place(&resolved(target)?, &own)?;
        for (name, annotation) in members::of(old.json()).iter().filter(|(name, _)| name != "$ref") {
            set(&mut value, name, annotation.clone());
        }
        Ok(describe(value, wish.description.as_deref()))
    }

    /// The schema at `old`, which is not a reference.
    fn in_place(&mut self, old: &Node<'a>, wish: &Wish<'a>) -> Result<Json, Problem> {
        let family = keywords::family(&wish.value)?;
        let value = if !matches!(old.json(), Json::Object(_)) || keywords::family(old)? != family {
            self.keep_names_of(old, &wish.path)?;
            keywords::replaced(old, &fresh(&wish.value))
        } else {
            match family {
                "object" => self.object(old, wish)?,
                "array" => self.array(old, wish)?,
                _ if means_the_same(old, &wish.value)? => old.json().clone(),
                _ => keywords::scalar(old, &wish.value)?,
            }
        };
        Ok(describe(value, wish.description.as_deref()))
    }

    fn array(&mut self, old: &Node<'a>, wish: &Wish<'a>) -> Result<Json, Problem> {
        let mut value = keywords::with_type(old, &wish.value)?;
        let items = wish.value.member("items")?;
        let merged = match old.optional("items") {
            Some(old) => self.place(&old, &items, &element(&wish.path))?,
            None => fresh(&items),
        };
        set(&mut value, "items", merged);
        Ok(value)
    }

    fn object(&mut self, old: &Node<'a>, wish: &Wish<'a>) -> Result<Json, Problem> {
        let mut value = keywords::with_type(old, &wish.value)?;
        let properties = self.properties(old, wish)?;
        if !properties.is_empty() || old.optional("properties").is_some() {
            set(&mut value, "properties", Json::Object(properties));
        }
        let is_kept = |name: &str| self.kept.contains(&property_of(&wish.path, name));
        members::require(&mut value, old, &wish.value, is_kept);
        if let Some(new) = wish.value.optional("additionalProperties") {
            let others = self.others(old, &new, &other(&wish.path))?;
            set(&mut value, "additionalProperties", others);
        }
        Ok(value)
    }

    /// What `additionalProperties` of the object `old` becomes.
    fn others(&mut self, old: &Node<'a>, new: &Node<'a>, path: &str) -> Result<Json, Problem> {
        match old.optional("additionalProperties") {
            Some(old) if new.boolean().is_none() => self.place(&old, new, path),
            Some(old) => self.keep_names_of(&old, path).map(|()| fresh(new)),
            None => Ok(fresh(new)),
        }
    }

    /// The properties of the file in their order, with new ones after the property that precedes them in the struct.
    fn properties(&mut self, old: &Node<'a>, wish: &Wish<'a>) -> Result<Vec<(String, Json)>, Problem> {
        let new = named(&wish.value)?;
        let mut merged = Vec::new();
        for (name, property) in named(old)? {
            let path = property_of(&wish.path, name);
            match new.iter().find(|(known, _)| *known == name) {
                Some((_, new)) => merged.push((name.to_owned(), self.place(&property, new, &path)?)),
                None if self.drops(path) => {}
                None => merged.push((name.to_owned(), property.json().clone())),
            }
        }
        let new: Vec<_> = new.iter().map(|(name, property)| ((*name).to_owned(), fresh(property))).collect();
        members::insert_missing(&mut merged, &new, |one, other| one.0 == other.0);
        Ok(merged)
    }

    /// Whether a property that only the file has is removed. Otherwise it is kept and reported.
    fn drops(&mut self, name: String) -> bool {
        let drops = self.remove.properties.contains(&name);
        if drops {
            self.removed.insert(name);
        } else if !self.kept.contains(&name) {
            self.kept.push(name);
        }
        drops
    }

    /// A value whose kind changes loses its properties, so they have to be named. Removing a property also removes its contents.
    fn keep_names_of(&mut self, old: &Node<'a>, path: &str) -> Result<(), Problem> {
        if let Some((_, target)) = old.target()? {
            return self.keep_names_of(&target, path);
        }
        if !matches!(old.json(), Json::Object(_)) {
            return Ok(());
        }
        let (keyword, inside) = match keywords::family(old)? {
            "array" => ("items", element(path)),
            _ => ("additionalProperties", other(path)),
        };
        for (name, _) in named(old)? {
            self.drops(property_of(path, name));
        }
        old.optional(keyword).map_or(Ok(()), |inner| self.keep_names_of(&inner, &inside))
    }
}

/// The path to a property, in the notation of [`Place`](super::difference::Place).
fn property_of(path: &str, name: &str) -> String {
    format!("{path}.{name}")
}

/// The path to the elements of the list at `path`.
fn element(path: &str) -> String {
    format!("{path}[]")
}

/// The path to the properties of the object at `path` that are not named.
fn other(path: &str) -> String {
    format!("{path}.*")
}

/// The properties of an object, by their names.
fn named<'a>(object: &Node<'a>) -> Result<Vec<(&'a str, Node<'a>)>, Problem> {
    object.optional("properties").map_or(Ok(Vec::new()), |properties| properties.members())
}
