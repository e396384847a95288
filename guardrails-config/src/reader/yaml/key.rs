// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! When two keys of a mapping are the same key: `1`, `1.0` and `true` are, as in the reference's language.

use std::collections::HashMap;
use std::rc::Rc;

use super::value::{Map, Node, Value};

#[derive(PartialEq, Eq, Hash)]
enum Identity {
    Null,
    Int(i64),
    Float(u64),
    Str(Rc<str>),
    Bytes(Rc<[u8]>),
    Time(Rc<str>),
}

/// Collects pairs; of two with the same key the later one wins and keeps the earlier one's position.
#[derive(Default)]
pub(crate) struct MapBuilder {
    entries: Vec<(Node, Node)>,
    seen: HashMap<Identity, usize>,
}

impl MapBuilder {
    /// Expects at most so many pairs.
    pub(crate) fn with_capacity(pairs: usize) -> Self {
        Self { entries: Vec::with_capacity(pairs), seen: HashMap::with_capacity(pairs) }
    }

    /// Adds a pair, or says that the key is of a kind that cannot be one.
    pub(crate) fn insert(&mut self, key: Node, value: Node) -> Result<(), Node> {
        let Some(identity) = identity(&key.value) else { return Err(key) };
        let next = self.entries.len();
        let slot = *self.seen.entry(identity).or_insert(next);
        match self.entries.get_mut(slot) {
            Some(entry) => entry.1 = value,
            None => self.entries.push((key, value)),
        }
        Ok(())
    }

    pub(crate) fn finish(self) -> Map {
        Map { entries: self.entries }
    }
}

fn identity(value: &Value) -> Option<Identity> {
    Some(match value {
        Value::Null => Identity::Null,
        Value::Bool(value) => Identity::Int(i64::from(*value)),
        Value::Int(value) => Identity::Int(*value),
        Value::Float(value) => float_identity(*value),
        Value::Str(text) => Identity::Str(Rc::clone(text)),
        Value::Bytes(bytes) => Identity::Bytes(Rc::clone(bytes)),
        Value::Time(text) => Identity::Time(Rc::clone(text)),
        Value::Seq(_) | Value::Set(_) | Value::Map(_) | Value::MergeKey | Value::EqualsSign => return None,
    })
}

fn float_identity(value: f64) -> Identity {
    #[expect(clippy::cast_possible_truncation, reason = "compared with the original below")]
    let whole = value as i64;
    #[expect(clippy::cast_precision_loss, reason = "equality is what is asked")]
    let same = whole as f64 == value;
    if same { Identity::Int(whole) } else { Identity::Float(value.to_bits()) }
}
