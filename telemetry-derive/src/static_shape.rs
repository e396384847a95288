// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Determines the values of a field by its spelling.
//!
//! For a field spelled as a primitive, or with a key that determines the shape, no constant has to be evaluated: the generated code
//! type-checks only if the spelling is true. For other well-known names, alone or nested, a constant checks by the fingerprint
//! of the type that it is the well-known one.

use syn::{GenericArgument, PathArguments, PathSegment, Type, TypePath};
use telemetry_schema::comparison::fits;
use telemetry_schema::constraint::{Constraint, Kind};
use telemetry_schema::descriptor::{IdentifierKind, Shape};
use telemetry_schema::fingerprint;

use crate::ast::{Encoding, Field};
use crate::attr::{Bounds, literal_float};

impl Field<'_> {
    /// The shape of the field, if its spelling determines it.
    pub(crate) fn shape(&self) -> Option<Shape> {
        match (self.encoding(), self.primitive.map(|primitive| primitive.name)) {
            (Encoding::Plain, Some(name)) => primitive(name),
            (Encoding::Bounded(bounds), Some("f32" | "f64")) => floats(bounds),
            (Encoding::Bounded(bounds), Some(_)) => {
                bounds.literal().map(|(min, max)| Shape::integer(min, max))
            }
            (Encoding::Text { .. }, _) if self.is_string => Some(Shape::free_text("", 0)),
            _ => None,
        }
    }

    /// Whether the field is spelled as a primitive with the same size on every platform.
    pub(crate) fn has_known_size(&self) -> bool {
        self.primitive.is_some_and(|primitive| !matches!(primitive.name, "usize" | "isize"))
    }

    /// The shape of the primitive that the field is spelled as, if it is a value without a `range`.
    pub(crate) fn primitive_shape(&self) -> Option<Shape> {
        self.primitive.and_then(|known| primitive(known.name))
    }

    /// Whether the name of the type implies a fingerprint, which a constant checks, and the constraint matches it.
    pub(crate) fn is_usual_and_fits(&self, asked: &Constraint) -> bool {
        matches!(self.encoding(), Encoding::Plain) && self.fingerprint.is_some() && type_fits(self.ty, asked)
    }
}

/// The shape of a type spelled `name`, if that is a primitive.
fn primitive(name: &str) -> Option<Shape> {
    let integer = |min, max| Some(Shape::integer(min, max));
    match name {
        "bool" => Some(Shape::Boolean),
        "i8" => integer(i8::MIN.into(), i8::MAX.into()),
        "i16" => integer(i16::MIN.into(), i16::MAX.into()),
        "i32" => integer(i32::MIN.into(), i32::MAX.into()),
        "i64" => integer(i64::MIN, i64::MAX),
        "u8" => integer(0, u8::MAX.into()),
        "u16" => integer(0, u16::MAX.into()),
        "u32" => integer(0, u32::MAX.into()),
        "f32" | "f64" => Some(Shape::number(f64::MIN, f64::MAX)),
        _ => None,
    }
}

fn floats(bounds: &Bounds) -> Option<Shape> {
    Some(Shape::number(literal_float(&bounds.min)?, literal_float(&bounds.max)?))
}

/// The fingerprint of `ty`, if it consists of types of the language and the core, spelled without a path, whose values need
/// neither a sentinel nor normalization.
pub(crate) fn fingerprint_of(ty: &Type) -> Option<u64> {
    let (name, mut arguments) = name_and_arguments(ty)?;
    match (name.as_str(), arguments.next(), arguments.next()) {
        ("Vec" | "BTreeSet", Some(item), None) => fingerprint_of(item).map(fingerprint::of_list),
        ("Option", Some(inner), None) => fingerprint_of(inner).map(fingerprint::of_nullable),
        (name, None, None) => {
            usual_shape(name).map(|shape| fingerprint::of_shape(&shape)).filter(|usual| *usual != 0)
        }
        _ => None,
    }
}

/// The shape of the type called `name` in the language or the core, if it has no type arguments.
fn usual_shape(name: &str) -> Option<Shape> {
    let identifier = |kind| Some(Shape::Identifier(kind));
    match name {
        "Token" => identifier(IdentifierKind::Token),
        "Version" => identifier(IdentifierKind::Version),
        "Uuid" => identifier(IdentifierKind::Uuid),
        "SessionId" => identifier(IdentifierKind::Session),
        name => primitive(name),
    }
}

/// Whether a type with a fingerprint matches the constraint.
fn type_fits(ty: &Type, asked: &Constraint) -> bool {
    let Some((name, mut arguments)) = name_and_arguments(ty) else { return false };
    match (name.as_str(), arguments.next(), &asked.kind) {
        (_, _, Kind::Any) => true,
        ("Option", Some(inner), _) => asked.nullable && type_fits(inner, asked),
        (_, Some(item), Kind::Array(items)) => type_fits(item, items),
        (_, Some(_), _) => false,
        (name, None, _) => usual_shape(name).is_some_and(|shape| fits(&shape, asked)),
    }
}

/// The name of a type and the types among its arguments.
fn name_and_arguments(ty: &Type) -> Option<(String, impl Iterator<Item = &Type>)> {
    let Type::Path(TypePath { qself: None, path, .. }) = ty else { return None };
    let segment =
        path.segments.first().filter(|_| path.segments.len() == 1 && path.leading_colon.is_none())?;
    Some((segment.ident.to_string(), arguments(segment)))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_usual_spellings_have_a_fingerprint() {
        let of = |ty: &str| fingerprint_of(&syn::parse_str(ty).unwrap());
        for usual in ["Token", "u32", "Option<u32>", "BTreeSet<Token>", "Vec<Option<Uuid>>"] {
            assert!(of(usual).is_some(), "{usual}");
        }
        for other in [
            "f64",
            "Vec<f64>",
            "Outcome",
            "Vec<Outcome>",
            "BTreeMap<Token, u32>",
            "Vec",
            "Token<u8>",
            "&u32",
            "self::Token",
        ] {
            assert_eq!(of(other), None, "{other}");
        }
        assert_ne!(of("Option<u32>"), of("Vec<u32>"));
    }
}
