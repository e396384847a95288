// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! JSON from the wire that neither disturbs a terminal nor stops being JSON.

use std::fmt::Write;

use telemetry_core::__command1::escape_untrusted;

/// JSON in which characters that disturb a terminal are escapes of JSON, which leaves every value as it is. They are in texts only:
/// between tokens, JSON has no others than line breaks and tabs.
pub(super) fn escape_json(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for char in json.chars() {
        if is_plain(char) {
            escaped.push(char);
        } else {
            for unit in char.encode_utf16(&mut [0; 2]) {
                // Writing into a text cannot fail.
                let _ = write!(escaped, "\\u{unit:04x}");
            }
        }
    }
    escaped
}

fn is_plain(char: char) -> bool {
    if char.is_ascii() {
        return char != '\u{7f}';
    }
    escape_untrusted(char.encode_utf8(&mut [0; 4]), 1).chars().eq([char])
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::escape_json;

    #[test]
    fn values_stay_and_nothing_disturbs_a_terminal() {
        let text = "plain “é”\u{7f}\u{85}\u{202e}\u{2028}\u{feff}\u{e0001}\u{10ffff}\u{1b}\n😀";
        let json = format!("{{\t{}: [{}]}}", Value::from(text), Value::from(text));
        let escaped = escape_json(&json);
        assert_eq!(
            serde_json::from_str::<Value>(&escaped).unwrap(),
            serde_json::from_str::<Value>(&json).unwrap()
        );
        assert!(!escaped.chars().any(|char| char.is_control() && char != '\t'), "{escaped}");
        assert!(escaped.contains(r"\u202e\u2028\ufeff\udb40\udc01\udbff\udfff\u001b\n😀"), "{escaped}");
    }
}
