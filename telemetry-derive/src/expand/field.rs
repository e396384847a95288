// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What a field contributes: its shape, its normalisation, its entry when serialised, its sentinel.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::LitStr;
use syn::spanned::Spanned;

use crate::ast::{Core, Field, Treatment, generated_text};
use crate::attr::{Bounds, TimeUnit};
use crate::case::pascal_field;
use crate::contract::Contract;
use crate::key::Key;
use crate::known::rust_type;
use crate::refusal::Refusal;
use crate::schema::{Expected, Kind};

/// A field of `parent`, ready to generate code.
#[derive(Clone, Copy)]
pub(super) struct Emitter<'a> {
    pub(super) core: &'a Core,
    pub(super) parent: &'a Ident,
    pub(super) field: &'a Field<'a>,
    pub(super) contract: Option<&'a Contract>,
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
        self.field.refusal?;
        let name = pascal_field(&self.field.name);
        Some(Ident::new(&format!("Sendable{name}"), Span::call_site()))
    }

    /// `value_trait! { SendablePath, "field `path` of `Job` cannot be sent: …", "use …" }`
    pub(super) fn trait_definition(self) -> Option<TokenStream> {
        let (Self { core, parent, field, .. }, own_trait) = (self, self.own_trait()?);
        let refusal = field.refusal?;
        if let Some((message, instead)) = self.schema_refusal(refusal) {
            return Some(quote!(#core::value_trait! { #own_trait, #message, #instead }));
        }
        let (name, Refusal { reason, instead, .. }) = (&field.name, refusal);
        let message = format!("field `{name}` of `{parent}` cannot be sent as `{{Self}}`: {reason}");
        Some(quote!(#core::value_trait! { #own_trait, #message, #instead }))
    }

    /// What to say instead, where the schema asks for another JSON type anyway: the type would be wrong even if it could be
    /// sent.
    fn schema_refusal(self, refusal: Refusal) -> Option<(String, String)> {
        let (contract, Field { name, wire, .. }) = (self.contract?, self.field);
        let Expected { pointer, kind, .. } = contract.expected(&wire.value())?;
        if refusal.json_type.is_empty() || *kind == Kind::Any || kind.json_type() == refusal.json_type {
            return None;
        }
        let (intro, json_type) = (contract.field_intro(name, self.parent), kind.json_type());
        // Braces have a meaning in the attribute that shows the message.
        let place = format!("{intro}: `{pointer}`").replace('{', "{{").replace('}', "}}");
        let message =
            format!("{place} requires JSON `{json_type}`, but `{{Self}}` does not serialize as one");
        Some((message, format!("use {}", rust_type(kind)).replace('{', "{{").replace('}', "}}")))
    }

    /// `shape::of_u32`, or `<Outcome as TelemetryValue>::SHAPE`, or for a field with `range`: `integer(0, 64)`
    pub(super) fn shape(self) -> TokenStream {
        let (Self { core, field, .. }, ty) = (self, self.field.ty);
        match field.treatment() {
            Treatment::Plain => self.plain_shape(),
            Treatment::Bounded(Bounds { min, max }) if field.is_float() => quote!(#core::number(#min, #max)),
            Treatment::Bounded(Bounds { min, max }) if field.primitive.is_some() => {
                quote!(#core::integer(#min, #max))
            }
            Treatment::Bounded(Bounds { min, max }) => quote!({
                const __INTEGER: #core::Shape = #core::integer(#min, #max);
                #core::integer_shape(<#ty as #core::BoundedInteger>::NULLABLE, &__INTEGER)
            }),
            Treatment::Text { reason, max_len } => quote!(#core::text_shape(
                <#ty as #core::TelemetryText>::CONTAINER,
                &#core::Shape::FreeText { reason: #reason, max_len: #max_len },
            )),
            Treatment::Bucketed(limits) => quote!(#core::Shape::Bucket(&[#(#limits),*])),
        }
    }

    fn plain_shape(self) -> TokenStream {
        let (core, ty, value) = (self.core, self.field.ty, self.value_trait());
        match self.field.primitive {
            Some(name) => {
                let of = Ident::new(&format!("of_{name}"), Span::call_site());
                quote!(#core::shape::#of)
            }
            None => quote!(<#ty as #value>::SHAPE),
        }
    }

    /// `"duration_ms", Role::Duration(DurationUnit::Milliseconds)`, or nothing.
    pub(super) fn role(self) -> Option<TokenStream> {
        let Self { core, field, .. } = self;
        let role = match field.keys.duration {
            Some(TimeUnit::Milliseconds) => quote!(Duration(#core::DurationUnit::Milliseconds)),
            Some(TimeUnit::Seconds) => quote!(Duration(#core::DurationUnit::Seconds)),
            None => field.keys.token(Key::Outcome).map(|_| quote!(Outcome))?,
        };
        let name = &field.name;
        Some(quote!(#name, #core::Role::#role))
    }

    /// `__changes.lost(<Outcome as TelemetryValue>::settle(&mut self.outcome));`; with a sentinel:
    /// `if __changes.lost_float(self.seconds) { self.seconds = -1.0; }`; nothing for what can only be in bounds.
    pub(super) fn normalization(self) -> Option<TokenStream> {
        let Self { core, field, .. } = self;
        let (ident, ty) = (field.ident, field.ty);
        match field.treatment() {
            Treatment::Plain if field.is_float() => {
                let lost = quote!(__changes.lost_float(::core::convert::Into::into(self.#ident)));
                Some(self.or_sentinel(&lost))
            }
            Treatment::Plain if field.primitive.is_some() => None,
            Treatment::Plain => {
                let value = self.value_trait();
                Some(self.or_sentinel(&quote!(__changes.lost(<#ty as #value>::settle(&mut self.#ident)))))
            }
            Treatment::Bounded(Bounds { min, max }) if field.is_float() => {
                let clamped =
                    quote!(__changes.lost(#core::BoundedFloat::clamp_to(&mut self.#ident, #min, #max)));
                Some(self.or_sentinel(&clamped))
            }
            Treatment::Bounded(Bounds { min, max }) => Some(quote! {
                __changes.add(<#ty as #core::BoundedInteger>::clamp_to(&mut self.#ident, #min, #max));
            }),
            Treatment::Text { max_len, .. } => Some(self.or_sentinel(
                &quote!(__changes.lost(<#ty as #core::TelemetryText>::bound(&mut self.#ident, #max_len))),
            )),
            Treatment::Bucketed(_) => None,
        }
    }

    /// What to do if `lost`: put the sentinel in place, if there is one.
    fn or_sentinel(self, lost: &TokenStream) -> TokenStream {
        let ident = self.field.ident;
        match self.sentinel() {
            Some(sentinel) => quote!(if #lost { self.#ident = #sentinel; }),
            None => quote!(#lost;),
        }
    }

    /// `__parameters.put_u32(self.num_gpu);` or `<Outcome as TelemetryValue>::put(&self.outcome, &mut __parameters);`
    pub(super) fn serialization(self) -> TokenStream {
        let (Self { core, field, .. }, value) = (self, self.value_trait());
        let (ident, ty) = (field.ident, field.ty);
        match (field.treatment(), field.primitive) {
            (Treatment::Plain | Treatment::Bounded(_), Some(name)) => {
                let put = Ident::new(&format!("put_{name}"), Span::call_site());
                quote!(__parameters.#put(self.#ident);)
            }
            (Treatment::Plain, None) => quote!(<#ty as #value>::put(&self.#ident, &mut __parameters);),
            (Treatment::Bucketed(limits), _) => {
                quote!(__parameters.put_bucket(<#ty as #core::Count>::count(self.#ident), &[#(#limits),*]);)
            }
            (Treatment::Text { .. }, _) if field.is_string => quote!(__parameters.put_text(&self.#ident);),
            (Treatment::Bounded(_) | Treatment::Text { .. }, _) => quote!(__parameters.put(&self.#ident);),
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
    /// `const _: () = require(!<Seconds as TelemetryValue>::NEEDS_SENTINEL, "field `seconds` of `Job` …");`
    pub(super) fn assertion(self) -> Option<TokenStream> {
        let field = self.field;
        match field.treatment() {
            Treatment::Plain if field.keys.token(Key::Sentinel).is_some() => None,
            Treatment::Plain if field.primitive.is_some() && !field.is_float() => None,
            Treatment::Plain => Some(self.sentinel_assertion()),
            Treatment::Bounded(bounds) if bounds.literal().is_none() && !field.is_float() => {
                Some(self.range_assertion(bounds))
            }
            _ => None,
        }
    }

    fn sentinel_assertion(self) -> TokenStream {
        let (ty, value, message) = (self.field.ty, self.value_trait(), self.missing_sentinel());
        let core = Core::reported_at(ty.span());
        quote_spanned! {ty.span()=>
            const _: () = #core::require(!<#ty as #value>::NEEDS_SENTINEL, #message);
        }
    }

    fn range_assertion(self, bounds: &Bounds) -> TokenStream {
        let (Bounds { min, max }, message) = (bounds, self.empty_range());
        let core = Core::reported_at(min.span());
        quote_spanned! {min.span()=>
            const _: () = #core::require_range(#min, #max, #message);
        }
    }

    fn missing_sentinel(self) -> LitStr {
        let (name, parent) = (&self.field.name, self.parent);
        generated_text(&format!(
            "field `{name}` of `{parent}` can hold values that cannot be sent, such as NaN, and has no `sentinel`\n\
             help: add the value that means \"unknown\", as in `#[telemetry(sentinel = -1.0)]`"
        ))
    }

    fn empty_range(self) -> LitStr {
        let (name, parent) = (&self.field.name, self.parent);
        generated_text(&format!(
            "the `range` of field `{name}` of `{parent}` is empty\nhelp: write the smaller bound first"
        ))
    }
}
