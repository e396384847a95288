// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Chooses Rust names of types and variants so that the rules of the derives produce the names on the wire as often as possible.

use telemetry_schema::__cli1::{Case, RESERVED, or_value, separated};

/// The name of a type or a variant: `approve_all` gives `ApproveAll`, `LLMRails` stays, `2xx` gives `Value2xx`.
pub(super) fn pascal(wire: &str) -> String {
    let mut pascal = String::new();
    for word in separated(wire) {
        let is_digit = |char: Option<char>| char.is_some_and(|char| char.is_ascii_digit());
        if is_digit(pascal.chars().last()) && is_digit(word.chars().next()) {
            pascal.push('_');
        }
        let is_shouted = word.len() > 1 && !word.bytes().any(|byte| byte.is_ascii_lowercase());
        pascal.push_str(&upper_first(&if is_shouted { word.to_ascii_lowercase() } else { word }));
    }
    let pascal = or_value(pascal, "Value", "");
    if RESERVED.contains(&pascal.as_str()) { pascal + "Value" } else { pascal }
}

/// The rule of `rename_all` that produces the texts of most variants, if any.
pub(super) fn rename_all(variants: &[(String, &str)]) -> Option<Case> {
    const RULES: [Case; 6] =
        [Case::Snake, Case::Kebab, Case::Lower, Case::Camel, Case::Upper, Case::ScreamingSnake];
    let given = |rule: Case| variants.iter().filter(|(ident, text)| rule.of_variant(ident) == *text).count();
    // Reversed to choose the first of equal rules, because `max_by_key` returns the last.
    let best = RULES.into_iter().rev().max_by_key(|rule| given(*rule));
    best.filter(|rule| given(*rule) > given(Case::Pascal))
}

/// `wanted`, with the first suffix from 2 that is free if it is in `taken`.
pub(super) fn distinct(wanted: &str, taken: impl Fn(&str) -> bool) -> String {
    let numbered = (2..).map(|number| format!("{wanted}{number}"));
    let mut candidates = std::iter::once(wanted.to_owned()).chain(numbered);
    candidates.find(|candidate| !taken(candidate)).unwrap_or_default()
}

fn upper_first(word: &str) -> String {
    let (initial, rest) = word.split_at(word.chars().next().map_or(0, char::len_utf8));
    initial.to_ascii_uppercase() + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variants_are_in_pascal_case() {
        for (text, ident) in [
            ("approve_all", "ApproveAll"),
            ("LLMRails", "LLMRails"),
            ("CI", "Ci"),
            ("safe-synthesizer", "SafeSynthesizer"),
            ("Self", "SelfValue"),
            ("self", "SelfValue"),
            ("1-200", "Value1_200"),
            ("100001+", "Value100001Plus"),
            ("provider_4xx", "Provider4xx"),
            ("", "Value"),
            ("é", "Value"),
        ] {
            assert_eq!(pascal(text), ident);
        }
    }

    #[test]
    fn the_rule_that_saves_most_renames_is_chosen() {
        let rule = |texts: &[&'static str]| {
            rename_all(&texts.iter().map(|text| (pascal(text), *text)).collect::<Vec<_>>())
        };
        assert_eq!(rule(&["approve", "approve_all"]), Some(Case::Snake));
        assert_eq!(rule(&["approve", "reject"]), Some(Case::Snake));
        assert_eq!(rule(&["slurm", "nvidia-internal"]), Some(Case::Kebab));
        assert_eq!(rule(&["A", "B"]), None);
        assert_eq!(rule(&["CI", "CLI"]), Some(Case::Upper));
        assert_eq!(rule(&["1-2", "3+"]), None);
    }

    #[test]
    fn a_name_that_is_taken_gets_a_number() {
        assert_eq!(distinct("A", |name| name == "A" || name == "A2"), "A3");
        assert_eq!(distinct("A", |_| false), "A");
    }
}
