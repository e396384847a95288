// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! JSON with spaces, between which a terminal can break its lines.

/// The JSON with a space after each comma and colon that is not in a text. Everything else is unchanged.
pub(crate) fn spaced(json: &str) -> String {
    let mut text = String::with_capacity(json.len() + json.len() / 8);
    let (mut is_quoted, mut is_escaped) = (false, false);
    for char in json.chars() {
        text.push(char);
        is_quoted ^= char == '"' && !is_escaped;
        is_escaped = char == '\\' && is_quoted && !is_escaped;
        if !is_quoted && (char == ',' || char == ':') {
            text.push(' ');
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::spaced;

    #[test]
    fn texts_and_numbers_are_unchanged() {
        assert_eq!(
            spaced(r#"{"a":1.50,"b":["c,d:e","\"\\",{"f":null}]}"#),
            r#"{"a": 1.50, "b": ["c,d:e", "\"\\", {"f": null}]}"#
        );
    }
}
