// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Reads the keys of an attribute, rejects unknown, misplaced and repeated keys, and continues after an error.

mod argument;
mod container;
mod field;
mod literal;
mod variant;

pub(crate) use argument::{Argument, Bounds, Version};
pub(crate) use container::{EnumKeys, EventKeys, ValueStructKeys};
pub(crate) use field::{FieldKeys, TimeUnit};
pub(crate) use literal::{Literal, is_literal, literal_float, literal_integer};
pub(crate) use variant::VariantKeys;

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Meta, Token};

use crate::dependency;
use crate::errors::{Errors, problem_at};
use crate::key::{Key, Place};
use argument::skip_argument;

/// Passes every valid key of `#[telemetry(…)]` on one item to `assign`, which reads the value after it.
///
/// Returns all keys that were given, including invalid and misspelled ones, so that a wrong key is not also reported as missing.
pub(crate) fn read_keys(
    attributes: &[Attribute],
    place: Place,
    errors: &Errors,
    mut assign: impl FnMut(&Argument) -> syn::Result<()>,
) -> Present {
    let mut reader = ArgumentReader { place, errors, present: Present::default(), assign: &mut assign };
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident(place.attribute())) {
        if matches!(attribute.meta, Meta::List(_)) {
            errors.keep(attribute.parse_args_with(|input: ParseStream| reader.arguments(input)));
        } else {
            reader.present.has_unknown = true;
            errors.absorb(without_keys(&attribute.meta, place));
        }
    }
    reader.present
}

/// The same for the arguments of an attribute macro, whose key `krate` names the crate that generated paths start with.
pub(crate) fn read_arguments(
    arguments: TokenStream,
    place: Place,
    krate: Key,
    errors: &Errors,
    mut assign: impl FnMut(&Argument) -> syn::Result<()>,
) -> Present {
    let mut reader = ArgumentReader { place, errors, present: Present::default(), assign: &mut assign };
    errors.keep((|input: ParseStream| reader.arguments(input)).parse2(arguments));
    dependency::check(krate, place, &reader.present, errors);
    reader.present
}

/// The error for an attribute without the keys that it requires.
pub(crate) fn without_keys(attribute: impl ToTokens, place: Place) -> syn::Error {
    let name = place.attribute();
    problem_at(
        attribute,
        format_args!("`{name}` needs its keys in parentheses"),
        format_args!("write `#[{name}({})]`", sample(place)),
    )
}

/// The error for a key that belongs on another item.
fn misplaced(name: &Ident, place: Place) -> syn::Error {
    let places: Vec<_> = Key::places_of(&name.to_string(), place).iter().map(ToString::to_string).collect();
    problem_at(
        name,
        format_args!("`{name}` does not belong on {place}"),
        format_args!("`{name}` belongs on {}", places.join(" or ")),
    )
}

/// A key of `place` with a value.
fn sample(place: Place) -> &'static str {
    Key::of(place).next().map_or("", Key::sample)
}

/// The keys that were given, valid or not, with the tokens of their names.
#[derive(Default)]
pub(crate) struct Present {
    keys: Vec<(Key, Ident)>,
    /// Whether there is a token that could be any key.
    has_unknown: bool,
}

impl Present {
    /// Whether there is no key.
    pub(crate) fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// The tokens of `key`, if it was given.
    pub(crate) fn token(&self, key: Key) -> Option<&Ident> {
        self.keys.iter().find(|(present, _)| *present == key).map(|(_, name)| name)
    }

    /// Whether `key` is certainly missing.
    pub(crate) fn lacks(&self, key: Key) -> bool {
        self.token(key).is_none() && !self.has_unknown
    }
}

type Assign<'a> = &'a mut dyn FnMut(&Argument) -> syn::Result<()>;

/// Reads the attributes of one item.
struct ArgumentReader<'a> {
    place: Place,
    errors: &'a Errors,
    present: Present,
    assign: Assign<'a>,
}

impl ArgumentReader<'_> {
    fn arguments(&mut self, input: ParseStream) -> syn::Result<()> {
        while !input.is_empty() {
            if self.errors.keep(self.argument(input)).is_none() {
                skip_argument(input)?;
            }
            self.separator(input)?;
        }
        Ok(())
    }

    /// Reads the comma between two keys. If it is missing before a key, reading continues at that key.
    fn separator(&self, input: ParseStream) -> syn::Result<()> {
        if input.is_empty() || input.peek(Token![,]) {
            return input.parse::<Option<Token![,]>>().map(drop);
        }
        self.errors.absorb(input.error("expected a comma\nhelp: put a comma between two keys"));
        if input.peek(syn::Ident::peek_any) { Ok(()) } else { skip_argument(input) }
    }

    fn argument(&mut self, input: ParseStream) -> syn::Result<()> {
        let name = self.name(input)?;
        let key = self.key(&name)?;
        (self.assign)(&Argument { key, name, place: self.place, input })
    }

    fn name(&mut self, input: ParseStream) -> syn::Result<Ident> {
        input.call(Ident::parse_any).map_err(|error| {
            self.present.has_unknown = true;
            let help = format!("a key is a name such as `{}`", sample(self.place));
            syn::Error::new(error.span(), format_args!("expected a key\nhelp: {help}"))
        })
    }

    /// The key called `name`, if it belongs on this item and was not given before.
    fn key(&mut self, name: &Ident) -> syn::Result<Key> {
        let text = name.to_string();
        let Some(key) = Key::named(&text, self.place) else { return Err(self.unknown(name, &text)) };
        if self.present.token(key).is_some() {
            let remedy = match key {
                Key::Alias => "write them in one, such as `alias(\"error\", \"failed\")`",
                _ => "keep one of them",
            };
            return Err(problem_at(name, format_args!("`{key}` is given twice"), remedy));
        }
        self.present.keys.push((key, name.clone()));
        Ok(key)
    }

    fn unknown(&mut self, name: &Ident, text: &str) -> syn::Error {
        if !Key::places_of(text, self.place).is_empty() {
            return misplaced(name, self.place);
        }
        let problem = format!("unknown key `{name}`");
        if let Some(meant) = Key::nearest(text, self.place) {
            self.present.keys.push((meant, name.clone()));
            return problem_at(name, problem, format_args!("write `{meant}`"));
        }
        self.present.has_unknown = true;
        let known: Vec<_> = Key::of(self.place).map(|key| format!("`{key}`")).collect();
        let keys = if known.len() == 1 { "only the key" } else { "the keys" };
        problem_at(name, problem, format_args!("{} has {keys} {}", self.place, known.join(", ")))
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A key that is in the table but never read would have no effect.
    pub(crate) fn assert_every_key_is_read(place: Place, read: impl Fn(TokenStream, &Errors)) {
        for key in Key::of(place) {
            let errors = Errors::new();
            read(format!("{key} @").parse().unwrap(), &errors);
            let messages = errors.finish(Some(())).expect_err(key.name()).to_string();
            assert!(!messages.contains("does not belong"), "{key}: {messages}");
        }
    }

    #[test]
    fn every_key_is_read() {
        let attribute = |keys: TokenStream| -> [Attribute; 1] { [syn::parse_quote!(#[telemetry(#keys)])] };
        assert_every_key_is_read(Place::Event, |keys, errors| {
            EventKeys::read(&attribute(keys), errors);
        });
        assert_every_key_is_read(Place::ValueStruct, |keys, errors| {
            ValueStructKeys::read(&attribute(keys), errors);
        });
        assert_every_key_is_read(Place::Enum, |keys, errors| {
            EnumKeys::read(&attribute(keys), errors);
        });
        assert_every_key_is_read(Place::Variant, |keys, errors| {
            VariantKeys::read(&attribute(keys), errors);
        });
        for place in [Place::EventField, Place::ValueStructField] {
            assert_every_key_is_read(place, |keys, errors| {
                FieldKeys::read(&attribute(keys), place, errors);
            });
        }
    }
}
