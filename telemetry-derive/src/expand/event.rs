// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The code that `#[derive(TelemetryEvent)]` generates.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::fields::Fields;
use super::identity::identity_checks;
use super::in_private_scope;
use super::operation::operation_impl;
use super::schema::{self, Generated};
use crate::ast::{Core, Event};
use crate::attr::Version;
use crate::event_schema::EventSchema;

/// For `struct SandboxCreate { outcome: Outcome, duration_ms: i64 }`, without paths:
///
/// ```text
/// impl TelemetryEvent for SandboxCreate {
///     type Product = OpenShell;
///     const DESCRIPTOR: &'static EventDescriptor = &event_descriptor::<Self>(
///         "sandbox_create",
///         "4.0",
///         "…",
///         const { &fields(["outcome", "durationMs"], …, [<Outcome as TelemetryValue>::SHAPE, shape::of_i64]) },
///         option_env!("CARGO_PKG_NAME"),
///     );
///     const SCHEMA: EventSchema = …;        // with a schema
///     fn normalize(&mut self) -> Result<u32, Unsendable> {
///         let mut __changes = Changes::none();
///         __changes.lost_all([<Outcome as TelemetryValue>::normalize_if_sendable(&mut self.outcome)]);
///         __changes.total()
///     }
/// }
/// impl Serialize for SandboxCreate {
///     fn serialize<__S: Serializer>(&self, __serializer: __S) -> Result<__S::Ok, __S::Error> {
///         let mut __parameters = Parameters::of_event(__serializer, <Self as TelemetryEvent>::DESCRIPTOR);
///         __parameters.put_all(&(<Outcome as TelemetryValue>::sent(&self.outcome), I64(self.duration_ms)));
///         __parameters.end()
///     }
/// }
/// impl Default for SandboxCreate { … }      // if every field has a sentinel
/// const _: () = require(…);                 // rules that only the compiler can check
/// const _: () = require_version::<Self>(…); // and other rules that only the compiler can check
/// const _: () = require_own_names(SandboxCreate::DESCRIPTOR);
/// __submit_event!(SandboxCreate);
/// ```
pub(super) fn expand(event: &Event, event_schema: Option<&EventSchema>) -> TokenStream {
    let core = &event.core();
    let ident = event.ident;
    let fields =
        Fields { core, parent: ident, fields: &event.fields, event_schema, is_packed: event.is_packed };
    let (traits, assertions) = (fields.traits(), fields.assertions());
    let without_schema = || Generated { source: source_assertion(event), ..Generated::default() };
    let Generated { asked, items: schema, source } =
        event_schema.map_or_else(without_schema, |event_schema| schema::expand(event, event_schema, fields));
    let (event_impl, default_impl) =
        (event_impl(event, fields, asked.as_ref()), fields.default_impl(event.keys.default.is_some()));
    let start =
        quote!(#core::Parameters::of_event(__serializer, <Self as #core::TelemetryEvent>::DESCRIPTOR));
    let serialize_impl = fields.serialize_impl(&start);
    let operation_impl = operation_impl(event);
    let (usual, identity) = (fields.usual_assertions(), identity_checks(event, event_schema));
    in_private_scope(
        core,
        &quote! {
            #traits
            #event_impl
            #serialize_impl
            #default_impl
            #assertions
            #operation_impl
            #schema
            #identity
            #core::__submit_event! { #ident }
            #usual
            #source
        },
    )
}

fn event_impl(event: &Event, fields: Fields, asked: Option<&TokenStream>) -> TokenStream {
    let core = fields.core;
    let Event { ident, doc, keys, .. } = event;
    let (product, name) = (&keys.product, &keys.event_name);
    let version = keys.schema_version.as_ref().map(|version| schema_version(core, version));
    let (descriptors, normalization) = (fields.descriptors(), fields.normalization());
    // The compiler reports a product that is less visible than its event at this span.
    let product = quote_spanned!(product.span().resolved_at(Span::call_site())=> type Product = #product;);
    quote! {
        #[automatically_derived]
        impl #core::TelemetryEvent for #ident {
            #product
            const DESCRIPTOR: &'static #core::EventDescriptor = &#core::event_descriptor::<Self>(
                #name,
                #version,
                #doc,
                const { &#descriptors },
                #core::option_env!("CARGO_PKG_NAME"),
            );
            #asked
            #[inline]
            fn normalize(&mut self) -> #core::Result<u32, #core::Unsendable> {
                #normalization
            }
        }
    }
}

/// `"4.0"`, or `SchemaVersion { text: VERSION }.text`, for which the compiler marks only the constant if its type is wrong.
fn schema_version(core: &Core, version: &Version) -> TokenStream {
    match version {
        Version::Text(text) => quote!(#text),
        Version::Constant(expression) => quote!(#core::SchemaVersion { text: #expression }.text),
    }
}

/// Checks that no field has the source key of the product, which only the compiler knows.
fn source_assertion(event: &Event) -> TokenStream {
    let span = event.keys.product.span();
    let (core, ident) = (Core::reported_at(span), event.ident);
    quote_spanned! {span=>
        #core::require_own_names(<#ident as #core::TelemetryEvent>::DESCRIPTOR);
    }
}
