// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What a field contributes: its descriptor, its normalisation, its entry when serialised, its sentinel.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::LitStr;
use syn::spanned::Spanned;

use crate::ast::{Core, Field, Treatment, generated_text};
use crate::attr::{Bounds, TimeUnit};
use crate::case::pascal_field;
use crate::key::Key;
use crate::refusal::{Refusal, refusal};

/// A field of `parent`, ready to generate code.
#[derive(Clone, Copy)]
pub(super) struct Emitter<'a> {
    pub(super) core: &'a Core,
    pub(super) parent: &'a Ident,
    pub(super) field: &'a Field<'a>,
}

impl Emitter<'_> {
    /// The trait through which the field's values go: `TelemetryValue`, or for a type that most likely is no value a trait
    /// of the field's own, whose message gives the reason.
    fn value_trait(self) -> TokenStream {
        let core = self.core;
        self.own_trait().map_or_else(|| quote!(#core::TelemetryValue), ToTokens::into_token_stream)
    }

    /// The name of the field's own trait, as it appears in the compiler's notes.
    fn own_trait(self) -> Option<Ident> {
        if !matches!(self.field.treatment(), Treatment::Plain) {
            return None;
        }
        refusal(self.field.ty)?;
        let name = pascal_field(&self.field.name());
        Some(Ident::new(&format!("Sendable{name}"), Span::call_site()))
    }

    /// `value_trait! { SendablePath, "field `path` of `Job` cannot be sent: …", "use …" }`
    pub(super) fn trait_definition(self) -> Option<TokenStream> {
        let (Self { core, parent, field }, own_trait) = (self, self.own_trait()?);
        let Refusal { reason, instead } = refusal(field.ty)?;
        let name = field.name();
        let message = format!("field `{name}` of `{parent}` cannot be sent as `{{Self}}`: {reason}");
        Some(quote!(#core::value_trait! { #own_trait, #message, #instead }))
    }

    /// `field("numGpu", "num_gpu", doc("GPUs asked for."), <u32 as TelemetryValue>::SHAPE)`
    pub(super) fn descriptor(self) -> TokenStream {
        let Self { core, field, .. } = self;
        let (wire, rust_name, doc, shape) = (&field.wire, field.name(), &field.doc, self.shape());
        let role = self.role();
        quote!(#core::field(#wire, #rust_name, #core::doc(#doc), #shape)#role)
    }

    /// `.with_role(Role::Outcome)`, or nothing.
    fn role(self) -> Option<TokenStream> {
        let Self { core, field, .. } = self;
        let role = match field.keys.duration {
            Some(TimeUnit::Milliseconds) => quote!(Duration(#core::DurationUnit::Milliseconds)),
            Some(TimeUnit::Seconds) => quote!(Duration(#core::DurationUnit::Seconds)),
            None => field.keys.token(Key::Outcome).map(|_| quote!(Outcome))?,
        };
        Some(quote!(.with_role(#core::Role::#role)))
    }

    /// `<u32 as TelemetryValue>::SHAPE`, or for a field with `range`:
    /// `{ const INTEGER: Shape = integer(0, 64); integer_shape(<u32 as BoundedInteger>::NULLABLE, &INTEGER) }`
    fn shape(self) -> TokenStream {
        let (Self { core, field, .. }, value) = (self, self.value_trait());
        let ty = field.ty;
        match field.treatment() {
            Treatment::Plain => quote!(<#ty as #value>::SHAPE),
            Treatment::Bounded(bounds) => {
                let (min, max) = (&bounds.min, &bounds.max);
                quote!({
                    const INTEGER: #core::Shape = #core::Shape::Integer { min: #min, max: #max };
                    #core::integer_shape(<#ty as #core::BoundedInteger>::NULLABLE, &INTEGER)
                })
            }
            Treatment::Text { reason, max_len } => quote!({
                const TEXT: #core::Shape = #core::Shape::FreeText { reason: #reason, max_len: #max_len };
                #core::text_shape(<#ty as #core::TelemetryText>::CONTAINER, &TEXT)
            }),
            Treatment::Bucketed(limits) => quote!(#core::Shape::Bucket(&[#(#limits),*])),
        }
    }

    /// `<u32 as TelemetryValue>::normalize(&mut self.num_gpu)`; with a sentinel:
    /// `normalize_or::<f64>(&mut self.seconds, || -1.0)`
    pub(super) fn normalization(self) -> Option<TokenStream> {
        let (Self { core, field, .. }, value) = (self, self.value_trait());
        let (ident, ty) = (field.ident, field.ty);
        Some(match (field.treatment(), self.sentinel()) {
            (Treatment::Plain, None) => {
                quote!(<#ty as #value>::normalize(&mut self.#ident))
            }
            (Treatment::Plain, Some(sentinel)) => {
                quote!(<#ty as #value>::normalize_or(&mut self.#ident, || #sentinel))
            }
            (Treatment::Bounded(bounds), _) => {
                let (min, max) = (&bounds.min, &bounds.max);
                quote!(<#ty as #core::BoundedInteger>::clamp_to(&mut self.#ident, #min, #max))
            }
            (Treatment::Text { max_len, .. }, sentinel) => {
                quote!(<#ty as #core::TelemetryText>::bound(&mut self.#ident, #max_len, || #sentinel))
            }
            (Treatment::Bucketed(_), _) => return None,
        })
    }

    /// `<u32 as TelemetryValue>::serialize_entry(&self.num_gpu, "numGpu", &mut parameters)?;`
    pub(super) fn serialization(self) -> TokenStream {
        let (Self { core, field, .. }, value) = (self, self.value_trait());
        let (ident, ty, wire) = (field.ident, field.ty, &field.wire);
        match field.treatment() {
            Treatment::Plain => quote! {
                <#ty as #value>::serialize_entry(&self.#ident, #wire, &mut parameters)?;
            },
            Treatment::Bucketed(limits) => quote! {
                let bucket = #core::Bucketed {
                    count: <#ty as #core::Count>::count(self.#ident),
                    limits: &[#(#limits),*],
                };
                #core::SerializeStruct::serialize_field(&mut parameters, #wire, &bucket)?;
            },
            Treatment::Bounded(_) | Treatment::Text { .. } => quote! {
                #core::SerializeStruct::serialize_field(&mut parameters, #wire, &self.#ident)?;
            },
        }
    }

    /// `duration_ms: -1`
    pub(super) fn default(self) -> Option<TokenStream> {
        let (ident, sentinel) = (self.field.ident, self.sentinel()?);
        Some(quote!(#ident: #sentinel))
    }

    /// The sentinel as the field's type: a text in quotes becomes whatever text type the field has.
    fn sentinel(self) -> Option<TokenStream> {
        let Self { core, field, .. } = self;
        let (sentinel, ty) = (field.keys.sentinel.as_ref()?, field.ty);
        match syn::parse2::<LitStr>(sentinel.clone()) {
            Ok(text) => Some(quote!(<#ty as #core::FromText>::from_text(#text))),
            Err(_) => Some(sentinel.clone()),
        }
    }

    /// What only the compiler can decide, as constants that do not evaluate when a rule is broken:
    /// `const _: () = require(!<f64 as TelemetryValue>::NEEDS_SENTINEL, "field `seconds` of `Job` …");`
    pub(super) fn assertion(self) -> Option<TokenStream> {
        match self.field.treatment() {
            Treatment::Plain if self.field.keys.token(Key::Sentinel).is_none() => {
                Some(self.sentinel_assertion())
            }
            Treatment::Bounded(bounds) if bounds.literal().is_none() => Some(self.range_assertion(bounds)),
            _ => None,
        }
    }

    fn sentinel_assertion(self) -> TokenStream {
        let (ty, value, message) = (self.field.ty, self.value_trait(), self.missing_sentinel());
        let core = self.core.reported_at(ty.span());
        quote_spanned! {ty.span()=>
            const _: () = #core::require(!<#ty as #value>::NEEDS_SENTINEL, #message);
        }
    }

    fn range_assertion(self, bounds: &Bounds) -> TokenStream {
        let (Bounds { min, max }, message) = (bounds, self.empty_range());
        let core = self.core.reported_at(min.span());
        quote_spanned! {min.span()=>
            const _: () = #core::require_range(#min, #max, #message);
        }
    }

    fn missing_sentinel(self) -> LitStr {
        let (name, parent) = (self.field.name(), self.parent);
        generated_text(&format!(
            "field `{name}` of `{parent}` can hold values that cannot be sent, such as NaN, and has no `sentinel`\n\
             help: add the value that means \"unknown\", as in `#[telemetry(sentinel = -1.0)]`"
        ))
    }

    fn empty_range(self) -> LitStr {
        let (name, parent) = (self.field.name(), self.parent);
        generated_text(&format!(
            "the `range` of field `{name}` of `{parent}` is empty\nhelp: write the smaller bound first"
        ))
    }
}

/// The emitters of all fields of `parent`.
pub(super) fn emitters<'a>(
    core: &'a Core,
    parent: &'a Ident,
    fields: &'a [Field<'a>],
) -> impl Iterator<Item = Emitter<'a>> + Clone {
    fields.iter().map(move |field| Emitter { core, parent, field })
}

/// `impl Default`, if every field has a sentinel.
pub(super) fn default_impl(core: &Core, parent: &Ident, fields: &[Field]) -> Option<TokenStream> {
    let defaults: Option<Vec<_>> = emitters(core, parent, fields).map(Emitter::default).collect();
    let defaults = defaults?;
    Some(quote! {
        #[automatically_derived]
        impl ::core::default::Default for #parent {
            fn default() -> Self {
                Self { #(#defaults),* }
            }
        }
    })
}
