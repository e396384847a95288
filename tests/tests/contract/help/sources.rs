// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The texts in the sources of the macros.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use proc_macro2::token_stream::IntoIter;
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use syn::LitStr;

use crate::help::files;
use crate::help::text::on_one_line;

/// A text with gaps that something else fills.
#[derive(Debug, Clone)]
pub(crate) struct Text {
    parts: Vec<String>,
}

/// Names that stand for those of the author.
const PLACEHOLDERS: [&str; 6] = ["…", "<name>", "MyProduct", "MyEvent", "my_product", "name: Type"];

impl Text {
    /// Code of a help text in lower case, in which names stand for those of the author, and `#[name]` may have arguments.
    pub(crate) fn with_placeholders(code: &str) -> Self {
        let is_bare = code.starts_with("#[") && !code.contains('(');
        let code = if is_bare { code.trim_end_matches(']') } else { code };
        let marked = PLACEHOLDERS
            .iter()
            .fold(code.to_lowercase(), |code, name| code.replace(&name.to_lowercase(), "\0"));
        Self::split(&marked)
    }

    /// A string literal, in which `{…}` stands for a value. The compiler fills a gap of its own, `{{Self}}`.
    fn of_literal(literal: &str) -> Self {
        let literal = literal.replace("{{Self}}", "{}").replace("{{", "\u{1}").replace("}}", "\u{2}");
        let after_gap = |(index, piece): (usize, &str)| match piece.split_once('}') {
            Some((_, rest)) if index > 0 => rest.to_owned(),
            _ => piece.to_owned(),
        };
        let marked: Vec<String> = literal.split('{').enumerate().map(after_gap).collect();
        Self::split(&marked.join("\0").replace('\u{1}', "{").replace('\u{2}', "}"))
    }

    fn split(marked: &str) -> Self {
        Self { parts: marked.split('\0').map(on_one_line).collect() }
    }

    /// Whether all parts are in `text`, one after the other.
    pub(crate) fn is_in(&self, text: &str) -> bool {
        let mut rest = text;
        self.parts.iter().all(|part| match rest.find(part.as_str()) {
            Some(place) => {
                rest = &rest[place + part.len()..];
                true
            }
            None => false,
        })
    }

    /// Whether it is the whole `text`.
    pub(crate) fn is_all_of(&self, text: &str) -> bool {
        let (Some(first), Some(last)) = (self.parts.first(), self.parts.last()) else { return false };
        let length: usize = self.parts.iter().map(String::len).sum();
        length * 2 > text.len() && text.starts_with(first) && text.ends_with(last) && self.is_in(text)
    }
}

/// All texts, among them the notes of traits.
static TEXTS: LazyLock<Vec<Text>> =
    LazyLock::new(|| literals().iter().map(|literal| Text::of_literal(literal)).collect());

/// Whether one of the texts is `note`.
pub(crate) fn is_ours(note: &str) -> bool {
    TEXTS.iter().any(|text| text.is_all_of(note))
}

/// The lines of messages that have code in backticks.
pub(crate) fn texts() -> Vec<Text> {
    let literals = literals();
    let lines = literals.iter().flat_map(|literal| literal.lines());
    let lines = lines.map(|line| line.strip_prefix("help: ").unwrap_or(line));
    // No case is compiled without cargo, from a package that `cargo package` has made, or without the core: the tests `year`
    // and `facade` do that.
    let elsewhere = [
        "CARGO_MANIFEST_DIR",
        "cargo package",
        "put a copy into the package",
        "this crate has no dependency",
        "run `cargo add",
    ];
    let lines = lines.filter(|line| !elsewhere.iter().any(|text| line.contains(text)));
    lines.filter(|line| line.contains('`') && line.contains(' ')).map(Text::of_literal).collect()
}

/// The string literals of all that writes messages.
fn literals() -> Vec<String> {
    let mut literals = Vec::new();
    for krate in ["derive", "schema", "core", "guardrails"] {
        for file in files(&format!("../telemetry-{krate}/src"), "rs") {
            if !file.ends_with("snapshots.rs") {
                let code = fs::read_to_string(&file).unwrap().parse().unwrap();
                collect(code, writes_messages(&file), &mut literals);
            }
        }
    }
    literals
}

/// Whether all texts of the file are for the author of an event. Elsewhere only the notes of traits are.
fn writes_messages(file: &Path) -> bool {
    let places = ["telemetry-derive", "telemetry-schema", "src/private/", "src/private.rs", "sentinel.rs"];
    places.iter().any(|place| file.to_str().unwrap().contains(place))
}

/// Collects the literals of code, but those of tests, and those of attributes other than `#[diagnostic::…]`.
fn collect(code: TokenStream, all: bool, literals: &mut Vec<String>) {
    let mut tokens = code.into_iter();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(sign) if sign.as_char() == '#' => {
                let Some(attribute) = attribute(&mut tokens) else { continue };
                if attribute.to_string().starts_with("[diagnostic") {
                    collect(attribute.stream(), true, literals);
                }
            }
            TokenTree::Group(group) => collect(group.stream(), all, literals),
            TokenTree::Literal(literal) if all => {
                literals.extend(syn::parse_str::<LitStr>(&literal.to_string()).map(|text| text.value()));
            }
            _ => {}
        }
    }
}

/// Passes over an attribute, and over the module of tests that it may be on.
fn attribute(tokens: &mut IntoIter) -> Option<Group> {
    let mut ahead = tokens.clone();
    let next = ahead.find(|token| token.to_string() != "!");
    let attribute = next.and_then(|token| group(token, Delimiter::Bracket))?;
    if attribute.to_string() == "[cfg (test)]" {
        ahead.find(|token| token.to_string() == ";" || group(token.clone(), Delimiter::Brace).is_some());
    }
    *tokens = ahead;
    Some(attribute)
}

fn group(token: TokenTree, delimiter: Delimiter) -> Option<Group> {
    match token {
        TokenTree::Group(group) if group.delimiter() == delimiter => Some(group),
        _ => None,
    }
}
