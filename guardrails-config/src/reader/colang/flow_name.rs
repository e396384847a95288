// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Names of flows as numbers: a name repeats those of all blocks around it, so that together they could take more memory
//! than the file has bytes.

use std::hash::{DefaultHasher, Hasher};

/// The name of a flow, for comparison with other names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct FlowId(u64);

impl FlowId {
    /// The id of the flow with this name.
    pub(crate) fn of(name: &str) -> Self {
        FlowName::new(name).id()
    }

    pub(super) fn number(self) -> u64 {
        self.0
    }
}

/// A name that can become the first part of others.
#[derive(Debug, Clone)]
pub(super) struct FlowName(DefaultHasher);

impl FlowName {
    pub(super) fn new(name: &str) -> Self {
        Self(DefaultHasher::new()).followed_by(name)
    }

    /// The name of a block in this one: both, with a period between them.
    pub(super) fn of_block(&self, name: &str) -> Self {
        self.clone().followed_by(".").followed_by(name)
    }

    pub(super) fn followed_by(mut self, text: &str) -> Self {
        self.0.write(text.as_bytes());
        self
    }

    pub(super) fn id(&self) -> FlowId {
        FlowId(self.0.finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_is_known_by_its_whole_name() {
        let block = FlowName::new("a").of_block("b c").of_block("d");
        assert_eq!(block.id(), FlowId::of("a.b c.d"));
        assert_ne!(block.id(), FlowId::of("d"));
        assert_eq!(FlowName::new("").id(), FlowId::of(""));
    }
}
