// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Reads JSON (RFC 8259) and says where it is wrong, by line and column.
//!
//! A library would be the longest part of building this crate, and none keeps both the order and the place of things.

use std::str::Chars;

use crate::problem::{Place, Problem};

/// How deep values may nest: far more than a schema needs, far less than the stack holds.
const MAX_DEPTH: u32 = 64;

/// A JSON value. Numbers stay texts, members stay in order.
#[derive(Debug, Clone, PartialEq)]
pub enum Json {
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A number, as it is spelled.
    Number(String),
    /// A text.
    Text(String),
    /// An array.
    Array(Vec<Json>),
    /// An object, with its members in order.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// The member called `name`, if this is an object that has it.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => members.iter().find(|(known, _)| known == name).map(|(_, value)| value),
            _ => None,
        }
    }
}

/// Reads one value that is the whole text, after a byte order mark or without one.
///
/// # Errors
///
/// If the text is not JSON (RFC 8259), has a member twice, or nests more than 64 values.
pub fn parse(text: &str) -> Result<Json, Problem> {
    // Some editors begin a file with a byte order mark, which is not JSON and means nothing in UTF-8.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader { rest: text.chars(), line: 1, column: 1, depth: 0 };
    let value = reader.value()?;
    reader.skip_blanks();
    match reader.peek() {
        None => Ok(value),
        Some(_) => Err(reader.problem("expected the end of the file")),
    }
}

struct Reader<'a> {
    rest: Chars<'a>,
    line: u32,
    column: u32,
    depth: u32,
}

impl Reader<'_> {
    fn problem(&self, problem: impl Into<String>) -> Problem {
        Problem {
            place: Place::Position(self.line, self.column),
            problem: problem.into(),
            help: "correct the file there".to_owned(),
        }
    }

    fn peek(&self) -> Option<char> {
        self.rest.clone().next()
    }

    fn next(&mut self) -> Option<char> {
        let next = self.rest.next()?;
        if next == '\n' {
            self.line += 1;
            self.column = 1;
        } else {
            self.column += 1;
        }
        Some(next)
    }

    fn skip_blanks(&mut self) {
        while self.peek().is_some_and(|next| matches!(next, ' ' | '\t' | '\n' | '\r')) {
            self.next();
        }
    }

    /// Whether `wanted` comes next, after blanks; if so, it is taken.
    fn takes(&mut self, wanted: char) -> bool {
        self.skip_blanks();
        let found = self.peek() == Some(wanted);
        if found {
            self.next();
        }
        found
    }

    fn expect(&mut self, wanted: char) -> Result<(), Problem> {
        if self.takes(wanted) { Ok(()) } else { Err(self.problem(format!("expected `{wanted}`"))) }
    }

    fn value(&mut self) -> Result<Json, Problem> {
        self.skip_blanks();
        match self.peek() {
            Some('{') => self.nested(Self::object),
            Some('[') => self.nested(Self::array),
            Some('"') => self.text().map(Json::Text),
            Some('-' | '0'..='9') => self.number(),
            Some('t') => self.word("true", Json::Boolean(true)),
            Some('f') => self.word("false", Json::Boolean(false)),
            Some('n') => self.word("null", Json::Null),
            _ => Err(self.problem("expected a value")),
        }
    }

    fn nested(&mut self, read: fn(&mut Self) -> Result<Json, Problem>) -> Result<Json, Problem> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.problem(format!("more than {MAX_DEPTH} values inside one another")));
        }
        let value = read(self);
        self.depth -= 1;
        value
    }

    fn object(&mut self) -> Result<Json, Problem> {
        self.expect('{')?;
        let mut members: Vec<(String, Json)> = Vec::new();
        if self.takes('}') {
            return Ok(Json::Object(members));
        }
        loop {
            let member = self.member(&members)?;
            members.push(member);
            if self.takes('}') {
                return Ok(Json::Object(members));
            }
            self.expect(',')?;
        }
    }

    fn member(&mut self, members: &[(String, Json)]) -> Result<(String, Json), Problem> {
        self.skip_blanks();
        let place = self.problem("");
        let name = self.text()?;
        if members.iter().any(|(known, _)| *known == name) {
            return Err(Problem { problem: format!("`{name}` is here twice"), ..place });
        }
        self.expect(':')?;
        Ok((name, self.value()?))
    }

    fn array(&mut self) -> Result<Json, Problem> {
        self.expect('[')?;
        let mut elements = Vec::new();
        if self.takes(']') {
            return Ok(Json::Array(elements));
        }
        loop {
            elements.push(self.value()?);
            if self.takes(']') {
                return Ok(Json::Array(elements));
            }
            self.expect(',')?;
        }
    }

    fn word(&mut self, word: &str, value: Json) -> Result<Json, Problem> {
        for letter in word.chars() {
            if self.peek() != Some(letter) {
                return Err(self.problem(format!("expected `{word}`")));
            }
            self.next();
        }
        Ok(value)
    }

    fn number(&mut self) -> Result<Json, Problem> {
        let mut text = String::new();
        while let Some(next) =
            self.peek().filter(|next| matches!(*next, '-' | '+' | '.' | 'e' | 'E' | '0'..='9'))
        {
            text.push(next);
            self.next();
        }
        if is_number(&text) {
            Ok(Json::Number(text))
        } else {
            Err(self.problem(format!("`{text}` is not a number")))
        }
    }

    fn text(&mut self) -> Result<String, Problem> {
        self.expect('"')?;
        let mut text = self.plain_text();
        loop {
            match self.next() {
                Some('"') => return Ok(text),
                Some('\\') => text.push(self.escaped()?),
                Some(next) if next >= ' ' => text.push(next),
                _ => return Err(self.problem("a text has no end on this line")),
            }
        }
    }

    /// The characters up to one that means something in a text. (Most texts are long descriptions.)
    fn plain_text(&mut self) -> String {
        let rest = self.rest.as_str();
        let quote = rest.find('"').unwrap_or(0);
        let text = rest.get(..quote).unwrap_or_default();
        if !text.is_ascii() || text.bytes().any(|byte| byte == b'\\' || byte < b' ') {
            return String::new();
        }
        self.column += u32::try_from(quote).unwrap_or(u32::MAX);
        self.rest = rest.get(quote..).unwrap_or_default().chars();
        text.to_owned()
    }

    fn escaped(&mut self) -> Result<char, Problem> {
        match self.next() {
            Some(same @ ('"' | '\\' | '/')) => Ok(same),
            Some('b') => Ok('\u{8}'),
            Some('f') => Ok('\u{c}'),
            Some('n') => Ok('\n'),
            Some('r') => Ok('\r'),
            Some('t') => Ok('\t'),
            Some('u') => self.unicode(),
            _ => Err(self.problem("unknown escape in a text")),
        }
    }

    fn unicode(&mut self) -> Result<char, Problem> {
        let first = self.unit()?;
        let is_pair =
            (0xd800..0xdc00).contains(&first) && self.next() == Some('\\') && self.next() == Some('u');
        let units = if is_pair { vec![first, self.unit()?] } else { vec![first] };
        match char::decode_utf16(units).next() {
            Some(Ok(char)) => Ok(char),
            _ => Err(self.problem("half of a surrogate pair in a text")),
        }
    }

    fn unit(&mut self) -> Result<u16, Problem> {
        let digit = |digit: Option<char>| digit.and_then(|digit| digit.to_digit(16));
        let mut unit = 0;
        for _ in 0..4 {
            let next = self.next();
            unit = unit * 16 + digit(next).ok_or_else(|| self.problem("expected four hexadecimal digits"))?;
        }
        u16::try_from(unit).map_err(|_| self.problem("expected four hexadecimal digits"))
    }
}

/// Whether `text` is a number as RFC 8259 has it: Rust reads more, such as `01` or `1.`.
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
        assert_eq!(place("[tru]"), "line 1, column 5: expected `true`");
        assert_eq!(place("1 1"), "line 1, column 3: expected the end of the file");
        assert!(place(&"[".repeat(100_000)).ends_with("more than 64 values inside one another"));
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
