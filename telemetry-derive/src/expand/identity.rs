// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Checks that an event's version and product match its schema, if only the compiler knows them.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;

use crate::ast::{Core, Event};
use crate::attr::Version;
use crate::event_schema::EventSchema;
use crate::once::{file_of_module, is_first};
use crate::type_name::written;

/// ```text
/// const _: () = require_version::<SandboxCreate>("SCHEMA_VERSION", "4.0", "write `const SCHEMA_VERSION: &str = \"4.0\";`");
/// const _: () = require_client::<SandboxCreate>("415437562476676");
/// ```
///
/// A wrong constant or profile is reported once per file, because one change corrects all events that use it.
pub(super) fn identity_checks(event: &Event, event_schema: Option<&EventSchema>) -> TokenStream {
    let client = event_schema.and_then(|event_schema| client_check(event, event_schema));
    let checks = version_check(event, event_schema).into_iter().chain(client);
    quote!(#(const _: () = #checks;)*)
}

/// The check of a version that is not a literal.
fn version_check(event: &Event, event_schema: Option<&EventSchema>) -> Option<TokenStream> {
    let Some(Version::Constant(expression)) = &event.keys.schema_version else { return None };
    if !is_first_of_file(event, event_schema, &expression.to_string()) {
        return None;
    }
    let name = named(expression);
    let span = name.as_ref().map_or_else(|| expression.span(), TokenTree::span);
    let (core, ident) = (Core::reported_at(span), event.ident);
    let (spelling, found) =
        (written(expression), event_schema.map_or("", |event_schema| event_schema.schema.version()));
    let help = match name {
        Some(name) => format!("write `const {name}: &str = \"{found}\";`"),
        None => format!("write `schema_version = \"{found}\"`"),
    };
    let span = span.resolved_at(Span::call_site());
    Some(quote_spanned!(span=> #core::require_version::<#ident>(#spelling, #found, #help)))
}

/// The name of the constant or type without its path.
fn named(expression: &TokenStream) -> Option<TokenTree> {
    expression.clone().into_iter().last().filter(|last| matches!(last, TokenTree::Ident(_)))
}

/// The check of the product's client id, if the schema has one.
fn client_check(event: &Event, event_schema: &EventSchema) -> Option<TokenStream> {
    let client_id = event_schema.schema.client_id()?;
    let product = &event.keys.product;
    if !is_first_of_file(event, Some(event_schema), &product.to_token_stream().to_string()) {
        return None;
    }
    let span = named(&product.to_token_stream()).map_or_else(|| product.span(), |name| name.span());
    let (core, ident) = (Core::reported_at(span), event.ident);
    let span = span.resolved_at(Span::call_site());
    Some(quote_spanned!(span=> #core::require_client::<#ident>(#client_id)))
}

/// Whether this event is the first to compare `spelling` with the schema. Always true in scopes where names may have another
/// meaning.
fn is_first_of_file(event: &Event, event_schema: Option<&EventSchema>, spelling: &str) -> bool {
    let Some(file) = file_of_module(event.start) else { return true };
    let schema = event_schema.map_or("", |event_schema| event_schema.path);
    is_first(&format!("{spelling} of {schema} in {file}"), &event.ident.to_string())
}
