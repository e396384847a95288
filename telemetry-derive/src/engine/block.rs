// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! An inherent impl block and its marked constructors.

use proc_macro2::{Group, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::parse::{Parse, ParseStream, Parser};
use syn::{Attribute, Generics, Path, Token, Type};

use super::constructor::Constructor;
use super::constructor_return::bare;
use super::tokens::{mark, split_at_body};
use crate::attr::{read_keys, without_keys};
use crate::errors::{Errors, problem_at};
use crate::key::{Key, Place};

/// An impl block in which only the marked functions are parsed.
pub(super) struct Block {
    /// Everything before the braces.
    head: TokenStream,
    self_type: Type,
    impl_token: Span,
    body: Group,
}

impl Parse for Block {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        let (default, unsafety) =
            (input.parse::<Option<Token![default]>>()?, input.parse::<Option<Token![unsafe]>>()?);
        let impl_token: Token![impl] = input.parse()?;
        let mut generics: Generics = input.parse()?;
        let self_type: Type = input.parse()?;
        if input.peek(Token![for]) {
            return Err(problem_at(
                &self_type,
                "`#[telemetry_engine]` does not belong on the impl block of a trait",
                "put it on the inherent impl block, `impl Engine { … }`, that has the constructors",
            ));
        }
        generics.where_clause = input.parse()?;
        let bounds = &generics.where_clause;
        let body: TokenTree = input.parse()?;
        let TokenTree::Group(body) = body else { return Err(input.error("an impl block has braces")) };
        let head = quote! { #(#attributes)* #default #unsafety #impl_token #generics #self_type #bounds };
        Ok(Self { head, self_type, impl_token: impl_token.span, body })
    }
}

impl Block {
    /// The block with constructors that report; `None` after an error.
    pub(super) fn reporting(self, krate: &Path, errors: &Errors) -> Option<TokenStream> {
        let tokens: Vec<TokenTree> = self.body.stream().into_iter().collect();
        let mut constructors = Vec::new();
        let parts = parts(&tokens, &mut constructors, errors)?;
        if constructors.is_empty() {
            errors.absorb(syn::Error::new(
                self.impl_token,
                "no function of this impl block is marked as a constructor\n\
                 help: put `#[telemetry(constructor)]` on each function that makes an engine, or remove `#[telemetry_engine]`",
            ));
            return None;
        }
        let own_name = own_name(&self.self_type);
        constructors.iter().for_each(|one| one.check(&constructors, own_name.as_deref(), errors));
        let items: Option<TokenStream> = parts
            .into_iter()
            .map(|part| match part {
                Part::Other(token) => Some(token.to_token_stream()),
                Part::Constructor(index) => {
                    constructors.get(index)?.reporting(krate, own_name.as_deref(), errors)
                }
            })
            .collect();
        let head = &self.head;
        items.map(|items| quote! { #head { #items } })
    }
}

/// The name of the type that the block implements.
fn own_name(self_type: &Type) -> Option<String> {
    let Type::Path(path) = bare(self_type) else { return None };
    path.path.segments.last().map(|segment| segment.ident.to_string())
}

/// A piece of the block, in order.
enum Part {
    /// A token that is left unchanged.
    Other(TokenTree),
    /// The constructor with this index.
    Constructor(usize),
}

fn parts(
    mut tokens: &[TokenTree],
    constructors: &mut Vec<Constructor>,
    errors: &Errors,
) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    while let [first, rest @ ..] = tokens {
        let Some(attribute) = mark(tokens) else {
            parts.push(Part::Other(first.clone()));
            tokens = rest;
            continue;
        };
        check_mark(attribute, errors)?;
        let after = rest.get(1..).unwrap_or_default();
        let Some((signature, body, others)) = split_at_body(after) else {
            errors.report(
                attribute,
                "`#[telemetry(constructor)]` is not followed by a function",
                "put it right above a constructor",
            );
            return None;
        };
        constructors.push(errors.keep(Constructor::new(signature, &body))?);
        parts.push(Part::Constructor(constructors.len() - 1));
        tokens = others;
    }
    Some(parts)
}

/// Accepts the mark `constructor` and nothing else.
fn check_mark(attribute: &Group, errors: &Errors) -> Option<()> {
    let mark = errors.keep(Attribute::parse_outer.parse2(quote!(# #attribute)))?;
    let present = read_keys(&mark, Place::Constructor, errors, |entry| match entry.key {
        Key::Constructor => entry.flag().map(drop),
        _ => Err(entry.misplaced()),
    });
    if present.lacks(Key::Constructor) {
        errors.absorb(without_keys(attribute, Place::Constructor));
    }
    present.token(Key::Constructor).map(drop)
}
