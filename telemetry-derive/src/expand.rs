// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The code that the derives generate, and the order of work: read, check, then expand or fall back.

mod event;
mod fallback;
mod field;
mod fields;
mod object;
mod schema;
#[cfg(test)]
mod snapshots;
mod vocabulary;

use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;

use crate::ast::{Core, Event, Object, Vocabulary};
use crate::check::{check_event, check_object, check_schema, check_vocabulary};
use crate::errors::Errors;

/// `#[derive(TelemetryEvent)]`.
pub(crate) fn derive_event(input: &DeriveInput) -> TokenStream {
    let errors = Errors::new();
    let event = Event::read(input, &errors).map(|mut event| {
        check_event(&event, &errors);
        event.contract = check_schema(&event, &errors);
        event
    });
    match errors.finish(event) {
        Ok(event) => event::expand(&event),
        Err(errors) => with_fallback(errors, fallback::event(input)),
    }
}

/// `#[derive(TelemetryValue)]`.
pub(crate) fn derive_object(input: &DeriveInput) -> TokenStream {
    let errors = Errors::new();
    let object = Object::read(input, &errors).inspect(|object| check_object(object, &errors));
    match errors.finish(object) {
        Ok(object) => object::expand(&object),
        Err(errors) => with_fallback(errors, fallback::object(input)),
    }
}

/// `#[derive(TelemetryEnum)]`.
pub(crate) fn derive_vocabulary(input: &DeriveInput) -> TokenStream {
    let errors = Errors::new();
    let vocabulary = Vocabulary::read(input, &errors).inspect(|read| check_vocabulary(read, &errors));
    match errors.finish(vocabulary) {
        Ok(vocabulary) => vocabulary::expand(&vocabulary),
        Err(errors) => with_fallback(errors, fallback::vocabulary(input)),
    }
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

fn with_fallback(mut errors: TokenStream, fallback: TokenStream) -> TokenStream {
    errors.extend(fallback);
    errors
}
