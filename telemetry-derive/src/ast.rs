// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The input of the derives: an event, a value struct or an enum, with its keys and documentation.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::{Attribute, Data, DeriveInput, Fields, LitInt, LitStr, Meta, Path, Type, Visibility};
use telemetry_schema::name::{Case, camel_field};

use crate::attr::{Bounds, EnumKeys, EventKeys, FieldKeys, ValueStructKeys, VariantKeys};
use crate::check::item;
use crate::doc::Doc;
use crate::errors::Errors;
use crate::forbidden_types::{Refusal, refusal};
use crate::key::Place;
use crate::static_shape::fingerprint_of;
use crate::type_name::{Primitive, is_string};

/// The core crate's private module, through which all generated paths go.
///
/// Its tokens are the short name that [`import`](Self::import) defines.
pub(crate) struct Core {
    path: Path,
    // Created once, because creating a token is slow.
    name: Ident,
}

impl Core {
    /// `use ::telemetry_core::__private1 as __telemetry;`
    pub(crate) fn import(&self) -> TokenStream {
        let Self { path, name } = self;
        quote!(use #path::__private1 as #name;)
    }

    fn name(span: Span) -> Ident {
        Ident::new("__telemetry", span)
    }

    pub(crate) fn at(path: Option<&Path>) -> Self {
        let path = path.cloned().unwrap_or_else(|| syn::parse_quote!(::telemetry_core));
        Self { path, name: Self::name(Span::call_site()) }
    }

    /// The same name at `span`, so that the compiler reports errors in a call there.
    pub(crate) fn reported_at(span: Span) -> Ident {
        Self::name(span.resolved_at(Span::call_site()))
    }
}

impl ToTokens for Core {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.name.to_tokens(tokens);
    }
}

/// A struct with `#[derive(TelemetryEvent)]`.
pub(crate) struct Event<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) doc: Doc,
    pub(crate) keys: EventKeys,
    pub(crate) fields: Vec<Field<'a>>,
    pub(crate) is_packed: bool,
    /// Where the item starts.
    pub(crate) start: Span,
}

impl<'a> Event<'a> {
    pub(crate) fn read(input: &'a DeriveInput, errors: &Errors) -> Option<Self> {
        let keys = EventKeys::read(&input.attrs, errors);
        let fields = fields(input, Place::EventField, errors)?;
        let (ident, is_packed) = (&input.ident, is_packed(input));
        let start = input.attrs.first().map_or(ident.span(), |attribute| attribute.pound_token.span);
        Some(Self { ident, doc: Doc::of(&input.attrs), keys, fields, is_packed, start })
    }

    pub(crate) fn core(&self) -> Core {
        Core::at(self.keys.core.as_ref())
    }
}

/// A struct with `#[derive(TelemetryValue)]`.
pub(crate) struct ValueStruct<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) doc: Doc,
    pub(crate) keys: ValueStructKeys,
    pub(crate) fields: Vec<Field<'a>>,
    pub(crate) is_packed: bool,
}

impl<'a> ValueStruct<'a> {
    pub(crate) fn read(input: &'a DeriveInput, errors: &Errors) -> Option<Self> {
        let keys = ValueStructKeys::read(&input.attrs, errors);
        let fields = fields(input, Place::ValueStructField, errors)?;
        let is_packed = is_packed(input);
        Some(Self { ident: &input.ident, doc: Doc::of(&input.attrs), keys, fields, is_packed })
    }

    pub(crate) fn core(&self) -> Core {
        Core::at(self.keys.core.as_ref())
    }
}

/// Whether the struct has `#[repr(packed)]`.
fn is_packed(input: &DeriveInput) -> bool {
    let is_packed = |attribute: &Attribute| match &attribute.meta {
        Meta::List(list) if list.path.is_ident("repr") => {
            list.tokens.clone().into_iter().any(|token| token.to_string() == "packed")
        }
        _ => false,
    };
    input.attrs.iter().any(is_packed)
}

fn fields<'a>(input: &'a DeriveInput, place: Place, errors: &Errors) -> Option<Vec<Field<'a>>> {
    item::check_not_generic(input, errors);
    let fields = item::check_struct(input, place, errors)?;
    Some(fields.iter().filter_map(|field| Field::read(&input.ident, field, place, errors)).collect())
}

/// One field of an event or of a value struct.
pub(crate) struct Field<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) ty: &'a Type,
    pub(crate) doc: Doc,
    pub(crate) keys: FieldKeys,
    /// The name on the wire.
    pub(crate) wire: String,
    /// The name in Rust, without `r#`.
    pub(crate) name: String,
    /// The primitive that the type is spelled as, if any.
    pub(crate) primitive: Option<Primitive>,
    /// The fingerprint of the type, assuming that the type is the one that usually has this name.
    pub(crate) fingerprint: Option<u64>,
    /// Whether the type is spelled `String`.
    pub(crate) is_string: bool,
    /// The reason and the help to report if the type turns out not to be a `TelemetryValue`.
    pub(crate) refusal: Option<Refusal>,
}

impl<'a> Field<'a> {
    fn read(parent: &Ident, field: &'a syn::Field, place: Place, errors: &Errors) -> Option<Self> {
        let ident = field.ident.as_ref()?;
        let mut keys = FieldKeys::read(&field.attrs, place, errors);
        keys.name_self(parent);
        let name = ident.unraw().to_string();
        let wire = keys.rename.as_ref().map_or_else(|| camel_field(&name), LitStr::value);
        let (ty, doc) = (&field.ty, Doc::of(&field.attrs));
        let primitive = Primitive::of(ty, keys.range.is_some());
        let is_string = primitive.is_none() && is_string(ty);
        let fingerprint = if primitive.is_some() || is_string { None } else { fingerprint_of(ty) };
        let refusal = if primitive.is_some() || fingerprint.is_some() { None } else { refusal(ty) };
        Some(Self { ident, ty, doc, keys, wire, name, primitive, fingerprint, is_string, refusal })
    }

    /// Whether the type is spelled as an integer.
    pub(crate) fn is_integer(&self) -> bool {
        self.primitive.is_some_and(Primitive::is_integer)
    }

    /// Whether the type is spelled as a float.
    pub(crate) fn is_float(&self) -> bool {
        self.primitive.is_some_and(Primitive::is_float)
    }

    /// The token that gives the field its name on the wire.
    pub(crate) fn wire_token(&self) -> &dyn ToTokens {
        self.keys.rename.as_ref().map_or(self.ident as &dyn ToTokens, |rename| rename)
    }

    /// How the field's values become values on the wire.
    pub(crate) fn encoding(&self) -> Encoding<'_> {
        let keys = &self.keys;
        match (&keys.range, &keys.free_text, &keys.max_len, &keys.bucket) {
            (Some(bounds), ..) => Encoding::Bounded(bounds),
            (_, Some(reason), Some(max_len), _) => Encoding::Text { reason, max_len },
            (.., Some(limits)) => Encoding::Bucketed(limits),
            _ => Encoding::Plain,
        }
    }
}

/// How the values of a field become values on the wire.
pub(crate) enum Encoding<'a> {
    /// As the type serializes itself.
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

    /// The first variant with the key `fallback`.
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
        let from_rust = || {
            let name = variant.ident.unraw().to_string();
            case.map_or_else(|| name.clone(), |case| case.of_variant(&name))
        };
        let wire = wire_name(keys.rename.as_ref(), &variant.ident, from_rust);
        Self { ident: &variant.ident, keys, wire }
    }
}

/// The name on the wire, by its key or derived from the name in Rust, with the span of that name.
fn wire_name(rename: Option<&LitStr>, ident: &Ident, from_rust: impl Fn() -> String) -> LitStr {
    rename.cloned().unwrap_or_else(|| LitStr::new(&from_rust(), ident.span()))
}

/// The named fields of a struct; empty for a struct without braces.
pub(crate) fn named_fields(input: &DeriveInput) -> Option<Vec<&syn::Field>> {
    match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Unnamed(_) => None,
            fields => Some(fields.iter().collect()),
        },
        Data::Enum(_) | Data::Union(_) => None,
    }
}
