// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The ledger of flows: how many there are, from which source, and which of them count as custom.
//!
//! Source: `docs/LOADING.md` 5.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::colang::{Content, FlowId};
use super::yaml::{Node, Value};

/// Flows that one source contributes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FlowSource {
    /// Where the flows come from.
    pub origin: FlowOrigin,
    /// How many flows there are.
    pub flows: u64,
    /// How many of them count as custom for IORails and without an engine.
    pub custom: u64,
}

/// Where flows come from.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum FlowOrigin {
    /// A Colang file.
    File(PathBuf),
    /// An import of a library that ships with the product.
    Bundled(String),
    /// The key `flows` of the configuration.
    Yaml,
    /// `rails.input.flows` and `rails.output.flows` of a Colang 2.x configuration, which become one flow each.
    Rails,
}

/// All flows of a configuration.
#[derive(Debug, Clone, Default)]
pub(crate) struct Flows {
    pub(crate) sources: Vec<FlowSource>,
    /// The identifiers of custom flows, where they have one.
    ids: Vec<FlowId>,
    /// How many Colang files were scanned.
    pub(crate) scanned: u64,
    /// Colang files of the other version.
    pub(crate) skipped: Vec<PathBuf>,
}

impl Flows {
    pub(crate) fn add_file(&mut self, path: &Path, content: Content) {
        self.scanned += 1;
        if content.flows > 0 {
            self.push(FlowOrigin::File(path.to_path_buf()), content.flows, content.flows);
        }
        self.ids.extend(content.ids);
    }

    pub(crate) fn add_bundled(&mut self, import: &str, content: Content, custom: u64) {
        if content.flows > 0 {
            self.push(FlowOrigin::Bundled(import.to_owned()), content.flows, custom);
        }
        self.ids.extend(content.ids);
    }

    pub(crate) fn add_generated(&mut self, flows: u64) {
        if flows > 0 {
            self.push(FlowOrigin::Rails, flows, flows);
        }
    }

    /// Adds the key `flows`: mappings that say they are system flows are not custom.
    pub(crate) fn add_yaml(&mut self, flows: &[Node]) {
        let is_system = |flow: &&Node| flow.get("is_system_flow").is_some_and(|mark| mark.value.is_truthy());
        let custom: Vec<&Node> = flows.iter().filter(|flow| !is_system(flow)).collect();
        if !flows.is_empty() {
            self.push(FlowOrigin::Yaml, flows.len() as u64, custom.len() as u64);
        }
        let ids = custom.iter().filter_map(|flow| match &flow.get("id")?.value {
            Value::Str(id) => Some(FlowId::of(id)),
            _ => None,
        });
        self.ids.extend(ids);
    }

    fn push(&mut self, origin: FlowOrigin, flows: u64, custom: u64) {
        self.sources.push(FlowSource { origin, flows, custom });
    }

    /// Custom flows as IORails counts them.
    pub(crate) fn custom(&self) -> u64 {
        self.sources.iter().map(|source| source.custom).sum()
    }

    /// Custom flows as LLMRails counts them: without those that are literally named as input, output or retrieval rails.
    pub(crate) fn custom_without(&self, rails: &HashSet<FlowId>) -> u64 {
        let used = self.ids.iter().filter(|id| rails.contains(id)).count() as u64;
        self.custom() - used
    }
}
