// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Types that are spelled as primitives of the language.
//!
//! For these, the generated code names the type instead of going through a trait, which compiles far faster. Another type with the
//! same name then fails to type-check.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{GenericArgument, Ident, PathArguments, Type, TypePath};

/// The primitives that need no `range`, each with the core's type for such a field.
const PRIMITIVES: [(&str, &str); 10] = [
    ("bool", "Bool"),
    ("i8", "I8"),
    ("i16", "I16"),
    ("i32", "I32"),
    ("i64", "I64"),
    ("u8", "U8"),
    ("u16", "U16"),
    ("u32", "U32"),
    ("f32", "F32"),
    ("f64", "F64"),
];

/// The primitives that need a `range`.
const WIDE: [(&str, &str); 5] =
    [("u64", "U64"), ("usize", "Usize"), ("isize", "Isize"), ("u128", "U128"), ("i128", "I128")];

/// A type that is spelled as a primitive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Primitive {
    pub(crate) name: &'static str,
    /// The core's type for a field of this primitive.
    pub(crate) wrapper: &'static str,
}

impl Primitive {
    /// The primitive that `ty` is spelled as, if it can be a field. Wide primitives need a range.
    pub(crate) fn of(ty: &Type, has_range: bool) -> Option<Self> {
        // Converted once, because getting the text of a compiler token is slow.
        let spelled = single_name(ty)?.to_string();
        let wide = if has_range { WIDE.as_slice() } else { &[] };
        let (name, wrapper) = PRIMITIVES.iter().chain(wide).find(|(name, _)| spelled == *name)?;
        Some(Self { name, wrapper })
    }

    /// Whether it is an integer.
    pub(crate) fn is_integer(self) -> bool {
        !self.is_float() && self.name != "bool"
    }

    /// Whether it is a float.
    pub(crate) fn is_float(self) -> bool {
        self.name.starts_with('f')
    }
}

/// Whether `ty` is spelled `String`.
pub(crate) fn is_string(ty: &Type) -> bool {
    single_name(ty).is_some_and(|name| name == "String")
}

/// The type as the author spelled it, without spaces between its tokens.
pub(crate) fn spelled(ty: &Type) -> String {
    // A fast path: nearly all types are a name with or without arguments, and need no printing of tokens by the compiler.
    let mut spelling = String::new();
    if spell_path(ty, &mut spelling).is_some() { spelling } else { spelled_by_tokens(ty) }
}

/// An expression as an author writes it, without the spaces that the compiler adds.
pub(crate) fn written(expression: &TokenStream) -> String {
    expression.to_string().replace("- ", "-").replace(" :: ", "::").replace(":: ", "::").replace("! (", "!(")
}

/// Appends the spelling of a type that is a plain path. Returns `None` for other types, of which a part may have been appended.
fn spell_path(ty: &Type, spelling: &mut String) -> Option<()> {
    let Type::Path(TypePath { qself: None, path, .. }) = ty else { return None };
    let [segment] = path.segments.iter().collect::<Vec<_>>()[..] else { return None };
    *spelling += &segment.ident.to_string();
    let arguments = match &segment.arguments {
        PathArguments::None => return Some(()),
        PathArguments::AngleBracketed(arguments) if arguments.colon2_token.is_none() => &arguments.args,
        _ => return None,
    };
    let mut separator = '<';
    for argument in arguments {
        let GenericArgument::Type(ty) = argument else { return None };
        spelling.push(separator);
        if separator == ',' {
            spelling.push(' ');
        }
        spell_path(ty, spelling)?;
        separator = ',';
    }
    spelling.push('>');
    Some(())
}

fn spelled_by_tokens(ty: &Type) -> String {
    let text = ty.to_token_stream().to_string();
    let mut words = text.split(' ');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |spelled, word| {
        let is_word = |char: Option<char>| char.is_some_and(|char| char.is_alphanumeric() || char == '_');
        let apart =
            spelled.ends_with([',', ';']) || is_word(spelled.chars().last()) && is_word(word.chars().next());
        if apart { spelled + " " + word } else { spelled + word }
    })
}

/// Whether `ty` is spelled `Option<…>`.
pub(crate) fn is_option(ty: &Type) -> bool {
    last_name(ty).is_some_and(|name| name == "Option")
}

/// The last type argument of `ty`: the items of an option, list or set, or the values of a map.
pub(crate) fn last_argument(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = ty else { return None };
    let PathArguments::AngleBracketed(list) = &path.path.segments.last()?.arguments else { return None };
    list.args.iter().rev().find_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}

/// The last name of `ty`, if it is a path.
pub(crate) fn last_name(ty: &Type) -> Option<String> {
    match ty {
        Type::Path(path) => path.path.segments.last().map(|last| last.ident.to_string()),
        _ => None,
    }
}

/// A value of the type to use as the sentinel: `single`, unless the type is an option or a collection.
pub(crate) fn unknown_value(ty: &Type, single: &str) -> String {
    let spelling = spelled(ty);
    let path = spelling.split('<').next().unwrap_or_default();
    match last_name(ty).as_deref() {
        Some("Option") => "None".to_owned(),
        Some("Vec" | "BTreeSet" | "BTreeMap") => format!("{path}::new()"),
        _ => single.to_owned(),
    }
}

/// Whether `ty` is a single name.
pub(crate) fn is_single_name(ty: &Type) -> bool {
    single_name(ty).is_some()
}

/// The name of the type, if it is a single name.
fn single_name(ty: &Type) -> Option<&Ident> {
    match ty {
        Type::Path(path) if path.qself.is_none() => path.path.get_ident(),
        // A `macro_rules` macro puts a type into an invisible group.
        Type::Group(group) => single_name(&group.elem),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_spelled_as_authors_write_them() {
        for ty in [
            "u32",
            "BTreeMap<Token, Option<u32>>",
            "std::path::PathBuf",
            "&'static str",
            "(u32, bool)",
            "[u8; 4]",
        ] {
            let parsed = syn::parse_str(ty).unwrap();
            assert_eq!((spelled(&parsed).as_str(), spelled_by_tokens(&parsed).as_str()), (ty, ty));
        }
    }

    #[test]
    fn only_bare_names_are_primitives() {
        let spelled =
            |ty: &str| Primitive::of(&syn::parse_str(ty).unwrap(), false).map(|primitive| primitive.name);
        assert_eq!(spelled("u32"), Some("u32"));
        for other in ["u64", "Outcome", "Option<u32>", "my::u32", "<u32 as Same>::Type", "String", "&u32"] {
            assert_eq!(spelled(other), None, "{other}");
        }
        let wide = Primitive::of(&syn::parse_str("u64").unwrap(), true);
        assert_eq!(wide, Some(Primitive { name: "u64", wrapper: "U64" }));
    }
}
