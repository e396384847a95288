// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The Colang libraries that ship with the product, as tables: only their flows are counted, so the files are not needed.
//!
//! Source: `tests/reference/v2_library.json` and `docs/LOADING.md` 5.2.

mod tables;

use self::tables::{Module, RAILS, Rail, STANDARD};
use super::colang::{Content, FlowId, Version};

/// Where the rails library lies below the root of the packages.
const RAILS_ROOT: &str = "nemoguardrails/library";
/// Where the standard library lies below the root of the packages.
const STANDARD_ROOT: &str = "nemoguardrails/colang/v2_x/library";

/// Longer import paths, in bytes, lead nowhere.
const LONGEST_IMPORT: usize = 4096;

/// A part of a library, as an import names it.
#[derive(Debug, Clone)]
pub(crate) enum Bundled {
    /// A module of the standard library, found as a file: its flows are not custom.
    Module(&'static Module),
    /// The standard library as a directory: its files are then known by their base names, so their flows are custom.
    StandardLibrary,
    /// Directories of the rails library, and whether their files for Colang 1.0 and 2.x are meant. All flows are custom.
    Rails { directories: Vec<&'static Rail>, v1: bool, v2: bool },
}

impl Bundled {
    /// Looks an import path up.
    pub(crate) fn find(import: &str) -> Option<Self> {
        if import.len() > LONGEST_IMPORT {
            return None;
        }
        let parts: Vec<&str> = import.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
        let path = parts.join("/");
        if let Some(below) = below(&path, STANDARD_ROOT) {
            return if below.is_empty() { Some(Self::StandardLibrary) } else { module(below) };
        }
        module(&path).or_else(|| rails(below(&path, RAILS_ROOT)?))
    }

    /// What its files hold for a configuration of a Colang version, and how many of the flows are custom.
    pub(crate) fn content(&self, version: Version) -> (Content, u64) {
        let (content, custom) = match (self, version) {
            (Self::Module(_) | Self::StandardLibrary, Version::V1) => (Content::default(), false),
            (Self::Module(module), Version::V2) => (modules([*module]), false),
            (Self::StandardLibrary, Version::V2) => (modules(&STANDARD), true),
            (Self::Rails { directories, v1: true, .. }, Version::V1) => (rails_v1(directories), true),
            (Self::Rails { directories, v2: true, .. }, Version::V2) => {
                let flows = directories.iter().map(|rail| rail.flows).sum();
                (Content { flows, ..Content::default() }, true)
            }
            (Self::Rails { .. }, _) => (Content::default(), true),
        };
        let flows = content.flows;
        (content, if custom { flows } else { 0 })
    }
}

fn modules(modules: impl IntoIterator<Item = &'static Module>) -> Content {
    let mut content = Content::default();
    for module in modules {
        content.flows += module.flows;
        content.imports.extend(module.imports.iter().map(|import| ((*import).to_owned(), 0)));
    }
    content
}

fn rails_v1(directories: &[&Rail]) -> Content {
    let ids: Vec<FlowId> = directories.iter().flat_map(|rail| rail.v1).map(|name| FlowId::of(name)).collect();
    Content { flows: ids.len() as u64, ids, imports: Vec::new() }
}

fn module(path: &str) -> Option<Bundled> {
    let name = path.strip_suffix(".co").unwrap_or(path);
    STANDARD.iter().find(|module| module.name == name).map(Bundled::Module)
}

/// A directory of the rails library with everything below it, or one of the files in it.
fn rails(path: &str) -> Option<Bundled> {
    let file = |suffixes: [&str; 2]| suffixes.into_iter().find_map(|suffix| path.strip_suffix(suffix));
    let (v1, v2) = (file(["/flows.v1.co", "/flows.v1"]), file(["/flows.co", "/flows"]));
    let named = |rail: &&'static Rail| match v1.or(v2) {
        Some(directory) => rail.directory == directory,
        None => below(rail.directory, path).is_some(),
    };
    let directories: Vec<&'static Rail> = RAILS.iter().filter(named).collect();
    (!directories.is_empty()).then_some(Bundled::Rails { directories, v1: v2.is_none(), v2: v1.is_none() })
}

/// What is left of `path` below the directory `root`; empty for the directory itself.
fn below<'a>(path: &'a str, root: &str) -> Option<&'a str> {
    if root.is_empty() {
        return Some(path);
    }
    let rest = path.strip_prefix(root)?;
    if rest.is_empty() { Some(rest) } else { rest.strip_prefix('/') }
}
