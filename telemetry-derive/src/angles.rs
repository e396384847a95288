// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The tokens of types, in which angle brackets do not make groups.
//!
//! Types are split by their tokens where nothing of them has to be known: the lean parser does not read all of them, such as
//! `impl Trait + use<'a>`, and the compiler reads them anyway.

use proc_macro2::TokenTree;

/// Where the first token is that `is_wanted` accepts outside of angle brackets. The bracket that closes the list around all
/// tokens is outside.
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

/// The tokens before and behind the first one that is found so; without one, all and none.
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
