// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What `#[derive(TelemetryEvent)]` generates.

use proc_macro2::TokenStream;
use quote::quote;

use super::field::{Emitter, default_impl, emitters};
use crate::ast::Event;

/// For `struct SandboxCreate { outcome: Outcome, requested_gpu: u32 }`, without paths:
///
/// ```text
/// impl TelemetryEvent for SandboxCreate {
///     type Product = OpenShell;
///     const DESCRIPTOR: &'static EventDescriptor = &{
///         const FIELDS: &[FieldDescriptor] = &[field("outcome", …), field("requestedGpu", …)];
///         event("sandbox_create", "4.0", doc("…"), <OpenShell as Product>::PROFILE.event_source(), FIELDS, origin!())
///     };
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
/// __submit_event!(SandboxCreate::DESCRIPTOR);
/// ```
pub(super) fn expand(event: &Event) -> TokenStream {
    let core = &event.core();
    let ident = event.ident;
    let event_impl = event_impl(event);
    let serialize_impl = serialize_impl(event);
    let default_impl = default_impl(core, ident, &event.fields);
    let assertions = emitters(core, ident, &event.fields).filter_map(Emitter::assertion);
    quote! {
        #event_impl
        #serialize_impl
        #default_impl
        #(#assertions)*
        #core::__submit_event! { <#ident as #core::TelemetryEvent>::DESCRIPTOR }
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
            const DESCRIPTOR: &'static #core::EventDescriptor = &{
                const FIELDS: &[#core::FieldDescriptor] = &[#(#descriptors),*];
                const SOURCE: #core::Source = <#product as #core::Product>::PROFILE.event_source();
                #core::event(#name, #version, #core::doc(#doc), SOURCE, FIELDS, #core::origin!())
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
