// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Errors in a schema file.
//!
//! ```
//! use telemetry_schema::schema::Schema;
//!
//! let problem = Schema::read(r#"{"schemaMeta": {}, "definitions": {"events": {}}}"#).unwrap_err();
//! assert_eq!(problem.about("app.json"), "schema `app.json`: `#/schemaMeta` has no `schemaVersion`");
//! assert_eq!(problem.help, "add `\"schemaVersion\"` there");
//! ```

use std::fmt;

/// An error in a schema file: its place, the problem, and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The place in the file.
    pub place: Place,
    /// The problem, as the end of a sentence about the place.
    pub problem: String,
    /// How to correct it.
    pub help: String,
}

/// A place in a schema file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The position of a JSON syntax error: line and column, both counted from 1; the column counts characters.
    Position(u32, u32),
    /// A value in the JSON, as a JSON pointer that starts with `#` (RFC 6901).
    Pointer(String),
}

impl Problem {
    /// The problem as one sentence about the file `file`, without the help.
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
