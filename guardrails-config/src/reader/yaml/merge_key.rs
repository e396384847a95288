// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The pairs of one mapping while it is read, and what the merge key `<<` adds to them.

use std::rc::Rc;

use super::key::MapBuilder;
use super::value::{Map, Node, Value};

/// Builds a mapping from pairs, applying merge keys: merged pairs first, own pairs over them.
pub(super) struct Pairs {
    merged: Vec<Rc<Map>>,
    own: Vec<(Node, Node)>,
}

impl Pairs {
    pub(super) fn new() -> Self {
        Self { merged: Vec::new(), own: Vec::new() }
    }

    /// Adds a pair; `<<` takes over the pairs of its value, of which an earlier one in a list has priority.
    pub(super) fn push(&mut self, mut key: Node, value: Node) -> Result<(), Node> {
        if matches!(key.value, Value::EqualsSign) {
            key.value = Value::Str("=".into());
        }
        if !matches!(key.value, Value::MergeKey) {
            self.own.push((key, value));
            return Ok(());
        }
        match &value.value {
            Value::Map(map) => self.merged.push(Rc::clone(map)),
            Value::Seq(items) => {
                for item in items.iter().rev() {
                    let Value::Map(map) = &item.value else { return Err(item.clone()) };
                    self.merged.push(Rc::clone(map));
                }
            }
            _ => return Err(value),
        }
        Ok(())
    }

    /// How many pairs merging copies.
    pub(super) fn merged_len(&self) -> usize {
        self.merged.iter().map(|map| map.entries.len()).sum()
    }

    /// The mapping, or the key that cannot be one.
    pub(super) fn finish(self) -> Result<Map, Node> {
        let mut map = MapBuilder::with_capacity(self.merged_len() + self.own.len());
        let merged = self.merged.iter().flat_map(|map| map.entries.iter().cloned());
        for (key, value) in merged.chain(self.own) {
            map.insert(key, value)?;
        }
        Ok(map.finish())
    }
}
