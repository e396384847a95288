// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The code that `#[derive(TelemetryValue)]` generates.

use proc_macro2::TokenStream;
use quote::quote;

use super::fields::Fields;
use super::in_private_scope;
use crate::ast::{Core, ValueStruct};

/// For `struct Step { index: u32 }`, without paths:
///
/// ```text
/// impl TelemetryValue for Step {
///     const SHAPE: Shape = {
///         const __OBJECT: &ObjectDescriptor =
///             &object_descriptor("Step", "…", const { &fields(…) }, option_env!("CARGO_PKG_NAME"));
///         Shape::Object(__OBJECT)
///     };
///     fn normalize(&mut self) -> Result<u32, Unsendable> { … }  // as for an event
/// }
/// impl Serialize for Step { … }             // as for an event
/// impl Default for Step { … }               // if every field has a sentinel
/// const _: () = require(…);                 // rules that only the compiler can check
/// ```
pub(super) fn expand(value_struct: &ValueStruct) -> TokenStream {
    let core = &value_struct.core();
    let fields = Fields {
        core,
        parent: value_struct.ident,
        fields: &value_struct.fields,
        event_schema: None,
        is_packed: value_struct.is_packed,
    };
    let (traits, assertions) = (fields.traits(), fields.assertions());
    let (value_impl, default_impl) =
        (value_impl(value_struct, fields), fields.default_impl(value_struct.keys.default.is_some()));
    let serialize_impl = fields.serialize_impl(&quote!(#core::Parameters::of_object::<Self>(__serializer)));
    let usual = fields.usual_assertions();
    in_private_scope(core, &quote!(#traits #value_impl #serialize_impl #default_impl #assertions #usual))
}

/// The items of `TelemetryValue` for a type that is sent as it is.
pub(super) fn sent_as_itself(core: &Core) -> TokenStream {
    quote! {
        type Sent = Self;
        type Vocabulary = #core::NoVocabulary;
        fn sent(&self) -> &Self {
            self
        }
    }
}

fn value_impl(value_struct: &ValueStruct, fields: Fields) -> TokenStream {
    let core = fields.core;
    let ValueStruct { ident, doc, .. } = value_struct;
    let name = ident.to_string();
    let (descriptors, normalization) = (fields.descriptors(), fields.normalization());
    let sent_as_itself = sent_as_itself(core);
    quote! {
        #[automatically_derived]
        impl #core::TelemetryValue for #ident {
            #sent_as_itself
            const SHAPE: #core::Shape = {
                const __OBJECT: &#core::ObjectDescriptor = &#core::object_descriptor(
                    #name,
                    #doc,
                    const { &#descriptors },
                    #core::option_env!("CARGO_PKG_NAME"),
                );
                #core::Shape::Object(__OBJECT)
            };
            #[inline]
            fn normalize(&mut self) -> #core::Result<u32, #core::Unsendable> {
                #normalization
            }
        }
    }
}
