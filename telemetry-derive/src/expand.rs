// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The code that the derives generate, and the order of work: read, check, then expand or fall back.

mod constraint;
mod event;
mod fallback;
mod field;
mod fields;
mod identity;
mod normalization;
mod operation;
mod schema;
#[cfg(test)]
mod snapshots;
mod value_struct;
mod vocabulary;

use self::fallback::reread;
use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, LitStr};
use telemetry_schema::arena::Arena;

use crate::ast::{Core, Event, ValueStruct, Vocabulary};
use crate::attr::{EnumKeys, EventKeys, ValueStructKeys};
use crate::check::{
    check_event, check_field_docs, check_file, check_schema, check_value_struct, check_vocabulary,
};
use crate::dependency::{self, Missing};
use crate::errors::Errors;
use crate::key::{Key, Place};

/// `#[derive(TelemetryEvent)]`.
pub(crate) fn derive_event(input: &DeriveInput) -> TokenStream {
    let is_given = || reread(|errors| EventKeys::read(&input.attrs, errors)).core.is_some();
    if let Some(missing) = dependency::missing(Key::Crate, Place::Event, is_given) {
        return in_facade(missing, input, derive_event);
    }
    let errors = Errors::new();
    let event = Event::read(input, &errors).inspect(|event| check_event(event, &errors));
    let schema = event.as_ref().and_then(|event| check_file(event, &errors));
    let names = event.as_ref().and_then(schema_names);
    let arena = Arena::new();
    let event_schema = match (&event, &schema, &names) {
        (Some(event), Some(schema), Some((path, name))) => {
            check_schema(event, schema, (path, name), &arena, &errors)
        }
        _ => None,
    };
    if let Some(event) = &event {
        check_field_docs(event, event_schema.as_ref(), &errors);
    }
    // An event with an unusable schema is not checked, so no checks are generated for it.
    let event = event.filter(|event| event.keys.schema.is_none() || event_schema.is_some());
    let (event, errors) = errors.finish_harmless(event);
    let expand = |event: Event| event::expand(&event, event_schema.as_ref());
    with_errors(errors, event.map_or_else(|| fallback::event(input), expand))
}

/// The schema file that an event names, and its own name there.
fn schema_names(event: &Event) -> Option<(String, String)> {
    let value = |text: &Option<LitStr>| text.as_ref().map(LitStr::value);
    value(&event.keys.schema).zip(value(&event.keys.event_name))
}

/// `#[derive(TelemetryValue)]`.
pub(crate) fn derive_value_struct(input: &DeriveInput) -> TokenStream {
    let is_given = || reread(|errors| ValueStructKeys::read(&input.attrs, errors)).core.is_some();
    if let Some(missing) = dependency::missing(Key::Crate, Place::ValueStruct, is_given) {
        return in_facade(missing, input, derive_value_struct);
    }
    let errors = Errors::new();
    let value_struct =
        ValueStruct::read(input, &errors).inspect(|value_struct| check_value_struct(value_struct, &errors));
    let (value_struct, errors) = errors.finish_harmless(value_struct);
    with_errors(
        errors,
        value_struct.map_or_else(
            || fallback::value_struct(input),
            |value_struct| value_struct::expand(&value_struct),
        ),
    )
}

/// `#[derive(TelemetryEnum)]`.
pub(crate) fn derive_vocabulary(input: &DeriveInput) -> TokenStream {
    let is_given = || reread(|errors| EnumKeys::read(&input.attrs, errors)).core.is_some();
    if let Some(missing) = dependency::missing(Key::Crate, Place::Enum, is_given) {
        return in_facade(missing, input, derive_vocabulary);
    }
    let errors = Errors::new();
    let vocabulary = Vocabulary::read(input, &errors).inspect(|read| check_vocabulary(read, &errors));
    let (vocabulary, errors) = errors.finish_harmless(vocabulary);
    with_errors(
        errors,
        vocabulary.map_or_else(|| fallback::vocabulary(input), |vocabulary| vocabulary::expand(&vocabulary)),
    )
}

/// Wraps generated items in a scope in which the core's private module has a short name:
/// `const _: () = { use ::telemetry_core::__private1 as __telemetry; … };`. All paths start there, because a package may have a
/// dependency called `core` or `std`.
fn in_private_scope(core: &Core, items: &TokenStream) -> TokenStream {
    let import = core.import();
    // Generated code may use an item that its author has deprecated.
    quote! {
        #[allow(deprecated)]
        const _: () = {
            #import
            #items
        };
    }
}

/// The error, and the generated code with the path where the core most likely is.
fn in_facade(missing: Missing, input: &DeriveInput, derive: fn(&DeriveInput) -> TokenStream) -> TokenStream {
    let error = missing.error.to_compile_error();
    let Some(path) = missing.path else { return error };
    let mut input = input.clone();
    input.attrs.push(syn::parse_quote!(#[telemetry(crate = #path)]));
    with_errors(error, derive(&input))
}

fn with_errors(mut errors: TokenStream, items: TokenStream) -> TokenStream {
    if errors.is_empty() {
        return items;
    }
    errors.extend(items);
    errors
}
