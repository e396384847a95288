// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Functions on texts that constants can call, unlike most methods of `str`.
//!
//! ```
//! use telemetry_schema::text::{TextSet, is_identifier, is_one_of};
//!
//! const WORDS: &[&str] = &["success", "failure"];
//! const _: () = assert!(is_one_of("failure", WORDS) && is_identifier("1.7.0+local"));
//! assert!(TextSet::new(WORDS).contains("success"));
//! ```

/// Whether both texts are equal.
#[must_use]
pub const fn is_same(one: &str, other: &str) -> bool {
    let (mut one, mut other) = (one.as_bytes(), other.as_bytes());
    // Compared first: the compiler interprets this for every event, and most lengths differ.
    if one.len() != other.len() {
        return false;
    }
    while let ([first, one_tail @ ..], [second, other_tail @ ..]) = (one, other) {
        if *first != *second {
            return false;
        }
        (one, other) = (one_tail, other_tail);
    }
    true
}

/// Whether `text` is one of `texts`.
#[must_use]
pub const fn is_one_of(text: &str, texts: &[&str]) -> bool {
    let mut rest = texts;
    while let [first, tail @ ..] = rest {
        if is_same(first, text) {
            return true;
        }
        rest = tail;
    }
    false
}

/// Whether `text` consists of numbers separated by dots, such as `1.7`.
#[must_use]
pub const fn is_schema_version(text: &str) -> bool {
    let (mut rest, mut follows_digit) = (text.as_bytes(), false);
    while let [first, tail @ ..] = rest {
        if !(first.is_ascii_digit() || *first == b'.' && follows_digit) {
            return false;
        }
        (rest, follows_digit) = (tail, first.is_ascii_digit());
    }
    follows_digit
}

/// Whether `text` is the first part of one of `pairs`.
#[must_use]
pub const fn is_key_of<T>(text: &str, pairs: &[(&str, T)]) -> bool {
    let mut rest = pairs;
    while let [(first, _), tail @ ..] = rest {
        if is_same(first, text) {
            return true;
        }
        rest = tail;
    }
    false
}

/// Whether `text` has at least one byte, and each is a lower-case letter, a digit, `_` or `-`.
#[must_use]
pub const fn is_plain_name(text: &str) -> bool {
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        if !(first.is_ascii_lowercase() || first.is_ascii_digit() || matches!(first, b'_' | b'-')) {
            return false;
        }
        rest = tail;
    }
    !text.is_empty()
}

/// Whether `text` names a file in a directory: letters, digits, `_`, `-` and `.`, and no leading dot.
#[must_use]
pub const fn is_file_name(text: &str) -> bool {
    !matches!(text.as_bytes(), [] | [b'.', ..]) && is_token(text)
}

/// Whether `text` has at least one byte, and each is a letter, a digit, `_`, `-` or `.`.
#[must_use]
pub const fn is_token(text: &str) -> bool {
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        if !(first.is_ascii_alphanumeric() || matches!(first, b'_' | b'-' | b'.')) {
            return false;
        }
        rest = tail;
    }
    !text.is_empty()
}

/// Whether `text` has at least one byte, and each is printable ASCII.
#[must_use]
pub const fn is_printable(text: &str) -> bool {
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        if !matches!(first, b' '..=b'~') {
            return false;
        }
        rest = tail;
    }
    !text.is_empty()
}

/// Whether `text` has at least one byte, and each is a digit.
#[must_use]
pub const fn is_digits(text: &str) -> bool {
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        if !first.is_ascii_digit() {
            return false;
        }
        rest = tail;
    }
    !text.is_empty()
}

/// The longest identifier, in bytes.
pub const MAX_IDENTIFIER: usize = 64;

/// Whether `text` can be a `Token` or a `Version`: 1 to 64 bytes, each a letter, a digit or one of `. _ + - !`.
#[must_use]
pub const fn is_identifier(text: &str) -> bool {
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        if !(first.is_ascii_alphanumeric() || matches!(first, b'.' | b'_' | b'+' | b'-' | b'!')) {
            return false;
        }
        rest = tail;
    }
    !text.is_empty() && text.len() <= MAX_IDENTIFIER
}

/// The number of slots of a [`TextSet`].
const SLOTS: usize = 4096;

/// The maximum number of texts that a [`TextSet`] hashes. Half of its slots stay free, so that a search ends soon.
const HASHED: usize = SLOTS / 2;

/// Fewer texts are compared one by one, which is faster than hashing them.
const FEW: usize = 8;

/// A set of texts with lookups in constant time, also in a constant.
#[derive(Debug, Clone, Copy)]
pub struct TextSet<'a> {
    texts: &'a [&'a str],
    /// The index of a text, counted from 1, at the slot of its hash or the next free slot.
    slots: Option<[u16; SLOTS]>,
}

impl<'a> TextSet<'a> {
    /// A set of `texts`.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "the index is below the number of slots")]
    pub const fn new(texts: &'a [&'a str]) -> Self {
        if texts.len() <= FEW || texts.len() > HASHED {
            return Self { texts, slots: None };
        }
        let mut slots = [0; SLOTS];
        let (mut rest, mut number) = (texts, 1);
        while let [first, tail @ ..] = rest {
            slots[slot_of(first, texts, &slots)] = number;
            (rest, number) = (tail, number + 1);
        }
        Self { texts, slots: Some(slots) }
    }

    /// Whether `text` is one of the texts.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "the index is below the number of slots")]
    pub const fn contains(&self, text: &str) -> bool {
        match &self.slots {
            Some(slots) => slots[slot_of(text, self.texts, slots)] != 0,
            None => is_one_of(text, self.texts),
        }
    }
}

/// The slot that `text` is in or would be put into.
#[expect(
    clippy::indexing_slicing,
    reason = "an index is below the number of slots, and a slot holds one of the texts"
)]
const fn slot_of(text: &str, texts: &[&str], slots: &[u16; SLOTS]) -> usize {
    let mut index = (crate::fingerprint::of_text(text) % SLOTS as u64) as usize;
    while slots[index] != 0 && !is_same(texts[slots[index] as usize - 1], text) {
        index = (index + 1) % SLOTS;
    }
    index
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_the_same_to_their_last_byte() {
        assert!(is_same("", "") && is_same("abc", "abc"));
        for (one, other) in [("a", ""), ("", "a"), ("abc", "abd"), ("abc", "abcd")] {
            assert!(!is_same(one, other), "{one:?} {other:?}");
        }
        assert!(is_one_of("b", &["a", "b"]) && !is_one_of("c", &["a", "b"]) && !is_one_of("a", &[]));
    }

    #[test]
    fn versions_are_numbers_with_dots() {
        assert!(["1", "1.7", "10.0.3"].into_iter().all(is_schema_version));
        assert!(
            !["", ".", "1.", ".1", "1..2", "v1", "1.x", "1 .0", "-1", "١"].into_iter().any(is_schema_version)
        );
    }

    #[test]
    fn a_set_of_any_size_finds_its_texts_and_no_other() {
        for size in [0, 1, FEW, FEW + 1, 300, HASHED, HASHED + 1] {
            let texts: Vec<String> = (0..size).map(|number| format!("text_{number}")).collect();
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let set = TextSet::new(&texts);
            assert!(texts.iter().all(|text| set.contains(text)), "{size}");
            assert!(!["", "text_", "text_99999"].iter().any(|text| set.contains(text)), "{size}");
        }
    }

    #[test]
    fn names_of_files_stay_in_their_directory() {
        assert!(is_file_name("telemetry-state.json"));
        for name in ["", ".", "..", ".hidden", "a/b", "a\\b", "a b", "\u{e4}"] {
            assert!(!is_file_name(name), "{name:?}");
        }
    }

    #[test]
    fn each_kind_of_text_has_at_least_one_byte() {
        assert!(![is_plain_name, is_token, is_printable, is_digits].iter().any(|check| check("")));
        assert!(is_printable("charset=utf-8 ~") && !is_printable("a\n") && !is_printable("\u{7f}"));
        assert!(is_digits("0123456789") && !is_digits("1a"));
        assert!(is_plain_name("safe_synthesizer-2") && !is_plain_name("Shop"));
    }
}
