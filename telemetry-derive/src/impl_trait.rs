// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Replaces `impl Trait` in a return type, which a closure cannot have.

use proc_macro2::{Group, TokenStream, TokenTree};
use quote::quote_spanned;

use crate::angles::{find_outside, punct};

/// The type with `_` for each `impl Trait`.
pub(crate) fn without_impl_trait(ty: &TokenStream) -> TokenStream {
    let tokens: Vec<TokenTree> = ty.clone().into_iter().collect();
    let (mut kept, mut rest) = (TokenStream::new(), tokens.as_slice());
    while let [token, tail @ ..] = rest {
        rest = tail;
        match token {
            TokenTree::Ident(ident) if ident == "impl" => {
                kept.extend(quote_spanned!(ident.span()=> _));
                rest = after_bounds(tail);
            }
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), without_impl_trait(&group.stream()));
                inner.set_span(group.span());
                kept.extend([TokenTree::Group(inner)]);
            }
            other => kept.extend([other.clone()]),
        }
    }
    kept
}

/// Whether the token ends the bounds of `impl`: a comma, a semicolon, or the closing bracket of its list.
fn after_bounds(tokens: &[TokenTree]) -> &[TokenTree] {
    let end = find_outside(tokens, |token| matches!(punct(token), Some('>' | ',' | ';')));
    end.and_then(|end| tokens.get(end..)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn impl_trait_types_become_placeholders() {
        let closure_type = |ty: &str| without_impl_trait(&ty.parse().unwrap()).to_string().replace(' ', "");
        assert_eq!(closure_type("impl Iterator<Item = u8> + 'a"), "_");
        assert_eq!(closure_type("Result<impl Fn(u8) -> Vec<u8>, E>"), "Result<_,E>");
        assert_eq!(closure_type("Result<impl A + use<'a, T>, E>"), "Result<_,E>");
        assert_eq!(closure_type("impl Iterator<Item = u8> + use<'a, T>"), "_");
        assert_eq!(closure_type("(impl A, [&'a impl B; 2])"), "(_,[&'a_;2])");
        assert_eq!(closure_type("Box<dyn Fn() -> u8>"), "Box<dynFn()->u8>");
    }
}
