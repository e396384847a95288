// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The code that the derives generate for an item with an error: impls that type-check and never run, so that one mistake does not
//! cause an error at every use of the item.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, Ident};

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

/// The traits of an event. A generic event gets no impls, because its parameters may not satisfy the traits' bounds.
pub(super) fn event(input: &DeriveInput) -> TokenStream {
    if !input.generics.params.is_empty() {
        return TokenStream::new();
    }
    let keys = reread(|errors| EventKeys::read(&input.attrs, errors));
    let core = &Core::at(keys.core.as_ref());
    let ident = &input.ident;
    let product = keys.product.map_or_else(|| quote!(#core::UnknownProduct), |product| quote!(#product));
    let (serialize, default) = (serialize(core, ident), default(core, input, Place::EventField));
    let operation = operation(core, input);
    let items = quote! {
        #[automatically_derived]
        impl #core::TelemetryEvent for #ident {
            type Product = #product;
            const DESCRIPTOR: &'static #core::EventDescriptor = #core::UNKNOWN_EVENT;
            fn normalize(&mut self) -> #core::Result<u32, #core::Unsendable> {
                #core::never()
            }
        }
        #serialize
        #default
        #operation
    };
    in_private_scope(core, &items)
}

/// The traits of a value struct.
pub(super) fn value_struct(input: &DeriveInput) -> TokenStream {
    if !input.generics.params.is_empty() {
        return TokenStream::new();
    }
    let keys = reread(|errors| ValueStructKeys::read(&input.attrs, errors));
    let core = &Core::at(keys.core.as_ref());
    let (value, serialize) = (value(core, &input.ident, &quote!(Boolean)), serialize(core, &input.ident));
    let default = default(core, input, Place::ValueStructField);
    in_private_scope(core, &quote!(#value #serialize #default))
}

/// The traits and functions of an enum.
pub(super) fn vocabulary(input: &DeriveInput) -> TokenStream {
    if !input.generics.params.is_empty() {
        return TokenStream::new();
    }
    let keys = reread(|errors| EnumKeys::read(&input.attrs, errors));
    let core = &Core::at(keys.core.as_ref());
    let ident = &input.ident;
    let shape = quote!(Enum(#core::UNKNOWN_ENUM));
    let (value, serialize) = (value(core, ident, &shape), serialize(core, ident));
    let (inherent, texts) = (inherent_impl(core, input), text_impls(core, ident));
    in_private_scope(core, &quote!(#inherent #texts #value #serialize))
}

fn inherent_impl(core: &Core, input: &DeriveInput) -> TokenStream {
    let DeriveInput { ident, vis, .. } = input;
    let read = if has_fallback(input) { quote!(Self) } else { quote!(#core::Option<Self>) };
    quote! {
        #[automatically_derived]
        #[allow(dead_code, missing_docs)]
        impl #ident {
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

fn text_impls(core: &Core, ident: &Ident) -> TokenStream {
    quote! {
        #[automatically_derived]
        impl #core::TelemetryEnum for #ident {
            const VARIANTS: &'static [Self] = &[];
            const DESCRIPTOR: &'static #core::EnumDescriptor = #core::UNKNOWN_ENUM;
            fn as_str(&self) -> &'static str {
                ""
            }
        }
        #[automatically_derived]
        impl #core::FromStr for #ident {
            type Err = #core::VocabularyError;
            fn from_str(_: &str) -> #core::Result<Self, #core::VocabularyError> {
                #core::never()
            }
        }
        #[automatically_derived]
        impl #core::Display for #ident {
            fn fmt(&self, _: &mut #core::Formatter<'_>) -> #core::fmt::Result {
                #core::never()
            }
        }
    }
}

fn value(core: &Core, ident: &Ident, shape: &TokenStream) -> TokenStream {
    let sent_as_itself = sent_as_itself(core);
    quote! {
        #[automatically_derived]
        impl #core::TelemetryValue for #ident {
            #sent_as_itself
            const SHAPE: #core::Shape = #core::Shape::#shape;
        }
    }
}

fn serialize(core: &Core, ident: &Ident) -> TokenStream {
    quote! {
        #[automatically_derived]
        impl #core::Serialize for #ident {
            fn serialize<__S: #core::Serializer>(&self, _: __S) -> #core::Result<__S::Ok, __S::Error> {
                #core::never()
            }
        }
    }
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
    let ident = &input.ident;
    is_operation.then(|| {
        quote! {
            #[automatically_derived]
            impl #core::OperationEvent for #ident {
                fn record_outcome(&mut self, _: #core::OperationOutcome, _: #core::Duration) {
                    #core::never()
                }
            }
        }
    })
}

/// `Default`, if the author most likely uses it: with the key `default`, or if every field has a key that may be a sentinel.
fn default(core: &Core, input: &DeriveInput, place: Place) -> Option<TokenStream> {
    let fields = fields(input)?;
    let keys = |field: &syn::Field| reread(|errors| FieldKeys::read(&field.attrs, place, errors));
    let ident = &input.ident;
    let present = || match place {
        Place::ValueStructField => reread(|errors| ValueStructKeys::read(&input.attrs, errors)).present,
        _ => reread(|errors| EventKeys::read(&input.attrs, errors)).present,
    };
    let is_wanted = || present().token(Key::Default).is_some();
    let has_default = fields.iter().all(|field| keys(field).token(Key::Sentinel).is_some()) || is_wanted();
    has_default.then(|| {
        quote! {
            #[automatically_derived]
            impl #core::Default for #ident {
                fn default() -> Self {
                    #core::never()
                }
            }
        }
    })
}
