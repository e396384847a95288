// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The number of a type or of a vocabulary, made as the core makes it: what has the expected number needs no comparison.

use syn::{GenericArgument, PathArguments, PathSegment, Type};

/// The number that `ty` has, if it is put together from types of the language and the core as its spelling says, and holds
/// nothing that needs a sentinel.
pub(crate) fn of_type(ty: &Type) -> Option<u64> {
    let Type::Path(path) = ty else { return None };
    let segment = path.path.segments.last()?;
    let name = segment.ident.to_string();
    match (name.as_str(), &segment.arguments) {
        ("Vec" | "BTreeSet", PathArguments::AngleBracketed(_)) => of_argument(segment).map(of_list),
        ("Option", PathArguments::AngleBracketed(_)) => of_argument(segment).map(|inner| mix(8, inner)),
        (name, PathArguments::None) => of_usual_name(name),
        _ => None,
    }
}

fn of_argument(segment: &PathSegment) -> Option<u64> {
    let PathArguments::AngleBracketed(list) = &segment.arguments else { return None };
    match (list.args.first()?, list.args.len()) {
        (GenericArgument::Type(ty), 1) => of_type(ty),
        _ => None,
    }
}

fn of_usual_name(name: &str) -> Option<u64> {
    Some(match name {
        "bool" => 1,
        "Token" => 3,
        "Version" => 4,
        "Uuid" => 5,
        "SessionId" => 6,
        "i8" => of_integer(i8::MIN.into(), i8::MAX.into()),
        "i16" => of_integer(i16::MIN.into(), i16::MAX.into()),
        "i32" => of_integer(i32::MIN.into(), i32::MAX.into()),
        "i64" => of_integer(i64::MIN, i64::MAX),
        "u8" => of_integer(0, u8::MAX.into()),
        "u16" => of_integer(0, u16::MAX.into()),
        "u32" => of_integer(0, u32::MAX.into()),
        _ => return None,
    })
}

fn of_integer(min: i64, max: i64) -> u64 {
    mix(mix(2, min.cast_unsigned()), max.cast_unsigned())
}

/// The number of a vocabulary: the same in whatever order its words are.
pub(crate) fn of_words(words: &[String]) -> u64 {
    words.iter().fold(0, |sum, word| sum.wrapping_add(fnv(word.as_bytes())))
}

/// The number of a name.
pub(crate) fn of_name(name: &str) -> u64 {
    fnv(name.as_bytes())
}

/// The number of a list or set of values with the number `inner`.
pub(crate) fn of_list(inner: u64) -> u64 {
    mix(7, inner)
}

fn mix(left: u64, right: u64) -> u64 {
    (left ^ right).wrapping_mul(PRIME).rotate_left(23)
}

/// That of the FNV-1a hash.
const PRIME: u64 = 0x0100_0000_01b3;

/// The FNV-1a hash.
fn fnv(bytes: &[u8]) -> u64 {
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(PRIME);
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_usual_spellings_have_a_number() {
        let of = |ty: &str| of_type(&syn::parse_str(ty).unwrap());
        for usual in ["Token", "u32", "Option<u32>", "std::collections::BTreeSet<Token>", "Vec<Option<Uuid>>"]
        {
            assert!(of(usual).is_some(), "{usual}");
        }
        for other in
            ["f64", "Vec<f64>", "Outcome", "Vec<Outcome>", "BTreeMap<Token, u32>", "Vec", "Token<u8>", "&u32"]
        {
            assert_eq!(of(other), None, "{other}");
        }
        assert_ne!(of("Option<u32>"), of("Vec<u32>"));
    }

    #[test]
    fn the_hash_is_fnv_1a_as_in_the_core() {
        let hashes = [b"".as_slice(), b"a", b"foobar"].map(fnv);
        assert_eq!(hashes, [0xcbf2_9ce4_8422_2325, 0xaf63_dc4c_8601_ec8c, 0x8594_4171_f739_67e8]);
    }
}
