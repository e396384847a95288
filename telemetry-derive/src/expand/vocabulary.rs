// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The code that `#[derive(TelemetryEnum)]` generates.

use proc_macro2::{Literal, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Ident, LitStr};

use super::in_private_scope;
use crate::ast::{Core, Variant, Vocabulary};

/// For `enum Outcome { Success, Undefined }`, without paths:
///
/// ```text
/// impl Outcome {
///     pub const VARIANTS: &'static [Self] = &[Self::Success, Self::Undefined];
///     pub const fn as_str(&self) -> &'static str { match self { Self::Success => "success", … } }
///     pub fn from_wire(text: &str) -> Self { match text { "success" => Self::Success, _ => Self::Undefined } }
/// }
/// impl TelemetryEnum for Outcome { const VARIANTS…, const DESCRIPTOR…, fn as_str… }
/// impl TelemetryValue for Outcome { const SHAPE: Shape = Shape::Enum(Self::DESCRIPTOR); }
/// impl<__M: FieldMismatch> Vocabulary<__M> for Outcome {
///     const FITS: () = match __M::VARIANT { 0 => fail_at_variant::<__M>(), 1 => fail_at_variant::<__M>(), _ => {} };
/// }
/// impl FromStr for Outcome { … }            // strict: the exact texts alone
/// impl Display for Outcome { … }
/// impl Serialize for Outcome { … }
/// ```
pub(super) fn expand(vocabulary: &Vocabulary) -> TokenStream {
    let inherent = inherent_impl(vocabulary);
    let traits = trait_impls(vocabulary);
    let parsing = from_str_impl(vocabulary);
    let (texts, objections) = (text_impls(vocabulary), objections_impl(vocabulary));
    in_private_scope(&vocabulary.core(), &quote!(#inherent #traits #objections #parsing #texts))
}

fn inherent_impl(vocabulary: &Vocabulary) -> TokenStream {
    let Vocabulary { ident, vis, variants, .. } = vocabulary;
    let (names, texts) = names_and_texts(variants);
    let from_wire = from_wire(vocabulary);
    quote! {
        #[automatically_derived]
        #[allow(dead_code)]
        impl #ident {
            /// Every variant, in the order of declaration.
            #vis const VARIANTS: &'static [Self] = &[#(Self::#names),*];
            /// The text on the wire.
            #[must_use]
            #vis const fn as_str(&self) -> &'static str {
                match self { #(Self::#names => #texts),* }
            }
            #from_wire
        }
    }
}

/// The lenient conversion, which accepts aliases, and with a fallback every text.
fn from_wire(vocabulary: &Vocabulary) -> TokenStream {
    let core = &vocabulary.core();
    let Vocabulary { vis, variants, .. } = vocabulary;
    let texts = variants.iter().map(|Variant { wire, keys, .. }| {
        let alias = keys.alias.iter();
        quote!(#wire #(| #alias)*)
    });
    let names = variants.iter().map(|variant| variant.ident);
    if let Some(Variant { ident: fallback, .. }) = vocabulary.fallback() {
        return quote! {
            /// The variant with this text or alias; the fallback for any other text.
            #[must_use]
            #vis fn from_wire(__text: &str) -> Self {
                match __text { #(#texts => Self::#names,)* _ => Self::#fallback }
            }
        };
    }
    quote! {
        /// The variant with this text or alias, if there is one.
        #[must_use]
        #vis fn from_wire(__text: &str) -> #core::Option<Self> {
            #core::Option::Some(match __text { #(#texts => Self::#names,)* _ => return #core::Option::None })
        }
    }
}

fn trait_impls(vocabulary: &Vocabulary) -> TokenStream {
    let core = &vocabulary.core();
    let Vocabulary { ident, doc, variants, .. } = vocabulary;
    let name = ident.to_string();
    let (_, texts) = names_and_texts(variants);
    quote! {
        #[automatically_derived]
        impl #core::TelemetryEnum for #ident {
            const VARIANTS: &'static [Self] = Self::VARIANTS;
            const DESCRIPTOR: &'static #core::EnumDescriptor =
                &#core::enum_descriptor(#name, #doc, &[#(#texts),*], #core::option_env!("CARGO_PKG_NAME"));
            fn as_str(&self) -> &'static str {
                Self::as_str(self)
            }
        }
        #[automatically_derived]
        impl #core::TelemetryValue for #ident {
            type Sent = Self;
            type Vocabulary = Self;
            fn sent(&self) -> &Self {
                self
            }
            const SHAPE: #core::Shape = #core::Shape::Enum(<Self as #core::TelemetryEnum>::DESCRIPTOR);
        }
    }
}

/// One call per variant, with the span of the variant, so that the compiler marks the variant that a schema does not allow.
fn objections_impl(vocabulary: &Vocabulary) -> TokenStream {
    let core = &vocabulary.core();
    let Vocabulary { ident, variants, .. } = vocabulary;
    let calls = variants.iter().enumerate().map(|(index, variant)| {
        let (index, span) = (Literal::usize_unsuffixed(index), variant.ident.span());
        let core = Core::reported_at(span);
        let call = quote_spanned!(span.resolved_at(Span::call_site())=> #core::fail_at_variant::<__M>());
        quote!(#index => #call)
    });
    quote! {
        #[automatically_derived]
        impl<__M: #core::FieldMismatch> #core::Vocabulary<__M> for #ident {
            const FITS: () = match __M::VARIANT { #(#calls,)* _ => {} };
        }
    }
}

fn from_str_impl(vocabulary: &Vocabulary) -> TokenStream {
    let core = &vocabulary.core();
    let Vocabulary { ident, variants, .. } = vocabulary;
    let (names, texts) = names_and_texts(variants);
    quote! {
        #[automatically_derived]
        impl #core::FromStr for #ident {
            type Err = #core::VocabularyError;
            fn from_str(__text: &str) -> #core::Result<Self, #core::VocabularyError> {
                #core::Result::Ok(match __text {
                    #(#texts => Self::#names,)*
                    _ => return #core::Result::Err(#core::vocabulary_error::<Self>(__text)),
                })
            }
        }
    }
}

fn text_impls(vocabulary: &Vocabulary) -> TokenStream {
    let core = &vocabulary.core();
    let ident = vocabulary.ident;
    quote! {
        #[automatically_derived]
        impl #core::Display for #ident {
            fn fmt(&self, __formatter: &mut #core::Formatter<'_>) -> #core::fmt::Result {
                __formatter.pad(Self::as_str(self))
            }
        }
        #[automatically_derived]
        impl #core::Serialize for #ident {
            fn serialize<__S: #core::Serializer>(&self, __serializer: __S) -> #core::Result<__S::Ok, __S::Error> {
                #core::Serializer::serialize_str(__serializer, Self::as_str(self))
            }
        }
    }
}

fn names_and_texts<'a>(variants: &'a [Variant<'a>]) -> (Vec<&'a Ident>, Vec<&'a LitStr>) {
    variants.iter().map(|variant| (variant.ident, &variant.wire)).unzip()
}
