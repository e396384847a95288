// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What an event with a schema adds to the generated code: the rules that only the compiler can decide, and the file as
//! something to be compiled again for.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;

use crate::ast::{Core, Event, Field};
use crate::case::{Case, camel_field};
use crate::contract::Contract;
use crate::known::{Known, rust_type};
use crate::schema::{Expected, Kind, Members, Property, is_first_use};
use crate::spelling::spelled;

/// For a field whose type is not spelled out, a required property that is no field, and the product's source:
///
/// ```text
/// const _: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/", "schemas/openshell.json"));
/// const __CHECKS: &[Checked] = &[Checked { field: 0, expected: Expected { pointer: "#/…", … }, intro: "field …", … }];
/// const _: () = check_field(SandboxCreate::DESCRIPTOR.fields, __CHECKS, 0);
/// const _: () = require_source_key(SandboxCreate::DESCRIPTOR, "nvidiaSource", "`SandboxCreate` does not …");
/// const _: () = check_source(SandboxCreate::DESCRIPTOR, &[Unsent { name: "nvidiaSource", … }], false, "…");
/// ```
pub(super) fn expand(event: &Event, contract: &Contract) -> TokenStream {
    let fields = field_checks(event, contract);
    let wires: Vec<_> = event.fields.iter().map(|field| field.wire.value()).collect();
    let unsent = contract.unsent(&wires);
    let required = unsent
        .iter()
        .filter(|property| property.required)
        .map(|property| required_check(event, contract, property));
    let (rebuild, source) = (rebuild_trigger(contract), source_check(event, contract, &unsent));
    quote!(#rebuild #fields #(#required)* #source)
}

/// Cargo does not see files that a macro reads, but it sees this.
fn rebuild_trigger(contract: &Contract) -> Option<TokenStream> {
    let path = &contract.path;
    // Once for each file: the compiler reads it each time.
    let watched = quote! {
        const _: &[u8] =
            ::core::include_bytes!(::core::concat!(::core::env!("CARGO_MANIFEST_DIR"), "/", #path));
    };
    is_first_use(path).then_some(watched)
}

fn field_checks(event: &Event, contract: &Contract) -> Option<TokenStream> {
    let (core, ident) = (event.core(), event.ident);
    let check = |(index, field)| field_check(event, contract, index, field);
    let checks: Vec<_> = event.fields.iter().enumerate().filter_map(check).collect();
    if checks.is_empty() {
        return None;
    }
    let calls = checks.iter().enumerate().map(|(index, (span, _))| {
        let core = Core::reported_at(*span);
        quote_spanned! {*span=>
            const _: () =
                #core::check_field(<#ident as #core::TelemetryEvent>::DESCRIPTOR.fields, __CHECKS, #index);
        }
    });
    let checks = checks.iter().map(|(_, check)| check);
    Some(quote! {
        const __CHECKS: &[#core::Checked] = &[#(#checks),*];
        #(#calls)*
    })
}

/// `Checked { field: 0, expected: Expected { pointer: "#/…", … }, intro: "field …", … }` and the place of the field's type.
fn field_check(
    event: &Event,
    contract: &Contract,
    index: usize,
    field: &Field,
) -> Option<(Span, TokenStream)> {
    let expected = contract.expected(&field.wire.value())?;
    if Known::of(field).is_some() || expected.kind == Kind::Any {
        return None;
    }
    let core = &event.core();
    let (intro, spelling) = (contract.field_intro(&field.name, event.ident), spelled(field.ty));
    let expected = expected_tokens(core, expected);
    let check = quote! {
        #core::Checked { field: #index, expected: #expected, intro: #intro, type_name: #spelling }
    };
    Some((field.ty.span(), check))
}

/// A required property that is no field: it must be the source, which the client sends.
fn required_check(event: &Event, contract: &Contract, property: &Property) -> TokenStream {
    let (ident, name) = (event.ident, &property.name);
    let core = Core::reported_at(ident.span());
    let message = format!(
        "{}: `{}/properties/{name}` is required, but no field is sent as `{name}`\nhelp: add {}",
        contract.event_intro(ident),
        contract.pointer(),
        field_code(property)
    );
    quote_spanned! {ident.span()=>
        const _: () = #core::require_source_key(<#ident as #core::TelemetryEvent>::DESCRIPTOR, #name, #message);
    }
}

/// The field to write for a property.
fn field_code(property: &Property) -> String {
    let name = &property.name;
    let rust_name = Case::Snake.of_variant(name).replace(|char: char| !char.is_alphanumeric(), "_");
    let rename = if camel_field(&rust_name) == *name {
        String::new()
    } else {
        format!("`#[telemetry(rename = \"{name}\")]` ")
    };
    format!("{rename}`{rust_name}: …`, as {}", rust_type(&property.expected.kind))
}

fn source_check(event: &Event, contract: &Contract, unsent: &[&Property]) -> TokenStream {
    let span = event.keys.product.span();
    let (core, ident, open) = (Core::reported_at(span), event.ident, contract.is_open());
    let intro = contract.event_intro(ident);
    let unsent = unsent.iter().map(|Property { name, expected, .. }| {
        let expected = expected_tokens(&core, expected);
        quote!(#core::Unsent { name: #name, expected: #expected })
    });
    quote_spanned! {span=>
        const _: () =
            #core::check_source(<#ident as #core::TelemetryEvent>::DESCRIPTOR, &[#(#unsent),*], #open, #intro);
    }
}

/// `Expected { pointer: "#/…", nullable: false, kind: Kind::Text }`
fn expected_tokens(core: &impl ToTokens, expected: &Expected) -> TokenStream {
    let Expected { pointer, nullable, kind } = expected;
    let kind = kind_tokens(core, kind);
    quote!(#core::Expected { pointer: #pointer, nullable: #nullable, kind: #core::Kind::#kind })
}

fn kind_tokens(core: &impl ToTokens, kind: &Kind) -> TokenStream {
    match kind {
        Kind::Any => quote!(Any),
        Kind::Boolean => quote!(Boolean),
        Kind::Integer { min, max } => quote!(Integer(#min, #max)),
        Kind::Number { min, max } => quote!(Number(#min, #max)),
        Kind::Text => quote!(Text),
        Kind::Vocabulary(words) => quote!(Vocabulary(&[#(#words),*])),
        Kind::Array(items) => {
            let items = expected_tokens(core, items);
            quote!(Array(&#items))
        }
        Kind::Map(values) => {
            let values = expected_tokens(core, values);
            quote!(Map(&#values))
        }
        Kind::Object(members) => members_tokens(core, members),
    }
}

fn members_tokens(core: &impl ToTokens, members: &Members) -> TokenStream {
    let properties = members.properties.iter().map(|Property { name, required, expected }| {
        let expected = expected_tokens(core, expected);
        quote!(#core::Property { name: #name, required: #required, expected: #expected })
    });
    let others = match &members.others {
        Some(others) => {
            let others = expected_tokens(core, others);
            quote!(#core::Option::Some(&#others))
        }
        None => quote!(#core::Option::None),
    };
    quote!(Object(&[#(#properties),*], #others))
}
