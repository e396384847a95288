// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What can be said about a text while compiling, where the methods of `str` cannot be called.

/// Whether both texts are the same.
pub(crate) const fn is_same(one: &str, other: &str) -> bool {
    let (mut one, mut other) = (one.as_bytes(), other.as_bytes());
    while let ([first, one_tail @ ..], [second, other_tail @ ..]) = (one, other) {
        if *first != *second {
            return false;
        }
        (one, other) = (one_tail, other_tail);
    }
    one.is_empty() && other.is_empty()
}

/// Whether `text` is one of `texts`.
pub(crate) const fn is_one_of(text: &str, texts: &[&str]) -> bool {
    let mut rest = texts;
    while let [first, tail @ ..] = rest {
        if is_same(first, text) {
            return true;
        }
        rest = tail;
    }
    false
}

/// Whether `text` has at least one byte, and each is a lower-case letter, a digit, `_` or `-`.
pub(crate) const fn is_plain_name(text: &str) -> bool {
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
pub(crate) const fn is_file_name(text: &str) -> bool {
    !matches!(text.as_bytes(), [] | [b'.', ..]) && is_token(text)
}

/// Whether `text` has at least one byte, and each is a letter, a digit, `_`, `-` or `.`.
pub(crate) const fn is_token(text: &str) -> bool {
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
pub(crate) const fn is_printable(text: &str) -> bool {
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
pub(crate) const fn is_digits(text: &str) -> bool {
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        if !first.is_ascii_digit() {
            return false;
        }
        rest = tail;
    }
    !text.is_empty()
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
