// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Lines of a limited width, which end between two words.

use textwrap::core::Word;
use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};

/// The number of columns that a text takes on a terminal.
pub(crate) fn columns(text: &str) -> usize {
    textwrap::core::display_width(text)
}

/// The number of columns of the longest word.
pub(crate) fn longest_word(text: &str) -> usize {
    text.split(' ').map(columns).max().unwrap_or_default()
}

/// Breaks a text into lines of at most `width` columns; the second and the following lines begin with `indent`. A word that is
/// longer than a line is not broken, and neither is code between backticks, if all code of the text fits.
pub(crate) fn wrap(text: &str, width: usize, indent: &str) -> Vec<String> {
    let is_long = |code: &str| columns(code) + "``".len() > width.saturating_sub(indent.len());
    let separator = match text.split('`').skip(1).step_by(2).any(is_long) {
        true => WordSeparator::AsciiSpace,
        false => WordSeparator::Custom(words_and_code),
    };
    let options = Options::new(width)
        .subsequent_indent(indent)
        .break_words(false)
        .word_separator(separator)
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit);
    textwrap::wrap(text, options).into_iter().map(Into::into).collect()
}

/// The words of a line, where code between backticks is one word.
fn words_and_code(line: &str) -> Box<dyn Iterator<Item = Word<'_>> + '_> {
    let mut is_code = false;
    let ends_word = move |char| {
        is_code ^= char == '`';
        char == ' ' && !is_code
    };
    Box::new(line.split_inclusive(ends_word).map(Word::from))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_between_words() {
        for (text, width, lines) in [
            ("one two three", 8, &["one two", "three"][..]),
            ("one two three", 80, &["one two three"]),
            ("/a/very/long/path-with-hyphens is there", 10, &["/a/very/long/path-with-hyphens", "is there"]),
            ("run `sudo rm x` now", 13, &["run", "`sudo rm x`", "now"]),
            ("run `sudo rm x` now", 9, &["run `sudo", "rm x` now"]),
            ("an ` alone and more", 11, &["an ` alone", "and more"]),
            ("an ` alone", 11, &["an ` alone"]),
            ("日本 日本", 6, &["日本", "日本"]),
            ("", 6, &[""]),
        ] {
            assert_eq!(wrap(text, width, ""), lines, "{text:?} in {width}");
        }
        assert_eq!(wrap("one two three", 8, "  "), ["one two", "  three"]);
    }
}
