// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Reading files: relative to a working directory, whole, bounded, as UTF-8, and regular files only.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::budget::Budget;
use super::error::{ConfigError, ErrorKind};
use crate::text;

/// Access to the file system for one load.
pub(crate) struct Files {
    working_directory: PathBuf,
    pub(crate) budget: Budget,
}

impl Files {
    pub(crate) fn new(working_directory: PathBuf, budget: Budget) -> Self {
        Self { working_directory, budget }
    }

    /// Where a path as written leads to. Stays as written where the working directory is that of the process.
    pub(crate) fn locate(&self, given: &Path) -> PathBuf {
        let given = if given.as_os_str().is_empty() { Path::new(".") } else { given };
        if self.working_directory == Path::new(".") {
            given.to_path_buf()
        } else {
            self.working_directory.join(given)
        }
    }

    /// The text of a file; line ends are `\n`.
    pub(crate) fn read_text(&mut self, path: &Path) -> Result<String, ConfigError> {
        let bytes = self.read(path)?;
        match String::from_utf8(bytes) {
            Ok(content) => Ok(text::universal_newlines(&content).into_owned()),
            Err(error) => Err(not_utf8(path, error.as_bytes(), error.utf8_error().valid_up_to())),
        }
    }

    fn read(&mut self, path: &Path) -> Result<Vec<u8>, ConfigError> {
        let failed = |error| ConfigError::io(path, "read", error);
        // Asked before opening: opening a FIFO would wait for a writer.
        let metadata = std::fs::metadata(path).map_err(failed)?;
        if !metadata.is_file() {
            return Err(ConfigError::in_file(ErrorKind::Io, path, "is not a regular file")
                .help("replace it by a file, or exclude it in `.railsignore`"));
        }
        if metadata.len() == 0 {
            // Files that the kernel generates report this size too, and reading some of them blocks forever.
            return Ok(Vec::new());
        }
        self.budget.read(metadata.len(), path)?;
        let mut bytes = Vec::new();
        let most = self.budget.file_bytes();
        File::open(path).map_err(failed)?.take(most + 1).read_to_end(&mut bytes).map_err(failed)?;
        // It may have grown since its size was asked.
        self.budget.read((bytes.len() as u64).saturating_sub(metadata.len()), path)?;
        Ok(bytes)
    }
}

fn not_utf8(path: &Path, bytes: &[u8], at: usize) -> ConfigError {
    let before = bytes.get(..at).unwrap_or_default();
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    ConfigError::in_file(ErrorKind::Encoding, path, "is not UTF-8")
        .on_line(u32::try_from(line).unwrap_or(u32::MAX))
        .help("save it as UTF-8")
}
