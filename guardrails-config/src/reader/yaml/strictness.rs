// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Where YAML 1.1 as the reference reads it is stricter than the parser below, which speaks 1.2.
//!
//! Tabs separate nothing; a key without `?` is on one line, is at most 1024 characters long and not empty; anchors
//! are ASCII words, and each is defined once.

use std::collections::HashSet;

use saphyr_parser::{ScalarStyle, Span};

/// The longest key without a `?`, in characters.
const LONGEST_KEY: usize = 1024;

/// What is wrong, and what to do.
pub(super) type Complaint = (String, &'static str);

/// The document as written, and what has been seen of it.
pub(super) struct Strictness<'a> {
    text: &'a str,
    /// The byte at which a character begins; spans come in order and count characters.
    at: (usize, usize),
    anchors: HashSet<&'a str>,
    /// Where tabs are content: byte ranges of scalars in quotes and blocks, in order. Empty where there is no tab.
    opaque: Vec<(usize, usize)>,
    has_tabs: bool,
}

impl<'a> Strictness<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: (0, 0), anchors: HashSet::new(), opaque: Vec::new(), has_tabs: text.contains('\t') }
    }

    /// Checks a scalar's spelling and, if it has one, its anchor.
    pub(super) fn scalar(&mut self, span: Span, style: ScalarStyle, anchored: bool) -> Result<(), Complaint> {
        let (start, end) = self.bytes(span);
        if anchored {
            self.anchor(start)?;
        }
        if !self.has_tabs || style == ScalarStyle::Plain {
            return Ok(());
        }
        self.opaque.push((start, end));
        Ok(())
    }

    /// Checks the anchor of a collection.
    pub(super) fn collection(&mut self, span: Span) -> Result<(), Complaint> {
        let (start, _) = self.bytes(span);
        self.anchor(start)
    }

    fn anchor(&mut self, start: usize) -> Result<(), Complaint> {
        let written = self.text.get(start..).unwrap_or_default();
        let Some((_, after)) = written.split_once('&') else { return Ok(()) };
        let name = word(after).ok_or_else(|| {
            (
                "has an anchor that is not a word of ASCII letters, digits, - and _".to_owned(),
                "rename the anchor",
            )
        })?;
        if self.anchors.insert(name) {
            return Ok(());
        }
        Err((format!("defines the anchor `{name}` a second time"), "rename one of the two"))
    }

    /// Checks the name of an alias.
    pub(super) fn alias(&mut self, span: Span) -> Result<(), Complaint> {
        let (start, _) = self.bytes(span);
        let written = self.text.get(start..).unwrap_or_default();
        match written.strip_prefix('*').and_then(word) {
            Some(_) => Ok(()),
            None => Err((
                "is an alias that is not a word of ASCII letters, digits, - and _".to_owned(),
                "rename the anchor",
            )),
        }
    }

    /// Checks a scalar that turned out to be a key.
    pub(super) fn key(&mut self, span: Span, bare: bool) -> Result<(), Complaint> {
        let (start, end) = self.bytes(span);
        let before = self.text.get(..start).unwrap_or_default();
        if before.trim_end_matches([' ', '\n']).ends_with('?') {
            return Ok(());
        }
        let written = self.text.get(start..end).unwrap_or_default();
        if bare && written.is_empty() {
            return Err((
                "has a `:` without a key before it".to_owned(),
                "write the key, or `\"\"` for an empty one",
            ));
        }
        let after = self.text.get(end..).unwrap_or_default();
        let gap = after.len() - after.trim_start().len();
        if !after.trim_start().starts_with(':') {
            // The reference's scanner does not read an entry of a flow mapping without a value as a key.
            return Ok(());
        }
        if after.get(..gap).is_some_and(|gap| gap.contains('\n')) {
            return Err(("is a key whose `:` is on another line".to_owned(), "write both on one line"));
        }
        if span.start.line() != span.end.line() || written.trim_end().contains('\n') {
            return Err(("is a key over several lines".to_owned(), "write the key on one line"));
        }
        if span.len() > LONGEST_KEY {
            return Err((format!("is a key of more than {LONGEST_KEY} characters"), "put `? ` before it"));
        }
        Ok(())
    }

    /// The line of a key that the parser misses a `:` after, when it has come to `complaint`: the first one after the
    /// character `read` that is not blank, a comment or an entry of a list.
    pub(super) fn line_of_key(&self, read: usize, complaint: usize) -> usize {
        let is_key = |line: &str| {
            let written = line.trim_start_matches(' ');
            !written.is_empty() && !written.starts_with('#') && written != "-" && !written.starts_with("- ")
        };
        let read: String = self.text.chars().take(read).collect();
        // What block text ends with is the start of the next line.
        let last = read.trim_end().matches('\n').count() + usize::from(!read.trim_end().is_empty());
        let lines = self.text.split('\n').enumerate().skip(last).take(complaint.saturating_sub(last));
        lines.into_iter().find(|(_, line)| is_key(line)).map_or(complaint, |(index, _)| index + 1)
    }

    /// The line and column of the first tab that separates things, once the whole document has been seen.
    pub(super) fn misplaced_tab(&self) -> Option<(usize, usize)> {
        let mut offset = 0;
        for (index, line) in self.text.split('\n').enumerate() {
            if let Some(column) = self.tab_in_line(line, offset) {
                return Some((index + 1, column));
            }
            offset += line.len() + 1;
        }
        None
    }

    fn tab_in_line(&self, line: &str, offset: usize) -> Option<usize> {
        if !line.contains('\t') {
            return None;
        }
        let mut before = ' ';
        for (column, (at, c)) in line.char_indices().enumerate() {
            let outside = !self.is_opaque(offset + at);
            if outside && c == '#' && before.is_whitespace() {
                return None;
            }
            if outside && c == '\t' {
                return Some(column + 1);
            }
            before = c;
        }
        None
    }

    fn is_opaque(&self, byte: usize) -> bool {
        let next = self.opaque.partition_point(|(start, _)| *start <= byte);
        next.checked_sub(1).and_then(|index| self.opaque.get(index)).is_some_and(|(_, end)| byte < *end)
    }

    /// The byte range of a span.
    fn bytes(&mut self, span: Span) -> (usize, usize) {
        let start = self.byte(span.start.index());
        let length = self.text.get(start..).unwrap_or_default().char_indices().nth(span.len());
        (start, length.map_or(self.text.len(), |(at, _)| start + at))
    }

    fn byte(&mut self, character: usize) -> usize {
        let (seen, byte) = if character >= self.at.0 { self.at } else { (0, 0) };
        let rest = self.text.get(byte..).unwrap_or_default().char_indices().nth(character - seen);
        let byte = rest.map_or(self.text.len(), |(at, _)| byte + at);
        self.at = (character, byte);
        byte
    }
}

/// The ASCII word at the start, if it ends where a name may end.
fn word(text: &str) -> Option<&str> {
    let end =
        text.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_')).unwrap_or(text.len());
    let (name, rest) = text.split_at_checked(end)?;
    let ends = rest.is_empty() || rest.starts_with([' ', '\t', '\n', '?', ':', ',', ']', '}', '%', '@', '`']);
    (!name.is_empty() && ends).then_some(name)
}
