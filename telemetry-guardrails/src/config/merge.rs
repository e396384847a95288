// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! How several YAML files become one configuration: lists are joined, mappings united, most keys overwritten.
//!
//! Source: `docs/LOADING.md` 2.2. Keys that are in none of the tables have no effect.

use std::collections::HashSet;
use std::rc::Rc;

use super::error::{ConfigError, ErrorKind};
use super::yaml::{Map, MapBuilder, Node, Place, Value};

/// Keys whose lists are concatenated.
const JOINED: [&str; 5] = ["instructions", "flows", "models", "prompts", "docs"];
/// Keys whose mappings are united; the later file wins.
const UNITED: [&str; 3] = ["user_messages", "bot_messages", "sensitive_data_detection"];
/// Keys of which the first value that is not empty stays.
const FIRST: [&str; 2] = ["actions_server_url", "embedding_search_provider"];
/// Keys that a later file overwrites as a whole.
const OVERWRITTEN: [&str; 16] = [
    "sample_conversation",
    "lowest_temperature",
    "enable_multi_step_generation",
    "colang_version",
    "event_source_uid",
    "custom_data",
    "prompting_mode",
    "knowledge_base",
    "core",
    "rails",
    "streaming",
    "passthrough",
    "raw_llm_call_action",
    "enable_rails_exceptions",
    "tracing",
    "metrics",
];

/// A path to import, and where it was asked for.
#[derive(Debug, Clone)]
pub(crate) struct ImportPath {
    pub(crate) path: String,
    pub(crate) place: Place,
}

/// The configuration so far.
#[derive(Debug)]
pub(crate) struct Merged {
    /// Stands for the configuration in errors that concern no single value.
    place: Place,
    /// Whether any file, of whatever kind, was seen.
    touched: bool,
    joined: [Vec<Node>; JOINED.len()],
    /// Pairs in order of appearance; duplicates are settled at the end.
    united: [Vec<(Node, Node)>; UNITED.len()],
    entries: Vec<(&'static str, Node)>,
    /// In order and without duplicates.
    pub(crate) import_paths: Vec<ImportPath>,
    known_imports: HashSet<String>,
}

impl Merged {
    pub(crate) fn new(place: Place) -> Self {
        Self {
            place,
            touched: false,
            joined: Default::default(),
            united: Default::default(),
            known_imports: HashSet::new(),
            entries: Vec::new(),
            import_paths: Vec::new(),
        }
    }

    /// Takes note of a file that adds nothing: with it, `models` is an empty list instead of missing.
    pub(crate) fn touch(&mut self) {
        self.touched = true;
    }

    /// Adds the document of a YAML file.
    pub(crate) fn add(&mut self, document: &Node) -> Result<(), ConfigError> {
        self.touch();
        for (list, key) in self.joined.iter_mut().zip(JOINED) {
            if let Some(value) = document.get(key) {
                list.extend(joinable(value, key)?.iter().cloned());
            }
        }
        for (pairs, key) in self.united.iter_mut().zip(UNITED) {
            if let Some(value) = document.get(key) {
                pairs.extend(unitable(value, key)?.entries.iter().cloned());
            }
        }
        for key in FIRST {
            self.keep_first(key, document);
        }
        for key in OVERWRITTEN {
            if let Some(value) = document.get(key) {
                self.set(key, value.clone());
            }
        }
        document.get("import_paths").map_or(Ok(()), |paths| self.add_imports(paths))
    }

    fn keep_first(&mut self, key: &'static str, document: &Node) {
        let taken = self.get(key).is_some_and(|old| old.value.is_truthy());
        if let Some(value) = document.get(key).filter(|_| !taken) {
            self.set(key, value.clone());
        }
    }

    fn add_imports(&mut self, paths: &Node) -> Result<(), ConfigError> {
        match &paths.value {
            Value::Seq(items) | Value::Set(items) => items.iter().try_for_each(|item| {
                let path =
                    item.as_str().ok_or_else(|| wrong_type(item, "import_paths", "a list of paths"))?;
                self.import(path, &item.place);
                Ok(())
            }),
            // The reference takes text for a list of its characters, of which `.` and `/` are paths.
            Value::Str(text) => {
                text.chars().for_each(|c| self.import(&c.to_string(), &paths.place));
                Ok(())
            }
            _ => Err(wrong_type(paths, "import_paths", "a list of paths")),
        }
    }

    /// Adds a path to import, unless it is there already.
    pub(crate) fn import(&mut self, path: &str, place: &Place) {
        if self.known_imports.insert(path.to_owned()) {
            self.import_paths.push(ImportPath { path: path.to_owned(), place: place.clone() });
        }
    }

    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        self.entries.iter().find(|(name, _)| *name == key).map(|(_, value)| value)
    }

    fn set(&mut self, key: &'static str, value: Node) {
        match self.entries.iter_mut().find(|(name, _)| *name == key) {
            Some((_, old)) => *old = value,
            None => self.entries.push((key, value)),
        }
    }

    /// The whole as one document.
    pub(crate) fn finish(self) -> Node {
        let Self { place, touched, joined, united, entries, .. } = self;
        let node = |value| Node::new(value, place.clone());
        let lists = JOINED.into_iter().zip(joined).filter(|_| touched);
        let lists = lists.map(|(key, list)| (key, node(Value::Seq(Rc::new(list)))));
        let maps = UNITED.into_iter().zip(united).filter(|(_, pairs)| !pairs.is_empty());
        let maps = maps.map(|(key, pairs)| (key, node(Value::Map(Rc::new(settle(pairs))))));
        let entries = lists
            .chain(maps)
            .chain(entries)
            .map(|(key, value)| (node(Value::Str(key.into())), value))
            .collect();
        node(Value::Map(Rc::new(Map { entries })))
    }
}

/// Of two pairs with the same key, the later one stands.
fn settle(pairs: Vec<(Node, Node)>) -> Map {
    let mut map = MapBuilder::with_capacity(pairs.len());
    for (key, value) in pairs {
        // Keys of mappings that were read are keys again.
        let _ = map.insert(key, value);
    }
    map.finish()
}

fn unitable<'a>(value: &'a Node, key: &str) -> Result<&'a Map, ConfigError> {
    match &value.value {
        Value::Map(map) => Ok(map),
        _ => Err(wrong_type(value, key, "a mapping")),
    }
}

fn joinable<'a>(value: &'a Node, key: &str) -> Result<&'a [Node], ConfigError> {
    match &value.value {
        Value::Seq(items) => Ok(items),
        _ => Err(wrong_type(value, key, "a list")),
    }
}

fn wrong_type(value: &Node, key: &str, wanted: &str) -> ConfigError {
    let problem = format!("is {}, but {wanted} is required", value.value.describe());
    ConfigError::at(ErrorKind::Value, &value.place, problem)
        .about(key)
        .help("correct the value, or remove the key")
}
