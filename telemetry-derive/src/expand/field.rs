// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The code for one field: its shape, its serialization and its sentinel.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{LitStr, Type};
use telemetry_schema::constraint::Kind;
use telemetry_schema::message::Message;
use telemetry_schema::rust_type::rust_type;

use crate::angles::is_punct;
use crate::ast::{Core, Encoding, Field};
use crate::attr::{Bounds, Literal, TimeUnit, is_literal};
use crate::event_schema::EventSchema;
use crate::forbidden_types::Refusal;
use crate::key::Key;
use crate::type_name::{is_option, is_single_name, last_argument, spelled};

/// A field of `parent`, ready to generate code.
#[derive(Clone, Copy)]
pub(super) struct Emitter<'a> {
    pub(super) core: &'a Core,
    pub(super) parent: &'a Ident,
    pub(super) field: &'a Field<'a>,
    pub(super) event_schema: Option<&'a EventSchema<'a>>,
    /// Whether the struct is packed, so that its fields cannot be borrowed.
    pub(super) is_packed: bool,
}

/// How a field is serialized.
pub(super) enum SerializedField {
    /// `U32(self.num_gpu)`, `text(&self.engine)`, or `<Outcome as TelemetryValue>::sent(&self.outcome)`
    Value(TokenStream),
    /// `<Vec<Outcome> as TelemetryValue>::put(&self.outcomes, &mut __parameters);`
    Statement(TokenStream),
}

impl<'a> Emitter<'a> {
    /// The trait that serializes the field's values: `TelemetryValue`, or for a type that most likely cannot be sent, a trait for
    /// this field alone whose error message gives the reason.
    pub(super) fn value_trait(self) -> TokenStream {
        let core = self.core;
        self.own_trait().map_or_else(|| quote!(#core::TelemetryValue), ToTokens::into_token_stream)
    }

    /// The name of the field's own trait, as it appears in the compiler's notes.
    pub(super) fn own_trait(self) -> Option<Ident> {
        if !matches!(self.field.encoding(), Encoding::Plain) {
            return None;
        }
        self.field.refusal?;
        // Keeps `snake_case`, because the names of two fields may be equal in `PascalCase`.
        Some(Ident::new(&format!("Sendable_{}", self.field.name), Span::call_site()))
    }

    /// `value_trait! { Sendable_path, "field `path` of `Job` cannot be sent: …", "use …" }`
    pub(super) fn trait_definition(self) -> Option<TokenStream> {
        let (Self { core, parent, field, .. }, own_trait) = (self, self.own_trait()?);
        let refusal = field.refusal?;
        if let Some((message, instead)) = self.schema_refusal(refusal) {
            return Some(quote!(#core::value_trait! { #own_trait, #message, #instead }));
        }
        let (name, reason, instead) = (&field.name, refusal.reason, refusal.help(field.ty));
        let place = self
            .event_schema
            .and_then(|event_schema| event_schema.place(&field.wire))
            .unwrap_or_default()
            .replace('{', "{{")
            .replace('}', "}}");
        let message = format!("field `{name}` of `{parent}`{place} cannot be sent as `{{Self}}`: {reason}");
        Some(quote!(#core::value_trait! { #own_trait, #message, #instead }))
    }

    /// The message to use instead if the schema requires another JSON type: the field's type would be wrong even if it could be
    /// sent.
    fn schema_refusal(self, refusal: Refusal) -> Option<(String, String)> {
        let (event_schema, Field { name, wire, .. }) = (self.event_schema?, self.field);
        let (kind, pointer) =
            (event_schema.asked.parameter(wire)?.kind, event_schema.asked.pointer_of(wire)?);
        if refusal.json_type.is_empty() || kind == Kind::Any || kind.json_type() == refusal.json_type {
            return None;
        }
        let (intro, json_type) = (event_schema.field_intro(name, self.parent), kind.json_type());
        // Braces are special in `#[diagnostic::on_unimplemented]`.
        let place = format!("{intro}: `{pointer}`").replace('{', "{{").replace('}', "}}");
        let message =
            format!("{place} requires JSON `{json_type}`, but `{{Self}}` does not serialize as one");
        let instead = rust_type(Message::new("use "), &kind);
        Some((message, instead.as_str().replace('{', "{{").replace('}', "}}")))
    }

    /// `shape::of_u32`, or `<Outcome as TelemetryValue>::SHAPE`, or for a field with `range`: `Shape::integer(0, 64)`
    pub(super) fn shape(self) -> TokenStream {
        let (Self { core, field, .. }, ty) = (self, self.field.ty);
        match field.encoding() {
            Encoding::Plain => self.plain_shape(),
            Encoding::Bounded(Bounds { min, max }) if field.is_float() => {
                quote!(#core::Shape::number(#min, #max))
            }
            Encoding::Bounded(Bounds { min, max }) if field.primitive.is_some() => {
                quote!(#core::Shape::integer(#min, #max))
            }
            Encoding::Bounded(Bounds { min, max }) => {
                quote!(<<#ty as #core::BoundedInteger>::Range<{ #min }, { #max }> as #core::RangeShape>::SHAPE)
            }
            Encoding::Text { reason, max_len } if field.is_string => {
                quote!(#core::Shape::free_text(#reason, #max_len))
            }
            Encoding::Text { reason, max_len } => quote!({
                const __TEXT: #core::Shape = #core::Shape::free_text(#reason, #max_len);
                const __LIST: #core::Shape = #core::Shape::list(&__TEXT);
                const __SET: #core::Shape = #core::Shape::set(&__TEXT);
                #core::text_shape(
                    <#ty as #core::TelemetryText>::CONTAINER,
                    &__TEXT,
                    &__LIST,
                    &__SET,
                )
            }),
            Encoding::Bucketed(limits) => quote!(#core::Shape::bucket(&[#(#limits),*])),
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

    /// The sentinel, if it is a literal that needs no evaluation.
    pub(super) fn literal_sentinel(self) -> Option<&'a TokenStream> {
        let sentinel = self.field.keys.sentinel.as_ref()?;
        is_literal(sentinel).then_some(sentinel)
    }

    /// How the field is serialized.
    pub(super) fn serialized(self) -> SerializedField {
        let Self { core, field, .. } = self;
        let (place, ty) = (self.place(), field.ty);
        SerializedField::Value(match (field.encoding(), field.primitive) {
            (Encoding::Bucketed(limits), _) => quote! {
                #core::Bucketed { count: <#ty as #core::Count>::count(#place), limits: &[#(#limits),*] }
            },
            (_, Some(primitive)) => {
                let wrapper = Ident::new(primitive.wrapper, Span::call_site());
                quote!(#core::#wrapper(#place))
            }
            (Encoding::Text { .. }, None) if field.is_string => quote!(#core::text(&#place)),
            (Encoding::Plain, None) if field.fingerprint.is_none() => return self.serialized_by_trait(),
            _ => quote!(&#place),
        })
    }

    /// The entry for a type that only the compiler knows. A type that cannot be sent must cause one error, although it is used
    /// several times: the compiler reports errors with the same place and text once.
    fn serialized_by_trait(self) -> SerializedField {
        let (Field { ty, refusal, .. }, value, place) = (self.field, self.value_trait(), self.place());
        if refusal.is_none() && is_single_name(ty) {
            return SerializedField::Value(quote_spanned!(ty.span()=> <#ty as #value>::sent(&#place)));
        }
        SerializedField::Statement(quote!(<#ty as #value>::put(&#place, &mut __parameters);))
    }

    /// `duration_ms: -1`; without a sentinel, and if the default of the type may be used, `duration_ms: Default::default()`
    pub(super) fn default(self, has_own: bool) -> Option<TokenStream> {
        let (ident, span) = (self.field.ident, self.field.ty.span());
        let core = Core::reported_at(span);
        let own = || quote_spanned!(span=> #core::Default::default());
        let default = self.sentinel().or_else(|| has_own.then(own))?;
        Some(quote!(#ident: #default))
    }

    /// The value of the field: `self.index`, or the variable with a copy of it.
    pub(super) fn place(self) -> TokenStream {
        let ident = self.field.ident;
        if self.is_packed {
            let copy = self.copy();
            return quote!(#copy);
        }
        quote!(self.#ident)
    }

    /// The variable with a copy of the field, because a field of a packed struct cannot be borrowed.
    pub(super) fn copy(self) -> Ident {
        Ident::new(&format!("__copy_of_{}", self.field.name), Span::call_site())
    }

    /// The sentinel converted to the field's type: a text literal becomes the text type of the field.
    pub(super) fn sentinel(self) -> Option<TokenStream> {
        let sentinel = self.field.keys.sentinel.as_ref()?;
        let Ok(text) = syn::parse2::<LitStr>(sentinel.clone()) else { return Some(sentinel.clone()) };
        let core = Core::reported_at(text.span());
        Some(quote_spanned!(text.span()=> #core::from_text(#text)))
    }

    /// The rules that only the compiler can check, as statements whose evaluation fails if a rule is broken:
    /// `require_sentinel(<Seconds as TelemetryValue>::NEEDS_SENTINEL, &<Seconds as …>::SHAPE, "seconds", "Job");`
    pub(super) fn assertions(self) -> Vec<TokenStream> {
        let own = match self.field.encoding() {
            Encoding::Plain if self.may_need_sentinel() && !self.is_checked() => {
                Some(self.sentinel_assertion())
            }
            Encoding::Bounded(bounds) if !self.field.has_known_size() || bounds.literal().is_none() => {
                (!self.field.is_float()).then(|| self.range_assertion(bounds))
            }
            _ => None,
        };
        own.into_iter().chain(self.sentinel_rule()).collect()
    }

    fn may_need_sentinel(self) -> bool {
        let field = self.field;
        let is_known = field.primitive.is_some() && !field.is_float() || field.fingerprint.is_some();
        field.keys.token(Key::Sentinel).is_none() && !is_known
    }

    /// Whether the field is checked against a schema, and a type that needs a sentinel fails that check anyway.
    fn is_checked(self) -> bool {
        let Some(asked) =
            self.event_schema.and_then(|event_schema| event_schema.asked.parameter(&self.field.wire))
        else {
            return false;
        };
        matches!(self.field.encoding(), Encoding::Plain)
            && self.field.primitive.is_none()
            && !matches!(asked.kind.innermost(), Kind::Any | Kind::Number { .. } | Kind::Object(_))
    }

    fn sentinel_assertion(self) -> TokenStream {
        let (ty, value, name) = (self.field.ty, self.value_trait(), &self.field.name);
        let (core, parent) = (Core::reported_at(ty.span()), self.parent.to_string());
        quote_spanned! {ty.span()=>
            #core::require_sentinel(<#ty as #value>::NEEDS_SENTINEL, &<#ty as #value>::SHAPE, #name, #parent);
        }
    }

    fn range_assertion(self, bounds: &Bounds) -> TokenStream {
        let (Bounds { min, max }, Field { ty, name, .. }) = (bounds, self.field);
        let (core, parent) = (Core::reported_at(min.span()), self.parent.to_string());
        let own = self.core;
        let integer = quote!(#own::BoundedInteger);
        quote_spanned! {min.span()=>
            #core::require_range([#min, #max], [<#ty as #integer>::LOW, <#ty as #integer>::HIGH], #name, #parent);
        }
    }

    /// `const __SENTINEL: u32 = UNKNOWN; Sentinel(&__SENTINEL).require_within(0, 64, ("gpus", "Job"));`, unless the spelling
    /// of the sentinel and the bounds was enough.
    fn sentinel_rule(self) -> Option<TokenStream> {
        let (field, sentinel) = (self.field, self.field.keys.sentinel.as_ref()?);
        let is_literal = is_literal(sentinel) && !is_huge(sentinel);
        let is_optional_float = || optional_float(field.ty);
        let (min, max) = match field.encoding() {
            Encoding::Bounded(bounds) if is_literal && (field.is_float() || bounds.literal().is_some()) => {
                None
            }
            // Its elements are clamped with every other value, and a constant cannot hold a collection.
            Encoding::Bounded(_) if is_collection(field.ty) => None,
            Encoding::Bounded(Bounds { min, max }) => Some((min.clone(), max.clone())),
            Encoding::Plain if !is_literal && field.is_float() => Some(all_floats(self.core, field.ty)),
            Encoding::Plain if !is_literal && is_optional_float().is_some() => {
                is_optional_float().map(|float| all_floats(self.core, float))
            }
            Encoding::Plain if self.may_be_float() && (is_constant(sentinel) || is_huge(sentinel)) => {
                return Some(self.finite_sentinel_rule(sentinel));
            }
            _ => None,
        }?;
        let (ty, name, parent, span) = (field.ty, &field.name, self.parent.to_string(), sentinel.span());
        let core = Core::reported_at(span);
        Some(quote_spanned! {span=>
            const __SENTINEL: #ty = #sentinel;
            #core::Sentinel(&__SENTINEL).require_within(#min, #max, (#name, #parent));
        })
    }

    /// Whether only the compiler knows that the type, or the item of an option, is not a float.
    fn may_be_float(self) -> bool {
        let Field { ty, primitive, fingerprint, .. } = self.field;
        let inner = if is_option(ty) { last_argument(ty) } else { Some(*ty) };
        primitive.is_none() && fingerprint.is_none() && inner.is_some_and(is_single_name)
    }

    /// `require_finite(Probe::<Seconds, __Sentinel>::FLOAT, ("seconds", "Job"));`, with a type that has the sentinel.
    fn finite_sentinel_rule(self, sentinel: &TokenStream) -> TokenStream {
        let (ty, name, parent, own) = (self.field.ty, &self.field.name, self.parent.to_string(), self.core);
        let span = sentinel.span();
        let core = Core::reported_at(span);
        quote_spanned! {span=>
            use #own::NoFloat as _;
            struct __Sentinel;
            impl #own::SentinelOf<#ty> for __Sentinel {
                const VALUE: #ty = #sentinel;
            }
            #core::require_finite(#own::Probe::<#ty, __Sentinel>::FLOAT, (#name, #parent));
        }
    }
}

/// Whether `ty` is spelled as a collection, or an option of one.
fn is_collection(ty: &Type) -> bool {
    match last_argument(ty) {
        Some(inner) if is_option(ty) => is_collection(inner),
        inner => inner.is_some(),
    }
}

/// Whether the expression is a literal that is infinite in the smallest of the floats, and so perhaps in its own type.
fn is_huge(expression: &TokenStream) -> bool {
    matches!(Literal::of(expression), Some(Literal::Float(number)) if number.abs() > f32::MAX.into())
}

/// Whether the expression is the name of a constant, or `Some` of one, as far as its capital letters say.
fn is_constant(expression: &TokenStream) -> bool {
    let tokens: Vec<_> = expression.clone().into_iter().collect();
    match tokens.as_slice() {
        [TokenTree::Ident(some), TokenTree::Group(inner)] if some == "Some" => is_constant(&inner.stream()),
        [path @ .., TokenTree::Ident(name)] => {
            let name = name.to_string();
            let is_path = |token: &TokenTree| matches!(token, TokenTree::Ident(_)) || is_punct(token, ':');
            path.iter().all(is_path) && name.len() > 1 && !name.contains(char::is_lowercase)
        }
        _ => false,
    }
}

/// `f64::MIN` and `f64::MAX`.
fn all_floats(core: &Core, ty: &Type) -> (TokenStream, TokenStream) {
    (quote!(<#ty as #core::BoundedFloat>::LOW), quote!(<#ty as #core::BoundedFloat>::HIGH))
}

/// `f64` of `Option<f64>`.
fn optional_float(ty: &Type) -> Option<&Type> {
    let inner = is_option(ty).then(|| last_argument(ty)).flatten()?;
    matches!(spelled(inner).as_str(), "f32" | "f64").then_some(inner)
}
