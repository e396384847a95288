// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A function whose signature is read and whose body is not.

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use syn::parse::{Parse, ParseStream};
use syn::{Abi, Attribute, Generics, Token, Type, Visibility, WhereClause};

/// A function, method or associated function with a body.
pub(crate) struct Function {
    pub(crate) signature: Signature,
    /// Everything before the body, as written.
    pub(crate) head: TokenStream,
    pub(crate) body: Group,
}

impl Function {
    pub(crate) fn new(head: TokenStream, body: Group) -> syn::Result<Self> {
        Ok(Self { signature: syn::parse2(head.clone())?, head, body })
    }
}

/// What a signature says, as far as an attribute needs to know it.
pub(crate) struct Signature {
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) constness: Option<Token![const]>,
    pub(crate) is_async: bool,
    pub(crate) name: Ident,
    pub(crate) arguments: TokenStream,
    /// The type after the arrow, if there is one.
    pub(crate) returns: Option<Type>,
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
        input.parse::<Generics>()?;
        let TokenTree::Group(arguments) = input.parse()? else {
            return Err(input.error("a function has arguments"));
        };
        let arrow = input.parse::<Option<Token![->]>>()?;
        let returns = arrow.map(|_| input.parse()).transpose()?;
        input.parse::<Option<WhereClause>>()?;
        Ok(Self { attributes, constness, is_async, name, arguments: arguments.stream(), returns })
    }
}

/// What tells the compiler what `?` and `return` in an `async` block convert to: a branch that is never taken.
pub(crate) fn typed_branch(returns: &TokenStream) -> TokenStream {
    let typed = Ident::new("typed", Span::mixed_site());
    quote::quote! {
        #[allow(unreachable_code, unused_variables)]
        #[allow(clippy::diverging_sub_expression, clippy::empty_loop, clippy::needless_return)]
        if false {
            let #typed: #returns = loop {};
            return #typed;
        }
    }
}
