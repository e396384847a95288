// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Notation of CPython that events and variables share with the reference.

/// The number that Python's `float` reads from `text`: white space around it and `_` between digits are allowed. Digits of
/// other scripts, which Python reads too, are not.
#[cfg(feature = "client")]
pub(crate) fn float(text: &str) -> Option<f64> {
    let is_space: fn(char) -> bool = if text.is_ascii() {
        |c| matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0b' | '\x0c')
    } else {
        |c| c.is_whitespace() || ('\x1c'..='\x1f').contains(&c)
    };
    without_digit_separators(text.trim_matches(is_space))?.parse().ok()
}

/// The text without `_`; `None` if one of them is not between two digits.
#[cfg(feature = "client")]
fn without_digit_separators(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split('_').collect();
    let is_between_digits = parts.windows(2).all(|pair| match pair {
        [before, after] => {
            before.ends_with(|c: char| c.is_ascii_digit()) && after.starts_with(|c: char| c.is_ascii_digit())
        }
        _ => true,
    });
    is_between_digits.then(|| parts.concat())
}

/// The text as Python's `platform.platform()` joins it into one word: separators of paths and lists become `-`, blanks `_`,
/// and no two `-` follow each other.
pub(crate) fn platform_word(text: &str) -> String {
    let mut word = String::with_capacity(text.len());
    for c in text.replace("unknown", "").chars() {
        let c = match c {
            ' ' => '_',
            '/' | '\\' | ':' | ';' | '"' | '(' | ')' => '-',
            c => c,
        };
        if !(c == '-' && word.ends_with('-')) {
            word.push(c);
        }
    }
    word.trim_end_matches('-').to_owned()
}
