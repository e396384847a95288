// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The characters a YAML 1.1 stream may contain.

use std::path::Path;
use std::rc::Rc;

use super::{Place, refusal};
use crate::config::error::ConfigError;

/// Refuses control characters and noncharacters, naming where the first one stands.
pub(super) fn check(text: &str, source: &Rc<Path>) -> Result<(), ConfigError> {
    let Some((at, found)) = text.char_indices().find(|(_, c)| !is_allowed(*c)) else { return Ok(()) };
    let before = text.get(..at).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
    let problem = format!("contains the character U+{:04X}, which YAML does not allow", u32::from(found));
    Err(refusal(&Place::new(source, line, column), problem)
        .help("remove it, or write it as an escape such as `\"\\x07\"`"))
}

fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='~' | '\u{85}' | '\u{a0}'..='\u{fffd}' | '\u{10000}'..)
}
