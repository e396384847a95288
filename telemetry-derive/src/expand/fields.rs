// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What events and value structs have in common: fields that are described, normalised and serialised in order.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::field::Emitter;
use crate::ast::{Core, Field};
use crate::contract::Contract;

/// The fields of `parent`, ready to generate code.
#[derive(Clone, Copy)]
pub(super) struct Fields<'a> {
    pub(super) core: &'a Core,
    pub(super) parent: &'a Ident,
    pub(super) fields: &'a [Field<'a>],
    pub(super) contract: Option<&'a Contract>,
}

impl<'a> Fields<'a> {
    fn emitters(self) -> impl Iterator<Item = Emitter<'a>> {
        let Self { core, parent, fields, contract } = self;
        fields.iter().map(move |field| Emitter { core, parent, field, contract })
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

    /// The body of `normalize`:
    /// `let mut __changes = Changes::none(); __changes.lost(…); … __changes.total()`
    pub(super) fn normalization(self) -> TokenStream {
        let core = self.core;
        let statements: Vec<_> = self.emitters().filter_map(Emitter::normalization).collect();
        if statements.is_empty() {
            return quote!(0);
        }
        quote! {
            let mut __changes = #core::Changes::none();
            #(#statements)*
            __changes.total()
        }
    }

    /// The traits of fields whose types most likely are no values.
    pub(super) fn traits(self) -> TokenStream {
        self.emitters().filter_map(Emitter::trait_definition).collect()
    }

    /// The rules that only the compiler can decide.
    pub(super) fn assertions(self) -> TokenStream {
        self.emitters().filter_map(Emitter::assertion).collect()
    }

    /// `impl Serialize`: `start` makes the `parameters`, each field puts itself into them.
    pub(super) fn serialize_impl(self, start: &TokenStream) -> TokenStream {
        let Self { core, parent, .. } = self;
        let entries = self.emitters().map(Emitter::serialization);
        quote! {
            #[automatically_derived]
            impl #core::Serialize for #parent {
                fn serialize<__S: #core::Serializer>(&self, serializer: __S) -> #core::Result<__S::Ok, __S::Error> {
                    let mut __parameters = #start;
                    #(#entries)*
                    __parameters.end()
                }
            }
        }
    }

    /// `impl Default`, if every field has a sentinel.
    pub(super) fn default_impl(self) -> Option<TokenStream> {
        let parent = self.parent;
        let defaults: Option<Vec<_>> = self.emitters().map(Emitter::default).collect();
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
}
