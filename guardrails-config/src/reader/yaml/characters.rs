// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The characters a YAML 1.1 stream may contain.

use std::borrow::Cow;
use std::collections::HashSet;
use std::path::Path;
use std::rc::Rc;

use super::{Place, refusal};
use crate::reader::error::ConfigError;

/// Refuses control characters and noncharacters, with the position of the first one.
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

/// The text as the parser below understands it, and the character that replaces a byte order mark in it.
///
/// YAML 1.1 knows three more line ends, and a byte order mark in the middle is content.
pub(super) fn prepare(text: &str) -> (Cow<'_, str>, Option<char>) {
    let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    let text = if text.contains(LINE_ENDS) {
        Cow::Owned(text.replace(LINE_ENDS, "\n"))
    } else {
        Cow::Borrowed(text)
    };
    if !text.contains(BYTE_ORDER_MARK) {
        return (text, None);
    }
    let private = ('\u{e000}'..='\u{f8ff}').chain('\u{f0000}'..='\u{ffffd}');
    let used: HashSet<char> = text.chars().filter(|c| *c >= '\u{e000}').collect();
    let free = private.into_iter().find(|c| !used.contains(c));
    match free {
        Some(mark) => (Cow::Owned(text.replace(BYTE_ORDER_MARK, mark.encode_utf8(&mut [0; 4]))), Some(mark)),
        None => (text, None),
    }
}

/// A scalar with its byte order marks back in place.
pub(super) fn restore(text: &str, mark: Option<char>) -> Cow<'_, str> {
    match mark {
        Some(mark) if text.contains(mark) => Cow::Owned(text.replace(mark, "\u{feff}")),
        _ => Cow::Borrowed(text),
    }
}

const BYTE_ORDER_MARK: char = '\u{feff}';
/// Line ends of YAML 1.1 beyond those that text mode has already unified.
const LINE_ENDS: [char; 3] = ['\u{85}', '\u{2028}', '\u{2029}'];
