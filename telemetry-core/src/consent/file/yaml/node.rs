// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! One line of YAML at a time: how far it is indented, its key, and what stands beside it.

use super::super::lines::{Unreadable, numbered};
use telemetry_schema::text::is_token;

/// The furthest that a line is indented: each level takes a column and some stack.
const MAX_INDENTATION: usize = 64;

/// One line that is neither blank nor a comment nor part of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Node<'a> {
    pub(super) line: usize,
    pub(super) indentation: usize,
    /// Where its key begins, or the last mark of an item.
    pub(super) column: usize,
    /// Whether it is an item of a list.
    pub(super) is_item: bool,
    /// Its key, unless it is a lone value.
    pub(super) key: Option<&'a str>,
    pub(super) value: Value<'a>,
}

/// What stands beside a key.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Value<'a> {
    Scalar(&'a str),
    /// Nothing: it is on the lines that follow.
    Follows,
    /// The mark of a text on the lines that follow.
    Block,
}

impl<'a> Value<'a> {
    /// The value as it is compared; one on other lines is none that anybody expects.
    pub(super) fn text(self) -> &'a str {
        match self {
            Self::Scalar(text) => text,
            Self::Follows | Self::Block => "",
        }
    }
}

/// The lines of the text that say something.
pub(super) fn nodes(text: &str) -> Result<Vec<Node<'_>>, Unreadable> {
    let mut nodes: Vec<Node<'_>> = Vec::new();
    let mut block: Option<Block> = None;
    let mut is_started = false;
    for (line, text) in numbered(text)? {
        let unreadable = Unreadable { line };
        let content = text.trim_start_matches(' ');
        let indentation = text.len() - content.len();
        if let Some(open) = &mut block {
            if open.takes(indentation, content).ok_or(Unreadable { line })? {
                continue;
            }
            block = None;
        }
        let is_start = !is_started && is_document_start(text);
        is_started |= is_start || !content.is_empty() && !content.starts_with('#');
        if content.is_empty() || content.starts_with('#') || is_start {
            continue;
        }
        let node = node(line, indentation, text).ok_or(unreadable)?;
        block = (node.value == Value::Block).then_some(Block { parent: node.column, text: None });
        nodes.push(node);
    }
    Ok(nodes)
}

/// A text on several lines, which can say anything.
struct Block {
    /// The column of what it belongs to.
    parent: usize,
    /// The indentation of its first line, which no other falls short of.
    text: Option<usize>,
}

impl Block {
    /// Whether the line belongs to the text; nothing if it belongs nowhere.
    fn takes(&mut self, indentation: usize, content: &str) -> Option<bool> {
        if content.is_empty() {
            return (indentation == 0 || self.text.is_some()).then_some(true);
        }
        if indentation <= self.parent {
            return Some(false);
        }
        let first = *self.text.get_or_insert(indentation);
        (indentation >= first).then_some(true)
    }
}

fn is_document_start(line: &str) -> bool {
    line.strip_prefix("---").is_some_and(|rest| rest.trim_start_matches(' ').is_empty())
}

fn node(line: usize, indentation: usize, text: &str) -> Option<Node<'_>> {
    if indentation > MAX_INDENTATION {
        return None;
    }
    let mut rest = text.get(indentation..)?;
    let is_item = rest == "-" || rest.starts_with("- ");
    let column_of = |rest: &str| text.len() - rest.len();
    let mut column = indentation;
    // A list in a list begins on a line of its own.
    if let Some(item) = rest.strip_prefix("- ") {
        column = column_of(rest);
        rest = item.trim_start_matches(' ');
    }
    if let Some((key, value)) = key_and_value(rest) {
        let (key, column) = (Some(key), column_of(rest));
        return Some(Node { line, indentation, column, is_item, key, value: value_of(value)? });
    }
    // A lone value is an item; one on a line of its own would be the rest of another.
    let value = if rest == "-" { Value::Follows } else { value_of(rest)? };
    is_item.then_some(Node { line, indentation, column, is_item, key: None, value })
}

/// A plain key: one in quotes, a tag, an anchor, `?` and `<<` are none.
fn key_and_value(text: &str) -> Option<(&str, &str)> {
    let (key, value) = text.split_once(':')?;
    let is_key = is_token(key) && (value.is_empty() || value.starts_with(' '));
    is_key.then(|| (key, value.trim_start_matches(' ')))
}

fn value_of(text: &str) -> Option<Value<'_>> {
    let text = text.trim_end_matches(' ');
    match text.chars().next() {
        None | Some('#') => Some(Value::Follows),
        Some(quote @ ('"' | '\'')) => quoted(text, quote).map(Value::Scalar),
        Some('|' | '>') => {
            let mark = text.get(1..)?;
            matches!(mark, "" | "+" | "-").then_some(Value::Block)
        }
        // A list or a mapping would begin beside its key.
        Some('-' | '?' | ':') if matches!(text.as_bytes(), [_] | [_, b' ', ..]) => None,
        Some(first) => {
            let text = plain(text)?;
            let is_scalar = matches!(text, "[]" | "{}") || !"[]{}&*!%@`,?".contains(first);
            is_scalar.then_some(Value::Scalar(text))
        }
    }
}

/// A text in quotes that ends on its line and has no escapes.
fn quoted(text: &str, quote: char) -> Option<&str> {
    let (text, rest) = text.get(1..)?.split_once(quote)?;
    let is_end = rest.is_empty() || rest.trim_start_matches(' ').starts_with('#') && rest.starts_with(' ');
    (is_end && !(quote == '"' && text.contains('\\'))).then_some(text)
}

/// A text without quotes, up to a comment.
fn plain(text: &str) -> Option<&str> {
    let text = text.find(" #").map_or(Some(text), |end| text.get(..end))?.trim_end_matches(' ');
    let is_scalar = !text.contains(": ") && !text.ends_with(':') && !text.contains('\t');
    is_scalar.then_some(text)
}
