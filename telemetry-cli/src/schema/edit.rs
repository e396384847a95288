// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Edits a JSON text to a new value, and keeps the formatting of the unchanged parts.

use telemetry_schema::__cli1::{Json, Part, Problem, parts};

use super::notation::{Lines, fits, print, print_behind, quoted};

/// Edits `text` from the value `old` to the value `new`. Members and elements in both must have the same order.
pub(crate) fn edited(text: &str, old: &Json, new: &Json) -> Result<String, Problem> {
    let (mark, body) = match text.strip_prefix(MARK) {
        Some(body) => (MARK, body),
        None => ("", text),
    };
    let start = body.len() - body.trim_start().len();
    let end = body.trim_end().len();
    let (before, value, after) =
        (body.get(..start).unwrap_or_default(), body.get(start..end).unwrap_or_default(), body.get(end..));
    let value = Editor { lines: Lines::of(body) }.value("", value, old, new, "")?;
    Ok([mark, before, &value, after.unwrap_or_default()].concat())
}

/// The byte order mark that some editors put at the start of a file.
const MARK: &str = "\u{feff}";

struct Editor<'a> {
    lines: Lines<'a>,
}

/// What an object or an array consists of, in the old text and the new value.
struct Container<'a> {
    text: &'a str,
    parts: &'a [Part],
    /// For each part of the new value, its text, and the place of the old part that it continues.
    new: Vec<(String, Option<usize>)>,
}

impl Editor<'_> {
    /// `lead` and `text` on a line that is indented by `indent`, edited from the value `old` to the value `new`.
    fn value(&self, lead: &str, text: &str, old: &Json, new: &Json, indent: &str) -> Result<String, Problem> {
        if old == new {
            return Ok([lead, text].concat());
        }
        let parts = parts(text)?;
        let inner = self.inner_indent(text, &parts, indent);
        let new_parts = match (old, new) {
            _ if parts.is_empty() => None,
            (Json::Object(old), Json::Object(new)) if !new.is_empty() => {
                Some(self.members(text, &parts, old, new, &inner)?)
            }
            (Json::Array(old), Json::Array(new)) if !new.is_empty() => {
                Some(self.elements(text, &parts, old, new, &inner))
            }
            _ => None,
        };
        let Some(new_parts) = new_parts else { return Ok(print_behind(lead, new, indent, self.lines)) };
        let edited = lead.to_owned() + &Container { text, parts: &parts, new: new_parts }.text();
        let is_too_wide = fits(&[lead, text].concat(), indent) && !fits(&edited, indent);
        Ok(if is_too_wide { print_behind(lead, new, indent, self.lines) } else { edited })
    }

    /// The indentation of the parts: that of the first part, if it has a line of its own.
    fn inner_indent(&self, text: &str, parts: &[Part], indent: &str) -> String {
        let before = parts.first().and_then(|part| text.get(..part.start)).unwrap_or_default();
        match before.rsplit_once('\n') {
            Some((_, own)) => own.to_owned(),
            None => indent.to_owned(),
        }
    }

    fn members(
        &self,
        text: &str,
        parts: &[Part],
        old: &[(String, Json)],
        new: &[(String, Json)],
        indent: &str,
    ) -> Result<Vec<(String, Option<usize>)>, Problem> {
        let edited = |(name, value): &(String, Json)| {
            let known = old.iter().position(|(known, _)| known == name);
            let known = known.and_then(|place| Some((place, parts.get(place)?, &old.get(place)?.1)));
            let Some((place, part, before)) = known else {
                let lead = format!("{}: ", quoted(name));
                return Ok((print_behind(&lead, value, indent, self.lines), None));
            };
            let lead = text.get(part.start..part.value.start).unwrap_or_default();
            let inside = text.get(part.value.clone()).unwrap_or_default();
            Ok((self.value(lead, inside, before, value, indent)?, Some(place)))
        };
        new.iter().map(edited).collect()
    }

    fn elements(
        &self,
        text: &str,
        parts: &[Part],
        old: &[Json],
        new: &[Json],
        indent: &str,
    ) -> Vec<(String, Option<usize>)> {
        let mut next = 0;
        let mut edited = Vec::new();
        for value in new {
            let known = old.iter().enumerate().skip(next).find(|(_, known)| *known == value);
            let part = known.and_then(|(place, _)| Some((place, text.get(parts.get(place)?.value.clone())?)));
            match part {
                Some((place, same)) => {
                    next = place + 1;
                    edited.push((same.to_owned(), Some(place)));
                }
                None => edited.push((print(value, indent, self.lines), None)),
            }
        }
        edited
    }
}

impl Container<'_> {
    fn text(&self) -> String {
        let (Some(first), Some(last)) = (self.parts.first(), self.parts.last()) else {
            return self.text.to_owned();
        };
        let lead = self.text.get(..first.start).unwrap_or_default();
        let mut text = lead.to_owned();
        let mut before = None;
        for (index, (part, place)) in self.new.iter().enumerate() {
            if index > 0 {
                text.push_str(&self.separator(before, *place, lead));
            }
            text.push_str(part);
            before = *place;
        }
        text + self.text.get(last.value.end..).unwrap_or_default()
    }

    /// The text between two parts: the existing text between them, or that between other parts.
    fn separator(&self, before: Option<usize>, after: Option<usize>, lead: &str) -> String {
        let between = |place: usize| {
            let (one, other) = (self.parts.get(place)?, self.parts.get(place + 1)?);
            self.text.get(one.value.end..other.start)
        };
        let neighbors = before.filter(|before| after == Some(before + 1));
        let usual = || match lead.strip_prefix(['{', '[']) {
            Some(blank) if blank.contains('\n') => format!(",{blank}"),
            _ => ", ".to_owned(),
        };
        neighbors.and_then(between).or_else(|| between(0)).map_or_else(usual, str::to_owned)
    }
}

#[cfg(test)]
mod tests {
    use telemetry_schema::__cli1::parse;

    use super::*;

    fn change(text: &str, new: &str) -> String {
        let (old, new) = (parse(text).unwrap(), parse(new).unwrap());
        let edited = edited(text, &old, &new).unwrap();
        assert_eq!(parse(&edited).unwrap(), new, "{edited}");
        edited
    }

    #[test]
    fn what_stays_is_as_it_was_written() {
        let text = "\u{feff}{\r\n\t\"a\" : [ 1.0,2 ],\r\n\r\n\t\"b\": { \"c\": 100 }\r\n}\r\n\r\n";
        assert_eq!(change(text, r#"{"a": [1.0, 2], "b": {"c": 100}}"#), text);
        assert_eq!(
            change(text, r#"{"a": [1.0, 3, 2], "b": {"c": 101, "d": true}}"#),
            "\u{feff}{\r\n\t\"a\" : [ 1.0,3,2 ],\r\n\r\n\t\"b\": { \"c\": 101, \"d\": true }\r\n}\r\n\r\n"
        );
        assert_eq!(change(text, r#"{"b": {"c": 100}}"#), "\u{feff}{\r\n\t\"b\": { \"c\": 100 }\r\n}\r\n\r\n");
        assert_eq!(
            change(text, r#"{"a": [2], "b": {}}"#),
            "\u{feff}{\r\n\t\"a\" : [ 2 ],\r\n\r\n\t\"b\": {}\r\n}\r\n\r\n"
        );
    }

    #[test]
    fn what_is_new_is_written_as_its_neighbors_are() {
        let text = "{\n    \"a\": {\n        \"b\": 1\n    }\n}";
        assert_eq!(
            change(text, r#"{"new": 0, "a": {"b": 1, "c": "x"}}"#),
            "{\n    \"new\": 0,\n    \"a\": {\n        \"b\": 1,\n        \"c\": \"x\"\n    }\n}"
        );
        let long =
            format!("{{\"a\": {{\"b\": 1, \"c\": [\"{}\", \"{}\"]}}}}", "x".repeat(60), "y".repeat(60));
        let expected = format!(
            "\"c\": [\n            \"{}\",\n            \"{}\"\n        ]\n    }}\n}}",
            "x".repeat(60),
            "y".repeat(60)
        );
        assert!(change(text, &long).ends_with(&expected), "{}", change(text, &long));
        assert_eq!(change("{}", r#"{"a": []}"#), r#"{"a": []}"#);
        assert_eq!(change("[]", "[1]"), "[1]");
        assert_eq!(change("[1]", "[]"), "[]");
        assert_eq!(change("[1]", "{\"a\": 1}"), "{\"a\": 1}");
    }
}
