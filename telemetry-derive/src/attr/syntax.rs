// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The values that a key can have: text, path, expression, range, limits, or none.

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::{Parse, ParseStream, discouraged::Speculative};
use syn::punctuated::Punctuated;
use syn::{Expr, Lit, LitInt, LitStr, Path, Token, Type, parenthesized};

use crate::errors::problem_at;
use crate::key::Key;

/// Both bounds of a range, which are included: constant expressions of type `i64`.
pub(crate) struct Bounds {
    pub(crate) min: TokenStream,
    pub(crate) max: TokenStream,
}

impl Bounds {
    /// Both bounds, where both are literals.
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

/// The value of `bound`, if it is an integer literal.
pub(crate) fn literal_integer(bound: &TokenStream) -> Option<i64> {
    let (is_negative, literal) = literal(bound)?;
    let Lit::Int(literal) = literal else { return None };
    let value: i128 = literal.base10_parse().ok().filter(|_| matches!(literal.suffix(), "" | "i64"))?;
    i64::try_from(if is_negative { -value } else { value }).ok()
}

/// The value of `bound`, if it is a literal number.
pub(crate) fn literal_float(bound: &TokenStream) -> Option<f64> {
    let (is_negative, literal) = literal(bound)?;
    let value: f64 = match &literal {
        Lit::Int(whole) => whole.to_string().replace('_', "").parse().ok()?,
        Lit::Float(number) if matches!(number.suffix(), "" | "f64") => number.base10_parse().ok()?,
        _ => return None,
    };
    Some(if is_negative { -value } else { value }).filter(|number| number.is_finite())
}

/// Whether `bound` is a literal, with or without a sign.
pub(crate) fn is_literal(bound: &TokenStream) -> bool {
    literal(bound).is_some()
}

/// The literal that is all of `bound` but a minus, and whether that is there. Nothing is printed and read again.
fn literal(bound: &TokenStream) -> Option<(bool, Lit)> {
    let mut tokens = bound.clone().into_iter().peekable();
    let is_minus = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == '-');
    let is_negative = tokens.next_if(is_minus).is_some();
    match (tokens.next()?, tokens.next()) {
        (TokenTree::Literal(literal), None) => Some((is_negative, Lit::new(literal))),
        // A `macro_rules` macro puts an expression into an invisible group.
        (TokenTree::Group(group), None) if group.delimiter() == Delimiter::None && !is_negative => {
            literal(&group.stream())
        }
        _ => None,
    }
}

/// `key` alone.
pub(crate) fn flag(key: Key, name: &Ident, input: ParseStream) -> syn::Result<Ident> {
    if input.is_empty() || input.peek(Token![,]) {
        return Ok(name.clone());
    }
    Err(problem_at(name, format_args!("`{key}` takes no value"), format_args!("write `{}`", key.sample())))
}

/// `key = "text"`, not empty.
pub(crate) fn text(key: Key, name: &Ident, input: ParseStream) -> syn::Result<LitStr> {
    let text: LitStr = value(key, name, input, "a text in quotes")?;
    if text.value().trim().is_empty() {
        return Err(problem_at(text, format_args!("`{key}` is empty"), write_sample(key)));
    }
    Ok(text)
}

/// `key = "text"` or `key("one", "another")`, none of them empty.
pub(crate) fn texts(key: Key, name: &Ident, input: ParseStream) -> syn::Result<Vec<LitStr>> {
    if !input.peek(syn::token::Paren) {
        return text(key, name, input).map(|only| vec![only]);
    }
    let list;
    parenthesized!(list in input);
    let Ok(texts) = Punctuated::<LitStr, Token![,]>::parse_terminated(&list) else {
        list.parse::<TokenStream>()?;
        return Err(problem_at(name, format_args!("`{key}` takes texts in quotes"), write_sample(key)));
    };
    let problem =
        |place: &dyn ToTokens| problem_at(place, format_args!("`{key}` is empty"), write_sample(key));
    match texts.iter().find(|text| text.value().trim().is_empty()) {
        Some(empty) => Err(problem(empty)),
        None if texts.is_empty() => Err(problem(name)),
        None => Ok(texts.into_iter().collect()),
    }
}

/// `key = "path::to::module"`.
pub(crate) fn quoted_path(key: Key, name: &Ident, input: ParseStream) -> syn::Result<Path> {
    let text = text(key, name, input)?;
    let parsed = text.parse_with(Path::parse_mod_style);
    parsed.map_err(|_| problem_at(&text, format_args!("`{key}` is not a path"), write_sample(key)))
}

/// `key = Type`.
pub(crate) fn type_name(key: Key, name: &Ident, input: ParseStream) -> syn::Result<Type> {
    value(key, name, input, "a type")
}

/// `key = 64`.
pub(crate) fn count(key: Key, name: &Ident, input: ParseStream) -> syn::Result<LitInt> {
    value(key, name, input, "a whole number")
}

/// `key(1, 2, 5)`.
pub(crate) fn numbers(key: Key, name: &Ident, input: ParseStream) -> syn::Result<Vec<LitInt>> {
    let problem = || problem_at(name, format_args!("`{key}` takes a list of limits"), write_sample(key));
    if !input.peek(syn::token::Paren) {
        return Err(problem());
    }
    let list;
    parenthesized!(list in input);
    let Ok(numbers) = Punctuated::<LitInt, Token![,]>::parse_terminated(&list) else {
        list.parse::<TokenStream>()?;
        return Err(problem());
    };
    if numbers.is_empty() { Err(problem()) } else { Ok(numbers.into_iter().collect()) }
}

/// `key = expression`.
pub(crate) fn expression(key: Key, name: &Ident, input: ParseStream) -> syn::Result<TokenStream> {
    equals(key, name, input, "an expression")?;
    let expression = expression_tokens(input)?;
    if expression.is_empty() {
        return Err(problem_at(name, format_args!("`{key}` takes an expression"), write_sample(key)));
    }
    Ok(expression)
}

/// `key = min..=max`.
pub(crate) fn bounds(key: Key, name: &Ident, input: ParseStream) -> syn::Result<Bounds> {
    equals(key, name, input, "both bounds")?;
    let min = tokens_until(input, |rest| rest.peek(Token![,]) || rest.peek(Token![..]))?;
    let included = input.peek(Token![..=]);
    if included {
        input.parse::<Token![..=]>()?;
    }
    let max = tokens_until(input, |rest| rest.peek(Token![,]))?;
    if included && !min.is_empty() && !max.is_empty() {
        return Ok(Bounds { min, max });
    }
    Err(problem_at(name, format_args!("`{key}` needs both bounds, which are included"), write_sample(key)))
}

/// Moves on to the comma before the next key.
pub(super) fn skip_entry(input: ParseStream) -> syn::Result<()> {
    tokens_until(input, |rest| rest.peek(Token![,]) || rest.peek(Token![=]))?;
    if input.parse::<Option<Token![=]>>()?.is_some() {
        expression_tokens(input)?;
    }
    Ok(())
}

fn write_sample(key: Key) -> String {
    format!("write `{}`", key.sample())
}

fn equals(key: Key, name: &Ident, input: ParseStream, what: &str) -> syn::Result<()> {
    let equals: syn::Result<Token![=]> = input.parse();
    equals.map_err(|_| problem_at(name, format_args!("`{key}` takes {what}"), write_sample(key))).map(drop)
}

/// A value after `=`; `what` says what it should be.
fn value<T: Parse>(key: Key, name: &Ident, input: ParseStream, what: &str) -> syn::Result<T> {
    equals(key, name, input, what)?;
    let span = if input.is_empty() { name.span() } else { input.span() };
    input.parse().map_err(|_| wrong_value(span, key, what))
}

fn wrong_value(span: Span, key: Key, what: &str) -> syn::Error {
    syn::Error::new(span, format_args!("`{key}` takes {what}\nhelp: write `{}`", key.sample()))
}

/// One expression. What the lean parser does not know (arrays, blocks, closures) is taken as it is, up to the next comma:
/// the compiler reads it anyway.
fn expression_tokens(input: ParseStream) -> syn::Result<TokenStream> {
    let ahead = input.fork();
    if let Ok(expression) = ahead.parse::<Expr>()
        && (ahead.is_empty() || ahead.peek(Token![,]))
    {
        input.advance_to(&ahead);
        return Ok(expression.into_token_stream());
    }
    tokens_until(input, |rest| rest.peek(Token![,]))
}

fn tokens_until(input: ParseStream, end: impl Fn(ParseStream) -> bool) -> syn::Result<TokenStream> {
    let mut tokens = TokenStream::new();
    while !input.is_empty() && !end(input) {
        tokens.extend([input.parse::<TokenTree>()?]);
    }
    Ok(tokens)
}
