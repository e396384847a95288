// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What the author wrote: an event, a value struct or an enum, with its keys and documentation.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::{Data, DeriveInput, Fields, LitInt, LitStr, Path, Type, Visibility};

use crate::attr::{Bounds, EnumKeys, EventKeys, FieldKeys, ObjectKeys, VariantKeys};
use crate::case::{Case, camel_field};
use crate::check::item;
use crate::doc::Doc;
use crate::errors::Errors;
use crate::key::Place;

/// The core crate's private module, through which all generated paths go.
pub(crate) struct Core(Path);

impl Core {
    pub(crate) fn at(path: Option<&Path>) -> Self {
        Self(path.cloned().unwrap_or_else(|| syn::parse_quote!(::telemetry_core)))
    }

    /// The same path with all its tokens at `span`, where the compiler then reports what goes wrong in a call.
    pub(crate) fn reported_at(&self, span: Span) -> TokenStream {
        let respanned = |mut token: TokenTree| {
            token.set_span(span.resolved_at(token.span()));
            token
        };
        self.to_token_stream().into_iter().map(respanned).collect()
    }
}

impl ToTokens for Core {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self(path) = self;
        tokens.extend(quote!(#path::__private1));
    }
}

/// A struct with `#[derive(TelemetryEvent)]`.
pub(crate) struct Event<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) doc: Doc,
    pub(crate) keys: EventKeys,
    pub(crate) fields: Vec<Field<'a>>,
}

impl<'a> Event<'a> {
    pub(crate) fn read(input: &'a DeriveInput, errors: &Errors) -> Option<Self> {
        let keys = EventKeys::read(&input.attrs, errors);
        let fields = fields(input, Place::EventField, errors)?;
        Some(Self { ident: &input.ident, doc: Doc::of(&input.attrs), keys, fields })
    }

    pub(crate) fn core(&self) -> Core {
        Core::at(self.keys.core.as_ref())
    }
}

/// A struct with `#[derive(TelemetryValue)]`.
pub(crate) struct Object<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) doc: Doc,
    pub(crate) keys: ObjectKeys,
    pub(crate) fields: Vec<Field<'a>>,
}

impl<'a> Object<'a> {
    pub(crate) fn read(input: &'a DeriveInput, errors: &Errors) -> Option<Self> {
        let keys = ObjectKeys::read(&input.attrs, errors);
        let fields = fields(input, Place::ObjectField, errors)?;
        Some(Self { ident: &input.ident, doc: Doc::of(&input.attrs), keys, fields })
    }

    pub(crate) fn core(&self) -> Core {
        Core::at(self.keys.core.as_ref())
    }
}

fn fields<'a>(input: &'a DeriveInput, place: Place, errors: &Errors) -> Option<Vec<Field<'a>>> {
    item::check_not_generic(input, errors);
    let fields = item::check_struct(input, place, errors)?;
    Some(fields.iter().filter_map(|field| Field::read(field, place, errors)).collect())
}

/// One field of an event or of a value struct.
pub(crate) struct Field<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) ty: &'a Type,
    pub(crate) doc: Doc,
    pub(crate) keys: FieldKeys,
    pub(crate) wire: LitStr,
}

impl<'a> Field<'a> {
    fn read(field: &'a syn::Field, place: Place, errors: &Errors) -> Option<Self> {
        let ident = field.ident.as_ref()?;
        let keys = FieldKeys::read(&field.attrs, place, errors);
        let wire = wire_name(keys.rename.as_ref(), ident, camel_field);
        Some(Self { ident, ty: &field.ty, doc: Doc::of(&field.attrs), keys, wire })
    }

    /// The field's name without `r#`.
    pub(crate) fn name(&self) -> String {
        self.ident.unraw().to_string()
    }

    /// How the field's values become values on the wire.
    pub(crate) fn treatment(&self) -> Treatment<'_> {
        let keys = &self.keys;
        match (&keys.range, &keys.free_text, &keys.max_len, &keys.bucket) {
            (Some(bounds), ..) => Treatment::Bounded(bounds),
            (_, Some(reason), Some(max_len), _) => Treatment::Text { reason, max_len },
            (.., Some(limits)) => Treatment::Bucketed(limits),
            _ => Treatment::Plain,
        }
    }
}

/// How the values of a field become values on the wire.
pub(crate) enum Treatment<'a> {
    /// As the type has it.
    Plain,
    /// `range = 0..=64`.
    Bounded(&'a Bounds),
    /// `free_text = "…", max_len = 64`.
    Text { reason: &'a LitStr, max_len: &'a LitInt },
    /// `bucket(1, 2, 5)`.
    Bucketed(&'a [LitInt]),
}

/// An enum with `#[derive(TelemetryEnum)]`.
pub(crate) struct Vocabulary<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) vis: &'a Visibility,
    pub(crate) doc: Doc,
    pub(crate) keys: EnumKeys,
    pub(crate) variants: Vec<Variant<'a>>,
}

impl<'a> Vocabulary<'a> {
    pub(crate) fn read(input: &'a DeriveInput, errors: &Errors) -> Option<Self> {
        let keys = EnumKeys::read(&input.attrs, errors);
        item::check_not_generic(input, errors);
        let variants = item::check_enum(input, errors)?;
        let variants =
            variants.iter().map(|variant| Variant::read(variant, keys.rename_all, errors)).collect();
        Some(Self { ident: &input.ident, vis: &input.vis, doc: Doc::of(&input.attrs), keys, variants })
    }

    pub(crate) fn core(&self) -> Core {
        Core::at(self.keys.core.as_ref())
    }

    /// The first variant marked as the one that stands for unknown texts.
    pub(crate) fn fallback(&self) -> Option<&Variant<'a>> {
        self.variants.iter().find(|variant| variant.keys.fallback.is_some())
    }
}

/// One variant of an enum.
pub(crate) struct Variant<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) keys: VariantKeys,
    pub(crate) wire: LitStr,
}

impl<'a> Variant<'a> {
    fn read(variant: &'a syn::Variant, case: Option<Case>, errors: &Errors) -> Self {
        let keys = VariantKeys::read(&variant.attrs, errors);
        let named = |name: &str| case.map_or_else(|| name.to_owned(), |case| case.of_variant(name));
        let wire = wire_name(keys.rename.as_ref(), &variant.ident, named);
        Self { ident: &variant.ident, keys, wire }
    }
}

/// The name on the wire: as the author says, otherwise made from the name in Rust; on that name's token.
fn wire_name(rename: Option<&LitStr>, ident: &Ident, rule: impl Fn(&str) -> String) -> LitStr {
    let from_rust = || LitStr::new(&rule(&ident.unraw().to_string()), ident.span());
    rename.cloned().unwrap_or_else(from_rust)
}

/// The named fields of a struct, none for one without braces.
pub(crate) fn named_fields(input: &DeriveInput) -> Option<Vec<&syn::Field>> {
    match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Unnamed(_) => None,
            fields => Some(fields.iter().collect()),
        },
        Data::Enum(_) | Data::Union(_) => None,
    }
}

/// A text for generated code that stands on no token of the author.
pub(crate) fn generated_text(text: &str) -> LitStr {
    LitStr::new(text, Span::call_site())
}
