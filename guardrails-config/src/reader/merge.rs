// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Merges several YAML files into one configuration: lists are joined, mappings united, most keys overwritten.
//!
//! Source: `docs/LOADING.md` 2.2. Keys that are in none of the tables have no effect.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
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

/// Keys of which the event says something, and which a later file overwrites.
const REPORTED: [&str; 3] = ["colang_version", "rails", "tracing"];
/// Replaced files that are remembered for each of them.
const MOST_REPLACED: usize = 100;

/// A key that several files set, of which one counts.
///
/// The product takes files in the order of the file system, so that another one may count there.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Replacement {
    /// The key at the top level, such as `rails`.
    pub key: &'static str,
    /// The file whose value counts: the one that was read last.
    pub counts: PathBuf,
    /// The files whose values it replaces, in the order in which they were read; the first hundred.
    pub replaced: Vec<PathBuf>,
}

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
    /// Pairs in order of appearance; the last of those with one key is kept at the end.
    united: [Vec<(Node, Node)>; UNITED.len()],
    entries: Vec<(&'static str, Node)>,
    /// Files whose values were overwritten, by key as in [`REPORTED`].
    replaced: [Vec<Rc<Path>>; REPORTED.len()],
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
            replaced: Default::default(),
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
            Some((_, old)) => {
                let old = std::mem::replace(old, value);
                self.remember(key, &old);
            }
            None => self.entries.push((key, value)),
        }
    }

    fn remember(&mut self, key: &str, old: &Node) {
        let files = self.replaced.iter_mut().zip(REPORTED).find(|(_, reported)| *reported == key);
        if let Some((files, _)) = files.filter(|(files, _)| files.len() < MOST_REPLACED) {
            files.push(old.place.shared_source());
        }
    }

    /// The keys of which one file replaced the values of others.
    pub(crate) fn replacements(&self) -> Vec<Replacement> {
        let keys = REPORTED.into_iter().zip(&self.replaced).filter(|(_, files)| !files.is_empty());
        let replacement = |(key, files): (&'static str, &Vec<Rc<Path>>)| {
            let counts = self.get(key)?.place.source().to_path_buf();
            Some(Replacement { key, counts, replaced: files.iter().map(|file| file.to_path_buf()).collect() })
        };
        keys.filter_map(replacement).collect()
    }

    /// The whole as one document.
    pub(crate) fn finish(self) -> Node {
        let Self { place, touched, joined, united, entries, .. } = self;
        let node = |value| Node::new(value, place.clone());
        let lists = JOINED.into_iter().zip(joined).filter(|_| touched);
        let lists = lists.map(|(key, list)| (key, node(Value::Seq(Rc::new(list)))));
        let maps = UNITED.into_iter().zip(united).filter(|(_, pairs)| !pairs.is_empty());
        let maps = maps.map(|(key, pairs)| (key, node(Value::Map(Rc::new(last_of_each_key(pairs))))));
        let entries = lists
            .chain(maps)
            .chain(entries)
            .map(|(key, value)| (node(Value::Str(key.into())), value))
            .collect();
        node(Value::Map(Rc::new(Map { entries })))
    }
}

/// The mapping of the pairs; of those with the same key, the last one.
fn last_of_each_key(pairs: Vec<(Node, Node)>) -> Map {
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
