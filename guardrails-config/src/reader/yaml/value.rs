// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A YAML value that knows where it was written; cheap to copy, because aliases and merge keys share it.

use std::path::Path;
use std::rc::Rc;

/// Where a value was written.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    source: Rc<Path>,
    /// From 1; 0 stands for "the whole file".
    line: u32,
    column: u32,
}

impl Place {
    /// A line and a column, both from 1, of a file.
    pub(crate) fn new(source: &Rc<Path>, line: usize, column: usize) -> Self {
        let narrow = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Self { source: Rc::clone(source), line: narrow(line), column: narrow(column) }
    }

    /// A file, or a directory, as a whole.
    pub(crate) fn whole(source: &Path) -> Self {
        Self { source: source.into(), line: 0, column: 0 }
    }

    /// A line of a file.
    pub(crate) fn line_of(source: &Path, line: u32) -> Self {
        Self { source: source.into(), line, column: 0 }
    }

    pub(crate) fn source(&self) -> &Path {
        &self.source
    }

    pub(crate) fn shared_source(&self) -> Rc<Path> {
        Rc::clone(&self.source)
    }

    pub(crate) fn line(&self) -> Option<u32> {
        (self.line > 0).then_some(self.line)
    }

    pub(crate) fn column(&self) -> Option<u32> {
        (self.column > 0).then_some(self.column)
    }
}

/// A value and its place.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) value: Value,
    pub(crate) place: Place,
}

/// What a YAML 1.1 safe loader makes of a node.
#[derive(Debug, Clone)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    /// Integers beyond 64 bits are clamped: no rule tells them from the largest.
    Int(i64),
    Float(f64),
    Str(Rc<str>),
    Bytes(Rc<[u8]>),
    /// A date or a point in time, as written.
    Time(Rc<str>),
    Seq(Rc<Vec<Node>>),
    Set(Rc<Vec<Node>>),
    Map(Rc<Map>),
    /// The plain scalar `<<`, which only makes sense as a key.
    MergeKey,
    /// The plain scalar `=`, which only makes sense as a key, where it is text.
    EqualsSign,
}

impl Value {
    /// Whether the reference's language treats the value as true.
    pub(crate) fn is_truthy(&self) -> bool {
        match self {
            Self::Null => false,
            Self::Bool(value) => *value,
            Self::Int(value) => *value != 0,
            Self::Float(value) => *value != 0.0,
            Self::Str(value) => !value.is_empty(),
            Self::Bytes(value) => !value.is_empty(),
            Self::Seq(items) | Self::Set(items) => !items.is_empty(),
            Self::Map(map) => !map.entries.is_empty(),
            Self::Time(_) | Self::MergeKey | Self::EqualsSign => true,
        }
    }

    /// The value in words, for messages.
    pub(crate) fn describe(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Int(_) => "an integer",
            Self::Float(_) => "a number with a fraction",
            Self::Str(_) | Self::MergeKey | Self::EqualsSign => "text",
            Self::Bytes(_) => "binary data",
            Self::Time(_) => "a date",
            Self::Seq(_) => "a list",
            Self::Set(_) => "a set",
            Self::Map(_) => "a mapping",
        }
    }

    pub(crate) fn as_str(&self) -> Option<&str> {
        match self {
            Self::Str(text) => Some(text),
            _ => None,
        }
    }
}

impl Node {
    pub(crate) fn new(value: Value, place: Place) -> Self {
        Self { value, place }
    }

    /// The value below `key` of a mapping.
    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        match &self.value {
            Value::Map(map) => map.get(key),
            _ => None,
        }
    }

    /// The value below a path of keys.
    pub(crate) fn find(&self, keys: &[&str]) -> Option<&Node> {
        keys.iter().try_fold(self, |node, key| node.get(key))
    }

    /// The items of a list; none for anything else.
    pub(crate) fn items(&self) -> &[Node] {
        match &self.value {
            Value::Seq(items) | Value::Set(items) => items,
            _ => &[],
        }
    }

    pub(crate) fn as_str(&self) -> Option<&str> {
        self.value.as_str()
    }
}

/// A mapping without duplicate keys, in the order of first appearance.
#[derive(Debug, Clone, Default)]
pub(crate) struct Map {
    pub(crate) entries: Vec<(Node, Node)>,
}

impl Map {
    /// The value of a text key.
    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        self.entries.iter().find(|(name, _)| name.as_str() == Some(key)).map(|(_, value)| value)
    }
}
