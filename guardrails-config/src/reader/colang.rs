// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Colang files: which ones a configuration reads, and how many flows and which imports a line scan finds in them.
//!
//! Source: `docs/LOADING.md` 3. No grammar is parsed: the scans agree with the reference's parsers on every file these accept.

mod flow_name;
pub(crate) mod statement;
mod v1;
mod v2;

use std::path::Path;

pub(crate) use self::flow_name::FlowId;
use super::error::{ConfigError, ErrorKind};

/// The Colang version that says which files are read and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Version {
    V1,
    V2,
}

impl Version {
    /// The version a configuration names, if it is one that Colang files can have.
    pub(crate) fn named(name: &str) -> Option<Self> {
        match name {
            "1.0" => Some(Self::V1),
            "2.x" => Some(Self::V2),
            _ => None,
        }
    }
}

/// The contents of a file.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Content {
    /// The names of flows in Colang 1.0; nothing asks for those of 2.x.
    pub(crate) ids: Vec<FlowId>,
    /// The number of flows.
    pub(crate) flows: u64,
    /// Imported paths, with their line numbers.
    pub(crate) imports: Vec<(String, u32)>,
}

/// Reads a file; `None` if it is of the other version and so takes no part. Stops soon after `most_flows`.
pub(crate) fn scan(
    text: &str,
    version: Version,
    path: &Path,
    most_flows: u64,
) -> Result<Option<Content>, ConfigError> {
    if version != version_of(text) {
        return Ok(None);
    }
    if version == Version::V2 && text.starts_with('\u{feff}') {
        return Err(ConfigError::in_file(ErrorKind::Colang, path, "begins with a byte order mark")
            .help("save it without"));
    }
    let content = match version {
        Version::V1 => v1::scan(text, most_flows),
        Version::V2 => v2::scan(text),
    };
    content.map(Some).map_err(|problem| {
        ConfigError::in_file(ErrorKind::Colang, path, problem.words)
            .on_line(problem.line)
            .help(problem.remedy)
    })
}

/// A Colang file that the reference's parser would refuse.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    line: u32,
    words: String,
    remedy: &'static str,
}

fn line_number(index: usize) -> u32 {
    u32::try_from(index + 1).unwrap_or(u32::MAX)
}

/// A line that begins with `define` makes a file Colang 1.0; everything else is 2.x.
fn version_of(text: &str) -> Version {
    let text = without_docstrings(text);
    let lines = text.split('\n').map(|line| line.split('#').next().unwrap_or_default());
    let defines = lines
        .map(|line| line.trim_start_matches(crate::text::is_space))
        .any(|line| line.starts_with("define"));
    if defines { Version::V1 } else { Version::V2 }
}

fn without_docstrings(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("\"\"\"") {
        kept.push_str(before);
        match after.split_once("\"\"\"") {
            Some((_, behind)) => rest = behind,
            None => {
                kept.push_str("\"\"\"");
                rest = after;
            }
        }
    }
    kept.push_str(rest);
    kept
}

#[cfg(test)]
mod tests;
