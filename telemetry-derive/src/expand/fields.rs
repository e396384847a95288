// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Code that events and value structs share: fields are described, normalized and serialized in order.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{quote, quote_spanned};
use syn::Type;
use syn::spanned::Spanned;

use super::field::{Emitter, SerializedField};
use super::normalization::Normalization;
use crate::ast::{Core, Encoding, Field};
use crate::event_schema::EventSchema;
use crate::type_name::{is_single_name, spelled};

/// The maximum number of fields in one call of the core.
const TUPLE: usize = 20;

/// The fields of `parent`, ready to generate code.
#[derive(Clone, Copy)]
pub(super) struct Fields<'a> {
    pub(super) core: &'a Core,
    pub(super) parent: &'a Ident,
    pub(super) fields: &'a [Field<'a>],
    pub(super) event_schema: Option<&'a EventSchema<'a>>,
    /// Whether the struct is packed, so that its fields cannot be borrowed.
    pub(super) is_packed: bool,
}

impl<'a> Fields<'a> {
    pub(super) fn emitters(self) -> impl Iterator<Item = Emitter<'a>> {
        let Self { core, parent, fields, event_schema, is_packed } = self;
        fields.iter().map(move |field| Emitter { core, parent, field, event_schema, is_packed })
    }

    /// `fields(["durationMs", …], ["duration_ms", …], ["Wall time.", …], [shape::of_i64, …])`, wrapped once for each role:
    /// `with_role(…, "duration_ms", Role::Duration(…))`
    pub(super) fn descriptors(self) -> TokenStream {
        let core = self.core;
        let wires = self.fields.iter().map(|field| &field.wire);
        let names = self.fields.iter().map(|field| &field.name);
        let docs = self.fields.iter().map(|field| &field.doc);
        let shapes = self.emitters().map(Emitter::shape);
        let fields = quote!(#core::fields([#(#wires),*], [#(#names),*], [#(#docs),*], [#(#shapes),*]));
        self.emitters()
            .filter_map(Emitter::role)
            .fold(fields, |fields, role| quote!(#core::with_role(#fields, #role)))
    }

    /// The body of `normalize`: `let mut __changes = Changes::none(); __changes.lost_all([…]); … __changes.total()`
    pub(super) fn normalization(self) -> TokenStream {
        let core = self.core;
        let (mut changes, mut statements) = (Vec::new(), TokenStream::new());
        for normalization in self.emitters().filter_map(Emitter::normalization) {
            match normalization {
                Normalization::Changes(of_field) => changes.push(of_field),
                Normalization::Statement(statement) => statements.extend(statement),
            }
        }
        if changes.is_empty() && statements.is_empty() {
            return quote!(#core::Result::Ok(0));
        }
        let changes = (!changes.is_empty()).then(|| quote!(__changes.lost_all([#(#changes),*]);));
        let (copy, back) = self.copies();
        quote! {
            #copy
            let mut __changes = #core::Changes::none();
            #changes
            #statements
            #back
            __changes.total()
        }
    }

    /// Statements that copy the fields of a packed struct to variables and back.
    fn copies(self) -> (TokenStream, TokenStream) {
        let (mut copy, mut back) = (TokenStream::new(), TokenStream::new());
        for emitter in self.emitters().filter(|emitter| emitter.is_packed) {
            let (ident, variable) = (emitter.field.ident, emitter.copy());
            copy.extend(quote!(#[allow(unused_mut, unused_variables)] let mut #variable = self.#ident;));
            back.extend(quote!(self.#ident = #variable;));
        }
        (copy, back)
    }

    /// The traits of fields whose types most likely cannot be sent.
    pub(super) fn traits(self) -> TokenStream {
        self.emitters().filter_map(Emitter::trait_definition).collect()
    }

    /// The rules that only the compiler can check, each in a constant of its own because evaluation stops at the first broken rule.
    pub(super) fn assertions(self) -> TokenStream {
        self.emitters().flat_map(Emitter::assertions).map(|rule| quote!(const _: () = { #rule };)).collect()
    }

    /// `require_usual(<Token as TelemetryValue>::FINGERPRINT, 3, "Token", "Job");`: checks that types with well-known names are
    /// the well-known types.
    pub(super) fn usual_assertions(self) -> TokenStream {
        let (mut seen, mut assertions) = (Vec::new(), TokenStream::new());
        for (fingerprint, ty) in self.fields.iter().filter_map(usual) {
            // Deduplicated by name: different types can have the same fingerprint.
            if is_single_name(ty) && seen.contains(&fingerprint) {
                continue;
            }
            seen.push(fingerprint);
            let (core, value, owner) = (Core::reported_at(ty.span()), self.core, self.parent.to_string());
            let (fingerprint, spelling) = (Literal::u64_unsuffixed(fingerprint), spelled(ty));
            assertions.extend(quote_spanned! {ty.span()=>
                #core::require_usual(<#ty as #value::TelemetryValue>::FINGERPRINT, #fingerprint, #spelling, #owner);
            });
        }
        assertions
    }

    /// `impl Serialize`: `start` makes the `parameters`, each field puts itself into them.
    pub(super) fn serialize_impl(self, start: &TokenStream) -> TokenStream {
        let Self { core, parent, .. } = self;
        let (entries, (copy, _)) = (self.entries(), self.copies());
        quote! {
            #[automatically_derived]
            impl #core::Serialize for #parent {
                fn serialize<__S: #core::Serializer>(&self, __serializer: __S) -> #core::Result<__S::Ok, __S::Error> {
                    #copy
                    let mut __parameters = #start;
                    #entries
                    __parameters.end()
                }
            }
        }
    }

    /// `__parameters.put_all(&(U32(self.num_gpu), …));`
    fn entries(self) -> TokenStream {
        let (mut statements, mut values) = (TokenStream::new(), Vec::new());
        for serialized in self.emitters().map(Emitter::serialized) {
            match serialized {
                SerializedField::Value(value) => values.push(value),
                SerializedField::Statement(statement) => {
                    statements.extend(put_all(&mut values));
                    statements.extend(statement);
                }
            }
            if values.len() == TUPLE {
                statements.extend(put_all(&mut values));
            }
        }
        statements.extend(put_all(&mut values));
        statements
    }

    /// `impl Default`, if every field has a sentinel or `is_wanted` is set. Fields without a sentinel get the default of their
    /// type.
    pub(super) fn default_impl(self, is_wanted: bool) -> Option<TokenStream> {
        let Self { core, parent, .. } = self;
        let default = |field: Emitter| field.default(is_wanted);
        let defaults: Option<Vec<_>> = self.emitters().map(default).collect();
        let defaults = defaults?;
        Some(quote! {
            #[automatically_derived]
            impl #core::Default for #parent {
                #[inline]
                fn default() -> Self {
                    Self { #(#defaults),* }
                }
            }
        })
    }
}

/// The type of a field and the fingerprint that its name implies, if any.
fn usual<'a>(field: &'a Field) -> Option<(u64, &'a Type)> {
    let is_plain = matches!(field.encoding(), Encoding::Plain);
    field.fingerprint.filter(|_| is_plain).map(|fingerprint| (fingerprint, field.ty))
}

fn put_all(values: &mut Vec<TokenStream>) -> Option<TokenStream> {
    let values = std::mem::take(values);
    (!values.is_empty()).then(|| quote!(__parameters.put_all(&(#(#values,)*));))
}
