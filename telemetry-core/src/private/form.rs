// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A number for what a value can be, so that what most likely fits is found to fit by one comparison.
//!
//! The compiler interprets checks anew for every event, but makes the number of a type only once. The derive makes the same
//! number from a spelling or a schema. Numbers that differ mean nothing: a vocabulary may be a part of another.

use crate::descriptor::{IdentifierKind, Shape};

/// The number of a shape; zero for one that nobody compares.
pub const fn form(shape: &Shape) -> u64 {
    match shape {
        Shape::Boolean => 1,
        Shape::Integer { min, max } => mix(mix(2, min.cast_unsigned()), max.cast_unsigned()),
        Shape::Identifier(IdentifierKind::Token) => 3,
        Shape::Identifier(IdentifierKind::Version) => 4,
        Shape::Identifier(IdentifierKind::Uuid) => 5,
        Shape::Identifier(IdentifierKind::Session) => 6,
        Shape::Enum(vocabulary) => words(vocabulary.variants),
        Shape::List(inner) | Shape::Set(inner) => outer(7, form(inner)),
        Shape::Nullable(inner) => outer(8, form(inner)),
        _ => 0,
    }
}

/// The number of something round values with the number `inner`; zero if they have none.
const fn outer(kind: u64, inner: u64) -> u64 {
    if inner == 0 { 0 } else { mix(kind, inner) }
}

const fn mix(left: u64, right: u64) -> u64 {
    u64::wrapping_mul(left ^ right, PRIME).rotate_left(23)
}

/// The number of a name.
pub(super) const fn name(name: &str) -> u64 {
    fnv(name.as_bytes())
}

/// That of the FNV-1a hash.
const PRIME: u64 = 0x0100_0000_01b3;

/// The number of a vocabulary: the same in whatever order its words are.
const fn words(words: &[&str]) -> u64 {
    let (mut sum, mut rest) = (0, words);
    while let [word, tail @ ..] = rest {
        sum = u64::wrapping_add(sum, fnv(word.as_bytes()));
        rest = tail;
    }
    sum
}

/// The FNV-1a hash.
const fn fnv(bytes: &[u8]) -> u64 {
    let (mut hash, mut rest) = (0xcbf2_9ce4_8422_2325, bytes);
    while let [byte, tail @ ..] = rest {
        hash = u64::wrapping_mul(hash ^ *byte as u64, PRIME);
        rest = tail;
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_words_have_the_same_number() {
        assert_eq!(words(&["success", "failure"]), words(&["failure", "success"]));
        for others in
            [&["success"][..], &["success", "failed"], &["successfailure"], &["success", "failure", ""]]
        {
            assert_ne!(words(&["success", "failure"]), words(others), "{others:?}");
        }
    }

    #[test]
    fn the_hash_is_fnv_1a() {
        assert_eq!(
            (fnv(b""), fnv(b"a"), fnv(b"foobar")),
            (0xcbf2_9ce4_8422_2325, 0xaf63_dc4c_8601_ec8c, 0x8594_4171_f739_67e8)
        );
    }

    #[test]
    fn different_shapes_have_different_numbers() {
        use crate::value::{Token, Version};
        use crate::{SessionId, TelemetryValue};
        let forms = [
            bool::FORM,
            i8::FORM,
            i64::FORM,
            u8::FORM,
            u32::FORM,
            Token::FORM,
            Version::FORM,
            #[cfg(feature = "uuid")]
            uuid::Uuid::FORM,
            SessionId::FORM,
            <Vec<Token>>::FORM,
            <Option<Token>>::FORM,
            <Vec<Option<u32>>>::FORM,
            <Option<Vec<u32>>>::FORM,
        ];
        let distinct: std::collections::BTreeSet<_> = forms.into_iter().collect();
        assert_eq!(distinct.len(), forms.len());
        assert_eq!((f64::FORM, <Vec<f64>>::FORM), (0, 0));
    }
}
