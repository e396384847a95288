// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What `#[derive(TelemetryEvent)]` generates.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::field::{Emitter, default_impl, emitters};
use crate::ast::Event;

/// For `struct SandboxCreate { outcome: Outcome, requested_gpu: u32 }`, without paths:
///
/// ```text
/// impl TelemetryEvent for SandboxCreate {
///     type Product = OpenShell;
///     const DESCRIPTOR: &'static EventDescriptor =
///         &EventDescriptor { name: "sandbox_create", …, fields: &[field("outcome", …), field("requestedGpu", …)] };
///     fn normalize(&mut self) -> u32 { total(&[normalize(&mut self.outcome), …]) }
/// }
/// impl Serialize for SandboxCreate {
///     fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
///         let mut parameters = begin_parameters(serializer, Self::DESCRIPTOR)?;
///         serialize_entry(&self.outcome, "outcome", &mut parameters)?;
///         …
///         parameters.end()
///     }
/// }
/// impl Default for SandboxCreate { … }      // if every field has a sentinel
/// const _: () = require(…);                 // what only the compiler can decide
/// const _: () = require_own_names(SandboxCreate::DESCRIPTOR);
/// __submit_event!(SandboxCreate);
/// ```
pub(super) fn expand(event: &Event) -> TokenStream {
    let core = &event.core();
    let ident = event.ident;
    let event_impl = event_impl(event);
    let serialize_impl = serialize_impl(event);
    let default_impl = default_impl(core, ident, &event.fields);
    let fields = emitters(core, ident, &event.fields);
    let traits = fields.clone().filter_map(Emitter::trait_definition);
    let assertions = fields.filter_map(Emitter::assertion);
    let source_assertion = source_assertion(event);
    quote! {
        const _: () = {
            #(#traits)*
            #event_impl
            #serialize_impl
            #default_impl
            #(#assertions)*
            #source_assertion
            #core::__submit_event! { #ident }
        };
    }
}

fn event_impl(event: &Event) -> TokenStream {
    let core = &event.core();
    let Event { ident, doc, .. } = event;
    let (product, name, version) = (&event.keys.product, &event.keys.event_name, &event.keys.schema_version);
    let fields = emitters(core, ident, &event.fields);
    let descriptors = fields.clone().map(Emitter::descriptor);
    let normalizations = fields.filter_map(Emitter::normalization);
    quote! {
        #[automatically_derived]
        impl #core::TelemetryEvent for #ident {
            type Product = #product;
            const DESCRIPTOR: &'static #core::EventDescriptor = &#core::EventDescriptor {
                name: #name,
                schema_version: #version,
                doc: #core::doc(#doc),
                source: #core::source::<Self>(),
                fields: &[#(#descriptors),*],
                origin: #core::origin!(),
            };
            fn normalize(&mut self) -> u32 {
                #core::total(&[#(#normalizations),*])
            }
        }
    }
}

fn serialize_impl(event: &Event) -> TokenStream {
    let core = &event.core();
    let ident = event.ident;
    let entries = emitters(core, ident, &event.fields).map(Emitter::serialization);
    quote! {
        #[automatically_derived]
        impl #core::Serialize for #ident {
            fn serialize<S: #core::Serializer>(&self, serializer: S) -> #core::Result<S::Ok, S::Error> {
                let mut parameters =
                    #core::begin_parameters(serializer, <Self as #core::TelemetryEvent>::DESCRIPTOR)?;
                #(#entries)*
                #core::SerializeStruct::end(parameters)
            }
        }
    }
}

/// No field may have the name under which the product is sent; only the compiler knows the product.
fn source_assertion(event: &Event) -> TokenStream {
    let (core, ident, product) = (event.core(), event.ident, &event.keys.product);
    let span = product.span();
    let core = core.reported_at(span);
    quote_spanned! {span=>
        const _: () = #core::require_own_names(<#ident as #core::TelemetryEvent>::DESCRIPTOR);
    }
}
