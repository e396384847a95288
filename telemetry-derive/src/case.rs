// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! How Rust names become names on the wire.

/// A rule of `rename_all`, with the same names as serde's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Case {
    Lower,
    Upper,
    Pascal,
    Camel,
    Snake,
    ScreamingSnake,
    Kebab,
}

impl Case {
    /// Every rule with its name.
    pub(crate) const ALL: [(&'static str, Self); 7] = [
        ("lowercase", Self::Lower),
        ("UPPERCASE", Self::Upper),
        ("PascalCase", Self::Pascal),
        ("camelCase", Self::Camel),
        ("snake_case", Self::Snake),
        ("SCREAMING_SNAKE_CASE", Self::ScreamingSnake),
        ("kebab-case", Self::Kebab),
    ];

    /// The rule called `name`.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, case)| *case)
    }

    /// The text of a variant, whose name is in `PascalCase`.
    pub(crate) fn of_variant(self, variant: &str) -> String {
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

/// The name of a field, which is in `snake_case`, in `camelCase`.
pub(crate) fn camel_field(field: &str) -> String {
    let mut words = words(field);
    let first = words.next().unwrap_or_default().to_owned();
    first + &words.map(upper_first).collect::<String>()
}

/// The name of a field, which is in `snake_case`, in `PascalCase`.
pub(crate) fn pascal_field(field: &str) -> String {
    words(field).map(upper_first).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variants_follow_serdes_rules() {
        let all = |name| Case::ALL.map(|(_, case)| case.of_variant(name));
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
}
