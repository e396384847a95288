// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Converts names in Rust to names on the wire, and back.
//!
//! ```
//! use telemetry_schema::name::{Case, camel_field, rust_field};
//!
//! assert_eq!(camel_field("job_duration_sec"), "jobDurationSec");
//! assert_eq!(rust_field("jobDurationSec"), "job_duration_sec");
//! assert_eq!(Case::named("kebab-case"), Some(Case::Kebab));
//! assert_eq!(Case::Kebab.of_variant("ApproveAll"), "approve-all");
//! ```

/// A rule of `rename_all`, with the same names as serde's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// `lowercase`.
    Lower,
    /// `UPPERCASE`.
    Upper,
    /// `PascalCase`.
    Pascal,
    /// `camelCase`.
    Camel,
    /// `snake_case`.
    Snake,
    /// `SCREAMING_SNAKE_CASE`.
    ScreamingSnake,
    /// `kebab-case`.
    Kebab,
}

impl Case {
    /// Every rule with its name.
    pub const ALL: &[(&'static str, Self)] = &[
        ("lowercase", Self::Lower),
        ("UPPERCASE", Self::Upper),
        ("PascalCase", Self::Pascal),
        ("camelCase", Self::Camel),
        ("snake_case", Self::Snake),
        ("SCREAMING_SNAKE_CASE", Self::ScreamingSnake),
        ("kebab-case", Self::Kebab),
    ];

    /// The name of the rule.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, case)| *case == self).map_or("", |(name, _)| name)
    }

    /// The rule called `name`.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, case)| *case)
    }

    /// Converts the name of a variant, which is in `PascalCase`, to its text.
    pub fn of_variant(self, variant: &str) -> String {
        match self {
            Self::Pascal => variant.to_owned(),
            Self::Lower => variant.to_ascii_lowercase(),
            Self::Upper => variant.to_ascii_uppercase(),
            Self::Camel => lower_first(variant),
            Self::Snake => snake(variant),
            Self::ScreamingSnake => snake(variant).to_ascii_uppercase(),
            Self::Kebab => snake(variant).replace('_', "-"),
        }
    }
}

/// Converts the name of a field from `snake_case` to `camelCase`.
pub fn camel_field(field: &str) -> String {
    let mut words = words(field);
    let first = words.next().unwrap_or_default().to_owned();
    first + &words.map(upper_first).collect::<String>()
}

fn words(field: &str) -> impl Iterator<Item = &str> {
    field.split('_').filter(|word| !word.is_empty())
}

fn upper_first(word: &str) -> String {
    let (initial, rest) = word.split_at(word.chars().next().map_or(0, char::len_utf8));
    initial.to_uppercase() + rest
}

fn lower_first(name: &str) -> String {
    let (initial, rest) = name.split_at(name.chars().next().map_or(0, char::len_utf8));
    initial.to_lowercase() + rest
}

fn snake(variant: &str) -> String {
    let mut snake = String::with_capacity(variant.len() + 4);
    for char in variant.chars() {
        if char.is_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.extend(char.to_lowercase());
    }
    snake
}

/// Keywords that can be raw identifiers.
const KEYWORDS: [&str; 48] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
    "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait",
    "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Keywords that cannot be identifiers, not even raw ones.
pub const RESERVED: &[&str] = &["Self", "crate", "self", "super"];

/// The name in Rust of a field that is sent as `wire`: `jobDurationSec` gives `job_duration_sec`, `type` gives `r#type`.
#[must_use]
pub fn rust_field(wire: &str) -> String {
    let snake = wire_words(wire).iter().map(|word| word.to_ascii_lowercase()).collect::<Vec<_>>().join("_");
    let snake = or_value(snake, "value", "_");
    match snake.as_str() {
        keyword if KEYWORDS.contains(&keyword) => format!("r#{keyword}"),
        reserved if RESERVED.contains(&reserved) => format!("{reserved}_"),
        _ => snake,
    }
}

/// Splits at everything that is not an ASCII letter or digit. A final `+`, as in `51+`, becomes a word.
#[must_use]
pub fn separated(wire: &str) -> Vec<String> {
    let spelled = wire.replace('+', " plus ");
    spelled
        .split(|char: char| !char.is_ascii_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(Into::into)
        .collect()
}

/// The words of a name in any case style.
fn wire_words(wire: &str) -> Vec<String> {
    separated(wire).iter().flat_map(|part| humps(part)).collect()
}

/// The words of `jobDurationSec`, and those of `HTTPStatus`: an upper-case letter starts a word after a lower-case letter or a
/// digit, and before a lower-case letter.
fn humps(part: &str) -> Vec<String> {
    let chars: Vec<char> = part.chars().collect();
    let mut words: Vec<String> = Vec::new();
    let mut before = None::<char>;
    for (index, char) in chars.iter().enumerate() {
        let after_lower = before.is_some_and(|before| !before.is_ascii_uppercase());
        let before_lower = chars.get(index + 1).is_some_and(char::is_ascii_lowercase);
        let starts = before.is_none() || (char.is_ascii_uppercase() && (after_lower || before_lower));
        match words.last_mut() {
            Some(word) if !starts => word.push(*char),
            _ => words.push(char.to_string()),
        }
        before = Some(*char);
    }
    words
}

/// `name`, with `value` before it if it is empty or starts with a digit and so cannot be an identifier.
#[must_use]
pub fn or_value(name: String, value: &str, separator: &str) -> String {
    match name.chars().next() {
        None => value.to_owned(),
        Some(first) if first.is_ascii_digit() => format!("{value}{separator}{name}"),
        Some(_) => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variants_follow_serdes_rules() {
        let all = |name| Case::ALL.iter().map(|(_, case)| case.of_variant(name)).collect::<Vec<_>>();
        assert_eq!(
            all("VeryTasty"),
            ["verytasty", "VERYTASTY", "VeryTasty", "veryTasty", "very_tasty", "VERY_TASTY", "very-tasty"]
        );
        assert_eq!(all("Z42"), ["z42", "Z42", "Z42", "z42", "z42", "Z42", "z42"]);
    }

    #[test]
    fn fields_become_camel_case() {
        for (rust, wire) in [
            ("duration_ms", "durationMs"),
            ("x", "x"),
            ("_private", "private"),
            ("is_ci", "isCi"),
            ("p99_ms", "p99Ms"),
            ("ünicode_ä", "ünicodeÄ"),
        ] {
            assert_eq!(camel_field(rust), wire);
        }
    }

    #[test]
    fn fields_are_in_snake_case_and_mostly_give_their_wire_name_back() {
        for (wire, ident, gives_back) in [
            ("jobDurationSec", "job_duration_sec", true),
            ("isCi", "is_ci", true),
            ("p99Ms", "p99_ms", true),
            ("HTTPStatus", "http_status", false),
            ("outcome_id", "outcome_id", false),
            ("type", "r#type", true),
            ("self", "self_", true),
            ("2xx", "value_2xx", false),
            ("le_100_ms", "le_100_ms", false),
            ("a b/c", "a_b_c", false),
            ("é", "value", false),
            ("", "value", false),
        ] {
            assert_eq!(rust_field(wire), ident);
            assert_eq!(camel_field(ident.trim_start_matches("r#")) == wire, gives_back, "{wire}");
        }
    }
}
