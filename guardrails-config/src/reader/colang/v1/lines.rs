// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The logical lines of a Colang 1.0 file: without comments, docstrings and blank lines, continued lines joined.

use std::iter::Peekable;
use std::str::Split;

use super::super::line_number;
use crate::text::strip;

/// A line with something on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) text: String,
    /// From 1.
    pub(super) number: u32,
    /// Spaces in front; tabs do not count.
    pub(super) indentation: usize,
}

impl Line {
    /// The same line with another indentation.
    pub(super) fn indented_by(&self, indentation: usize) -> Self {
        Self { indentation, ..self.clone() }
    }
}

/// Takes a file apart, one logical line at a time.
pub(super) fn logical_lines(text: &str) -> LogicalLines<'_> {
    LogicalLines { raw: text.split('\n').peekable(), read: 0, in_docstring: false }
}

/// The logical lines of a text.
#[derive(Clone)]
pub(super) struct LogicalLines<'a> {
    raw: Peekable<Split<'a, char>>,
    /// How many raw lines are read.
    read: usize,
    in_docstring: bool,
}

impl Iterator for LogicalLines<'_> {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        loop {
            let raw = self.advance()?;
            if let Some(line) = self.line(raw) {
                return Some(line);
            }
        }
    }
}

impl<'a> LogicalLines<'a> {
    fn advance(&mut self) -> Option<&'a str> {
        self.read += 1;
        self.raw.next()
    }

    /// The logical line that a raw one begins, if it begins one.
    fn line(&mut self, raw: &str) -> Option<Line> {
        let line = strip(raw);
        if line.starts_with('"') && !line.starts_with("\"\"\"") && !line.ends_with('"') {
            return self.text_over_lines(raw);
        }
        if line.is_empty() || line.starts_with('#') {
            return None;
        }
        let line = without_comment(line);
        let ends = line.ends_with("\"\"\"");
        if self.in_docstring {
            self.in_docstring = !ends;
            return None;
        }
        if line.starts_with("\"\"\"") {
            self.in_docstring = line.len() == 3 || !ends;
            return None;
        }
        Some(self.code(raw, line))
    }

    /// Text in quotes that ends on a later line; without an end, nothing is left of it.
    fn text_over_lines(&mut self, raw: &str) -> Option<Line> {
        let mut text = strip(raw).to_owned();
        let indentation = raw.chars().count() - strip(raw).chars().count();
        while let Some(raw) = self.advance() {
            let line = strip(raw);
            text.push('\n');
            text.push_str(line);
            if line.ends_with('"') {
                return Some(self.finished(text, indentation));
            }
        }
        None
    }

    fn code(&mut self, raw: &str, line: &str) -> Line {
        let indentation = raw.bytes().take_while(|byte| *byte == b' ').count();
        let mut text = line.to_owned();
        while (text.ends_with('\\') || text.ends_with(" or")) && self.raw.peek().is_some() {
            if text.ends_with('\\') {
                text.pop();
            }
            if !text.ends_with(' ') {
                text.push(' ');
            }
            text.push_str(self.advance().map(strip).unwrap_or_default());
        }
        self.finished(text, indentation)
    }

    fn finished(&self, text: String, indentation: usize) -> Line {
        Line { text, number: line_number(self.read.saturating_sub(1)), indentation }
    }
}

/// The text before the first `#` outside quotes.
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
