// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Reads JSON (RFC 8259) and reports errors by line and column.
//!
//! A library would dominate the build time of this crate, and no library keeps both the order and the positions of members.

mod value;

use std::ops::Range;

pub use value::Json;

use crate::problem::{Place, Problem};

/// The maximum nesting of values: far more than a schema needs, and far less than the stack allows.
const MAX_DEPTH: u32 = 64;

/// Reads a text that consists of one value, with or without a byte order mark.
///
/// ```
/// use telemetry_schema::json::parse;
///
/// assert_eq!(parse(r#"{"paid": true}"#)?["paid"], true);
///
/// let error = parse("{\n  \"paid\": yes\n}").unwrap_err();
/// assert_eq!(error.about("order.json"), "schema `order.json:2:11` is not JSON: expected a value");
/// # Ok::<(), telemetry_schema::problem::Problem>(())
/// ```
///
/// # Errors
///
/// If the text is not JSON (RFC 8259), if an object repeats a member, or if more than 64 values are nested.
#[doc(hidden)]
pub fn parse(text: &str) -> Result<Json, Problem> {
    // Some editors begin a file with a byte order mark, which is not JSON and means nothing in UTF-8.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader { text, at: 0, depth: 0 };
    let value = reader.value()?;
    match reader.next_token() {
        None => Ok(value),
        Some(_) => Err(reader.problem("expected the end of the file")),
    }
}

/// The place of one object member or one array element in a text.
#[doc(hidden)]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The name of the member; `None` for an element.
    pub name: Option<String>,
    /// The byte index at which the part starts: that of the quote before its name, or of its value.
    pub start: usize,
    /// The byte range of the value.
    pub value: Range<usize>,
}

/// The places of the members or elements of the object or array that `text` consists of. Other values have no parts.
///
/// ```
/// use telemetry_schema::json::parts;
///
/// let text = r#"{"a": [1, 2], "b": true}"#;
/// let values: Vec<&str> = parts(text)?.into_iter().map(|part| &text[part.value]).collect();
/// assert_eq!(values, ["[1, 2]", "true"]);
/// # Ok::<(), telemetry_schema::problem::Problem>(())
/// ```
///
/// # Errors
///
/// The same as for [`parse`].
#[doc(hidden)]
pub fn parts(text: &str) -> Result<Vec<Part>, Problem> {
    let mut reader = Reader { text, at: 0, depth: 0 };
    let end = match reader.next_token() {
        Some(b'{') => b'}',
        Some(b'[') => b']',
        _ => return Ok(Vec::new()),
    };
    reader.at += 1;
    let mut parts = Vec::new();
    if reader.takes(end) {
        return Ok(parts);
    }
    loop {
        parts.push(reader.part(end == b'}')?);
        if reader.takes(end) {
            return Ok(parts);
        }
        reader.expect(b',')?;
    }
}

/// Reads bytes, because nearly all of a schema is ASCII and macros are compiled without optimization.
struct Reader<'a> {
    text: &'a str,
    /// The index of the next byte, always at a character boundary.
    at: usize,
    depth: u32,
}

impl<'a> Reader<'a> {
    /// A problem at the next character.
    fn problem(&self, problem: impl Into<String>) -> Problem {
        let before = self.text.get(..self.at).unwrap_or_default();
        let (lines, line) = before
            .rsplit_once('\n')
            .map_or((0, before), |(above, line)| (above.matches('\n').count() + 1, line));
        let number = |count: usize| u32::try_from(count + 1).unwrap_or(u32::MAX);
        Problem {
            place: Place::Position(number(lines), number(line.chars().count())),
            problem: problem.into(),
            help: "correct the syntax at this position".to_owned(),
        }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The next byte after white space.
    fn next_token(&mut self) -> Option<u8> {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek() {
            self.at += 1;
        }
        self.peek()
    }

    /// Consumes `wanted` if it comes next, after white space.
    fn takes(&mut self, wanted: u8) -> bool {
        let found = self.next_token() == Some(wanted);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, wanted: u8) -> Result<(), Problem> {
        if self.takes(wanted) {
            Ok(())
        } else {
            Err(self.problem(format!("expected `{}`", char::from(wanted))))
        }
    }

    fn value(&mut self) -> Result<Json, Problem> {
        match self.next_token() {
            Some(b'{') => self.nested(Self::object),
            Some(b'[') => self.nested(Self::array),
            Some(b'"') => self.string().map(Json::Text),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word("true", Json::Boolean(true)),
            Some(b'f') => self.word("false", Json::Boolean(false)),
            Some(b'n') => self.word("null", Json::Null),
            _ => Err(self.problem("expected a value")),
        }
    }

    fn nested(&mut self, read: fn(&mut Self) -> Result<Json, Problem>) -> Result<Json, Problem> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.problem(format!("more than {MAX_DEPTH} nested values")));
        }
        let value = read(self);
        self.depth -= 1;
        value
    }

    fn object(&mut self) -> Result<Json, Problem> {
        self.expect(b'{')?;
        let mut members: Vec<(String, Json)> = Vec::new();
        if self.takes(b'}') {
            return Ok(Json::Object(members));
        }
        loop {
            let member = self.member(&members)?;
            members.push(member);
            if self.takes(b'}') {
                return Ok(Json::Object(members));
            }
            self.expect(b',')?;
        }
    }

    fn member(&mut self, members: &[(String, Json)]) -> Result<(String, Json), Problem> {
        self.next_token();
        let start = self.at;
        let name = self.string()?;
        if members.iter().any(|(known, _)| *known == name) {
            self.at = start;
            return Err(self.problem(format!("`{name}` is here twice")));
        }
        self.expect(b':')?;
        Ok((name, self.value()?))
    }

    fn part(&mut self, is_member: bool) -> Result<Part, Problem> {
        self.next_token();
        let start = self.at;
        let name = if is_member { Some(self.string()?) } else { None };
        if is_member {
            self.expect(b':')?;
            self.next_token();
        }
        let begin = self.at;
        self.value()?;
        Ok(Part { name, start, value: begin..self.at })
    }

    fn array(&mut self) -> Result<Json, Problem> {
        self.expect(b'[')?;
        let mut elements = Vec::new();
        if self.takes(b']') {
            return Ok(Json::Array(elements));
        }
        loop {
            elements.push(self.value()?);
            if self.takes(b']') {
                return Ok(Json::Array(elements));
            }
            self.expect(b',')?;
        }
    }

    fn word(&mut self, word: &str, value: Json) -> Result<Json, Problem> {
        if !self.rest().starts_with(word) {
            return Err(self.problem(format!("expected `{word}`")));
        }
        self.at += word.len();
        Ok(value)
    }

    fn number(&mut self) -> Result<Json, Problem> {
        let rest = self.rest();
        let end = rest.find(|next| !matches!(next, '-' | '+' | '.' | 'e' | 'E' | '0'..='9'));
        let text = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
        if !is_number(text) {
            return Err(self.problem(format!("`{text}` is not a number")));
        }
        self.at += text.len();
        Ok(Json::Number(text.to_owned()))
    }

    fn string(&mut self) -> Result<String, Problem> {
        self.expect(b'"')?;
        let mut text = String::new();
        loop {
            let rest = self.rest();
            let plain = rest.bytes().position(|byte| matches!(byte, b'"' | b'\\' | 0..b' '));
            let plain = rest.get(..plain.unwrap_or(rest.len())).unwrap_or_default();
            text.push_str(plain);
            self.at += plain.len();
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => text.push(self.escaped()?),
                _ => return Err(self.problem("a string has no end on this line")),
            }
        }
    }

    /// The character for an escape that starts with a backslash.
    fn escaped(&mut self) -> Result<char, Problem> {
        let mut after = self.rest().chars().skip(1);
        let char = match after.next() {
            Some(same @ ('"' | '\\' | '/')) => same,
            Some('b') => '\u{8}',
            Some('f') => '\u{c}',
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some('u') => return self.unicode(),
            _ => return Err(self.problem("unknown escape in a string")),
        };
        self.at += 2;
        Ok(char)
    }

    /// `\u00e9`, or a pair of such escapes for a character beyond 16 bits.
    fn unicode(&mut self) -> Result<char, Problem> {
        let first = self.unit()?;
        let is_pair = (0xd800..0xdc00).contains(&first) && self.rest().starts_with("\\u");
        let second = if is_pair { Some(self.unit()?) } else { None };
        match char::decode_utf16([first].into_iter().chain(second)).next() {
            Some(Ok(char)) => Ok(char),
            _ => Err(self.problem("unpaired surrogate in a string")),
        }
    }

    fn unit(&mut self) -> Result<u16, Problem> {
        let digits =
            self.rest().get(2..6).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let unit = digits.and_then(|digits| u16::from_str_radix(digits, 16).ok());
        let unit = unit.ok_or_else(|| self.problem("expected four hexadecimal digits"))?;
        self.at += 6;
        Ok(unit)
    }
}

/// Whether `text` is a number by RFC 8259. Rust accepts more, such as `01` or `1.`.
fn is_number(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let (mantissa, exponent) = text.split_once(['e', 'E']).map_or((text, "0"), |(left, right)| (left, right));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    let whole = whole.strip_prefix('-').unwrap_or(whole);
    let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
    digits(whole) && (whole == "0" || !whole.starts_with('0')) && digits(fraction) && digits(exponent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_kind_of_value_in_order() {
        let parsed =
            parse(r#" {"b": [null, true, -1.5e3], "a": "x\n\u00e9\ud83d\ude00\/", "": {}} "#).unwrap();
        let text = |text: &str| Json::Text(text.to_owned());
        let expected = vec![
            (
                "b".to_owned(),
                Json::Array(vec![Json::Null, Json::Boolean(true), Json::Number("-1.5e3".to_owned())]),
            ),
            ("a".to_owned(), text("x\né😀/")),
            (String::new(), Json::Object(Vec::new())),
        ];
        assert_eq!(parsed, Json::Object(expected));
    }

    #[test]
    fn says_where_a_text_is_not_json() {
        let place = |text: &str| {
            let Problem { place: Place::Position(line, column), problem, .. } = parse(text).unwrap_err()
            else {
                panic!("a text has positions");
            };
            format!("line {line}, column {column}: {problem}")
        };
        assert_eq!(place(""), "line 1, column 1: expected a value");
        assert_eq!(place("{\n  \"a\": 1,\n}"), "line 3, column 1: expected `\"`");
        assert_eq!(place("{\"a\": 1, \"a\": 2}"), "line 1, column 10: `a` is here twice");
        assert_eq!(place("\u{feff}{1}"), "line 1, column 2: expected `\"`");
        assert_eq!(place("[1 2]"), "line 1, column 4: expected `,`");
        assert_eq!(place("[tru]"), "line 1, column 2: expected `true`");
        assert_eq!(place("1 1"), "line 1, column 3: expected the end of the file");
        assert!(place(&"[".repeat(100_000)).ends_with("more than 64 nested values"));
    }

    #[test]
    fn refuses_what_only_looks_like_json() {
        for text in [
            "01",
            "1.",
            ".5",
            "+1",
            "1e",
            "--1",
            "'a'",
            "\"a\nb\"",
            r#""\x""#,
            r#""\ud800""#,
            "nul",
            "{a: 1}",
            "[1,]",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
