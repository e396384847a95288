// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The logical lines of a Colang 1.0 file: without comments, docstrings and blank lines, continued lines joined.

use super::super::line_number;
use crate::config::text::strip;

/// A line with something on it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) text: String,
    /// From 1.
    pub(super) number: u32,
    /// Spaces in front; tabs do not count.
    pub(super) indentation: usize,
}

/// Takes a file apart.
pub(super) fn logical_lines(text: &str) -> Vec<Line> {
    let mut reader = Reader { raw: text.split('\n').collect(), next: 0, mode: Mode::Code, lines: Vec::new() };
    while let Some(raw) = reader.advance() {
        reader.line(raw);
    }
    reader.lines
}

#[derive(PartialEq, Eq)]
enum Mode {
    Code,
    Docstring,
}

struct Reader<'a> {
    raw: Vec<&'a str>,
    next: usize,
    mode: Mode,
    lines: Vec<Line>,
}

impl<'a> Reader<'a> {
    fn advance(&mut self) -> Option<&'a str> {
        let raw = self.raw.get(self.next).copied();
        self.next += 1;
        raw
    }

    fn line(&mut self, raw: &str) {
        let line = strip(raw);
        if line.starts_with('"') && !line.starts_with("\"\"\"") && !line.ends_with('"') {
            return self.text_over_lines(raw);
        }
        if line.is_empty() || line.starts_with('#') {
            return;
        }
        let line = without_comment(line);
        let docstring = line.starts_with("\"\"\"");
        match self.mode {
            Mode::Docstring if line.ends_with("\"\"\"") => self.mode = Mode::Code,
            Mode::Docstring => {}
            Mode::Code if docstring && line.len() > 3 && line.ends_with("\"\"\"") => {}
            Mode::Code if docstring => self.mode = Mode::Docstring,
            Mode::Code => self.code(raw, line),
        }
    }

    /// Text in quotes that ends on a later line; without an end, nothing is left of it.
    fn text_over_lines(&mut self, raw: &str) {
        let mut text = strip(raw).to_owned();
        let indentation = raw.chars().count() - strip(raw).chars().count();
        while let Some(raw) = self.advance() {
            let line = strip(raw);
            text.push('\n');
            text.push_str(line);
            if line.ends_with('"') {
                return self.push(text, indentation);
            }
        }
    }

    fn code(&mut self, raw: &str, line: &str) {
        let indentation = raw.bytes().take_while(|byte| *byte == b' ').count();
        let mut text = line.to_owned();
        while (text.ends_with('\\') || text.ends_with(" or")) && self.next < self.raw.len() {
            if text.ends_with('\\') {
                text.pop();
            }
            if !text.ends_with(' ') {
                text.push(' ');
            }
            text.push_str(self.advance().map(strip).unwrap_or_default());
        }
        self.push(text, indentation);
    }

    fn push(&mut self, text: String, indentation: usize) {
        self.lines.push(Line { text, number: line_number(self.next.saturating_sub(1)), indentation });
    }
}

/// What stands before the first `#` outside quotes.
fn without_comment(line: &str) -> &str {
    let mut in_text = false;
    let comment = line.char_indices().find(|(_, c)| {
        in_text ^= *c == '"';
        *c == '#' && !in_text
    });
    match comment {
        Some((at, _)) => strip(line.get(..at).unwrap_or(line)),
        None => line.strip_suffix('#').unwrap_or(line),
    }
}
