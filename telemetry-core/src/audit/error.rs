// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Why a line is not in the audit log, and which file is in the way: the log, one beside it, or their directory.

use std::path::{Path, PathBuf};
use std::{fmt, io};

use crate::printable::printable;

/// The longest path in a message, in characters.
const LONGEST_PATH: usize = 4096;

/// A file, and what is wrong with it.
#[derive(Debug)]
pub(crate) struct AuditError {
    file: PathBuf,
    reason: io::Error,
}

impl AuditError {
    /// Says that it was this file.
    pub(super) fn at(file: &Path) -> impl FnOnce(io::Error) -> Self {
        move |reason| Self { file: file.to_owned(), reason }
    }
}

impl fmt::Display for AuditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", printable(&self.file.to_string_lossy(), LONGEST_PATH), self.reason)
    }
}
