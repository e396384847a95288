// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Fingerprints of shapes and constraints: equal fingerprints show a match with one comparison.
//!
//! The compiler interprets a comparison again for every event, but computes the fingerprint of a type only once. The derive
//! computes the same fingerprint from the spelling of a type and from a schema. Different fingerprints prove nothing, because
//! one vocabulary can be a subset of another. Equal fingerprints count as a match. A fingerprint is a 64-bit hash that is cheap
//! for the compiler to compute; it does not protect against words that were chosen to collide. Zero means that there is no
//! fingerprint, and matches nothing.
//!
//! ```
//! use telemetry_schema::descriptor::Shape;
//! use telemetry_schema::fingerprint;
//!
//! let digit = fingerprint::of_shape(&Shape::integer(0, 9));
//! assert_eq!(digit, fingerprint::of_shape(&Shape::integer(0, 9)));
//! assert_ne!(digit, fingerprint::of_shape(&Shape::integer(0, 10)));
//! assert_eq!(fingerprint::of_list(digit), fingerprint::of_shape(&Shape::list(const { &Shape::integer(0, 9) })));
//! ```

use crate::descriptor::{IdentifierKind, Shape};

/// The fingerprint of a shape; zero if it has no fingerprint.
#[must_use]
pub const fn of_shape(shape: &Shape) -> u64 {
    match shape {
        Shape::Boolean => BOOLEAN,
        Shape::Integer { min, max } => of_integer(*min, *max),
        Shape::Identifier(kind) => of_identifier(*kind),
        Shape::Enum(vocabulary) => of_words(vocabulary.variants),
        Shape::List { item } | Shape::Set { item } => of_list(of_shape(item)),
        Shape::Nullable(inner) => of_nullable(of_shape(inner)),
        _ => 0,
    }
}

/// The fingerprint of a boolean.
pub const BOOLEAN: u64 = 1;

/// The fingerprint of an integer with inclusive bounds.
const fn of_integer(min: i64, max: i64) -> u64 {
    mix(mix(2, min.cast_unsigned()), max.cast_unsigned())
}

/// The fingerprint of an identifier.
const fn of_identifier(kind: IdentifierKind) -> u64 {
    match kind {
        IdentifierKind::Token => 3,
        IdentifierKind::Version => 4,
        IdentifierKind::Uuid => 5,
        IdentifierKind::Session => 6,
    }
}

/// The fingerprint of a list or set of values with the fingerprint `inner`; zero if `inner` is zero.
#[must_use]
pub const fn of_list(inner: u64) -> u64 {
    around(7, inner)
}

/// The fingerprint of a value with the fingerprint `inner` that can also be `null`; zero if `inner` is zero.
#[must_use]
pub const fn of_nullable(inner: u64) -> u64 {
    around(8, inner)
}

const fn around(kind: u64, inner: u64) -> u64 {
    if inner == 0 { 0 } else { mix(kind, inner) }
}

/// The fingerprint of a vocabulary. The order of its words does not matter.
#[must_use]
pub const fn of_words(words: &[&str]) -> u64 {
    // Starting at zero would give an empty vocabulary the value that means "no fingerprint".
    let (mut sum, mut rest) = (PRIME, words);
    while let [word, tail @ ..] = rest {
        sum = u64::wrapping_add(sum, of_text(word));
        rest = tail;
    }
    sum
}

/// The fingerprint of a text: its FNV-1a hash.
#[must_use]
pub const fn of_text(text: &str) -> u64 {
    let (mut hash, mut rest) = (0xcbf2_9ce4_8422_2325, text.as_bytes());
    while let [byte, tail @ ..] = rest {
        hash = u64::wrapping_mul(hash ^ *byte as u64, PRIME);
        rest = tail;
    }
    hash
}

/// The prime of the FNV-1a hash.
const PRIME: u64 = 0x0100_0000_01b3;

const fn mix(left: u64, right: u64) -> u64 {
    u64::wrapping_mul(left ^ right, PRIME).rotate_left(23)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::descriptor::{EnumDescriptor, Origin};

    #[test]
    fn only_the_same_words_have_the_same_fingerprint() {
        assert_eq!(of_words(&["success", "failure"]), of_words(&["failure", "success"]));
        for others in
            [&["success"][..], &["success", "failed"], &["successfailure"], &["success", "failure", ""], &[]]
        {
            assert_ne!(of_words(&["success", "failure"]), of_words(others), "{others:?}");
        }
    }

    #[test]
    fn the_hash_is_fnv_1a() {
        assert_eq!(
            ["", "a", "foobar"].map(of_text),
            [0xcbf2_9ce4_8422_2325, 0xaf63_dc4c_8601_ec8c, 0x8594_4171_f739_67e8]
        );
    }

    #[test]
    fn different_shapes_have_different_fingerprints() {
        const EMPTY: &EnumDescriptor = &EnumDescriptor::new("Empty", &[], Origin::new("", "", 1));
        const TOKEN: &Shape = &Shape::Identifier(IdentifierKind::Token);
        const U32: &Shape = &Shape::integer(0, u32::MAX as i64);
        const LIST: &Shape = &Shape::list(U32);
        let shapes = [
            Shape::Boolean,
            Shape::integer(-128, 127),
            *U32,
            *TOKEN,
            Shape::Identifier(IdentifierKind::Version),
            Shape::Identifier(IdentifierKind::Uuid),
            Shape::Identifier(IdentifierKind::Session),
            Shape::Enum(EMPTY),
            Shape::list(TOKEN),
            Shape::Nullable(TOKEN),
            Shape::list(&Shape::Nullable(U32)),
            Shape::Nullable(LIST),
        ];
        let distinct: std::collections::BTreeSet<_> = shapes.iter().map(of_shape).collect();
        assert_eq!(distinct.len(), shapes.len());
        assert!(!distinct.contains(&0));
        const NUMBER: &Shape = &Shape::number(0.0, 1.0);
        assert_eq!((of_shape(NUMBER), of_shape(&Shape::list(NUMBER))), (0, 0));
    }
}
