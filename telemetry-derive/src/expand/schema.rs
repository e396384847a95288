// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What an event with a schema adds to the generated code: the rules that only the compiler can decide, and the file as
//! something to be compiled again for.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;

use super::field::Emitter;
use super::fields::Fields;
use crate::ast::{Core, Event, Treatment};
use crate::case::{Case, camel_field};
use crate::contract::Contract;
use crate::form;
use crate::known::{Known, rust_type};
use crate::likely::may_fit;
use crate::schema::{Expected, Kind, Members, Property, is_first_use};
use crate::spelling::spelled;

/// What an event with a schema adds.
#[derive(Default)]
pub(super) struct Generated {
    /// Constants of their own.
    pub(super) items: TokenStream,
    /// What only has to hold if a type is not what its name suggests.
    pub(super) unlikely: Option<TokenStream>,
    /// That the product's source is what the schema has.
    pub(super) source: TokenStream,
}

/// For a field whose type is not spelled out, a required property that is no field, and the product's source, as items:
///
/// ```text
/// const _: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/", "schemas/openshell.json"));
/// const _: () = {
///     if Outcome::FORM != 0x3c… {
///         let __checks = Checks::new(SandboxCreate::DESCRIPTOR, "SandboxCreate", "schemas/openshell.json");
///         check_words(__checks, 0, "Outcome", false, ["success", "failure"]);
///     }
/// };
/// const _: () = require_source_key(SandboxCreate::DESCRIPTOR, "nvidiaSource", "`SandboxCreate` does not …");
/// ```
///
/// and as statements:
///
/// ```text
/// check_usual(__checks, &[(3, "Token", false, false, Kind::Text), …]);
/// check_source(SandboxCreate::DESCRIPTOR, &[Unsent { name: "nvidiaSource", … }], false, "…");
/// ```
///
/// A constant costs the compiler far more than what it checks, but ends at the first rule that is broken. So what hides
/// nothing else shares the constant that is round all items: that of the source, and what can only be wrong if a usual name
/// stands for an unusual type.
pub(super) fn expand(event: &Event, contract: &Contract, fields: Fields) -> Generated {
    let wires: Vec<_> = event.fields.iter().map(|field| field.wire.as_str()).collect();
    let unsent = contract.unsent(&wires);
    let required: Vec<_> = unsent.iter().copied().filter(|property| property.required).collect();
    // The one that nobody sends is most likely the source, about which there is nothing else to say.
    let (shared, own) = match required.as_slice() {
        [only] if only.name.ends_with("Source") => (Some(*only), &[][..]),
        all => (None, all),
    };
    let check = |property: &&Property| required_check(event, contract, property);
    let (shared, own) = (shared.map(|property| check(&property)), own.iter().map(check));
    let checks = checks(event, contract);
    let (unlikely, others) = field_checks(contract, fields, &checks);
    let (rebuild, source) = (rebuild_trigger(contract), source_check(event, contract, &unsent));
    let items = quote! {
        #rebuild
        #(const _: () = { #others };)*
        #(const _: () = #own;)*
    };
    let (core, span) = (Core::reported_at(event.ident.span()), event.ident.span());
    let unlikely = (!unlikely.is_empty())
        .then(|| quote_spanned!(span=> #checks #core::check_usual(__checks, &[#(#unlikely),*]);));
    Generated { items, unlikely, source: quote!(#source #shared) }
}

/// `let __checks = Checks::new(SandboxCreate::DESCRIPTOR, "SandboxCreate", "schemas/openshell.json");`
fn checks(event: &Event, contract: &Contract) -> TokenStream {
    let (core, ident, path) = (event.core(), event.ident, &contract.path);
    let name = ident.to_string();
    quote!(let __checks = #core::Checks::new(<#ident as #core::TelemetryEvent>::DESCRIPTOR, #name, #path);)
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

/// The checks of fields: those that only an unusual type of a usual name can fail, and the others.
fn field_checks(
    contract: &Contract,
    fields: Fields,
    checks: &TokenStream,
) -> (Vec<TokenStream>, Vec<TokenStream>) {
    let (mut unlikely, mut others) = (Vec::new(), Vec::new());
    for (index, emitter) in fields.emitters().enumerate() {
        let field = emitter.field;
        let Some(expected) = contract.expected(&field.wire) else { continue };
        if Known::of(field).is_some() || expected.kind == Kind::Any {
            continue;
        }
        if field.form.is_some()
            && may_fit(field, expected)
            && let Some(usual) = usual_check(contract, index, emitter, expected)
        {
            unlikely.push(usual);
            continue;
        }
        let check = field_check(contract, index, emitter, expected);
        others.push(unless_equal(contract, emitter, expected, quote!(#checks #check)));
    }
    (unlikely, others)
}

/// `(3, "Token", false, false, Kind::Text)`: the field, its spelling, whether it may be null, whether it is an array, of what.
fn usual_check(
    contract: &Contract,
    index: usize,
    emitter: Emitter,
    expected: &Expected,
) -> Option<TokenStream> {
    let Emitter { core, field, .. } = emitter;
    let (index, spelling, nullable) =
        (Literal::usize_unsuffixed(index), spelled(field.ty), expected.nullable);
    let Short::Kind { function, kind } = short_form(contract, &field.wire, expected)? else { return None };
    let (is_array, kind) = (function == "check_items", kind_tokens(core, kind));
    Some(quote!((#index, #spelling, #nullable, #is_array, #core::Kind::#kind)))
}

/// `check_kind(__checks, 3, "Token", false, Kind::Text);` at the place of the field's type.
fn field_check(contract: &Contract, index: usize, emitter: Emitter, expected: &Expected) -> TokenStream {
    let field = emitter.field;
    let span = field.ty.span().resolved_at(Span::call_site());
    let (core, spelling, nullable) = (Core::reported_at(span), spelled(field.ty), expected.nullable);
    let index = Literal::usize_unsuffixed(index);
    let Some(short) = short_form(contract, &field.wire, expected) else {
        let expected = expected_tokens(&core, expected);
        return quote_spanned!(span=> #core::check_field(__checks, #index, #spelling, &#expected););
    };
    match short {
        Short::Kind { function, kind } => {
            let (function, kind) = (Ident::new(function, span), kind_tokens(&core, kind));
            quote_spanned! {span=>
                #core::#function(__checks, #index, #spelling, #nullable, #core::Kind::#kind);
            }
        }
        Short::Words { function, words, .. } => {
            let function = Ident::new(function, span);
            quote_spanned!(span=> #core::#function(__checks, #index, #spelling, #nullable, [#(#words),*]);)
        }
    }
}

/// `if <Outcome as TelemetryValue>::FORM != 0x3c… { … }`: equal vocabularies need no comparison.
fn unless_equal(
    contract: &Contract,
    emitter: Emitter,
    expected: &Expected,
    checks: TokenStream,
) -> TokenStream {
    let (field, span) = (emitter.field, emitter.field.ty.span().resolved_at(Span::call_site()));
    match (short_form(contract, &field.wire, expected), field.treatment()) {
        (Some(Short::Words { form, .. }), Treatment::Plain) => {
            let (ty, value) = (field.ty, emitter.value_trait());
            quote_spanned!(span=> if <#ty as #value>::FORM != #form { #checks })
        }
        _ => checks,
    }
}

/// A check that needs no pointers, since they follow from the names.
enum Short<'a> {
    Kind { function: &'static str, kind: &'a Kind },
    Words { function: &'static str, words: &'a [String], form: u64 },
}

fn short_form<'a>(contract: &Contract, name: &str, expected: &'a Expected) -> Option<Short<'a>> {
    let place = contract.pointer() + "/properties/" + name;
    if expected.pointer != place {
        return None;
    }
    match &expected.kind {
        Kind::Vocabulary(words) => {
            Some(Short::Words { function: "check_words", words, form: form::of_words(words) })
        }
        Kind::Array(items) if items.nullable || items.pointer != place + "/items" => None,
        Kind::Array(items) => match &items.kind {
            Kind::Vocabulary(words) => Some(Short::Words {
                function: "check_item_words",
                words,
                form: form::of_list(form::of_words(words)),
            }),
            kind => is_simple(kind).then_some(Short::Kind { function: "check_items", kind }),
        },
        kind => is_simple(kind).then_some(Short::Kind { function: "check_kind", kind }),
    }
}

fn is_simple(kind: &Kind) -> bool {
    matches!(kind, Kind::Any | Kind::Boolean | Kind::Integer { .. } | Kind::Number { .. } | Kind::Text)
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
    let form = form::of_name(name);
    quote_spanned! {ident.span()=>
        if #core::source_form::<#ident>() != #form {
            #core::require_source_key(<#ident as #core::TelemetryEvent>::DESCRIPTOR, #name, #message);
        }
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

/// The product's key and value, unless the key is that of a property without a field, which may be any text.
fn source_check(event: &Event, contract: &Contract, unsent: &[&Property]) -> TokenStream {
    let span = event.keys.product.span();
    let (core, ident, open) = (Core::reported_at(span), event.ident, contract.is_open());
    let intro = contract.event_intro(ident);
    let is_text = |property: &&&Property| matches!(property.expected.kind, Kind::Text | Kind::Any);
    let form = unsent.iter().find(is_text).map_or(0, |property| form::of_name(&property.name));
    let unsent = unsent.iter().map(|Property { name, expected, .. }| {
        let expected = expected_tokens(&core, expected);
        quote!(#core::Unsent { name: #name, expected: #expected })
    });
    quote_spanned! {span=>
        if #core::source_form::<#ident>() != #form {
            #core::require_own_names(<#ident as #core::TelemetryEvent>::DESCRIPTOR);
            #core::check_source(<#ident as #core::TelemetryEvent>::DESCRIPTOR, &[#(#unsent),*], #open, #intro);
        }
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
