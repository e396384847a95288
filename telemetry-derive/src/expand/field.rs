// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What a field contributes: its shape, its normalisation, its entry when serialised, its sentinel.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::LitStr;
use syn::spanned::Spanned;
use telemetry_schema::comparison::rust_type;
use telemetry_schema::constraint::Kind;
use telemetry_schema::message::Message;
use telemetry_schema::name::pascal_field;

use crate::ast::{Core, Field, Treatment, generated_text};
use crate::attr::{Bounds, TimeUnit, is_literal};
use crate::contract::Contract;
use crate::key::Key;
use crate::refusal::Refusal;
use crate::spelling::is_single_name;

/// A field of `parent`, ready to generate code.
#[derive(Clone, Copy)]
pub(super) struct Emitter<'a> {
    pub(super) core: &'a Core,
    pub(super) parent: &'a Ident,
    pub(super) field: &'a Field<'a>,
    pub(super) contract: Option<&'a Contract<'a>>,
}

/// How a field is normalised.
pub(super) enum Normalization {
    /// `&mut self.session`: nothing stands in for a value that cannot be sent, since the type has none.
    Usual(TokenStream),
    /// `<Outcome as TelemetryValue>::settle(&mut self.outcome)`: the number of changes.
    Changes(TokenStream),
    /// `__changes.clamp(&mut self.num_gpu, 0, 64);`
    Statement(TokenStream),
}

/// How a field is written.
pub(super) enum Entry {
    /// `U32(self.num_gpu)`, `text(&self.engine)`, or `<Outcome as TelemetryValue>::sent(&self.outcome)`
    Value(TokenStream),
    /// `<Vec<Outcome> as TelemetryValue>::put(&self.outcomes, &mut __parameters);`
    Statement(TokenStream),
}

impl<'a> Emitter<'a> {
    /// The trait through which the field's values go: `TelemetryValue`, or for a type that most likely is no value a trait
    /// of the field's own, whose message gives the reason.
    pub(super) fn value_trait(self) -> TokenStream {
        let core = self.core;
        self.own_trait().map_or_else(|| quote!(#core::TelemetryValue), ToTokens::into_token_stream)
    }

    /// The name of the field's own trait, as it appears in the compiler's notes.
    pub(super) fn own_trait(self) -> Option<Ident> {
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
        let place = self
            .contract
            .and_then(|contract| contract.place(&field.wire))
            .unwrap_or_default()
            .replace('{', "{{")
            .replace('}', "}}");
        let message = format!("field `{name}` of `{parent}`{place} cannot be sent as `{{Self}}`: {reason}");
        Some(quote!(#core::value_trait! { #own_trait, #message, #instead }))
    }

    /// What to say instead, where the schema asks for another JSON type anyway: the type would be wrong even if it could be
    /// sent.
    fn schema_refusal(self, refusal: Refusal) -> Option<(String, String)> {
        let (contract, Field { name, wire, .. }) = (self.contract?, self.field);
        let (kind, pointer) = (contract.asked.parameter(wire)?.kind, contract.asked.pointer_of(wire)?);
        if refusal.json_type.is_empty() || kind == Kind::Any || kind.json_type() == refusal.json_type {
            return None;
        }
        let (intro, json_type) = (contract.field_intro(name, self.parent), kind.json_type());
        // Braces have a meaning in the attribute that shows the message.
        let place = format!("{intro}: `{pointer}`").replace('{', "{{").replace('}', "}}");
        let message =
            format!("{place} requires JSON `{json_type}`, but `{{Self}}` does not serialize as one");
        let instead = rust_type(Message::new("use "), &kind);
        Some((message, instead.as_str().replace('{', "{{").replace('}', "}}")))
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
            Treatment::Text { reason, max_len } if field.is_string => {
                quote!(#core::Shape::FreeText { reason: #reason, max_len: #max_len })
            }
            Treatment::Text { reason, max_len } => quote!({
                const __TEXT: #core::Shape = #core::Shape::FreeText { reason: #reason, max_len: #max_len };
                #core::text_shape(
                    <#ty as #core::TelemetryText>::CONTAINER,
                    &__TEXT,
                    &#core::Shape::List(&__TEXT),
                    &#core::Shape::Set(&__TEXT),
                )
            }),
            Treatment::Bucketed(limits) => quote!(#core::Shape::Bucket(&[#(#limits),*])),
        }
    }

    fn plain_shape(self) -> TokenStream {
        let (core, ty, value) = (self.core, self.field.ty, self.value_trait());
        match self.field.primitive {
            Some(primitive) => {
                let of = Ident::new(&format!("of_{}", primitive.name), Span::call_site());
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

    /// How the field is normalised; nothing for what can only be in bounds.
    pub(super) fn normalization(self) -> Option<Normalization> {
        let Self { core, field, .. } = self;
        let (ident, ty) = (field.ident, field.ty);
        let call = |call: TokenStream| Some(Normalization::Statement(quote!(__changes.#call;)));
        match (field.treatment(), self.literal_sentinel()) {
            (Treatment::Plain, Some(sentinel)) if field.is_float() => {
                call(quote!(settle_float(&mut self.#ident, #sentinel)))
            }
            (Treatment::Plain, _) if field.is_float() => {
                Some(self.or_sentinel(&quote!(#core::TelemetryValue::settle(&mut self.#ident))))
            }
            (Treatment::Plain, _) if field.primitive.is_some() => None,
            (Treatment::Plain, _) if field.fingerprint.is_some() && field.keys.sentinel.is_none() => {
                Some(Normalization::Usual(quote!(&mut self.#ident)))
            }
            (Treatment::Plain, _) => {
                let value = self.value_trait();
                Some(self.or_sentinel(&quote!(<#ty as #value>::settle(&mut self.#ident))))
            }
            (Treatment::Bounded(Bounds { min, max }), Some(sentinel)) if field.is_float() => {
                call(quote!(clamp_float(&mut self.#ident, #min, #max, #sentinel)))
            }
            (Treatment::Bounded(Bounds { min, max }), _) if field.is_float() => {
                Some(self.or_sentinel(&quote!(#core::BoundedFloat::clamp_to(&mut self.#ident, #min, #max))))
            }
            (Treatment::Bounded(Bounds { min, max }), _) if field.is_integer() => {
                call(quote!(clamp(&mut self.#ident, #min, #max)))
            }
            (Treatment::Bounded(Bounds { min, max }), _) => {
                call(quote!(add(<#ty as #core::BoundedInteger>::clamp_to(&mut self.#ident, #min, #max))))
            }
            (Treatment::Text { max_len, .. }, Some(sentinel)) if field.is_string => {
                call(quote!(bound(&mut self.#ident, #max_len, #sentinel)))
            }
            (Treatment::Text { max_len, .. }, _) => Some(
                self.or_sentinel(&quote!(<#ty as #core::TelemetryText>::bound(&mut self.#ident, #max_len))),
            ),
            (Treatment::Bucketed(_), _) => None,
        }
    }

    /// What to do with `changes`: count them, or put the sentinel in place, if there is one.
    fn or_sentinel(self, changes: &TokenStream) -> Normalization {
        let ident = self.field.ident;
        match self.sentinel() {
            Some(sentinel) => {
                Normalization::Statement(quote!(if __changes.lost(#changes) { self.#ident = #sentinel; }))
            }
            None => Normalization::Changes(changes.clone()),
        }
    }

    /// The sentinel, if it is a literal, for which nothing has to be computed.
    fn literal_sentinel(self) -> Option<&'a TokenStream> {
        let sentinel = self.field.keys.sentinel.as_ref()?;
        is_literal(sentinel).then_some(sentinel)
    }

    /// How the field is written.
    pub(super) fn entry(self) -> Entry {
        let Self { core, field, .. } = self;
        let (ident, ty) = (field.ident, field.ty);
        Entry::Value(match (field.treatment(), field.primitive) {
            (Treatment::Bucketed(limits), _) => quote! {
                #core::Bucketed { count: <#ty as #core::Count>::count(self.#ident), limits: &[#(#limits),*] }
            },
            (_, Some(primitive)) => {
                let wrapper = Ident::new(primitive.wrapper, Span::call_site());
                quote!(#core::#wrapper(self.#ident))
            }
            (Treatment::Text { .. }, None) if field.is_string => quote!(#core::text(&self.#ident)),
            (Treatment::Plain, None) if field.fingerprint.is_none() => return self.trait_entry(),
            _ => quote!(&self.#ident),
        })
    }

    /// The entry of a type that only the compiler knows. A type that is no value must be one error wherever it is used: the
    /// compiler tells errors of one place and text only once.
    fn trait_entry(self) -> Entry {
        let (Field { ident, ty, refusal, .. }, value) = (self.field, self.value_trait());
        let place = quote!(&self.#ident);
        if refusal.is_none() && is_single_name(ty) {
            return Entry::Value(quote_spanned!(ty.span()=> <#ty as #value>::sent(#place)));
        }
        Entry::Statement(quote!(<#ty as #value>::put(#place, &mut __parameters);))
    }

    /// `duration_ms: -1`; without a sentinel, and if the default of the type may stand in, `duration_ms: Default::default()`
    pub(super) fn default(self, has_own: bool) -> Option<TokenStream> {
        let (ident, span) = (self.field.ident, self.field.ty.span());
        let core = Core::reported_at(span);
        let own = || quote_spanned!(span=> #core::Default::default());
        let default = self.sentinel().or_else(|| has_own.then(own))?;
        Some(quote!(#ident: #default))
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

    /// What only the compiler can decide, as a call that does not evaluate when a rule is broken:
    /// `require_sentinel(<Seconds as TelemetryValue>::NEEDS_SENTINEL, "seconds", "Job");`
    pub(super) fn assertion(self) -> Option<TokenStream> {
        let field = self.field;
        match field.treatment() {
            Treatment::Plain if field.keys.token(Key::Sentinel).is_some() => None,
            Treatment::Plain
                if field.primitive.is_some() && !field.is_float() || field.fingerprint.is_some() =>
            {
                None
            }
            Treatment::Plain => Some(self.sentinel_assertion()),
            Treatment::Bounded(bounds) if bounds.literal().is_none() && !field.is_float() => {
                Some(self.range_assertion(bounds))
            }
            _ => None,
        }
    }

    /// Whether the field is checked against a schema, and a type that needs a sentinel fails that check anyway.
    pub(super) fn is_checked(self) -> bool {
        let Some(asked) = self.contract.and_then(|contract| contract.asked.parameter(&self.field.wire))
        else {
            return false;
        };
        matches!(self.field.treatment(), Treatment::Plain)
            && self.field.primitive.is_none()
            && !matches!(asked.kind.innermost(), Kind::Any | Kind::Number { .. } | Kind::Object(_))
    }

    /// Whether only another type of a usual name could need a sentinel.
    pub(super) fn is_unlikely_to_need_sentinel(self) -> bool {
        let field = self.field;
        field.fingerprint.is_some()
            && matches!(field.treatment(), Treatment::Plain)
            && field.keys.sentinel.is_none()
    }

    fn sentinel_assertion(self) -> TokenStream {
        let (ty, value, name) = (self.field.ty, self.value_trait(), &self.field.name);
        let (core, parent) = (Core::reported_at(ty.span()), self.parent.to_string());
        quote_spanned! {ty.span()=>
            #core::require_sentinel(<#ty as #value>::NEEDS_SENTINEL, #name, #parent);
        }
    }

    fn range_assertion(self, bounds: &Bounds) -> TokenStream {
        let (Bounds { min, max }, message) = (bounds, self.empty_range());
        let core = Core::reported_at(min.span());
        quote_spanned! {min.span()=>
            #core::require_range(#min, #max, #message);
        }
    }

    fn empty_range(self) -> LitStr {
        let (name, parent) = (&self.field.name, self.parent);
        generated_text(&format!(
            "the `range` of field `{name}` of `{parent}` is empty\nhelp: write the smaller bound first"
        ))
    }
}
