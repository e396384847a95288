// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The code that a schema adds to an event: the rules that only the compiler can check, and the dependency on the file.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use telemetry_schema::constraint::{Constraint, Kind, Property};
use telemetry_schema::fingerprint;
use telemetry_schema::message::Message;
use telemetry_schema::name::{camel_field, rust_field};
use telemetry_schema::rust_type::rust_type;

use super::constraint::{Constraints, outline};
use super::field::Emitter;
use super::fields::Fields;
use crate::ast::{Core, Encoding, Event};
use crate::event_schema::EventSchema;
use crate::once::is_first;
use crate::schema::in_package;
use crate::type_name::{is_option, spelled};

/// The code that a schema adds to an event.
#[derive(Default)]
pub(super) struct Generated {
    /// The constant in the event's trait impl.
    pub(super) asked: Option<TokenStream>,
    /// Separate constants.
    pub(super) items: TokenStream,
    /// The check of the product's source.
    pub(super) source: TokenStream,
}

/// Items, for a field whose spelling does not determine its values, a required property without a field, and the product's source:
///
/// ```text
/// const _: &[u8] = include_bytes!("/home/…/schemas/openshell.json");
/// const _: () = {
///     struct __Field;
///     impl FieldOfEvent for __Field { type Event = SandboxCreate; const INDEX: usize = 0; }
///     check_vocabulary::<Outcome, __Field>(0x3c…);
/// };
/// const _: () = if source_fingerprint::<SandboxCreate>() != 0x84… { require_source_key::<SandboxCreate>("traceId", "…") };
/// ```
///
/// in the event's trait impl, the constraints on fields by index, which are evaluated only after a mismatch:
///
/// ```text
/// const SCHEMA: EventSchema =
///     EventSchema { owner: "SandboxCreate", file: "schemas/openshell.json", fields: &[(0, "Outcome", …), …] };
/// ```
///
/// and as a statement:
///
/// ```text
/// if source_fingerprint::<SandboxCreate>() != 0x91… {
///     check_source::<SandboxCreate>(&[("nvidiaSource", true, TEXT)], None, true);
/// }
/// ```
///
/// A constant costs the compiler far more than the check in it, but its evaluation stops at the first broken rule. Checks that hide
/// no other error therefore share the constant around all items: those of the source and of types with well-known names.
pub(super) fn expand(event: &Event, event_schema: &EventSchema, fields: Fields) -> Generated {
    let unsent = event_schema.unsent(event);
    let required: Vec<_> = unsent.iter().copied().filter(|property| property.required).collect();
    // The property without a field is most likely the source, which needs no other check.
    let shared = matches!(required.as_slice(), [only] if only.name.ends_with("Source"));
    let own = required.iter().filter(|_| !shared).map(|property| required_check(event, property));
    let mut constraints = Constraints::new(fields.core);
    let checks = field_checks(event_schema, fields, &mut constraints);
    let (rebuild, source) =
        (rebuild_trigger(event, event_schema), source_check(event, event_schema, &unsent, shared));
    let (definitions, asked, checks) = (constraints.definitions(), checks.asked, checks.checks);
    let items = quote! {
        #rebuild
        #definitions
        #(const _: () = { #checks };)*
        #(const _: () = #own;)*
    };
    let (owner, file, core) = (event.ident.to_string(), event_schema.path, fields.core);
    // Not a call, so that the list can be borrowed.
    let asked = quote! {
        const SCHEMA: #core::EventSchema =
            #core::EventSchema { owner: #owner, file: #file, fields: &[#(#asked),*] };
    };
    Generated { asked: Some(asked), items, source }
}

/// Makes cargo watch the file, because it does not see files that a macro reads. (Language servers do not watch it.)
fn rebuild_trigger(event: &Event, event_schema: &EventSchema) -> Option<TokenStream> {
    let (core, file) = (event.core(), in_package(event_schema.path)?);
    let file = file.to_str()?;
    // Once per file, because the compiler reads the file each time.
    let is_first = is_first(file, &event.ident.to_string());
    is_first.then(|| quote!(const _: &[u8] = #core::include_bytes!(#file);))
}

/// The checks of fields.
#[derive(Default)]
struct Checks {
    /// `(3, "Token", Constraint::TEXT)`: the constraint on a field.
    asked: Vec<TokenStream>,
    /// The checks of these constraints.
    checks: Vec<TokenStream>,
}

fn field_checks<'a>(
    event_schema: &EventSchema<'a>,
    fields: Fields,
    constraints: &mut Constraints<'a>,
) -> Checks {
    let mut checks = Checks::default();
    for (index, emitter) in fields.emitters().enumerate() {
        let field = emitter.field;
        let Some(asked) = event_schema.asked.parameter(&field.wire) else { continue };
        if field.shape().is_some() || asked.kind == Kind::Any || field.is_usual_and_fits(asked) {
            continue;
        }
        let (place, spelling) = (Literal::usize_unsuffixed(index), spelled(field.ty));
        let constraint = constraints.in_place(asked);
        checks.asked.push(quote!((#place, #spelling, #constraint)));
        checks.checks.push(field_check(&place, emitter, asked));
    }
    checks
}

/// `check_vocabulary::<Outcome, __Field>(0x3c…);` with the type `__Field`, or `check_field::<Job>(3);`, at the place of the
/// field's type.
fn field_check(index: &Literal, emitter: Emitter, asked: &Constraint) -> TokenStream {
    let (ty, parent) = (emitter.field.ty, emitter.parent);
    let span = ty.span().resolved_at(Span::call_site());
    let core = Core::reported_at(span);
    // A type that most likely cannot be sent has no vocabulary; its own trait reports the reason.
    match words_fingerprint(emitter, asked).filter(|_| emitter.own_trait().is_none()) {
        Some(fingerprint) => {
            let own = emitter.core;
            let field = quote! {
                struct __Field;
                impl #own::FieldOfEvent for __Field {
                    type Event = #parent;
                    const INDEX: usize = #index;
                }
            };
            let check = quote_spanned!(span=> #core::check_vocabulary::<#ty, __Field>(#fingerprint););
            quote!(#field #check)
        }
        None => quote_spanned!(span=> #core::check_field::<#parent>(#index);),
    }
}

/// The fingerprint of a vocabulary with exactly the allowed words, if the field's values are sent unchanged.
fn words_fingerprint(emitter: Emitter, asked: &Constraint) -> Option<u64> {
    let Encoding::Plain = emitter.field.encoding() else { return None };
    let fingerprint = match &asked.kind {
        Kind::Vocabulary(words) => fingerprint::of_words(words),
        Kind::Array(Constraint { kind: Kind::Vocabulary(words), .. }) => {
            fingerprint::of_list(fingerprint::of_words(words))
        }
        _ => return None,
    };
    let is_nullable = asked.nullable && is_option(emitter.field.ty);
    Some(if is_nullable { fingerprint::of_nullable(fingerprint) } else { fingerprint })
}

/// `if source_fingerprint::<SandboxCreate>() != 0x84… { require_source_key::<SandboxCreate>("traceId", "a field …") }`: a
/// required property without a field must be the source, which the client sends.
fn required_check(event: &Event, property: &Property) -> TokenStream {
    let (ident, name) = (event.ident, property.name);
    let (core, fingerprint) = (Core::reported_at(ident.span()), fingerprint::of_text(name));
    let field = field_code(property);
    quote_spanned! {ident.span()=>
        if #core::source_fingerprint::<#ident>() != #fingerprint {
            #core::require_source_key::<#ident>(#name, #field)
        }
    }
}

/// The field to write for a property.
fn field_code(property: &Property) -> String {
    let field = rust_field(property.name);
    let rename = if camel_field(field.trim_start_matches("r#")) == property.name {
        String::new()
    } else {
        format!(" with `#[telemetry(rename = {:?})]`", property.name)
    };
    let field = Message::new(&format!("a field `{field}`{rename}, whose type is "));
    rust_type(field, &property.constraint.kind).as_str().to_owned()
}

/// `("nvidiaSource", true, Constraint::TEXT)`: a property that no field is sent as, and whether it is required.
fn unsent(core: &Ident, property: &Property) -> TokenStream {
    let (name, required, constraint) =
        (property.name, property.required, outline(core, &property.constraint));
    quote!((#name, #required, #constraint))
}

/// The check of the product's key and value. The key may be that of a property without a field that allows any text. If exactly one
/// required property has no field, it is `shared`: it most likely is the source key.
fn source_check(event: &Event, event_schema: &EventSchema, all: &[&Property], shared: bool) -> TokenStream {
    let span = event.keys.product.span();
    let (core, ident) = (Core::reported_at(span), event.ident);
    let is_likely = |property: &&&Property| {
        matches!(property.constraint.kind, Kind::Text | Kind::Any) && property.required == shared
    };
    let likely = all.iter().find(is_likely).map(|property| fingerprint::of_text(property.name));
    let unsent = all.iter().map(|property| unsent(&core, property));
    let others = others(event_schema, &core);
    let check = quote_spanned!(span=> #core::check_source::<#ident>(&[#(#unsent),*], #others, #shared););
    match likely {
        Some(likely) => quote_spanned!(span=> if #core::source_fingerprint::<#ident>() != #likely { #check }),
        None => check,
    }
}

/// The constraint on parameters that the schema does not name: `Option::Some(Constraint { … })`
fn others(event_schema: &EventSchema, core: &Ident) -> TokenStream {
    let Some(others) = event_schema.asked.members.others else { return quote!(#core::Option::None) };
    let constraint = outline(core, others);
    quote!(#core::Option::Some(#constraint))
}
