// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Consent files in YAML.
//!
//! The parser reads YAML 1.2 and is more tolerant than the products' own readers, for which the file was written. A file in which
//! the two could see different keys counts as not understood.

use std::collections::BTreeSet;

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

use super::ConsentFile;
use super::values::{ConsentValues, Unreadable};

/// How deep mappings and lists may be nested.
const MAX_DEPTH: usize = 64;

/// The values of the keys that `file` names.
pub(super) fn find(text: &str, file: &ConsentFile) -> Result<ConsentValues, Unreadable> {
    if let Some((line, _)) = (1..).zip(text.lines()).find(|(_, line)| is_ambiguous(line)) {
        return Err(Unreadable { line });
    }
    let mut walk = Walk { file, documents: 0, open: Vec::new(), found: ConsentValues::default() };
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| Unreadable { line: error.marker().line() })?;
        walk.take(event, span).ok_or(Unreadable { line: span.start.line() })?;
    }
    Ok(walk.found)
}

/// Whether the line has something that YAML versions treat differently: control characters and tabs, unusual line breaks, a
/// directive or an end of a document.
fn is_ambiguous(line: &str) -> bool {
    let is_unsafe = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}');
    line.starts_with(['%']) || line.starts_with("...") || line.contains(is_unsafe)
}

struct Walk<'a> {
    file: &'a ConsentFile,
    documents: usize,
    open: Vec<Open>,
    found: ConsentValues,
}

/// A collection that has begun and not ended yet.
enum Open {
    List,
    Mapping { keys: BTreeSet<String>, key: Option<String> },
}

impl Walk<'_> {
    /// Processes one event; `None` if it is not understood. Anchors and tags are not, since they change what a value means.
    fn take(&mut self, event: Event<'_>, span: Span) -> Option<()> {
        match event {
            Event::DocumentStart(_) => {
                self.documents += 1;
                (self.documents == 1).then_some(())
            }
            Event::Scalar(value, style, 0, None) => self.scalar(&value, style, span),
            Event::MappingStart(0, None) => self.begin(Open::Mapping { keys: BTreeSet::new(), key: None }),
            Event::SequenceStart(0, None) => self.begin(Open::List),
            Event::MappingEnd | Event::SequenceEnd => self.end(),
            Event::StreamStart | Event::StreamEnd | Event::DocumentEnd | Event::Nothing => Some(()),
            _ => None,
        }
    }

    fn scalar(&mut self, value: &str, style: ScalarStyle, span: Span) -> Option<()> {
        let is_block = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded);
        (is_block || span.start.line() == span.end.line()).then_some(())?;
        match self.open.last_mut() {
            // An empty file, or one with comments only.
            None => (style == ScalarStyle::Plain && value.is_empty()).then_some(()),
            Some(Open::List) => Some(()),
            Some(Open::Mapping { keys, key: key @ None }) => {
                *key = Some(value.to_owned());
                // `<<` merges keys from elsewhere.
                (!matches!(value, "" | "<<") && keys.insert(value.to_owned())).then_some(())
            }
            Some(Open::Mapping { key, .. }) => {
                let key = key.take()?;
                // A section may be empty, but it cannot be a scalar.
                let fits = !self.is_section(&key) || value.is_empty();
                self.value(&key, if is_block { "" } else { value });
                fits.then_some(())
            }
        }
    }

    fn value(&mut self, key: &str, value: &str) {
        if self.is_in_section() {
            self.found.take(key, value, self.file);
        }
    }

    /// Whether this key of the innermost mapping names the section.
    fn is_section(&self, key: &str) -> bool {
        self.open.len() == 1 && self.file.section == Some(key)
    }

    /// Whether the innermost mapping is the one whose keys count.
    fn is_in_section(&self) -> bool {
        match (self.open.as_slice(), self.file.section) {
            ([Open::Mapping { .. }], None) => true,
            ([Open::Mapping { key, .. }, Open::Mapping { .. }], Some(section)) => {
                key.as_deref() == Some(section)
            }
            _ => false,
        }
    }

    /// Begins a mapping or a list. The whole file and the section must be mappings.
    fn begin(&mut self, open: Open) -> Option<()> {
        let is_mapping = matches!(open, Open::Mapping { .. });
        let fits = match self.open.last() {
            None => is_mapping,
            Some(Open::List) => true,
            Some(Open::Mapping { key, .. }) => {
                let key = key.clone()?;
                self.value(&key, "");
                is_mapping || !self.is_section(&key)
            }
        };
        self.open.push(open);
        (fits && self.open.len() <= MAX_DEPTH).then_some(())
    }

    fn end(&mut self) -> Option<()> {
        self.open.pop()?;
        if let Some(Open::Mapping { key, .. }) = self.open.last_mut() {
            *key = None;
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FLAT: ConsentFile = ConsentFile::yaml("x", "telemetry_enabled", &["true"]);
    const NESTED: ConsentFile = ConsentFile::yaml("x", "level", &["1"]).section("telemetry");

    fn value(text: &str) -> Result<Option<String>, Unreadable> {
        find(text, &FLAT).map(|found| found.value)
    }

    const SETTINGS: &str = "\
# Settings.
---
current: dev
contexts:
- name: dev
  host: http://localhost:8080/a#b
  users: [] # none
  note: |
    telemetry_enabled: false
    \"quotes and [brackets
-
  name: \"a b\"
  ports:
    - 80
    -
      - 81
empty:
note: >-
   text
telemetry_enabled: true # yes
tokens:
   x: 'y'
";

    #[test]
    fn the_key_is_found_among_other_settings() {
        assert_eq!(value(SETTINGS), Ok(Some("true".into())));
        assert_eq!(value(&SETTINGS.replace('\n', "\r\n")), Ok(Some("true".into())));
        assert_eq!(value(&SETTINGS.replace("telemetry_enabled: true", "other: true")), Ok(None));
        for (line, expected) in [
            ("telemetry_enabled: false", "false"),
            ("telemetry_enabled: 'no'", "no"),
            ("telemetry_enabled: \"off\"   # off", "off"),
            ("telemetry_enabled:", ""),
            ("telemetry_enabled: # true", ""),
            ("telemetry_enabled:\n  true: 1", ""),
            ("telemetry_enabled: |\n  true", ""),
            ("telemetry_enabled: true and more", "true and more"),
            ("telemetry_enabled: true#", "true#"),
            ("  telemetry_enabled: false", "false"),
            ("telemetry_enabled : false", "false"),
            ("\"telemetry_enabled\": false", "false"),
            ("'telemetry_enabled': false", "false"),
            ("{telemetry_enabled: false}", "false"),
            ("? telemetry_enabled\n: false", "false"),
            ("telemetry_enabled:\n  true", "true"),
            ("telemetry_enabled: [true]", ""),
            ("other: |2\n  telemetry_enabled: true\ntelemetry_enabled: false", "false"),
            ("other:\n- - telemetry_enabled: true\ntelemetry_enabled: false", "false"),
        ] {
            assert_eq!(value(line), Ok(Some(expected.into())), "{line}");
        }
    }

    #[test]
    fn constructs_that_could_hide_the_key_are_not_understood() {
        for text in [
            "!!str telemetry_enabled: false",
            "&a telemetry_enabled: false",
            "<<: *a",
            "other: &a\n  telemetry_enabled: false",
            "telemetry_enabled:false",
            "telemetry_enabled: !!bool true",
            "telemetry_enabled: true\ntelemetry_enabled: true",
            "telemetry_enabled: true\n  more",
            "telemetry_enabled: true\n  more: 1",
            "telemetry_enabled: true\n---\ntelemetry_enabled: false",
            "telemetry_enabled: true\n...",
            "%YAML 1.1\n---",
            "- telemetry_enabled: false",
            "telemetry_enabled",
            "other: [\ntelemetry_enabled: true",
            "other:\n  a: [1,\ntelemetry_enabled: true\n  ]",
            "other:\n  a: \"x\ntelemetry_enabled: true\nb: \"",
            "other:\n  a: 'x\ntelemetry_enabled: true\nb: '",
            "other: \"a\\\nb\"",
            "other: a: b",
            "other: |\n   text\n  less",
            "other: |\n    \n  text",
            "other: |\n# comment\n  text",
            "other:\n  - a: |\n    telemetry_enabled: false\n   b",
            "other: - a",
            "other:\n  a: 1\n b: 2",
            "other:\n  - a\n  b: 2",
            "other:\n- a\n  b: 2",
            "other:\n  a: 1\n- b",
            "---\n---",
            "other: -",
            "other: ? a",
            "other:\n\ttelemetry_enabled: false",
            "\ttelemetry_enabled: false",
            "  other: 1\ntelemetry_enabled: false",
            "other: 1\n  telemetry_enabled: false",
            "other: x\u{2028}telemetry_enabled: false",
            "other: x\u{85}telemetry_enabled: false",
            "other: x\rtelemetry_enabled: false",
            "\u{feff}telemetry_enabled: false",
        ] {
            assert!(value(text).is_err(), "{text}");
        }
    }

    #[test]
    fn deep_nesting_uses_no_stack() {
        let deep =
            |levels: usize| -> String { (0..levels).map(|level| " ".repeat(level) + "a:\n").collect() };
        assert_eq!(value(&(deep(60) + "telemetry_enabled: true")), Ok(Some("true".into())));
        assert_eq!(value(&deep(300)), Err(Unreadable { line: 65 }));
    }

    #[test]
    fn keys_count_only_inside_the_section() {
        let nested = |text| find(text, &NESTED).map(|found| found.value);
        assert_eq!(nested("telemetry:\n  level: 0\n  other:\n    level: 1\nlevel: 2"), Ok(Some("0".into())));
        assert_eq!(nested("telemetry: {level: 0}"), Ok(Some("0".into())));
        for text in [
            "",
            "level: 1",
            "telemetry:",
            "telemetry:\nlevel: 1",
            "other:\n  level: 1",
            "telemetry:\n  a:\n    level: 1",
        ] {
            assert_eq!(nested(text), Ok(None), "{text}");
        }
        for text in [
            "telemetry: 0",
            "telemetry:\n- level: 0",
            "telemetry:\n  level: 1\ntelemetry:\n  level: 0",
            "telemetry:\n    level: 1\n  level: 0",
        ] {
            assert!(nested(text).is_err(), "{text}");
        }
    }
}
