// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The little TOML that consent files are written in: comments, `[section]` and `key = value`, one to a line.

use std::collections::BTreeSet;

use super::ConsentFile;
use super::lines::{Found, Unreadable, numbered};
use telemetry_schema::text::{is_digits, is_token};

/// The values under the keys that count.
pub(super) fn find<'a>(text: &'a str, file: &ConsentFile) -> Result<Found<'a>, Unreadable> {
    let mut found = Found::default();
    let mut section = None;
    // A section is a key of the top level. Nothing may stand twice, or the file is none.
    let mut keys = BTreeSet::new();
    for (number, line) in numbered(text)? {
        let understood = match statement(line) {
            None => None,
            Some(Statement::Nothing) => Some(()),
            Some(Statement::Section(name)) => {
                section = Some(name);
                keys.insert((None, name)).then_some(())
            }
            Some(Statement::Value(key, value)) => {
                let is_new = keys.insert((section, key));
                if is_new && section == file.section {
                    found.take(key, value, file)
                } else {
                    is_new.then_some(())
                }
            }
        };
        understood.ok_or(Unreadable { line: number })?;
    }
    Ok(found)
}

#[derive(Debug, PartialEq)]
enum Statement<'a> {
    Nothing,
    Section(&'a str),
    Value(&'a str, &'a str),
}

fn statement(line: &str) -> Option<Statement<'_>> {
    let line = line.trim_matches([' ', '\t']);
    if line.is_empty() || line.starts_with('#') {
        return Some(Statement::Nothing);
    }
    if let Some(rest) = line.strip_prefix('[') {
        let (name, rest) = rest.split_once(']')?;
        return (is_bare(name) && is_end(rest)).then_some(Statement::Section(name));
    }
    let (key, value) = line.split_once('=')?;
    let key = key.trim_end_matches([' ', '\t']);
    is_bare(key).then_some(())?;
    Some(Statement::Value(key, scalar(value.trim_start_matches([' ', '\t']))?))
}

/// Whether it is a name that stands for itself: one with a dot would open another table.
fn is_bare(name: &str) -> bool {
    is_token(name) && !name.contains('.')
}

/// A text in quotes without escapes, `true`, `false` or a whole number.
fn scalar(value: &str) -> Option<&str> {
    let quote = value.chars().next().filter(|first| matches!(first, '"' | '\''));
    if let Some(quote) = quote {
        let (text, rest) = value.get(1..)?.split_once(quote)?;
        return (is_end(rest) && !(quote == '"' && text.contains('\\'))).then_some(text);
    }
    let end = value.find([' ', '\t', '#']).unwrap_or(value.len());
    let (word, rest) = value.split_at_checked(end)?;
    let is_scalar = matches!(word, "true" | "false" | "0") || is_digits(word) && !word.starts_with('0');
    (is_scalar && is_end(rest)).then_some(word)
}

/// Whether nothing but a comment follows.
fn is_end(rest: &str) -> bool {
    let rest = rest.trim_start_matches([' ', '\t']);
    rest.is_empty() || rest.starts_with('#')
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: ConsentFile =
        ConsentFile::toml("x", "consent", &["enabled"]).section("telemetry").only_with("v", "1");

    fn value(text: &str) -> Result<Option<&str>, Unreadable> {
        find(text, &FILE).map(|found| found.value)
    }

    #[test]
    fn what_the_products_write_is_understood() {
        let text = "# Written by a command.\n[telemetry]\nconsent = \"enabled\"\nconsented_at = \"2026-07-27T12:00:00Z\"\n\
                    v = \"1\"\n";
        assert_eq!(find(text, &FILE), Ok(Found { value: Some("enabled"), condition: Some("1") }));
        assert_eq!(value(&text.replace('\n', "\r\n")), Ok(Some("enabled")));
        for (line, expected) in [
            ("consent='disabled' # no", "disabled"),
            ("\tconsent =\t\"\"", ""),
            ("consent = true", "true"),
            ("consent = false#no", "false"),
            ("consent = 20", "20"),
        ] {
            assert_eq!(value(&format!("[telemetry]\n{line}")), Ok(Some(expected)), "{line}");
        }
    }

    #[test]
    fn other_sections_say_nothing() {
        for text in
            ["", "consent = \"disabled\"", "[other]\nconsent = 1", "[telemetry]\n[other]\nconsent = 1", "[b]"]
        {
            assert_eq!(value(text), Ok(None), "{text}");
        }
    }

    #[test]
    fn whatever_else_stands_there_is_not_understood() {
        for line in [
            "consent",
            "consent =",
            "consent = enabled",
            "consent = \"enabled",
            "consent = \"enabled\" x",
            "consent = \"en\\u0061bled\"",
            "consent = \"\"\"enabled\"\"\"",
            "consent = [\"enabled\"]",
            "consent = { a = 1 }",
            "consent = true\u{85}",
            "consent : true",
            "\"consent\" = true",
            "consent.x = true",
            "other = [",
            "[telemetry",
            "[telemetry] x",
            "[[telemetry]]",
            "[\"telemetry\"]",
            "[ telemetry ]",
            "[telemetry]",
            "\u{feff}",
            "\u{0}",
            "consent = 1\nconsent = 1",
            "other = 1\nother = 1",
            "[other]\n[other]",
            "[a.b]",
            "other = 01",
            "other = 1.5",
            "other = 2026-07-27",
            "v = 1\nv = 1",
        ] {
            assert!(value(&format!("[telemetry]\n{line}")).is_err(), "{line}");
        }
    }
}
