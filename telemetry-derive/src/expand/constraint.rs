// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Constraints of a schema as tokens. Every token costs compile time, so each referenced type is written once.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use telemetry_schema::constraint::{Constraint, Float, Kind, Members};

/// Writes constraints as tokens, and those that others refer to as constants.
pub(super) struct Constraints<'a> {
    core: &'a dyn ToTokens,
    /// The names of the constants, by JSON pointer.
    named: Vec<(&'a str, Ident)>,
    definitions: TokenStream,
}

impl<'a> Constraints<'a> {
    /// Starts without constants, for code in which `core` is the core's private module.
    pub(super) fn new(core: &'a dyn ToTokens) -> Self {
        Self { core, named: Vec::new(), definitions: TokenStream::new() }
    }

    /// The constants that the written constraints refer to.
    pub(super) fn definitions(&self) -> TokenStream {
        self.definitions.clone()
    }

    /// The constraint itself, or the name of a constant that several constraints share.
    fn shared(&mut self, asked: &Constraint<'a>) -> TokenStream {
        if asked.target.is_empty() {
            return self.in_place(asked);
        }
        if let Some((_, name)) = self.named.iter().find(|(target, _)| *target == asked.target) {
            return name.to_token_stream();
        }
        let name = Ident::new(&format!("__ASKED_{}", self.named.len()), Span::call_site());
        self.named.push((asked.target, name.clone()));
        let (core, constraint) = (self.core, self.in_place(asked));
        self.definitions.extend(quote!(const #name: #core::Constraint = #constraint;));
        name.into_token_stream()
    }

    /// `Constraint { target: "", nullable: false, kind: Kind::Boolean }`
    pub(super) fn in_place(&mut self, asked: &Constraint<'a>) -> TokenStream {
        let core = self.core;
        // Contains no calls, so that a constant can borrow it.
        match *asked {
            Constraint::ANYTHING => return quote!(#core::Constraint::ANYTHING),
            Constraint::TEXT => return quote!(#core::Constraint::TEXT),
            _ => {}
        }
        let Constraint { target, nullable, kind } = asked;
        let kind = self.kind(kind);
        quote!(#core::Constraint { target: #target, nullable: #nullable, kind: #core::Kind::#kind })
    }

    fn kind(&mut self, kind: &Kind<'a>) -> TokenStream {
        let core = self.core;
        match kind {
            Kind::Any => quote!(Any),
            Kind::Nothing => quote!(Nothing),
            Kind::Boolean => quote!(Boolean),
            Kind::Integer { min, max } => quote!(Integer { min: #min, max: #max }),
            &Kind::ANY_NUMBER => quote!(ANY_NUMBER),
            Kind::Number { min, max } => {
                let (min, max) = (self.float(min), self.float(max));
                quote!(Number { min: #min, max: #max })
            }
            Kind::Text => quote!(Text),
            Kind::Vocabulary(words) => quote!(Vocabulary(&[#(#words),*])),
            Kind::Array(items) => {
                let items = self.shared(items);
                quote!(Array(&#items))
            }
            Kind::Object(members) => {
                let members = self.members(members);
                quote!(Object(#core::Members #members))
            }
        }
    }

    fn float(&self, Float { value, literal }: &Float) -> TokenStream {
        let core = self.core;
        quote!(#core::Float { value: #value, literal: #literal })
    }

    fn members(&mut self, members: &Members<'a>) -> TokenStream {
        let core = self.core;
        let mut properties = TokenStream::new();
        for property in members.properties {
            let (name, required, is_described) = (property.name, property.required, property.is_described);
            let constraint = self.shared(&property.constraint);
            properties.extend(quote! {
                #core::Property {
                    name: #name, required: #required, is_described: #is_described, constraint: #constraint,
                },
            });
        }
        let others = match members.others {
            Some(others) => {
                let others = self.shared(others);
                quote!(#core::Option::Some(&#others))
            }
            None => quote!(#core::Option::None),
        };
        quote!({ properties: &[#properties], others: #others })
    }
}

/// A constraint without the contents of arrays and objects, which suffices to check a text.
pub(super) fn outline(core: &Ident, asked: &Constraint) -> TokenStream {
    let kind = match asked.kind {
        Kind::Array(_) => Kind::Array(&Constraint::ANYTHING),
        Kind::Object(_) => Kind::Object(Members { properties: &[], others: None }),
        kind => kind,
    };
    Constraints::new(core).in_place(&Constraint { kind, ..*asked })
}
