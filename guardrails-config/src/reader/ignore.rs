// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `.railsignore`: which files a configuration leaves out, by patterns on their base names (`docs/LOADING.md` 2.1).

use std::path::{Path, PathBuf};

use super::error::{ConfigError, ErrorKind};
use super::files::Files;
use super::pattern::Pattern;
use crate::text;

/// Every pattern is tried on every file.
const MOST_PATTERNS: usize = 1_000;
const MOST_BYTES: usize = 64 << 10;

/// The patterns of the nearest `.railsignore`; none if there is no such file.
#[derive(Debug, Default)]
pub(crate) struct Ignore {
    patterns: Vec<Pattern>,
}

impl Ignore {
    /// Looks in `given` and, upwards, in each directory above it. A relative path ends at the working directory. A directory
    /// of that name does not count; any other kind of file is an error, as everywhere.
    pub(crate) fn nearest(given: &Path, files: &mut Files) -> Result<Self, ConfigError> {
        let found: Option<PathBuf> = given
            .ancestors()
            .map(|above| files.locate(above).join(".railsignore"))
            .find(|candidate| std::fs::metadata(candidate).is_ok_and(|metadata| !metadata.is_dir()));
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

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::reader::RailsConfig;

    fn load(dir: &Path) -> Result<RailsConfig, ConfigError> {
        std::fs::write(dir.join("config.yml"), "models: []\n").unwrap();
        RailsConfig::from_path(dir)
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_of_that_name_is_refused_as_any_other() {
        let dir = tempfile::tempdir().unwrap();
        let made = std::process::Command::new("mkfifo").arg(dir.path().join(".railsignore")).status();
        assert!(made.unwrap().success());
        let error = load(dir.path()).unwrap_err();
        assert_eq!((error.kind(), error.problem()), (ErrorKind::Io, "is not a regular file"));
    }

    #[test]
    fn a_directory_of_that_name_does_not_count_and_the_search_goes_on_upwards() {
        let dir = tempfile::tempdir().unwrap();
        let inner = dir.path().join("inner");
        std::fs::create_dir_all(inner.join(".railsignore")).unwrap();
        std::fs::write(dir.path().join(".railsignore"), "draft.yml\n").unwrap();
        std::fs::write(inner.join("draft.yml"), "no mapping").unwrap();
        assert!(load(&inner).is_ok(), "the patterns above the directory count");
    }
}
