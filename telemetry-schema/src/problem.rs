// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What is wrong with a schema file.

use std::fmt;

/// A mistake in a schema file: where it is, what it is, and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where in the file.
    pub place: Place,
    /// What is wrong there.
    pub problem: String,
    /// What to do about it.
    pub help: String,
}

/// A place in a schema file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A position in a text that is not JSON: the line and the column in characters, both counted from 1.
    Position(u32, u32),
    /// A value in the JSON, as a JSON pointer that begins with `#` (RFC 6901).
    Pointer(String),
}

impl Problem {
    /// The problem in one sentence about the file `file`, without the help.
    #[must_use]
    pub fn about(&self, file: impl fmt::Display) -> String {
        match &self.place {
            Place::Position(line, column) => {
                format!("schema `{file}:{line}:{column}` is not JSON: {}", self.problem)
            }
            Place::Pointer(pointer) => format!("schema `{file}`: `{pointer}` {}", self.problem),
        }
    }
}
