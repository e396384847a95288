// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Consent files in TOML.

use toml::de::{DeTable, DeValue};

use super::ConsentFile;
use super::values::{ConsentValues, Unreadable};

/// The values of the keys that `file` names.
pub(super) fn find(text: &str, file: &ConsentFile) -> Result<ConsentValues, Unreadable> {
    let unreadable =
        |at: usize| Unreadable { line: 1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count() };
    let parsed =
        DeTable::parse(text).map_err(|error| unreadable(error.span().map_or(0, |span| span.start)))?;
    let mut found = ConsentValues::default();
    let top = parsed.get_ref();
    let table = match file.section.map(|section| top.get(section)) {
        None => top,
        Some(None) => return Ok(found),
        Some(Some(section)) => {
            section.get_ref().as_table().ok_or_else(|| unreadable(section.span().start))?
        }
    };
    for (key, value) in table {
        found.take(key.get_ref(), scalar(value.get_ref()), file);
    }
    Ok(found)
}

/// A string, an integer or a boolean as it is compared with the words; empty for any other value.
fn scalar<'a>(value: &'a DeValue<'_>) -> &'a str {
    match value {
        DeValue::String(text) => text,
        DeValue::Integer(number) => number.as_str(),
        DeValue::Boolean(true) => "true",
        DeValue::Boolean(false) => "false",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: ConsentFile =
        ConsentFile::toml("x", "consent", &["enabled"]).section("telemetry").only_with("v", "1");

    fn value(text: &str) -> Result<Option<String>, Unreadable> {
        find(text, &FILE).map(|found| found.value)
    }

    #[test]
    fn the_files_that_the_products_write_are_understood() {
        let text = "# Written by a command.\n[telemetry]\nconsent = \"enabled\"\nconsented_at = \"2026-07-27T12:00:00Z\"\n\
                    v = \"1\"\n";
        let found = ConsentValues { value: Some("enabled".into()), condition: Some("1".into()) };
        assert_eq!(find(text, &FILE), Ok(found));
        assert_eq!(value(&text.replace('\n', "\r\n")), Ok(Some("enabled".into())));
    }

    #[test]
    fn a_value_is_found_however_it_is_written() {
        for (line, expected) in [
            ("consent='disabled' # no", "disabled"),
            ("\tconsent =\t\"\"", ""),
            ("consent = true", "true"),
            ("consent = false#no", "false"),
            ("consent = 20", "20"),
            ("consent = \"en\\u0061bled\"", "enabled"),
            ("consent = \"\"\"\nenabled\"\"\"", "enabled"),
            ("\"consent\" = true", "true"),
            ("consent = [\"enabled\"]", ""),
            ("consent = { a = 1 }", ""),
            ("consent.x = true", ""),
            ("consent = 1.5", ""),
        ] {
            assert_eq!(value(&format!("[ telemetry ]\n{line}")), Ok(Some(expected.into())), "{line}");
            assert_eq!(
                value(&format!("[telemetry]\nother = [\n1]\n{line}")),
                Ok(Some(expected.into())),
                "{line}"
            );
        }
        assert_eq!(value("telemetry.consent = 1"), Ok(Some("1".into())));
        assert_eq!(value("telemetry = { consent = 1 }"), Ok(Some("1".into())));
    }

    #[test]
    fn keys_outside_the_section_are_ignored() {
        for text in [
            "",
            "consent = \"disabled\"",
            "[other]\nconsent = 1",
            "[telemetry]\n[other]\nconsent = 1",
            "[a.telemetry]\nconsent = 1",
        ] {
            assert_eq!(value(text), Ok(None), "{text}");
        }
    }

    #[test]
    fn invalid_toml_is_not_understood() {
        for line in [
            "consent",
            "consent =",
            "consent = enabled",
            "consent = \"enabled",
            "consent = \"enabled\" x",
            "consent = true\u{85}",
            "consent : true",
            "other = [",
            "[telemetry",
            "[telemetry] x",
            "[[telemetry]]",
            "[telemetry]",
            "\u{feff}",
            "\u{0}",
            "consent = 1\nconsent = 1",
            "other = 1\nother = 1",
            "[other]\n[other]",
            "other = 01",
        ] {
            assert!(value(&format!("[telemetry]\n{line}")).is_err(), "{line}");
        }
        assert_eq!(value("# 1\n# 2\n[telemetry\n"), Err(Unreadable { line: 3 }));
        assert_eq!(value("\n[[telemetry]]\n"), Err(Unreadable { line: 2 }));
        assert!(value(&format!("a = {}", "[".repeat(60_000))).is_err());
    }
}
