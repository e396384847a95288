// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! JSON that is one line to every reader of lines.

use std::borrow::Cow;

/// The characters that end a line for some readers (`str.splitlines` of Python, editors, older JavaScript) and that JSON
/// allows in a string as they are. All other line breaks are control characters, which JSON never allows there.
const LINE_BREAKS: [(char, &str); 3] =
    [('\u{85}', "\\u0085"), ('\u{2028}', "\\u2028"), ('\u{2029}', "\\u2029")];

/// Writes the line breaks in the strings and keys of a JSON text as escapes, which leaves every value as it is.
pub(crate) fn escape_line_breaks<'a>(json: &'a str) -> Cow<'a, str> {
    // Nearly every event is ASCII, and this looks at many bytes at a time.
    if json.is_ascii() {
        return Cow::Borrowed(json);
    }
    let escape = |json: Cow<'a, str>, (line_break, escape)| {
        if json.contains(line_break) { Cow::Owned(json.replace(line_break, escape)) } else { json }
    };
    LINE_BREAKS.into_iter().fold(Cow::Borrowed(json), escape)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    /// Every character at which a common reader breaks lines: `str.splitlines` of Python, `\R` of regular expressions, and
    /// the line terminators of JavaScript.
    const ALL_LINE_BREAKS: &str = "\n\r\u{b}\u{c}\u{1c}\u{1d}\u{1e}\u{85}\u{2028}\u{2029}";

    fn has_line_break(text: &str) -> bool {
        text.contains(|c| ALL_LINE_BREAKS.contains(c))
    }

    #[test]
    fn each_line_break_is_escaped_in_keys_and_values() {
        for line_break in ALL_LINE_BREAKS.chars() {
            let text = format!("a{line_break}{line_break}\\{line_break}\"é{line_break}");
            let value = json!({ text.as_str(): [text.as_str(), { "b": text.as_str() }] });
            let json = value.to_string();
            let line = escape_line_breaks(&json);
            assert!(!has_line_break(&line), "{line_break:?}: {line}");
            assert_eq!(serde_json::from_str::<Value>(&line).unwrap(), value, "{line_break:?}: {line}");
        }
    }

    #[test]
    fn everything_else_stays_byte_by_byte() {
        // U+0084 to U+0086, U+2027 and U+202A, and others that share bytes with a line break.
        for text in
            ["", "plain", "é", "\u{84}\u{86}", "\u{2027}\u{202a}", "\u{a8}\u{a9}", "\u{3028}", "\u{10085}"]
        {
            let json = json!({ "a": text }).to_string();
            assert_eq!(escape_line_breaks(&json), json);
        }
    }

    proptest! {
        #[test]
        fn any_text_keeps_its_value_on_one_line(
            text in proptest::string::string_regex("(?s)([\u{b}\u{c}\n\r\u{1c}-\u{1e}\u{84}-\u{86}\u{2027}-\u{202a}\\\\\"]|.){0,40}").unwrap()
        ) {
            let value = json!({ text.as_str(): text.as_str() });
            let json = value.to_string();
            let line = escape_line_breaks(&json);
            prop_assert!(!has_line_break(&line));
            prop_assert_eq!(serde_json::from_str::<Value>(&line).unwrap(), value);
        }
    }
}
