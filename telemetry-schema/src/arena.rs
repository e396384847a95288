// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Memory for the constraints of a schema, which refer to one another.
//!
//! A [`Constraint`] borrows its parts, so that a constant can hold one. An [`Arena`] owns the parts of constraints that are
//! read from a file at run time.

use std::cell::{Cell, OnceCell};

use crate::constraint::{Constraint, Property};

/// Owns the parts of constraints until it is dropped.
///
/// ```
/// use telemetry_schema::arena::Arena;
/// use telemetry_schema::schema::Schema;
///
/// let schema = Schema::read(
///     r#"{
///         "schemaMeta": {"schemaVersion": "1.0"},
///         "definitions": {"events": {"login": {"properties": {"remembered": {"type": "boolean"}}}}}
///     }"#,
/// )?;
/// let arena = Arena::new();
/// let login = schema.event("login", &arena).unwrap(); // borrows from `arena`
/// assert!(login.members.property("remembered").is_some());
/// # Ok::<(), telemetry_schema::problem::Problem>(())
/// ```
#[derive(Debug, Default)]
pub struct Arena<'a> {
    constraints: List<Constraint<'a>>,
    properties: List<Vec<Property<'a>>>,
    words: List<Vec<&'a str>>,
    pointers: List<String>,
}

impl<'a> Arena<'a> {
    /// An empty arena.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    pub(crate) fn constraint(&'a self, constraint: Constraint<'a>) -> &'a Constraint<'a> {
        self.constraints.push(constraint)
    }

    pub(crate) fn properties(&'a self, properties: Vec<Property<'a>>) -> &'a [Property<'a>] {
        self.properties.push(properties)
    }

    pub(crate) fn words(&'a self, words: Vec<&'a str>) -> &'a [&'a str] {
        self.words.push(words)
    }

    pub(crate) fn pointer(&'a self, pointer: String) -> &'a str {
        self.pointers.push(pointer)
    }
}

/// The maximum number of blocks of a list: more than fill an address space.
const BLOCKS: usize = 48;

/// A list that grows behind a shared reference and never moves its values. Each block holds twice as many values as the previous.
#[derive(Debug)]
struct List<T> {
    blocks: [OnceCell<Box<[OnceCell<T>]>>; BLOCKS],
    len: Cell<usize>,
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self { blocks: [const { OnceCell::new() }; BLOCKS], len: Cell::new(0) }
    }
}

impl<T> List<T> {
    #[expect(clippy::indexing_slicing, reason = "block `n` begins at `2^n - 1` and has `2^n` slots")]
    fn push(&self, value: T) -> &T {
        let place = self.len.get() + 1;
        self.len.set(place);
        let block = place.ilog2() as usize;
        let slots = self.blocks[block].get_or_init(|| (0..1 << block).map(|_| OnceCell::new()).collect());
        slots[place - (1 << block)].get_or_init(|| value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stay_where_they_are_while_the_list_grows() {
        let list = List::default();
        let kept: Vec<&usize> = (0..1000).map(|value| list.push(value)).collect();
        assert!(kept.iter().enumerate().all(|(index, value)| index == **value));
    }
}
