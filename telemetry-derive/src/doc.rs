// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Reads the doc comment of an item as one text, without links to Rust items.

mod links;

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};
use syn::{Attribute, Expr, Lit, LitStr, Meta};

use self::links::without_links;
use crate::ast::Core;

/// A doc comment: its lines joined, without the space after `///`.
pub(crate) struct Doc {
    lines: Vec<Line>,
}

enum Line {
    Text(String),
    // `#[doc = include_str!("…")]`: only the compiler knows the text.
    Computed(TokenStream),
}

impl Doc {
    pub(crate) fn of(attributes: &[Attribute]) -> Self {
        Self { lines: attributes.iter().filter_map(line).collect() }
    }

    /// Whether the text is missing or blank.
    pub(crate) fn is_empty(&self) -> bool {
        self.lines.iter().all(|line| matches!(line, Line::Text(text) if text.trim().is_empty()))
    }
}

fn line(attribute: &Attribute) -> Option<Line> {
    let Meta::NameValue(meta) = &attribute.meta else { return None };
    if !meta.path.is_ident("doc") {
        return None;
    }
    match text(&meta.value) {
        Some(text) => {
            let mut text = value(text);
            if text.starts_with(' ') {
                text.remove(0);
            }
            Some(Line::Text(text))
        }
        None => Some(Line::Computed(meta.value.to_token_stream())),
    }
}

/// The text of a literal. A doc comment is a raw literal or has no escapes, so it needs no parsing.
fn value(literal: &LitStr) -> String {
    let spelling = literal.token().to_string();
    let quoted = spelling.strip_prefix('r').unwrap_or(&spelling);
    match quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(text) if quoted.len() < spelling.len() || !text.contains(['\\', '\r']) => text.to_owned(),
        _ => literal.value(),
    }
}

/// The literal, taken out of the invisible group that a `macro_rules` macro may put around it.
fn text(value: &Expr) -> Option<&LitStr> {
    match value {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => Some(text),
            _ => None,
        },
        Expr::Group(group) => text(&group.expr),
        _ => None,
    }
}

impl ToTokens for Doc {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        if let [Line::Text(only)] = self.lines.as_slice() {
            return Literal::string(without_links(only).trim()).to_tokens(tokens);
        }
        let all_text = |line: &Line| match line {
            Line::Text(text) => Some(text.trim_end().to_owned()),
            Line::Computed(_) => None,
        };
        if let Some(lines) = self.lines.iter().map(all_text).collect::<Option<Vec<_>>>() {
            Literal::string(without_links(&lines.join("\n")).trim()).to_tokens(tokens);
            return;
        }
        let parts = self.lines.iter().map(|line| match line {
            Line::Text(text) => without_links(text).to_token_stream(),
            Line::Computed(value) => value.clone(),
        });
        let core = Core::reported_at(proc_macro2::Span::call_site());
        tokens.extend(quote!(#core::concat!(#(#parts, "\n"),*)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_of_a_literal_is_what_it_means() {
        for literal in
            [r#""plain""#, r#""a\"b\n""#, r##"r"raw \n""##, r###"r#"a "quoted" word"#"###, r#""""#, r#"" ä""#]
        {
            let literal: LitStr = syn::parse_str(literal).unwrap();
            assert_eq!(value(&literal), literal.value());
        }
    }
}
