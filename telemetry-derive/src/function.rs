// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A function whose signature is parsed and whose body is not.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use syn::parse::{Parse, ParseStream};
use syn::{Abi, Attribute, Token, Visibility};

use crate::angles::{is_punct, split_outside};
use crate::errors::Errors;

/// A function, method or associated function with a body.
pub(crate) struct Function {
    pub(crate) signature: Signature,
    /// Everything before the body, as written.
    pub(crate) head: TokenStream,
    /// The attributes inside the braces, which must stay at the start of the function.
    pub(crate) inner_attributes: TokenStream,
    /// The body without these attributes.
    pub(crate) body: Group,
}

impl Function {
    pub(crate) fn new(head: TokenStream, body: &Group) -> syn::Result<Self> {
        let (inner_attributes, body) = split_attributes(body);
        Ok(Self { signature: syn::parse2(head.clone())?, head, inner_attributes, body })
    }
}

/// The parts of a signature that the attributes need.
pub(crate) struct Signature {
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) constness: Option<Token![const]>,
    pub(crate) is_async: bool,
    pub(crate) name: Ident,
    pub(crate) arguments: TokenStream,
    /// The type after the arrow, if there is one.
    pub(crate) returns: Option<TokenStream>,
}

impl Signature {
    /// `self`, if it is an argument.
    pub(crate) fn receiver(&self) -> Option<Ident> {
        let until_comma =
            |token: &TokenTree| !matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',');
        let until_colon =
            |token: &TokenTree| !matches!(token, TokenTree::Punct(punct) if punct.as_char() == ':');
        let first = self.arguments.clone().into_iter().take_while(until_comma).take_while(until_colon);
        first.into_iter().find_map(|token| match token {
            TokenTree::Ident(ident) if ident == "self" => Some(ident),
            _ => None,
        })
    }
}

impl Parse for Signature {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        input.parse::<Visibility>()?;
        input.parse::<Option<Token![default]>>()?;
        let constness = input.parse()?;
        let is_async = input.parse::<Option<Token![async]>>()?.is_some();
        input.parse::<Option<Token![unsafe]>>()?;
        input.parse::<Option<Abi>>()?;
        input.parse::<Token![fn]>()?;
        let name = input.parse()?;
        let rest: Vec<TokenTree> = input.parse::<TokenStream>()?.into_iter().collect();
        let [TokenTree::Group(arguments), rest @ ..] = after_generics(&rest) else {
            return Err(input.error("a function has arguments"));
        };
        Ok(Self {
            attributes,
            constness,
            is_async,
            name,
            arguments: arguments.stream(),
            returns: returns(rest),
        })
    }
}

fn after_generics(tokens: &[TokenTree]) -> &[TokenTree] {
    match tokens {
        [open, generics @ ..] if is_punct(open, '<') => {
            split_outside(generics, |token| is_punct(token, '>')).1
        }
        tokens => tokens,
    }
}

/// The type after the arrow, up to the bounds that follow it.
fn returns(tokens: &[TokenTree]) -> Option<TokenStream> {
    let [minus, greater, ty @ ..] = tokens else { return None };
    let has_arrow = is_punct(minus, '-') && is_punct(greater, '>');
    let (ty, _) = split_outside(ty, |token| matches!(token, TokenTree::Ident(ident) if ident == "where"));
    has_arrow.then(|| ty.iter().cloned().collect())
}

/// Rejects `#[track_caller]`: the body becomes a closure, which does not know its caller. `attribute` is the one on the function.
pub(crate) fn check_caller_location(signature: &Signature, attribute: &str, errors: &Errors) {
    let tracks = |attribute: &&Attribute| attribute.path().is_ident("track_caller");
    if let Some(tracking) = signature.attributes.iter().find(tracks) {
        errors.report(
            tracking,
            format_args!("`{}` cannot see its caller: its body becomes a closure", signature.name),
            format_args!("remove `#[track_caller]`, or put `{attribute}` on a function that this one calls"),
        );
    }
}

/// The block, taken out of the invisible group that a macro puts around a `block` fragment.
pub(crate) fn ungrouped(token: TokenTree) -> TokenTree {
    match &token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
            single(&group.stream()).unwrap_or(token)
        }
        _ => token,
    }
}

/// The tokens of an expression, taken out of the invisible group that a macro puts around it.
pub(crate) fn ungrouped_all(tokens: Vec<TokenTree>) -> Vec<TokenTree> {
    match tokens.as_slice() {
        [TokenTree::Group(group)] if group.delimiter() == Delimiter::None => {
            ungrouped_all(group.stream().into_iter().collect())
        }
        _ => tokens,
    }
}

/// The only token, taken out of the groups that macros put around it.
pub(crate) fn single(tokens: &TokenStream) -> Option<TokenTree> {
    let mut tokens = tokens.clone().into_iter();
    tokens.next().filter(|_| tokens.next().is_none()).map(ungrouped)
}

/// The attributes inside the braces, and the body without them.
fn split_attributes(body: &Group) -> (TokenStream, Group) {
    let (mut attributes, mut rest) = (TokenStream::new(), body.stream().into_iter().peekable());
    let mut kept = TokenStream::new();
    while let Some(token) = rest.next() {
        match (&token, rest.peek()) {
            (TokenTree::Punct(hash), Some(TokenTree::Punct(bang)))
                if hash.as_char() == '#' && bang.as_char() == '!' =>
            {
                attributes.extend([token]);
                attributes.extend(rest.by_ref().take(2));
            }
            _ => {
                kept.extend([token]);
                kept.extend(rest);
                break;
            }
        }
    }
    let mut plain = Group::new(Delimiter::Brace, kept);
    plain.set_span(body.span());
    (attributes, plain)
}

/// A variable of the generated code. Hygiene does not stop a pattern from matching a constant, static or unit struct of the same
/// name, so the name is one that no item has.
pub(crate) fn local(name: &str) -> Ident {
    Ident::new(&format!("__telemetry_{name}"), Span::mixed_site())
}

/// A branch that is never taken, which tells the compiler the type that `?` and `return` in an `async` block convert to.
pub(crate) fn typed_branch(returns: &TokenStream) -> TokenStream {
    let typed = local("typed");
    quote::quote! {
        #[allow(unreachable_code, unused_variables)]
        #[allow(clippy::diverging_sub_expression, clippy::empty_loop, clippy::needless_return)]
        if false {
            let #typed: #returns = loop {};
            return #typed;
        }
    }
}
