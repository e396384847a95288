// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! White space that YAML 1.1 does not ask for and the parser below does: before lines that continue quotes or brackets,
//! and before a comment that follows quotes.
//!
//! It is not content, so it can be added where the parser reports an error, and the document read again.

use saphyr_parser::ScanError;

/// The white space that is put in front of a line: deeper than documents are indented.
const INDENTATION: &str = "                                                                                ";
/// How often a document is read again, and how many bytes may be read for it.
const MOST_ATTEMPTS: usize = 100;
const MOST_BYTES: usize = 32 << 20;
/// Lines that are indented at once.
const MOST_LINES: usize = 50_000;

/// The text with white space where the parser misses it; `None` if that is not the complaint.
pub(super) fn spaced(text: &str, error: &ScanError, attempt: usize) -> Option<String> {
    if attempt >= MOST_ATTEMPTS || text.len().saturating_mul(attempt) > MOST_BYTES {
        return None;
    }
    let mark = error.marker();
    match error.info() {
        "invalid indentation" | "invalid indentation in flow construct" => {
            Some(indent(text, start_of_line(text, mark.line())?, 1))
        }
        "invalid indentation in quoted scalar" => {
            let start = text.char_indices().nth(mark.index()).map(|(at, _)| at)?;
            let quoted = text.get(start..)?;
            let lines = quoted.get(..end_of_quotes(quoted)?)?.matches('\n').count();
            let next = start + quoted.find('\n')? + 1;
            (lines <= MOST_LINES).then(|| indent(text, next, lines))
        }
        "comments must be separated from other tokens by whitespace" => {
            let (before, comment) =
                text.char_indices().nth(mark.index()).and_then(|(at, _)| text.split_at_checked(at))?;
            comment.starts_with('#').then(|| format!("{before} {comment}"))
        }
        _ => None,
    }
}

fn start_of_line(text: &str, line: usize) -> Option<usize> {
    match line.checked_sub(2) {
        None => Some(0),
        Some(before) => text.match_indices('\n').nth(before).map(|(at, _)| at + 1),
    }
}

/// Indents so many lines from a byte on.
fn indent(text: &str, from: usize, lines: usize) -> String {
    let (before, rest) = text.split_at_checked(from).unwrap_or((text, ""));
    let mut indented = String::with_capacity(text.len() + lines * INDENTATION.len());
    indented.push_str(before);
    for (index, line) in rest.split_inclusive('\n').enumerate() {
        if index < lines {
            indented.push_str(INDENTATION);
        }
        indented.push_str(line);
    }
    indented
}

/// Where the quotes at the start of the text end.
fn end_of_quotes(text: &str) -> Option<usize> {
    let mut chars = text.char_indices();
    let (_, quote) = chars.next().filter(|(_, c)| matches!(c, '"' | '\''))?;
    while let Some((at, c)) = chars.next() {
        if c == '\\' && quote == '"' {
            chars.next();
        } else if c == quote {
            let doubled = quote == '\'' && text.get(at + 1..).is_some_and(|rest| rest.starts_with('\''));
            if !doubled {
                return Some(at);
            }
            chars.next();
        }
    }
    None
}
