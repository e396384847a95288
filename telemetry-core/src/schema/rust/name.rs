// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Names on the wire become names in Rust, so that the derives' rules give the wire's names back as often as possible.

/// Keywords that a raw identifier can be.
const KEYWORDS: [&str; 48] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
    "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait",
    "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Keywords that nothing can be called.
const RESERVED: [&str; 4] = ["Self", "crate", "self", "super"];

/// A field's name: `jobDurationSec` gives `job_duration_sec`, `type` gives `r#type`.
pub(super) fn field(wire: &str) -> String {
    let snake = words(wire).iter().map(|word| word.to_ascii_lowercase()).collect::<Vec<_>>().join("_");
    let snake = or_value(snake, "value", "_");
    match snake.as_str() {
        keyword if KEYWORDS.contains(&keyword) => format!("r#{keyword}"),
        reserved if RESERVED.contains(&reserved) => format!("{reserved}_"),
        _ => snake,
    }
}

/// The name under which the derive sends a field: the rule of `TelemetryEvent`.
pub(super) fn wire_of_field(ident: &str) -> String {
    let mut words = ident.trim_start_matches("r#").split('_').filter(|word| !word.is_empty());
    let first = words.next().unwrap_or_default().to_owned();
    first + &words.map(upper_first).collect::<String>()
}

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

/// A rule of `rename_all` that makes the texts of most variants superfluous, if any does.
pub(super) fn rename_all(variants: &[(String, &str)]) -> Option<&'static str> {
    const RULES: [&str; 6] =
        ["snake_case", "kebab-case", "lowercase", "camelCase", "UPPERCASE", "SCREAMING_SNAKE_CASE"];
    let given = |rule: Option<&str>| {
        variants.iter().filter(|(ident, text)| text_of_variant(rule, ident) == *text).count()
    };
    // The first of the best: `max_by_key` takes the last.
    RULES
        .iter()
        .rev()
        .copied()
        .max_by_key(|rule| given(Some(rule)))
        .filter(|rule| given(Some(rule)) > given(None))
}

/// The text of a variant under a rule of `rename_all`: the rules of `TelemetryEnum`.
pub(super) fn text_of_variant(rule: Option<&str>, ident: &str) -> String {
    match rule {
        Some("lowercase") => ident.to_ascii_lowercase(),
        Some("UPPERCASE") => ident.to_ascii_uppercase(),
        Some("camelCase") => lower_first(ident),
        Some("snake_case") => snake(ident),
        Some("SCREAMING_SNAKE_CASE") => snake(ident).to_ascii_uppercase(),
        Some("kebab-case") => snake(ident).replace('_', "-"),
        _ => ident.to_owned(),
    }
}

/// `wanted`, or with the first number from 2 that makes it different from all of `taken`.
pub(super) fn distinct(wanted: &str, taken: impl Fn(&str) -> bool) -> String {
    let numbered = (2..).map(|number| format!("{wanted}{number}"));
    let mut candidates = std::iter::once(wanted.to_owned()).chain(numbered);
    candidates.find(|candidate| !taken(candidate)).unwrap_or_default()
}

fn snake(pascal: &str) -> String {
    let mut snake = String::with_capacity(pascal.len() + 4);
    for char in pascal.chars() {
        if char.is_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.extend(char.to_lowercase());
    }
    snake
}

fn upper_first(word: &str) -> String {
    let (initial, rest) = word.split_at(word.chars().next().map_or(0, char::len_utf8));
    initial.to_ascii_uppercase() + rest
}

fn lower_first(word: &str) -> String {
    let (initial, rest) = word.split_at(word.chars().next().map_or(0, char::len_utf8));
    initial.to_ascii_lowercase() + rest
}

/// The parts between anything that is no ASCII letter or digit; a final `+`, as in `51+`, is worth a word.
fn separated(wire: &str) -> Vec<String> {
    let spelled = wire.replace('+', " plus ");
    spelled
        .split(|char: char| !char.is_ascii_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(Into::into)
        .collect()
}

/// The words of a name in any case.
fn words(wire: &str) -> Vec<String> {
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

/// An identifier neither is empty nor starts with a digit.
fn or_value(name: String, value: &str, separator: &str) -> String {
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
            assert_eq!(field(wire), ident);
            assert_eq!(wire_of_field(ident) == wire, gives_back, "{wire}");
        }
    }

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
        assert_eq!(rule(&["approve", "approve_all"]), Some("snake_case"));
        assert_eq!(rule(&["approve", "reject"]), Some("snake_case"));
        assert_eq!(rule(&["slurm", "nvidia-internal"]), Some("kebab-case"));
        assert_eq!(rule(&["A", "B"]), None);
        assert_eq!(rule(&["CI", "CLI"]), Some("UPPERCASE"));
        assert_eq!(rule(&["1-2", "3+"]), None);
    }

    #[test]
    fn a_name_that_is_taken_gets_a_number() {
        assert_eq!(distinct("A", |name| name == "A" || name == "A2"), "A3");
        assert_eq!(distinct("A", |_| false), "A");
    }
}
