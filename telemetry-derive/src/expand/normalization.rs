// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! How a field is normalized.

use proc_macro2::TokenStream;
use quote::quote;
use syn::LitInt;

use super::field::Emitter;
use crate::ast::Encoding;
use crate::attr::Bounds;

/// How a field is normalized.
pub(super) enum Normalization {
    /// `<Outcome as TelemetryValue>::normalize_if_sendable(&mut self.outcome)`: the number of changes.
    Changes(TokenStream),
    /// `__changes.clamp(&mut self.num_gpu, 0, 64);`
    Statement(TokenStream),
}

impl Emitter<'_> {
    /// How the field is normalized; `None` if its values are always in bounds.
    pub(super) fn normalization(self) -> Option<Normalization> {
        match (self.condition(), self.adjustment()) {
            (Some(condition), Some(Normalization::Statement(adjust))) if self.field.is_float() => {
                Some(Normalization::Statement(quote!(#condition #adjust)))
            }
            (Some(condition), _) => Some(Normalization::Statement(condition)),
            (None, adjustment) => adjustment,
        }
    }

    /// `__changes.keep_if(<u32 as BoundedInteger>::is_within(&self.num_gpu, 0, 64));`, if an out-of-range value drops the event.
    /// The value stays unchanged, because a heartbeat may be made of it. Only a non-finite float is then still adjusted.
    fn condition(self) -> Option<TokenStream> {
        let Self { core, field, .. } = self;
        let Bounds { min, max } = field.keys.range.as_ref().filter(|_| field.keys.drops)?;
        let (place, ty) = (self.place(), field.ty);
        let bounded = if field.is_float() { quote!(BoundedFloat) } else { quote!(BoundedInteger) };
        Some(quote!(__changes.keep_if(<#ty as #core::#bounded>::is_within(&#place, #min, #max));))
    }

    /// How the field's values are clamped.
    fn adjustment(self) -> Option<Normalization> {
        let field = self.field;
        let encoding = if field.keys.drops { Encoding::Plain } else { field.encoding() };
        match encoding {
            Encoding::Plain if field.is_float() => Some(self.finite()),
            Encoding::Plain => self.normalized(),
            Encoding::Bounded(bounds) if field.is_float() => Some(self.bounded_float(bounds)),
            Encoding::Bounded(bounds) => Some(self.bounded_integer(bounds)),
            Encoding::Text { max_len, .. } => Some(self.bounded_text(max_len)),
            Encoding::Bucketed(_) => None,
        }
    }

    /// A float without bounds, which must still be finite.
    fn finite(self) -> Normalization {
        let (core, place) = (self.core, self.place());
        match self.literal_sentinel() {
            Some(sentinel) => statement(&quote!(normalize_float(&mut #place, #sentinel))),
            None => self.or_sentinel(&quote!(#core::TelemetryValue::normalize_if_sendable(&mut #place))),
        }
    }

    /// How values are normalized by their type; `None` if they are always in bounds.
    fn normalized(self) -> Option<Normalization> {
        let field = self.field;
        if field.primitive.is_some() || field.fingerprint.is_some() {
            return None;
        }
        let (place, ty, value) = (self.place(), field.ty, self.value_trait());
        Some(self.or_sentinel(&quote!(<#ty as #value>::normalize_if_sendable(&mut #place))))
    }

    fn bounded_float(self, Bounds { min, max }: &Bounds) -> Normalization {
        let (core, place) = (self.core, self.place());
        match self.literal_sentinel() {
            Some(sentinel) => statement(&quote!(clamp_float(&mut #place, #min, #max, #sentinel))),
            None => self.or_sentinel(&quote!(#core::BoundedFloat::clamp_to(&mut #place, #min, #max))),
        }
    }

    fn bounded_integer(self, Bounds { min, max }: &Bounds) -> Normalization {
        let (core, place, ty) = (self.core, self.place(), self.field.ty);
        if self.field.is_integer() {
            return statement(&quote!(clamp(&mut #place, #min, #max)));
        }
        statement(&quote!(add(<#ty as #core::BoundedInteger>::clamp_to(&mut #place, #min, #max))))
    }

    fn bounded_text(self, max_len: &LitInt) -> Normalization {
        let (core, place, ty) = (self.core, self.place(), self.field.ty);
        if let Some(sentinel) = self.literal_sentinel().filter(|_| self.field.is_string) {
            return statement(&quote!(bound(&mut #place, #max_len, #sentinel)));
        }
        let (text, sentinel) = (quote!(<#ty as #core::TelemetryText>), self.sentinel());
        Normalization::Statement(quote! {
            if __changes.lost(#text::bound(&mut #place, #max_len)) {
                #place = #sentinel;
                #text::bound_sentinel(&mut #place, #max_len);
            }
        })
    }

    /// Counts `changes`, or replaces the value by its sentinel if there is one.
    fn or_sentinel(self, changes: &TokenStream) -> Normalization {
        let place = self.place();
        match self.sentinel() {
            Some(sentinel) => {
                // A sentinel that is computed at run time may itself be invalid.
                Normalization::Statement(quote! {
                    if __changes.lost(#changes) {
                        #place = #sentinel;
                        __changes.replaced(#changes);
                    }
                })
            }
            None => Normalization::Changes(changes.clone()),
        }
    }
}

/// A statement that calls a method of `__changes`.
fn statement(call: &TokenStream) -> Normalization {
    Normalization::Statement(quote!(__changes.#call;))
}
