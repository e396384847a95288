// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Types that are spelled as primitives of the language.
//!
//! For them the generated code names the type instead of asking a trait about it, which the compiler does far faster. A
//! type that merely has such a name then fails to type-check.

use quote::ToTokens;
use syn::{Ident, Type};

/// The primitives that may be fields as they are.
const PRIMITIVES: [&str; 10] = ["bool", "i8", "i16", "i32", "i64", "u8", "u16", "u32", "f32", "f64"];

/// The name of `ty`, if it is spelled as a primitive that may be a field.
pub(crate) fn primitive(ty: &Type) -> Option<&'static str> {
    // Once: asking a token of the compiler for its text is slow.
    let name = single_name(ty)?.to_string();
    PRIMITIVES.into_iter().find(|primitive| name == *primitive)
}

/// Whether `primitive` is a float.
pub(crate) fn is_float(primitive: &str) -> bool {
    primitive.starts_with('f')
}

/// Whether `ty` is spelled `String`.
pub(crate) fn is_string(ty: &Type) -> bool {
    single_name(ty).is_some_and(|name| name == "String")
}

/// The type as the author spelled it, without the blanks between its tokens.
pub(crate) fn spelled(ty: &Type) -> String {
    let text = ty.to_token_stream().to_string();
    let mut words = text.split(' ');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |spelled, word| {
        let is_word = |char: Option<char>| char.is_some_and(|char| char.is_alphanumeric() || char == '_');
        let apart = spelled.ends_with([',', ';']) || is_word(spelled.chars().last()) && is_word(word.chars().next());
        if apart { spelled + " " + word } else { spelled + word }
    })
}

/// The type's name, if it is nothing but a name.
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
            assert_eq!(spelled(&syn::parse_str(ty).unwrap()), ty);
        }
    }

    #[test]
    fn only_bare_names_are_primitives() {
        let spelled = |ty: &str| primitive(&syn::parse_str(ty).unwrap());
        assert_eq!(spelled("u32"), Some("u32"));
        for other in ["u64", "Outcome", "Option<u32>", "my::u32", "<u32 as Same>::Type", "String", "&u32"] {
            assert_eq!(spelled(other), None, "{other}");
        }
    }
}
