// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The keys of a field.

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use syn::{Attribute, LitInt, LitStr};

use super::{Argument, Bounds, Present, is_literal, read_keys};
use crate::errors::{Errors, problem_at};
use crate::key::{Key, Place};

/// The keys of a field.
#[derive(Default)]
pub(crate) struct FieldKeys {
    pub(crate) rename: Option<LitStr>,
    pub(crate) range: Option<Bounds>,
    /// Whether an out-of-range value drops the event.
    pub(crate) drops: bool,
    pub(crate) sentinel: Option<TokenStream>,
    pub(crate) free_text: Option<LitStr>,
    pub(crate) max_len: Option<LitInt>,
    pub(crate) bucket: Option<Vec<LitInt>>,
    pub(crate) outcome: Option<Ident>,
    pub(crate) duration: Option<TimeUnit>,
    pub(crate) present: Present,
}

/// The unit of a duration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TimeUnit {
    Milliseconds,
    Seconds,
}

impl FieldKeys {
    pub(crate) fn read(attributes: &[Attribute], place: Place, errors: &Errors) -> Self {
        let mut keys = Self::default();
        keys.present = read_keys(attributes, place, errors, |argument| keys.assign(argument));
        keys
    }

    fn assign(&mut self, argument: &Argument) -> syn::Result<()> {
        match argument.key {
            Key::Rename => self.rename = Some(argument.text()?),
            Key::Range => self.range = Some(argument.bounds()?),
            Key::OutOfRange => self.drops = drops(&argument.text()?)?,
            Key::Sentinel => self.sentinel = Some(argument.expression()?),
            Key::FreeText => self.free_text = Some(argument.text()?),
            Key::MaxLen => self.max_len = Some(argument.count()?),
            Key::Bucket => self.bucket = Some(argument.numbers()?),
            Key::Outcome => self.outcome = Some(argument.flag()?),
            Key::Duration => self.duration = Some(unit(&argument.text()?)?),
            _ => return Err(argument.misplaced()),
        }
        Ok(())
    }

    /// Replaces `Self` in expressions by the name of the struct, because they are also used in constants outside its impls.
    pub(crate) fn name_self(&mut self, parent: &Ident) {
        let Self { range, sentinel, .. } = self;
        let bounds = range.iter_mut().flat_map(|Bounds { min, max }| [min, max]);
        for expression in bounds.chain(sentinel).filter(|expression| !is_literal(expression)) {
            *expression = with_self(std::mem::take(expression), parent);
        }
    }

    /// The tokens of `key`, if the field has it.
    pub(crate) fn token(&self, key: Key) -> Option<&Ident> {
        self.present.token(key)
    }
}

fn with_self(expression: TokenStream, parent: &Ident) -> TokenStream {
    let named = |token| match token {
        TokenTree::Ident(ident) if ident == "Self" => {
            let mut name = parent.clone();
            name.set_span(ident.span());
            TokenTree::Ident(name)
        }
        TokenTree::Group(group) => {
            let mut inner = Group::new(group.delimiter(), with_self(group.stream(), parent));
            inner.set_span(group.span());
            TokenTree::Group(inner)
        }
        other => other,
    };
    expression.into_iter().map(named).collect()
}

/// Whether an out-of-range value drops the event.
fn drops(text: &LitStr) -> syn::Result<bool> {
    match text.value().as_str() {
        "drop" => Ok(true),
        "saturate" => Ok(false),
        other => Err(problem_at(
            text,
            format_args!("`{other}` is not a value of `out_of_range`"),
            "write `out_of_range = \"drop\"` or `out_of_range = \"saturate\"`",
        )),
    }
}

fn unit(text: &LitStr) -> syn::Result<TimeUnit> {
    match text.value().as_str() {
        "ms" => Ok(TimeUnit::Milliseconds),
        "s" => Ok(TimeUnit::Seconds),
        other => Err(problem_at(
            text,
            format_args!("`{other}` is not a unit of `duration`"),
            "write `duration = \"ms\"` or `duration = \"s\"`",
        )),
    }
}
