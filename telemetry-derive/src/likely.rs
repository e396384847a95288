// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Whether a type looks as if it were what a schema expects.
//!
//! The compiler decides; this only chooses which checks share a constant, so a wrong guess costs no rule. It matters for
//! an event with several mistakes, each of which is to be reported on its own.

use syn::{GenericArgument, PathArguments, PathSegment, Type};

use crate::ast::{Field, Treatment};
use crate::known::{Known, primitive};
use crate::schema::{Expected, Kind};

/// Whether nothing in the spelling of `field` speaks against what is expected.
pub(crate) fn may_fit(field: &Field, expected: &Expected) -> bool {
    match field.treatment() {
        Treatment::Bounded(bounds) => bounds
            .literal()
            .is_some_and(|(min, max)| Known::Integer(min, max).mismatch(expected, String::new).is_none()),
        Treatment::Plain | Treatment::Text { .. } | Treatment::Bucketed(_) => {
            type_may_fit(field.ty, expected)
        }
    }
}

fn type_may_fit(ty: &Type, expected: &Expected) -> bool {
    let Type::Path(path) = ty else { return false };
    let Some(segment) = path.path.segments.last() else { return false };
    let first = || arguments(segment).next();
    let name = segment.ident.to_string();
    match (name.as_str(), &expected.kind) {
        (_, Kind::Any) => true,
        ("Option", _) => expected.nullable && first().is_some_and(|inner| type_may_fit(inner, expected)),
        ("Vec" | "BTreeSet", Kind::Array(items)) => first().is_some_and(|item| type_may_fit(item, items)),
        ("BTreeMap", Kind::Map(values)) => {
            arguments(segment).nth(1).is_some_and(|value| type_may_fit(value, values))
        }
        ("Vec" | "BTreeSet" | "BTreeMap", _) => false,
        ("Token" | "Version" | "Uuid" | "SessionId" | "String", kind) => *kind == Kind::Text,
        (name, _) => match primitive(name) {
            Some(known) => known.mismatch(expected, String::new).is_none(),
            // A vocabulary, a struct or an alias.
            None => false,
        },
    }
}

fn arguments(segment: &PathSegment) -> impl Iterator<Item = &Type> {
    let arguments = match &segment.arguments {
        PathArguments::AngleBracketed(list) => Some(list.args.iter()),
        _ => None,
    };
    arguments.into_iter().flatten().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}
