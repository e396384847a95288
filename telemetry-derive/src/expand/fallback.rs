// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The code that the derives generate for an item with an error: impls that type-check and never run, so that one mistake does not
//! cause an error at every use of the item.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, Generics};

use super::in_private_scope;
use super::value_struct::sent_as_itself;
use crate::ast::Core;
use crate::attr::{EnumKeys, EventKeys, FieldKeys, ValueStructKeys, VariantKeys};
use crate::errors::Errors;
use crate::key::{Key, Place};

/// Reads the item again for its usable parts. Its errors have been reported already.
pub(super) fn reread<T>(read: impl FnOnce(&Errors) -> T) -> T {
    let reported = Errors::new();
    let keys = read(&reported);
    drop(reported.finish(Some(())));
    keys
}

/// The traits of an event.
pub(super) fn event(input: &DeriveInput) -> TokenStream {
    let keys = reread(|errors| EventKeys::read(&input.attrs, errors));
    let core = &Core::at(keys.core.as_ref());
    let product = keys.product.map_or_else(|| quote!(#core::UnknownProduct), |product| quote!(#product));
    let event = implement(
        core,
        input,
        &quote!(TelemetryEvent),
        &quote! {
            type Product = #product;
            const DESCRIPTOR: &'static #core::EventDescriptor = #core::UNKNOWN_EVENT;
            fn normalize(&mut self) -> #core::Result<u32, #core::Unsendable> {
                #core::never()
            }
        },
    );
    let (serialize, operation) = (serialize(core, input), operation(core, input));
    let default = default(core, input, Place::EventField);
    in_private_scope(core, &quote!(#event #serialize #default #operation))
}

/// An impl of the core's trait `name`.
fn implement(core: &Core, input: &DeriveInput, name: &TokenStream, items: &TokenStream) -> TokenStream {
    let (ident, generics) = (&input.ident, bounded(core, input));
    let (parameters, arguments, bounds) = generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #parameters #core::#name for #ident #arguments #bounds {
            #items
        }
    }
}

/// The parameters of the item, which cause an error of their own, with the bounds that the traits require.
fn bounded(core: &Core, input: &DeriveInput) -> Generics {
    let mut generics = input.generics.clone();
    if !generics.params.is_empty() {
        generics.make_where_clause().predicates.push(syn::parse_quote!(Self: #core::Send + 'static));
    }
    generics
}

/// The traits of a value struct.
pub(super) fn value_struct(input: &DeriveInput) -> TokenStream {
    let keys = reread(|errors| ValueStructKeys::read(&input.attrs, errors));
    let core = &Core::at(keys.core.as_ref());
    let (value, serialize) = (value(core, input, &quote!(Boolean)), serialize(core, input));
    let default = default(core, input, Place::ValueStructField);
    in_private_scope(core, &quote!(#value #serialize #default))
}

/// The traits and functions of an enum.
pub(super) fn vocabulary(input: &DeriveInput) -> TokenStream {
    let keys = reread(|errors| EnumKeys::read(&input.attrs, errors));
    let core = &Core::at(keys.core.as_ref());
    let shape = quote!(Enum(#core::UNKNOWN_ENUM));
    let (value, serialize) = (value(core, input, &shape), serialize(core, input));
    let (inherent, texts) = (inherent_impl(core, input), text_impls(core, input));
    in_private_scope(core, &quote!(#inherent #texts #value #serialize))
}

fn inherent_impl(core: &Core, input: &DeriveInput) -> TokenStream {
    let (DeriveInput { ident, vis, .. }, generics) = (input, bounded(core, input));
    let (parameters, arguments, bounds) = generics.split_for_impl();
    let read = if has_fallback(input) { quote!(Self) } else { quote!(#core::Option<Self>) };
    quote! {
        #[automatically_derived]
        #[allow(dead_code, missing_docs)]
        impl #parameters #ident #arguments #bounds {
            #vis const VARIANTS: &'static [Self] = &[];
            #[must_use]
            #vis const fn as_str(&self) -> &'static str {
                ""
            }
            #[must_use]
            #vis fn from_wire(_: &str) -> #read {
                #core::never()
            }
        }
    }
}

fn has_fallback(input: &DeriveInput) -> bool {
    let syn::Data::Enum(data) = &input.data else { return false };
    let keys = |attributes| reread(|errors| VariantKeys::read(attributes, errors));
    data.variants.iter().any(|variant| keys(&variant.attrs).fallback.is_some())
}

fn text_impls(core: &Core, input: &DeriveInput) -> TokenStream {
    let vocabulary = quote! {
        const VARIANTS: &'static [Self] = &[];
        const DESCRIPTOR: &'static #core::EnumDescriptor = #core::UNKNOWN_ENUM;
        fn as_str(&self) -> &'static str {
            ""
        }
    };
    let from_str = quote! {
        type Err = #core::VocabularyError;
        fn from_str(_: &str) -> #core::Result<Self, #core::VocabularyError> {
            #core::never()
        }
    };
    let display = quote! {
        fn fmt(&self, _: &mut #core::Formatter<'_>) -> #core::fmt::Result {
            #core::never()
        }
    };
    [
        implement(core, input, &quote!(TelemetryEnum), &vocabulary),
        implement(core, input, &quote!(FromStr), &from_str),
        implement(core, input, &quote!(Display), &display),
    ]
    .into_iter()
    .collect()
}

fn value(core: &Core, input: &DeriveInput, shape: &TokenStream) -> TokenStream {
    let sent_as_itself = sent_as_itself(core);
    let items = quote! {
        #sent_as_itself
        const SHAPE: #core::Shape = #core::Shape::#shape;
    };
    implement(core, input, &quote!(TelemetryValue), &items)
}

fn serialize(core: &Core, input: &DeriveInput) -> TokenStream {
    let items = quote! {
        fn serialize<__S: #core::Serializer>(&self, _: __S) -> #core::Result<__S::Ok, __S::Error> {
            #core::never()
        }
    };
    implement(core, input, &quote!(Serialize), &items)
}

/// The fields of a struct, named or not.
fn fields(input: &DeriveInput) -> Option<&syn::Fields> {
    match &input.data {
        syn::Data::Struct(data) => Some(&data.fields),
        syn::Data::Enum(_) | syn::Data::Union(_) => None,
    }
}

/// `OperationEvent`, unless every field certainly lacks the key `outcome`: the author may implement the trait for such an event.
fn operation(core: &Core, input: &DeriveInput) -> Option<TokenStream> {
    let keys = |field: &syn::Field| reread(|errors| FieldKeys::read(&field.attrs, Place::EventField, errors));
    let is_operation = fields(input)?.iter().any(|field| !keys(field).present.lacks(Key::Outcome));
    let items = quote! {
        fn record_outcome(&mut self, _: #core::OperationOutcome, _: #core::Duration) {
            #core::never()
        }
    };
    is_operation.then(|| implement(core, input, &quote!(OperationEvent), &items))
}

/// `Default`, if the author most likely uses it: with the key `default`, or if every field has a key that may be a sentinel.
fn default(core: &Core, input: &DeriveInput, place: Place) -> Option<TokenStream> {
    let fields = fields(input)?;
    let keys = |field: &syn::Field| reread(|errors| FieldKeys::read(&field.attrs, place, errors));
    let present = || match place {
        Place::ValueStructField => reread(|errors| ValueStructKeys::read(&input.attrs, errors)).present,
        _ => reread(|errors| EventKeys::read(&input.attrs, errors)).present,
    };
    let is_wanted = || present().token(Key::Default).is_some();
    let has_default = fields.iter().all(|field| keys(field).token(Key::Sentinel).is_some()) || is_wanted();
    let items = quote! {
        fn default() -> Self {
            #core::never()
        }
    };
    has_default.then(|| implement(core, input, &quote!(Default), &items))
}
