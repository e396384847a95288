// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `.railsignore`: which files a configuration leaves out, by patterns on their base names (LOADING.md 2.1).

use std::path::{Path, PathBuf};

use super::error::{ConfigError, ErrorKind};
use super::files::Files;
use super::pattern::Pattern;
use super::text;

/// Every pattern is tried on every file.
const MOST_PATTERNS: usize = 1_000;
const MOST_BYTES: usize = 64 << 10;

/// The patterns of the nearest `.railsignore`; none if there is no such file.
#[derive(Debug, Default)]
pub(crate) struct Ignore {
    patterns: Vec<Pattern>,
}

impl Ignore {
    /// Looks in `given` and, upwards, in each directory above it. A relative path ends at the working directory.
    pub(crate) fn nearest(given: &Path, files: &mut Files) -> Result<Self, ConfigError> {
        let found: Option<PathBuf> = given
            .ancestors()
            .map(|above| files.locate(above).join(".railsignore"))
            .find(|candidate| candidate.is_file());
        let Some(path) = found else { return Ok(Self::default()) };
        let content = files.read_text(&path)?;
        let ignore = Self::parse(content.get(..MOST_BYTES.min(content.len())).unwrap_or_default());
        if content.len() > MOST_BYTES || ignore.patterns.len() > MOST_PATTERNS {
            let problem =
                format!("is larger than {MOST_BYTES} bytes or has more than {MOST_PATTERNS} patterns");
            return Err(ConfigError::in_file(ErrorKind::Limit, &path, problem)
                .help("use patterns that cover more files"));
        }
        Ok(ignore)
    }

    fn parse(content: &str) -> Self {
        let lines = content.split('\n').filter(|line| !line.starts_with('#'));
        let patterns = lines.map(text::strip).filter(|line| !line.is_empty()).map(Pattern::new).collect();
        Self { patterns }
    }

    /// The steps that trying every pattern on a file of this base name takes at worst.
    pub(crate) fn steps(&self, name: &str) -> usize {
        self.patterns.iter().map(Pattern::len).sum::<usize>().saturating_mul(name.len())
    }

    /// Whether a file of this base name is left out.
    pub(crate) fn covers(&self, name: &str) -> bool {
        self.patterns.iter().any(|pattern| pattern.matches(name))
    }
}
