// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! A JSON value: access, comparison and printing.

use std::fmt;
use std::ops::Index;

/// A JSON value. Numbers keep their spelling, and members their order.
///
/// Compare it with plain values, or read it with [`get`](Self::get) and the methods called `as_…`. The variants other than `Null`
/// are hidden because they show how a value is stored, which may change.
///
/// ```
/// use telemetry_schema::json::{Json, parse};
///
/// let json: Json = parse(r#"{"name": "checkout", "counts": [3, 2.5], "paid": true, "voucher": null}"#)?;
/// assert_eq!(json["name"], "checkout");
/// assert_eq!(json["counts"][0], 3);
/// assert_eq!(json["counts"][1].as_f64(), Some(2.5));
/// assert_eq!(json["paid"], true);
/// assert_eq!(json["voucher"], Json::Null);
/// assert_eq!(json["unknown"], Json::Null); // `get` returns `None` for a missing member
/// assert_eq!(json["counts"].to_string(), "[3, 2.5]");
/// # Ok::<(), telemetry_schema::problem::Problem>(())
/// ```
#[derive(Clone, Default, PartialEq)]
#[non_exhaustive]
pub enum Json {
    /// `null`.
    #[default]
    Null,
    #[doc(hidden)]
    Boolean(bool),
    #[doc(hidden)]
    Number(String),
    #[doc(hidden)]
    Text(String),
    #[doc(hidden)]
    Array(Vec<Json>),
    #[doc(hidden)]
    Object(Vec<(String, Json)>),
}

const NULL: &Json = &Json::Null;

impl Json {
    /// The member called `name`, if this is an object with such a member.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => members.iter().find(|(known, _)| known == name).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The names and values of the members, in order, if this is an object.
    ///
    /// ```
    /// use telemetry_schema::json::parse;
    ///
    /// let json = parse(r#"{"b": 1, "a": 2}"#)?;
    /// let names: Vec<&str> = json.as_object().into_iter().flatten().map(|(name, _)| name).collect();
    /// assert_eq!(names, ["b", "a"]);
    /// assert!(json["b"].as_object().is_none());
    /// # Ok::<(), telemetry_schema::problem::Problem>(())
    /// ```
    pub fn as_object(&self) -> Option<impl ExactSizeIterator<Item = (&str, &Self)>> {
        match self {
            Self::Object(members) => Some(members.iter().map(|(name, value)| (name.as_str(), value))),
            _ => None,
        }
    }

    /// Whether this is `null`.
    #[must_use]
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The text, if this is a text.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The value, if this is a boolean.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Boolean(value) => Some(*value),
            _ => None,
        }
    }

    /// The number, if this is an integer that fits an `i64`.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        self.number()
    }

    /// The number, if this is an integer that fits a `u64`.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        self.number()
    }

    /// The number, if this is a number.
    #[must_use]
    pub fn as_f64(&self) -> Option<f64> {
        self.number()
    }

    fn number<T: std::str::FromStr>(&self) -> Option<T> {
        match self {
            Self::Number(text) => text.parse().ok(),
            _ => None,
        }
    }

    /// The elements, if this is an array.
    #[must_use]
    pub fn as_array(&self) -> Option<&[Self]> {
        match self {
            Self::Array(elements) => Some(elements),
            _ => None,
        }
    }
}

/// The member with this name. `null` if this is not an object or has no such member.
impl Index<&str> for Json {
    type Output = Self;

    fn index(&self, name: &str) -> &Self {
        self.get(name).unwrap_or(NULL)
    }
}

/// The element at this index. `null` if this is not an array or has fewer elements.
impl Index<usize> for Json {
    type Output = Self;

    fn index(&self, place: usize) -> &Self {
        self.as_array().and_then(|elements| elements.get(place)).unwrap_or(NULL)
    }
}

impl PartialEq<str> for Json {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == Some(other)
    }
}

impl PartialEq<&str> for Json {
    fn eq(&self, other: &&str) -> bool {
        self == *other
    }
}

impl PartialEq<bool> for Json {
    fn eq(&self, other: &bool) -> bool {
        self.as_bool() == Some(*other)
    }
}

/// Whether this is an array of these elements.
impl<T, const N: usize> PartialEq<[T; N]> for Json
where
    Self: PartialEq<T>,
{
    fn eq(&self, other: &[T; N]) -> bool {
        self.as_array().is_some_and(|elements| elements == other.as_slice())
    }
}

macro_rules! compare_numbers {
    ($($number:ty),+) => {$(
        /// Whether this is the same number.
        impl PartialEq<$number> for Json {
            fn eq(&self, other: &$number) -> bool {
                self.number() == Some(*other)
            }
        }
    )+};
}

compare_numbers!(i8, i16, i32, i64, u8, u16, u32, u64, usize, f64);

/// Formats the value as JSON on one line.
impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Boolean(value) => value.fmt(f),
            Self::Number(text) => f.write_str(text),
            Self::Text(text) => quote(text, f),
            Self::Array(elements) => list(f, ["[", "]"], elements, |element, f| element.fmt(f)),
            Self::Object(members) => list(f, ["{", "}"], members, |(name, value), f| {
                quote(name, f)?;
                write!(f, ": {value}")
            }),
        }
    }
}

/// Formats the value as JSON, so that a failing test shows what was sent.
impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

fn list<T>(
    f: &mut fmt::Formatter<'_>,
    [open, close]: [&str; 2],
    parts: &[T],
    write: impl Fn(&T, &mut fmt::Formatter<'_>) -> fmt::Result,
) -> fmt::Result {
    f.write_str(open)?;
    for (place, part) in parts.iter().enumerate() {
        if place > 0 {
            f.write_str(", ")?;
        }
        write(part, f)?;
    }
    f.write_str(close)
}

fn quote(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_str("\"")?;
    for char in text.chars() {
        match char {
            '"' => f.write_str("\\\"")?,
            '\\' => f.write_str("\\\\")?,
            '\n' => f.write_str("\\n")?,
            '\r' => f.write_str("\\r")?,
            '\t' => f.write_str("\\t")?,
            control @ '\0'..' ' => write!(f, "\\u{:04x}", u32::from(control))?,
            plain => write!(f, "{plain}")?,
        }
    }
    f.write_str("\"")
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    #[test]
    fn what_is_printed_is_read_as_the_same() {
        let text =
            r#"{"a\"\\": [null, true, -1.50e3, "x\n\r\t\u0000\u001f\u007f\u2028é😀"], "": {}, "b": []}"#;
        let json = parse(text).unwrap();
        assert_eq!(parse(&json.to_string()).unwrap(), json);
        assert_eq!(parse(r#"{"a":[1,"\u0007"]}"#).unwrap().to_string(), r#"{"a": [1, "\u0007"]}"#);
        assert_eq!(format!("{:?}", json["b"]), "[]");
    }

    #[test]
    fn a_value_equals_what_it_says_and_nothing_of_another_kind() {
        let json = parse(r#"[3, "3", 3.0, true, null, -1, 1e400, 18446744073709551615]"#).unwrap();
        assert!(json[0] == 3 && json[0] == 3_u64 && json[0] == 3_usize && json[0] == 3.0);
        assert!(json[1] == "3" && json[1] != 3 && json[0] != "3");
        assert!(json[2] == 3.0 && json[2] != 3, "a float is not an integer");
        assert!(json[3] == true && json[3] != 1 && json[4] != false);
        let list = parse(r#"["a", "b"]"#).unwrap();
        assert!(list == ["a", "b"] && list != ["a"] && list != [1, 2] && json[0] != [3]);
        assert!(json[5] == -1 && json[5] != u64::MAX, "no number wraps");
        assert!(json[7] == u64::MAX && json[7].as_i64().is_none());
        assert_eq!([json[6].as_f64(), json[1].as_f64()], [Some(f64::INFINITY), None]);
    }

    #[test]
    fn what_is_missing_is_null_at_any_depth() {
        let json = parse(r#"{"a": [1]}"#).unwrap();
        for missing in [&json["b"], &json["a"]["b"], &json["a"][1], &json["a"][0]["b"][7], &json[0]] {
            assert_eq!(*missing, Json::Null);
        }
        assert!(json.get("b").is_none());
    }
}
