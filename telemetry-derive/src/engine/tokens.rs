// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The tokens of an impl block, without parsing function bodies: in `syn` that needs the feature `full`, which slows every build.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};

use crate::angles::find_outside;
use crate::function::ungrouped;

/// Whether the item is an impl block: `impl` comes after its attributes.
pub(super) fn starts_with_impl(item: TokenStream) -> bool {
    let mut rest = item.into_iter().peekable();
    while let Some(token) = rest.next() {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == '#' => drop(rest.next()),
            TokenTree::Ident(ident) if ident == "unsafe" || ident == "default" => {}
            TokenTree::Ident(ident) => return ident == "impl",
            _ => return false,
        }
    }
    false
}

/// The first `self` in an expression.
pub(super) fn find_self(expression: TokenStream) -> Option<Ident> {
    expression.into_iter().find_map(|token| match token {
        TokenTree::Ident(ident) if ident == "self" => Some(ident),
        TokenTree::Group(group) => find_self(group.stream()),
        _ => None,
    })
}

/// The contents of `#[telemetry(…)]`, if the tokens start with this attribute.
pub(super) fn mark(tokens: &[TokenTree]) -> Option<&Group> {
    let [TokenTree::Punct(hash), TokenTree::Group(attribute), ..] = tokens else { return None };
    let is_attribute = hash.as_char() == '#' && attribute.delimiter() == Delimiter::Bracket;
    let named = attribute.stream().into_iter().next();
    let is_ours = matches!(named, Some(TokenTree::Ident(name)) if name == "telemetry");
    (is_attribute && is_ours).then_some(attribute)
}

/// The impl block without our attributes, which the compiler does not know.
pub(super) fn without_marks(item: TokenStream) -> TokenStream {
    let mut tokens: Vec<TokenTree> = item.into_iter().collect();
    if let Some(TokenTree::Group(body)) = tokens.last_mut() {
        let inner: Vec<TokenTree> = body.stream().into_iter().collect();
        let mut plain = Group::new(body.delimiter(), strip(&inner));
        plain.set_span(body.span());
        *body = plain;
    }
    tokens.into_iter().collect()
}

fn strip(mut tokens: &[TokenTree]) -> TokenStream {
    let mut kept = Vec::new();
    while let [first, rest @ ..] = tokens {
        tokens = if mark(tokens).is_some() {
            rest.get(1..).unwrap_or_default()
        } else {
            kept.push(first.clone());
            rest
        };
    }
    kept.into_iter().collect()
}

/// Splits the tokens before the body of a function: the first braces outside angle brackets.
pub(super) fn split_at_body(tokens: &[TokenTree]) -> Option<(&[TokenTree], Group, &[TokenTree])> {
    let is_body = |token: &TokenTree| matches!(ungrouped(token.clone()), TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
    let index = find_outside(tokens, is_body)?;
    let TokenTree::Group(body) = ungrouped(tokens.get(index)?.clone()) else { return None };
    Some((tokens.get(..index)?, body, tokens.get(index + 1..)?))
}
