// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What may come before a document: blank lines, comments, and directives of YAML 1.

use std::path::Path;
use std::rc::Rc;

use super::{Place, refusal};
use crate::reader::error::ConfigError;

/// Refuses an end of a document that has not begun, and directives of another YAML.
pub(super) fn check(text: &str, source: &Rc<Path>) -> Result<(), ConfigError> {
    for (index, line) in text.split('\n').enumerate() {
        let place = || Place::new(source, index + 1, 1);
        if is_end(line) {
            return Err(refusal(&place(), "ends a document before one has begun")
                .help("remove the `...` line, or write `---` instead"));
        }
        if line.strip_prefix("%YAML ").is_some_and(|version| !version.trim_start().starts_with("1.")) {
            return Err(refusal(&place(), "asks for a version of YAML other than 1").help("remove the line"));
        }
        if !is_between_documents(line) {
            break;
        }
    }
    Ok(())
}

/// Three periods, alone or with white space behind them.
fn is_end(line: &str) -> bool {
    line.strip_prefix("...").is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
}

fn is_between_documents(line: &str) -> bool {
    let written = line.trim_start_matches(' ');
    written.is_empty() || written.starts_with('#') || line.starts_with('%')
}
