// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Reads `#[telemetry(…)]`: finds the keys, refuses unknown, misplaced and repeated ones, and goes on after an error.

mod container;
mod field;
mod syntax;
mod variant;

pub(crate) use container::{EnumKeys, EventKeys, ObjectKeys};
pub(crate) use field::{FieldKeys, TimeUnit};
pub(crate) use syntax::{Bounds, is_literal, literal_float, literal_integer};
pub(crate) use variant::VariantKeys;

use proc_macro2::Ident;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Attribute, Meta, Token};

use crate::errors::{Errors, problem_at};
use crate::key::{Key, Place};
use syntax::skip_entry;

/// The name of the attribute.
const ATTRIBUTE: &str = "telemetry";

/// Hands every valid key of one item to `assign`, which parses the value that follows it.
///
/// Returns the keys that are there, right or wrong, even misspelt: a wrong key is not missing as well.
fn read_keys(
    attributes: &[Attribute],
    place: Place,
    errors: &Errors,
    mut assign: impl FnMut(Key, &Ident, ParseStream) -> syn::Result<()>,
) -> Present {
    let mut reader = Reader { place, errors, present: Present::default(), assign: &mut assign };
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident(ATTRIBUTE)) {
        if matches!(attribute.meta, Meta::List(_)) {
            errors.keep(attribute.parse_args_with(|input: ParseStream| reader.entries(input)));
        } else {
            errors.report(
                &attribute.meta,
                "`telemetry` needs its keys in parentheses",
                format_args!("write `#[telemetry({})]`", sample(place)),
            );
        }
    }
    reader.present
}

/// The keys that are there, right or wrong, with the tokens of their names.
#[derive(Default)]
pub(crate) struct Present(Vec<(Key, Ident)>);

impl Present {
    /// Whether there is no key.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The tokens of `key`, if it is there.
    pub(crate) fn token(&self, key: Key) -> Option<&Ident> {
        self.0.iter().find(|(present, _)| *present == key).map(|(_, name)| name)
    }
}

/// A key of `place` with a value.
fn sample(place: Place) -> &'static str {
    Key::of(place).next().map_or("", Key::sample)
}

type Assign<'a> = &'a mut dyn FnMut(Key, &Ident, ParseStream) -> syn::Result<()>;

/// The state of reading one item's attributes.
struct Reader<'a> {
    place: Place,
    errors: &'a Errors,
    present: Present,
    assign: Assign<'a>,
}

impl Reader<'_> {
    fn entries(&mut self, input: ParseStream) -> syn::Result<()> {
        while !input.is_empty() {
            if self.errors.keep(self.entry(input)).is_none() {
                skip_entry(input)?;
            }
            self.separator(input)?;
        }
        Ok(())
    }

    /// The comma between two keys. Where it is missing before a key, reading goes on at that key.
    fn separator(&self, input: ParseStream) -> syn::Result<()> {
        if input.is_empty() || input.peek(Token![,]) {
            return input.parse::<Option<Token![,]>>().map(drop);
        }
        self.errors.absorb(input.error("unexpected token\nhelp: put a comma between two keys"));
        if input.peek(syn::Ident::peek_any) { Ok(()) } else { skip_entry(input) }
    }

    fn entry(&mut self, input: ParseStream) -> syn::Result<()> {
        let name = self.name(input)?;
        let key = self.key(&name)?;
        (self.assign)(key, &name, input)
    }

    fn name(&self, input: ParseStream) -> syn::Result<Ident> {
        input.call(Ident::parse_any).map_err(|error| {
            let help = format!("a key is a name such as `{}`", sample(self.place));
            syn::Error::new(error.span(), format_args!("expected a key\nhelp: {help}"))
        })
    }

    /// The key called `name`, if it may stand here and has not been given before.
    fn key(&mut self, name: &Ident) -> syn::Result<Key> {
        let Some(key) = Key::named(&name.to_string()) else { return Err(self.unknown(name)) };
        if !key.places().contains(&self.place) {
            return Err(self.misplaced(key, name));
        }
        if self.present.token(key).is_some() {
            return Err(problem_at(name, format_args!("`{key}` is given twice"), "keep one of them"));
        }
        self.present.0.push((key, name.clone()));
        Ok(key)
    }

    fn unknown(&mut self, name: &Ident) -> syn::Error {
        let problem = format!("unknown key `{name}`");
        if let Some(meant) = Key::nearest(&name.to_string(), self.place) {
            self.present.0.push((meant, name.clone()));
            return problem_at(name, problem, format_args!("write `{meant}`"));
        }
        let known: Vec<_> = Key::of(self.place).map(|key| format!("`{key}`")).collect();
        problem_at(name, problem, format_args!("{} has the keys {}", self.place, known.join(", ")))
    }

    fn misplaced(&self, key: Key, name: &Ident) -> syn::Error {
        let places: Vec<_> = key.places().iter().map(ToString::to_string).collect();
        problem_at(
            name,
            format_args!("`{key}` does not belong on {}", self.place),
            format_args!("`{key}` belongs on {}", places.join(" or ")),
        )
    }
}
