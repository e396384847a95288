// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Expected values.

use std::cmp::Ordering;
use std::fmt;

use telemetry_schema::json::Json;

use super::number::compare;
use super::placed::Placed;

/// A place in JSON, and the value that is expected there.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Field {
    /// A JSON pointer (RFC 6901).
    pub(crate) pointer: Placed<String>,
    pub(crate) matcher: Placed<Matcher>,
}

/// The values that are expected at one place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Matcher {
    Equal(Json),
    OneOf(Vec<Json>),
    /// A number within these bounds, both inclusive. The bounds are numbers in JSON.
    Range(Option<String>, Option<String>),
    Present,
    Absent,
}

impl Field {
    pub(super) fn is_absent(&self) -> bool {
        *self.matcher == Matcher::Absent
    }

    pub(crate) fn matches(&self, json: &Json) -> bool {
        self.matcher.matches(find(json, &self.pointer))
    }
}

/// The value at a JSON pointer.
pub(crate) fn find<'a>(json: &'a Json, pointer: &str) -> Option<&'a Json> {
    steps(pointer).try_fold(json, |json, step| match json.as_array() {
        Some(elements) => elements.get(index(&step)?),
        None => json.get(&step),
    })
}

/// The names and indexes of a JSON pointer.
pub(super) fn steps(pointer: &str) -> impl Iterator<Item = String> {
    pointer.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~"))
}

/// An index without leading zeros, as the standard requires.
pub(super) fn index(step: &str) -> Option<usize> {
    let index: usize = step.parse().ok()?;
    (index.to_string() == step).then_some(index)
}

impl Matcher {
    pub(crate) fn matches(&self, found: Option<&Json>) -> bool {
        match (self, found) {
            (Self::Absent, found) => found.is_none(),
            (_, None) => false,
            (Self::Equal(expected), Some(found)) => is_same(expected, found),
            (Self::OneOf(all), Some(found)) => all.iter().any(|expected| is_same(expected, found)),
            (Self::Range(min, max), Some(Json::Number(found))) => {
                let is_at_most = |one: &str, other: &str| compare(one, other).is_some_and(Ordering::is_le);
                min.as_ref().is_none_or(|min| is_at_most(min, found))
                    && max.as_ref().is_none_or(|max| is_at_most(found, max))
            }
            (Self::Range(..), Some(_)) => false,
            (Self::Present, Some(_)) => true,
        }
    }
}

/// Whether both are the same value. Numbers are compared by value, and objects by the names of their members.
fn is_same(one: &Json, other: &Json) -> bool {
    match (one, other) {
        (Json::Number(one), Json::Number(other)) => {
            one == other || compare(one, other) == Some(Ordering::Equal)
        }
        (Json::Array(one), Json::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_same(one, other))
        }
        (Json::Object(one), Json::Object(members)) => {
            let is_in_other =
                |(name, value): &(String, Json)| other.get(name).is_some_and(|other| is_same(value, other));
            one.len() == members.len() && one.iter().all(is_in_other)
        }
        _ => one == other,
    }
}

impl fmt::Display for Matcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Equal(value) => write!(f, "{value}"),
            Self::OneOf(values) => {
                let values: Vec<String> = values.iter().map(Json::to_string).collect();
                write!(f, "one of {}", values.join(", "))
            }
            Self::Range(min, max) => match (min, max) {
                (Some(min), Some(max)) => write!(f, "a number from {min} to {max}"),
                (Some(min), None) => write!(f, "a number of at least {min}"),
                (None, Some(max)) => write!(f, "a number of at most {max}"),
                (None, None) => f.write_str("a number"),
            },
            Self::Present => f.write_str("any value"),
            Self::Absent => f.write_str("no value"),
        }
    }
}

#[cfg(test)]
mod tests {
    use telemetry_schema::json::parse;

    use super::*;

    fn is_same_text(one: &str, other: &str) -> bool {
        is_same(&parse(one).unwrap(), &parse(other).unwrap())
    }

    #[test]
    fn a_pointer_finds_values_as_the_standard_says() {
        let json = parse(r#"{"a": [1, {"b/c": 2, "d~e": 3}], "": {"": 4}, "0": 5}"#).unwrap();
        for (pointer, value) in [("/a/0", 1), ("/a/1/b~1c", 2), ("/a/1/d~0e", 3), ("//", 4), ("/0", 5)] {
            assert_eq!(find(&json, pointer).unwrap(), &value, "{pointer}");
        }
        assert_eq!(find(&json, ""), Some(&json));
        for pointer in ["/b", "/a/2", "/a/-", "/a/00", "/a/+1", "/a/0/x", "/a/18446744073709551616"] {
            assert_eq!(find(&json, pointer), None, "{pointer}");
        }
    }

    #[test]
    fn values_are_compared_and_not_their_spelling() {
        for (one, other) in [
            ("1", "1.0"),
            ("1e3", "1000"),
            ("18446744073709551615", "18446744073709551615"),
            (r#"{"a": 1, "b": [2.50]}"#, r#"{"b": [2.5], "a": 1}"#),
            ("null", "null"),
            ("1e400", "1e400"),
        ] {
            assert!(is_same_text(one, other), "{one} {other}");
        }
        for (one, other) in [
            ("18446744073709551615", "18446744073709551614"),
            ("1", "\"1\""),
            ("1e400", "1e401"),
            ("[1]", "[1, 1]"),
            ("{\"a\": 1}", "{\"a\": 1, \"b\": 2}"),
            ("false", "null"),
        ] {
            assert!(!is_same_text(one, other) && !is_same_text(other, one), "{one} {other}");
        }
    }

    #[test]
    fn a_range_contains_its_bounds_and_only_numbers() {
        let range = Matcher::Range(Some("0".to_owned()), Some("2.5".to_owned()));
        let matches = |text: &str| range.matches(Some(&parse(text).unwrap()));
        assert!(["0", "-0.0", "2.5", "1"].into_iter().all(matches));
        assert!(!["-1", "2.51", "\"1\"", "null", "1e400"].into_iter().any(matches));
        assert!(!range.matches(None) && Matcher::Absent.matches(None) && !Matcher::Present.matches(None));
        assert!(Matcher::Present.matches(Some(&Json::Null)) && !Matcher::Absent.matches(Some(&Json::Null)));
    }
}
