// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Memory for what a schema asks, whose parts refer to one another.
//!
//! A [`Constraint`] borrows its parts, so that a constant can hold one. What is read from a file at run time needs an owner
//! for them, which this is.

use std::cell::{Cell, OnceCell};

use crate::constraint::{Constraint, Property};

/// Owns the parts of constraints until it is dropped.
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

/// How many blocks a list has at most: more than an address space can hold.
const BLOCKS: usize = 48;

/// A list that grows behind a shared reference and never moves its values: each block holds twice as many as the one before.
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
