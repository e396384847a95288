// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Text rules of the reference's language that differ from Rust's: white space, printable characters, line ends.

#[cfg(feature = "reader")]
use std::borrow::Cow;

/// White space as the reference strips it: Unicode white space and the four information separators.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\x1c'..='\x1f').contains(&c)
}

/// `text` without white space at both ends.
pub(crate) fn strip(text: &str) -> &str {
    text.trim_matches(is_space)
}

/// Whether a character shows: not a control, format, private or unassigned one, and no separator but the space.
#[cfg(feature = "reader")]
pub(crate) fn is_printable(c: char) -> bool {
    if c.is_ascii() {
        return c == ' ' || c.is_ascii_graphic();
    }
    // The standard library escapes the same categories; behind a first character it leaves combining marks alone.
    let pair: String = ['a', c].iter().collect();
    pair.chars().eq(pair.escape_debug())
}

/// `text` as a message may show it: what does not show is escaped, and what is longer than `most_chars` characters is cut and
/// ends with `…`.
#[cfg(feature = "reader")]
pub(crate) fn escape_untrusted(text: &str, most_chars: usize) -> String {
    let mut out = String::new();
    for (count, c) in text.chars().enumerate() {
        if count == most_chars {
            out.push('…');
            break;
        }
        if is_printable(c) { out.push(c) } else { out.extend(c.escape_debug()) }
    }
    out
}

/// `text` with every line end turned into `\n`, as a file opened in text mode reads.
#[cfg(feature = "reader")]
pub(crate) fn universal_newlines(text: &str) -> Cow<'_, str> {
    if text.contains('\r') {
        Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printable_is_what_the_reference_calls_printable() {
        for c in ['a', ' ', '"', '\'', '\\', 'é', '\u{301}', '中', '😀'] {
            assert!(is_printable(c), "{c:?}");
        }
        for c in ['\t', '\0', '\u{7f}', '\u{a0}', '\u{200b}', '\u{2028}', '\u{e000}', '\u{feff}'] {
            assert!(!is_printable(c), "{c:?}");
        }
    }

    #[test]
    fn information_separators_are_white_space() {
        assert_eq!(strip("\x1c a\u{a0}"), "a");
        assert_eq!(strip("\u{200b}a"), "\u{200b}a");
    }
}
