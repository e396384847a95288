// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Literal numbers, whose values the macro knows.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::Lit;

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

/// A literal in any spelling: hexadecimal, with a suffix, or in an invisible group.
pub(crate) enum Literal {
    Integer(i128),
    Float(f64),
    Boolean,
    Text(String),
    Other,
}

impl Literal {
    /// The literal that the expression consists of, if any.
    pub(crate) fn of(expression: &TokenStream) -> Option<Self> {
        if is_boolean(expression) {
            return Some(Self::Boolean);
        }
        let (is_negative, literal) = literal(expression)?;
        Some(match literal {
            Lit::Int(number) => number
                .base10_parse::<i128>()
                .map_or(Self::Other, |number| Self::Integer(if is_negative { -number } else { number })),
            Lit::Float(number) => number
                .base10_parse::<f64>()
                .map_or(Self::Other, |number| Self::Float(if is_negative { -number } else { number })),
            Lit::Str(text) => Self::Text(text.value()),
            _ => Self::Other,
        })
    }
}

/// Whether the expression is `true` or `false`, which are identifiers in a macro's input.
fn is_boolean(expression: &TokenStream) -> bool {
    let mut tokens = expression.clone().into_iter();
    match (tokens.next(), tokens.next()) {
        (Some(TokenTree::Ident(name)), None) => name == "true" || name == "false",
        _ => false,
    }
}

/// The literal in `bound`, and whether a minus precedes it. Works on tokens, without printing and parsing them again.
fn literal(bound: &TokenStream) -> Option<(bool, Lit)> {
    let mut tokens = bound.clone().into_iter().peekable();
    let is_minus = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == '-');
    let is_negative = tokens.next_if(is_minus).is_some();
    match (tokens.next()?, tokens.next()) {
        (TokenTree::Literal(literal), None) => Some((is_negative, Lit::new(literal))),
        // A `macro_rules` macro puts an expression into an invisible group.
        (TokenTree::Group(group), None) if group.delimiter() == Delimiter::None => {
            literal(&group.stream()).map(|(inner, literal)| (inner != is_negative, literal))
        }
        _ => None,
    }
}
