// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What an event with a schema adds to the generated code: the rules that only the compiler can decide, and the file as
//! something to be compiled again for.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;

use super::field::Emitter;
use super::fields::Fields;
use crate::ast::{Core, Event, Field, Treatment};
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
/// const _: () = { check_vocabulary::<Outcome, SandboxCreate, 0>(0x3c…); };
/// const _: () = if source_form::<SandboxCreate>() != 0x84… { require_source_key::<SandboxCreate>("traceId", "…") };
/// ```
///
/// and as statements:
///
/// ```text
/// check_usual::<SandboxCreate>(&[(3, "Token", false, false, Kind::Text), …]);
/// if source_form::<SandboxCreate>() != 0x91… {
///     check_source::<SandboxCreate>(&[Unsent::text("nvidiaSource")], false);
///     require_source_key::<SandboxCreate>("nvidiaSource", "`SandboxCreate` does not match schema …");
/// }
/// ```
///
/// The compiler pays for every token, so what is looked at for a mistake alone is found through the event's type.
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
    let own = own.iter().map(|property| required_check(event, contract, property));
    let checks = checks(event);
    let (unlikely, others) = field_checks(contract, fields, &checks);
    let (rebuild, source) = (rebuild_trigger(contract), source_check(event, contract, &unsent, shared));
    let items = quote! {
        #rebuild
        #(const _: () = { #others };)*
        #(const _: () = #own;)*
    };
    let (core, name, span) = (Core::reported_at(event.ident.span()), event.ident, event.ident.span());
    let unlikely = (!unlikely.is_empty())
        .then(|| quote_spanned!(span=> #core::check_usual::<#name>(&[#(#unlikely),*]);));
    Generated { items, unlikely, source }
}

/// `let __checks = Checks::of::<SandboxCreate>();`
fn checks(event: &Event) -> TokenStream {
    let (core, ident) = (event.core(), event.ident);
    quote!(let __checks = #core::Checks::of::<#ident>();)
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
        // A type that is most likely no value has no vocabulary, and a trait of its own that says why.
        let words = words_of(contract, field, expected).filter(|_| emitter.own_trait().is_none());
        others.push(match words {
            Some(words) => vocabulary_check(index, emitter, &words),
            None => {
                let check = field_check(contract, index, emitter, expected);
                quote!(#checks #check)
            }
        });
    }
    (unlikely, others)
}

/// `const DEMANDS: Demands = Demands::new("SandboxCreate", "schemas/openshell.json", &[(0, "Outcome", …)]);`
pub(super) fn demands(event: &Event, contract: &Contract) -> TokenStream {
    let demands = event.fields.iter().enumerate().filter_map(|(index, field)| {
        let expected = contract.expected(&field.wire)?;
        let Words { words, is_array, .. } = words_of(contract, field, expected)?;
        let (index, spelling, nullable) =
            (Literal::usize_unsuffixed(index), spelled(field.ty), expected.nullable);
        Some(quote!((#index, #spelling, #nullable, #is_array, &[#(#words),*])))
    });
    let (core, name, path) = (event.core(), event.ident.to_string(), &contract.path);
    quote!(const DEMANDS: #core::Demands = #core::Demands::new(#name, #path, &[#(#demands),*]);)
}

/// `check_vocabulary::<Outcome, SandboxCreate, 0>(0x3c…);` at the place of the field's type.
fn vocabulary_check(index: usize, emitter: Emitter, words: &Words) -> TokenStream {
    let (ty, parent, form) = (emitter.field.ty, emitter.parent, words.form);
    let span = ty.span().resolved_at(Span::call_site());
    let (core, index) = (Core::reported_at(span), Literal::usize_unsuffixed(index));
    quote_spanned!(span=> #core::check_vocabulary::<#ty, #parent, #index>(#form);)
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
    let (is_array, kind) = short_form(contract, &field.wire, expected)?;
    let kind = kind_tokens(core, kind);
    Some(quote!((#index, #spelling, #nullable, #is_array, #core::Kind::#kind)))
}

/// `check_kind(__checks, 3, "Token", false, Kind::Text);` at the place of the field's type.
fn field_check(contract: &Contract, index: usize, emitter: Emitter, expected: &Expected) -> TokenStream {
    let field = emitter.field;
    let span = field.ty.span().resolved_at(Span::call_site());
    let (core, spelling, nullable) = (Core::reported_at(span), spelled(field.ty), expected.nullable);
    let index = Literal::usize_unsuffixed(index);
    let Some((is_array, kind)) = short_form(contract, &field.wire, expected) else {
        let expected = expected_tokens(&core, expected);
        return quote_spanned!(span=> #core::check_field(__checks, #index, #spelling, &#expected););
    };
    let function = Ident::new(if is_array { "check_items" } else { "check_kind" }, span);
    let kind = kind_tokens(&core, kind);
    quote_spanned!(span=> #core::#function(__checks, #index, #spelling, #nullable, #core::Kind::#kind);)
}

/// Whether a property is an array, and what its values are, if a check needs no pointers since they follow from the names.
fn short_form<'a>(contract: &Contract, name: &str, expected: &'a Expected) -> Option<(bool, &'a Kind)> {
    let (is_array, kind) = plain_form(contract, name, expected)?;
    is_simple(kind).then_some((is_array, kind))
}

fn plain_form<'a>(contract: &Contract, name: &str, expected: &'a Expected) -> Option<(bool, &'a Kind)> {
    let place = contract.pointer() + "/properties/" + name;
    if expected.pointer != place {
        return None;
    }
    match &expected.kind {
        Kind::Array(items) if items.nullable || items.pointer != place + "/items" => None,
        Kind::Array(items) => Some((true, &items.kind)),
        kind => Some((false, kind)),
    }
}

/// The vocabulary of a property, with the number that one of just these words has in the core.
struct Words<'a> {
    words: &'a [String],
    is_array: bool,
    form: u64,
}

/// The words of a property that a field may have as it is.
fn words_of<'a>(contract: &Contract, field: &Field, expected: &'a Expected) -> Option<Words<'a>> {
    let Treatment::Plain = field.treatment() else { return None };
    let (is_array, Kind::Vocabulary(words)) = plain_form(contract, &field.wire, expected)? else {
        return None;
    };
    let form = form::of_words(words);
    Some(Words { words, is_array, form: if is_array { form::of_list(form) } else { form } })
}

fn is_simple(kind: &Kind) -> bool {
    matches!(kind, Kind::Any | Kind::Boolean | Kind::Integer { .. } | Kind::Number { .. } | Kind::Text)
}

/// A required property that is no field: it must be the source, which the client sends.
fn required_check(event: &Event, contract: &Contract, property: &Property) -> TokenStream {
    let ident = event.ident;
    let (core, form) = (Core::reported_at(ident.span()), form::of_name(&property.name));
    let call = require_source_key(event, contract, property);
    quote_spanned!(ident.span()=> if #core::source_form::<#ident>() != #form { #call })
}

/// `require_source_key::<SandboxCreate>("nvidiaSource", "`SandboxCreate` does not …");`
fn require_source_key(event: &Event, contract: &Contract, property: &Property) -> TokenStream {
    let (ident, name) = (event.ident, &property.name);
    let core = Core::reported_at(ident.span());
    let message = format!(
        "{}: `{}/properties/{name}` is required, but no field is sent as `{name}`\nhelp: add {}",
        contract.event_intro(ident),
        contract.pointer(),
        field_code(property)
    );
    quote_spanned!(ident.span()=> #core::require_source_key::<#ident>(#name, #message);)
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

/// The product's key and value, unless the key is that of a property without a field, which may be any text. `required` is
/// the only property that has to be there and no field is sent as.
fn source_check(
    event: &Event,
    contract: &Contract,
    unsent: &[&Property],
    required: Option<&Property>,
) -> TokenStream {
    let span = event.keys.product.span();
    let (core, ident, open) = (Core::reported_at(span), event.ident, contract.is_open());
    let is_text = |property: &&&Property| matches!(property.expected.kind, Kind::Text | Kind::Any);
    let usual = unsent.iter().find(is_text).map_or("", |property| property.name.as_str());
    let form = if usual.is_empty() { 0 } else { form::of_name(usual) };
    let is_usual = |property: &&Property| property.name == usual;
    let same = required.filter(is_usual).map(|property| require_source_key(event, contract, property));
    let other = required.filter(|property| !is_usual(property));
    let other = other.map(|property| required_check(event, contract, property));
    let unsent = unsent.iter().map(|property| unsent_tokens(&core, property));
    let checks = quote_spanned!(span=> #core::check_source::<#ident>(&[#(#unsent),*], #open););
    quote_spanned!(span=> if #core::source_form::<#ident>() != #form { #checks #same } #other)
}

/// `Unsent::text("nvidiaSource")`
fn unsent_tokens(core: &Ident, Property { name, expected, .. }: &Property) -> TokenStream {
    if matches!(expected.kind, Kind::Text | Kind::Any) {
        return quote!(#core::Unsent::text(#name));
    }
    let expected = expected_tokens(core, expected);
    quote!(#core::Unsent { name: #name, expected: #expected })
}

/// `Expected { pointer: "#/…", nullable: false, kind: Kind::Text }`
fn expected_tokens(core: &dyn ToTokens, expected: &Expected) -> TokenStream {
    let Expected { pointer, nullable, kind } = expected;
    let kind = kind_tokens(core, kind);
    quote!(#core::Expected { pointer: #pointer, nullable: #nullable, kind: #core::Kind::#kind })
}

fn kind_tokens(core: &dyn ToTokens, kind: &Kind) -> TokenStream {
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

fn members_tokens(core: &dyn ToTokens, members: &Members) -> TokenStream {
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
