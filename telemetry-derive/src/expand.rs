// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The code that the derives generate, and the order of work: read, check, then expand or fall back.

mod event;
mod fallback;
mod field;
mod fields;
mod object;
mod operation;
mod schema;
#[cfg(test)]
mod snapshots;
mod vocabulary;

use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;

use crate::ast::{Core, Event, Object, Vocabulary};
use crate::check::{check_event, check_field_docs, check_object, check_schema, check_vocabulary};
use crate::errors::Errors;

/// `#[derive(TelemetryEvent)]`.
pub(crate) fn derive_event(input: &DeriveInput) -> TokenStream {
    let errors = Errors::new();
    let event = Event::read(input, &errors).map(|mut event| {
        check_event(&event, &errors);
        event.contract = check_schema(&event, &errors);
        check_field_docs(&event, &errors);
        event
    });
    let (event, errors) = errors.finish_harmless(event);
    with_errors(errors, event.map_or_else(|| fallback::event(input), |event| event::expand(&event)))
}

/// `#[derive(TelemetryValue)]`.
pub(crate) fn derive_object(input: &DeriveInput) -> TokenStream {
    let errors = Errors::new();
    let object = Object::read(input, &errors).inspect(|object| check_object(object, &errors));
    let (object, errors) = errors.finish_harmless(object);
    with_errors(errors, object.map_or_else(|| fallback::object(input), |object| object::expand(&object)))
}

/// `#[derive(TelemetryEnum)]`.
pub(crate) fn derive_vocabulary(input: &DeriveInput) -> TokenStream {
    let errors = Errors::new();
    let vocabulary = Vocabulary::read(input, &errors).inspect(|read| check_vocabulary(read, &errors));
    let (vocabulary, errors) = errors.finish_harmless(vocabulary);
    with_errors(
        errors,
        vocabulary.map_or_else(|| fallback::vocabulary(input), |vocabulary| vocabulary::expand(&vocabulary)),
    )
}

/// Generated items in a scope of their own, where the core's private module has a short name:
/// `const _: () = { use ::telemetry_core::__private1 as __telemetry; … };`
fn in_private_scope(core: &Core, items: &TokenStream) -> TokenStream {
    let import = core.import();
    quote! {
        const _: () = {
            #import
            #items
        };
    }
}

fn with_errors(mut errors: TokenStream, items: TokenStream) -> TokenStream {
    if errors.is_empty() {
        return items;
    }
    errors.extend(items);
    errors
}
