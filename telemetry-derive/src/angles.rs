// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Splits the tokens of types. Angle brackets are not token groups, so their nesting is tracked here.
//!
//! Types whose meaning does not matter are split by tokens. `syn` without the feature `full` does not parse all types, such as
//! `impl Trait + use<'a>`, and the compiler checks them anyway.

use proc_macro2::TokenTree;

/// The index of the first token outside angle brackets that `is_wanted` accepts. A closing bracket without an opening one counts as
/// outside.
pub(crate) fn find_outside(tokens: &[TokenTree], is_wanted: impl Fn(&TokenTree) -> bool) -> Option<usize> {
    let (mut depth, mut before) = (0_u32, None);
    tokens.iter().position(|token| {
        let char = punct(token);
        let closes = char == Some('>') && !matches!(before, Some('-' | '='));
        before = char;
        if depth == 0 && (closes || char != Some('>')) && is_wanted(token) {
            return true;
        }
        depth = if closes { depth.saturating_sub(1) } else { depth + u32::from(char == Some('<')) };
        false
    })
}

/// The tokens before and after the first match; without a match, all tokens and none.
pub(crate) fn split_outside(
    tokens: &[TokenTree],
    is_wanted: impl Fn(&TokenTree) -> bool,
) -> (&[TokenTree], &[TokenTree]) {
    let Some(index) = find_outside(tokens, is_wanted) else { return (tokens, &[]) };
    tokens
        .split_at_checked(index)
        .map_or((tokens, &[]), |(head, tail)| (head, tail.get(1..).unwrap_or_default()))
}

pub(crate) fn punct(token: &TokenTree) -> Option<char> {
    match token {
        TokenTree::Punct(punct) => Some(punct.as_char()),
        _ => None,
    }
}

pub(crate) fn is_punct(token: &TokenTree, char: char) -> bool {
    punct(token) == Some(char)
}
