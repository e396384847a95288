// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Why a file cannot be written, and which one is in the way: itself, one beside it, or a directory above it.

use std::path::{Path, PathBuf};
use std::{fmt, io};

use telemetry_schema::escape_untrusted::escape_untrusted;

/// The longest path in a message, in characters.
const LONGEST_PATH: usize = 4096;

/// A file or a directory, and what is wrong with it.
#[derive(Debug)]
pub(crate) struct FileError {
    file: PathBuf,
    reason: io::Error,
}

impl FileError {
    /// Says that it was this file or directory.
    pub(crate) fn at(file: &Path) -> impl FnOnce(io::Error) -> Self {
        move |reason| Self { file: file.to_owned(), reason }
    }
}

impl std::error::Error for FileError {}

impl From<FileError> for io::Error {
    fn from(error: FileError) -> Self {
        Self::new(error.reason.kind(), error)
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", escape_untrusted(&self.file.to_string_lossy(), LONGEST_PATH), self.reason)
    }
}
