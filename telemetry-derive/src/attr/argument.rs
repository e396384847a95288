// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Reads the value of one key: a text, path, expression, range, list of limits, or no value.

use std::fmt::Display;

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Lit, LitInt, LitStr, Path, Token, Type, parenthesized};

use super::{literal_integer, misplaced};
use crate::angles::is_punct;
use crate::errors::problem_at;
use crate::function::ungrouped_all;
use crate::key::{Key, Place};
use crate::scan::Scan;

/// The inclusive bounds of a range: constant expressions of type `i64`.
pub(crate) struct Bounds {
    pub(crate) min: TokenStream,
    pub(crate) max: TokenStream,
}

impl Bounds {
    /// The bounds before and after `..=`.
    fn of(range: &[TokenTree]) -> Option<Self> {
        let is_middle = |tokens: &[TokenTree]| {
            tokens.iter().zip("..=".chars()).all(|(token, char)| is_punct(token, char))
        };
        let middle = range.windows(3).position(is_middle)?;
        let bound = |tokens: &[TokenTree]| tokens.iter().cloned().collect::<TokenStream>();
        let (min, max) = (bound(range.get(..middle)?), bound(range.get(middle + 3..)?));
        (!min.is_empty() && !max.is_empty()).then_some(Self { min, max })
    }

    /// Both bounds, if both are literals.
    pub(crate) fn literal(&self) -> Option<(i64, i64)> {
        Some((literal_integer(&self.min)?, literal_integer(&self.max)?))
    }
}

impl ToTokens for Bounds {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self { min, max } = self;
        tokens.extend(quote::quote!(#min..=#max));
    }
}

/// The value of `schema_version`.
pub(crate) enum Version {
    /// `"1.0"`.
    Text(LitStr),
    /// `SCHEMA_VERSION`, or another expression whose value only the compiler knows.
    Constant(TokenStream),
}

impl Version {
    /// The version, if it is a literal.
    pub(crate) fn text(&self) -> Option<&LitStr> {
        match self {
            Self::Text(text) => Some(text),
            Self::Constant(_) => None,
        }
    }
}

impl ToTokens for Version {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Self::Text(text) => text.to_tokens(tokens),
            Self::Constant(expression) => expression.to_tokens(tokens),
        }
    }
}

/// A key, before its value is read.
pub(crate) struct Argument<'a> {
    pub(crate) key: Key,
    pub(super) name: Ident,
    pub(super) place: Place,
    pub(super) input: ParseStream<'a>,
}

impl Argument<'_> {
    /// `key` alone.
    pub(crate) fn flag(&self) -> syn::Result<Ident> {
        if self.input.is_empty() || self.input.peek(Token![,]) || self.input.peek(Ident::peek_any) {
            return Ok(self.name.clone());
        }
        Err(self.problem(&self.name, "takes no value"))
    }

    /// `key = "text"`, not empty.
    pub(crate) fn text(&self) -> syn::Result<LitStr> {
        let text = self.quoted()?;
        if text.value().trim().is_empty() { Err(self.problem(&text, "is empty")) } else { Ok(text) }
    }

    /// A text after `=`. If the quotes are missing, the error shows the text with quotes.
    fn quoted(&self) -> syn::Result<LitStr> {
        let (key, rest, takes) = (self.key, self.input.fork(), "a text in quotes");
        self.value(takes).map_err(|error: syn::Error| match bare_text(&rest) {
            Some(text) => problem_at(
                Ident::new("value", error.span()),
                format_args!("`{key}` takes {takes}"),
                format_args!("write `{key} = {text:?}`"),
            ),
            None => error,
        })
    }

    /// `key = "text"` or `key("one", "another")`, each not empty.
    pub(crate) fn texts(&self) -> syn::Result<Vec<LitStr>> {
        if !self.input.peek(syn::token::Paren) {
            return self.text().map(|only| vec![only]);
        }
        let texts: Vec<LitStr> = self.list("takes texts in quotes")?;
        match texts.iter().find(|text| text.value().trim().is_empty()) {
            Some(empty) => Err(self.problem(empty, "is empty")),
            None if texts.is_empty() => Err(self.problem(&self.name, "is empty")),
            None => Ok(texts),
        }
    }

    /// `key = "1.0"` or `key = SCHEMA_VERSION`.
    pub(crate) fn version(&self) -> syn::Result<Version> {
        let rest = self.input.fork();
        let has_value = rest.parse::<Token![=]>().is_ok() && !rest.is_empty() && !rest.peek(Token![,]);
        if !has_value || rest.peek(Lit) || rest.peek(Token![-]) {
            return self.text().map(Version::Text);
        }
        self.expression().map(Version::Constant)
    }

    /// `key = "path::to::module"`.
    pub(crate) fn quoted_path(&self) -> syn::Result<Path> {
        let text = self.text()?;
        text.parse_with(Path::parse_mod_style).map_err(|_| self.problem(&text, "is not a path"))
    }

    /// `key = Type`.
    pub(crate) fn type_name(&self) -> syn::Result<Type> {
        self.value("a type")
    }

    /// `key = name`.
    pub(crate) fn variable(&self) -> syn::Result<Ident> {
        self.value("the name of a variable")
    }

    /// `key = 64`.
    pub(crate) fn count(&self) -> syn::Result<LitInt> {
        self.value("a whole number")
    }

    /// `key(1, 2, 5)`.
    pub(crate) fn numbers(&self) -> syn::Result<Vec<LitInt>> {
        let takes = "takes a list of limits";
        let numbers = if self.input.peek(syn::token::Paren) { self.list(takes)? } else { Vec::new() };
        if numbers.is_empty() { Err(self.problem(&self.name, takes)) } else { Ok(numbers) }
    }

    /// `key = expression`.
    pub(crate) fn expression(&self) -> syn::Result<TokenStream> {
        self.equals("an expression")?;
        let expression = expression_tokens(self.input)?;
        if expression.is_empty() {
            return Err(self.problem(&self.name, "takes an expression"));
        }
        Ok(expression.into_iter().collect())
    }

    /// `key = min..=max`.
    pub(crate) fn bounds(&self) -> syn::Result<Bounds> {
        self.equals("both bounds")?;
        let range = ungrouped_all(expression_tokens(self.input)?);
        Bounds::of(&range).ok_or_else(|| self.problem(&self.name, "needs both bounds, which are included"))
    }

    /// The error for a key that this item does not have.
    pub(crate) fn misplaced(&self) -> syn::Error {
        misplaced(&self.name, self.place)
    }

    fn list<T: Parse>(&self, takes: &str) -> syn::Result<Vec<T>> {
        let list;
        parenthesized!(list in self.input);
        let Ok(items) = Punctuated::<T, Token![,]>::parse_terminated(&list) else {
            list.parse::<TokenStream>()?;
            return Err(self.problem(&self.name, takes));
        };
        Ok(items.into_iter().collect())
    }

    fn equals(&self, what: &str) -> syn::Result<()> {
        let equals: syn::Result<Token![=]> = self.input.parse();
        equals.map(drop).map_err(|_| self.problem(&self.name, format_args!("takes {what}")))
    }

    /// A value after `=`; `what` describes it for the error.
    fn value<T: Parse>(&self, what: &str) -> syn::Result<T> {
        self.equals(what)?;
        let span = if self.input.is_empty() { self.name.span() } else { self.input.span() };
        self.input.parse().map_err(|_| self.problem(Ident::new("value", span), format_args!("takes {what}")))
    }

    fn problem(&self, tokens: impl ToTokens, problem: impl Display) -> syn::Error {
        let key = self.key;
        problem_at(tokens, format_args!("`{key}` {problem}"), format_args!("write `{}`", key.sample()))
    }
}

/// Skips to the comma before the next key.
pub(super) fn skip_argument(input: ParseStream) -> syn::Result<()> {
    while !input.is_empty() && !input.peek(Token![,]) && !input.peek(Token![=]) {
        input.parse::<TokenTree>()?;
    }
    if input.parse::<Option<Token![=]>>()?.is_some() {
        expression_tokens(input)?;
    }
    Ok(())
}

/// The tokens after `=`, if they are a name, a path or a number.
fn bare_text(input: ParseStream) -> Option<String> {
    input.parse::<Token![=]>().ok()?;
    let tokens = expression_tokens(input).ok()?;
    let is_bare = |token: &TokenTree| match token {
        TokenTree::Ident(_) => true,
        TokenTree::Punct(sign) => matches!(sign.as_char(), ':' | '-'),
        TokenTree::Literal(number) => number.to_string().starts_with(|first: char| first.is_ascii_digit()),
        TokenTree::Group(_) => false,
    };
    (!tokens.is_empty() && tokens.iter().all(is_bare))
        .then(|| tokens.iter().map(ToString::to_string).collect())
}

/// One expression.
fn expression_tokens(input: ParseStream) -> syn::Result<Vec<TokenTree>> {
    let (mut scan, mut tokens) = (Scan::default(), Vec::new());
    input.step(|cursor| {
        let mut rest = *cursor;
        while let Some((token, next)) = rest.token_tree() {
            if scan.ends_at(&token) {
                break;
            }
            scan.step(&token);
            tokens.push(token);
            rest = next;
        }
        Ok(((), rest))
    })?;
    Ok(tokens)
}
