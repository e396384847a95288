// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What `#[derive(TelemetryValue)]` generates.

use proc_macro2::TokenStream;
use quote::quote;

use super::field::{Emitter, default_impl, emitters};
use crate::ast::Object;

/// For `struct Step { index: u32 }`, without paths:
///
/// ```text
/// impl TelemetryValue for Step {
///     const SHAPE: Shape = {
///         const OBJECT: &ObjectDescriptor =
///             &ObjectDescriptor { name: "Step", doc: doc("…"), fields: &[field("index", …)], origin: origin!() };
///         Shape::Object(OBJECT)
///     };
///     fn normalize(&mut self) -> u32 { total(&[normalize(&mut self.index)]) }
/// }
/// impl Serialize for Step { … }             // as for an event
/// impl Default for Step { … }               // if every field has a sentinel
/// const _: () = require(…);                 // what only the compiler can decide
/// ```
pub(super) fn expand(object: &Object) -> TokenStream {
    let core = &object.core();
    let ident = object.ident;
    let value_impl = value_impl(object);
    let serialize_impl = serialize_impl(object);
    let default_impl = default_impl(core, ident, &object.fields);
    let fields = emitters(core, ident, &object.fields);
    let traits = fields.clone().filter_map(Emitter::trait_definition);
    let assertions = fields.filter_map(Emitter::assertion);
    quote! {
        const _: () = {
            #(#traits)*
            #value_impl
            #serialize_impl
            #default_impl
            #(#assertions)*
        };
    }
}

fn value_impl(object: &Object) -> TokenStream {
    let core = &object.core();
    let Object { ident, doc, .. } = object;
    let name = ident.to_string();
    let fields = emitters(core, ident, &object.fields);
    let descriptors = fields.clone().map(Emitter::descriptor);
    let normalizations = fields.filter_map(Emitter::normalization);
    quote! {
        #[automatically_derived]
        impl #core::TelemetryValue for #ident {
            const SHAPE: #core::Shape = {
                const OBJECT: &#core::ObjectDescriptor = &#core::ObjectDescriptor {
                    name: #name,
                    doc: #core::doc(#doc),
                    fields: &[#(#descriptors),*],
                    origin: #core::origin!(),
                };
                #core::Shape::Object(OBJECT)
            };
            fn normalize(&mut self) -> u32 {
                #core::total(&[#(#normalizations),*])
            }
        }
    }
}

fn serialize_impl(object: &Object) -> TokenStream {
    let core = &object.core();
    let ident = object.ident;
    let (name, length) = (ident.to_string(), object.fields.len());
    let entries = emitters(core, ident, &object.fields).map(Emitter::serialization);
    quote! {
        #[automatically_derived]
        impl #core::Serialize for #ident {
            fn serialize<S: #core::Serializer>(&self, serializer: S) -> #core::Result<S::Ok, S::Error> {
                let mut parameters = #core::Serializer::serialize_struct(serializer, #name, #length)?;
                #(#entries)*
                #core::SerializeStruct::end(parameters)
            }
        }
    }
}
