// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! `impl Trait` in a return type, as a closure can write it.

use proc_macro2::{Group, TokenStream, TokenTree};
use quote::quote_spanned;

/// The type with `_` for each `impl Trait`, which only a function can return.
pub(crate) fn without_opaque(ty: TokenStream) -> TokenStream {
    let (mut kept, mut rest) = (TokenStream::new(), ty.into_iter().peekable());
    while let Some(token) = rest.next() {
        match token {
            TokenTree::Ident(ident) if ident == "impl" => {
                kept.extend(quote_spanned!(ident.span()=> _));
                skip_bounds(&mut rest);
            }
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), without_opaque(group.stream()));
                inner.set_span(group.span());
                kept.extend([TokenTree::Group(inner)]);
            }
            other => kept.extend([other]),
        }
    }
    kept
}

/// Skips what follows `impl`: up to a comma or semicolon, or to the bracket that closes the list in which it
/// stands.
fn skip_bounds(rest: &mut std::iter::Peekable<proc_macro2::token_stream::IntoIter>) {
    let (mut depth, mut previous) = (0_u32, None);
    while let Some(token) = rest.peek() {
        let char = match token {
            TokenTree::Punct(punct) => Some(punct.as_char()),
            _ => None,
        };
        match char {
            Some('<') => depth += 1,
            Some('>') if previous == Some('-') => {}
            Some('>' | ',' | ';') if depth == 0 => return,
            Some('>') => depth -= 1,
            _ => {}
        }
        previous = char;
        rest.next();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opaque_types_become_placeholders() {
        let closure_type = |ty: &str| without_opaque(ty.parse().unwrap()).to_string().replace(' ', "");
        assert_eq!(closure_type("impl Iterator<Item = u8> + 'a"), "_");
        assert_eq!(closure_type("Result<impl Fn(u8) -> Vec<u8>, E>"), "Result<_,E>");
        assert_eq!(closure_type("(impl A, [&'a impl B; 2])"), "(_,[&'a_;2])");
        assert_eq!(closure_type("Box<dyn Fn() -> u8>"), "Box<dynFn()->u8>");
    }
}
