// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Checks the kind of item that a derive accepts.

use proc_macro2::Ident;
use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::{Data, DataEnum, DeriveInput, Fields, Token, Variant};

use crate::ast::named_fields;
use crate::errors::Errors;
use crate::key::Place;

/// Rejects generics: a type that is sent has one fixed form.
pub(crate) fn check_not_generic(input: &DeriveInput, errors: &Errors) {
    if !input.generics.params.is_empty() {
        errors.report(
            &input.generics,
            format_args!("`{}` is generic, but a type that is sent has one fixed form", input.ident),
            "write concrete types instead of type parameters",
        );
    }
}

/// Requires a struct with named fields, and returns the fields.
pub(crate) fn check_struct<'a>(
    input: &'a DeriveInput,
    place: Place,
    errors: &Errors,
) -> Option<Vec<&'a syn::Field>> {
    let fields = named_fields(input);
    if fields.is_none() {
        let what = if place == Place::EventField { "an event" } else { "a value" };
        let ident = &input.ident;
        errors.report(
            keyword_or_fields(input),
            format_args!("{what} is a struct with named fields, but `{ident}` is {}", kind(input)),
            struct_help(input, place),
        );
    }
    fields
}

fn struct_help(input: &DeriveInput, place: Place) -> String {
    match (&input.data, place) {
        (Data::Enum(_), Place::ValueStructField) => {
            "derive `TelemetryEnum` for a closed vocabulary".to_owned()
        }
        (Data::Enum(_), _) => format!("write one `struct` per event instead of `enum {}`", input.ident),
        _ => format!("write `struct {} {{ name: Type }}`", input.ident),
    }
}

fn kind(input: &DeriveInput) -> &'static str {
    match &input.data {
        Data::Enum(_) => "an enum",
        Data::Union(_) => "a union",
        Data::Struct(_) => "a tuple struct",
    }
}

/// The token that shows the wrong kind of the item.
fn keyword_or_fields(input: &DeriveInput) -> &dyn ToTokens {
    match &input.data {
        Data::Enum(data) => &data.enum_token,
        Data::Union(data) => &data.union_token,
        Data::Struct(data) => &data.fields,
    }
}

/// Requires an enum with at least one variant and without data, and returns the variants.
pub(crate) fn check_enum<'a>(
    input: &'a DeriveInput,
    errors: &Errors,
) -> Option<&'a Punctuated<Variant, Token![,]>> {
    let Data::Enum(DataEnum { variants, .. }) = &input.data else {
        errors.report(
            keyword(input),
            format_args!("a vocabulary is an enum, but `{}` is not", input.ident),
            "derive `TelemetryValue` for a struct that is a value",
        );
        return None;
    };
    if variants.is_empty() {
        errors.report(
            &input.ident,
            format_args!("vocabulary `{}` has no variant", input.ident),
            "add at least one variant",
        );
    }
    variants.iter().for_each(|variant| check_unit(variant, &input.ident, errors));
    Some(variants)
}

fn keyword(input: &DeriveInput) -> &dyn ToTokens {
    match &input.data {
        Data::Struct(data) => &data.struct_token,
        Data::Union(data) => &data.union_token,
        Data::Enum(data) => &data.enum_token,
    }
}

fn check_unit(variant: &Variant, vocabulary: &Ident, errors: &Errors) {
    if !matches!(variant.fields, Fields::Unit) {
        let ident = &variant.ident;
        errors.report(
            &variant.fields,
            format_args!("variant `{ident}` of `{vocabulary}` holds data, which has no fixed text"),
            format_args!("write `{ident}` and send the data in a field of its own"),
        );
    }
}
