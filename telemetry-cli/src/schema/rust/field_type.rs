// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The Rust type of a field, and the keys of its attribute.

use telemetry_schema::__cli1::{Node, Problem};

use super::items::Value;

/// The keys of a free text whose reason the author has to fill in.
const FREE_TEXT: &str = "free_text = \"replace this: why is it harmless?\", max_len = 64";

/// The integer types that need no `range`, with their bounds, widest first.
const INTEGERS: [(&str, i64, i64); 7] = [
    ("i64", i64::MIN, i64::MAX),
    ("u32", 0, u32::MAX as i64),
    ("i32", i32::MIN as i64, i32::MAX as i64),
    ("u16", 0, u16::MAX as i64),
    ("i16", i16::MIN as i64, i16::MAX as i64),
    ("u8", 0, u8::MAX as i64),
    ("i8", i8::MIN as i64, i8::MAX as i64),
];

/// The type of a field and the keys of its attribute.
#[derive(Debug, PartialEq)]
pub(super) struct FieldType {
    pub(super) rust_type: String,
    pub(super) keys: Vec<String>,
}

impl FieldType {
    /// The type of a field that holds `value`, which the schema describes at `place`.
    pub(super) fn of(value: &Value, place: &Node<'_>) -> Result<Self, Problem> {
        let with = |rust_type: &str, keys: Vec<String>| Ok(Self { rust_type: rust_type.to_owned(), keys });
        match value {
            Value::Integer { min, max } => Ok(integer(*min, *max)),
            Value::Number { min, max } => with("f64", number(*min, *max)),
            Value::Text => with("String", vec![FREE_TEXT.into(), "sentinel = \"undefined\"".into()]),
            Value::Vocabulary { ident, unknown: Some(unknown) } => {
                with(ident, vec![format!("sentinel = {ident}::{unknown}")])
            }
            Value::List(item) if **item == Value::Text => {
                with("Vec<String>", vec![FREE_TEXT.into(), "sentinel = Vec::new()".into()])
            }
            Value::Nullable(inner) => nullable(inner, place),
            other => {
                let sentinel = if holds_floats(other) { empty(other) } else { None };
                with(&nested(other, place)?, range(other).into_iter().chain(sentinel).collect())
            }
        }
    }
}

/// The type of a field that can be `null`, which is then its sentinel.
fn nullable(inner: &Value, place: &Node<'_>) -> Result<FieldType, Problem> {
    let sentinel = "sentinel = None".to_owned();
    let (rust_type, mut keys) = match inner {
        Value::Text => ("String".to_owned(), vec![FREE_TEXT.to_owned()]),
        inner => (nested(inner, place)?, Vec::from_iter(range(inner))),
    };
    keys.push(sentinel);
    Ok(FieldType { rust_type: format!("Option<{rust_type}>"), keys })
}

/// The smallest common type that holds the range. The range is written unless it is that of the type.
fn integer(min: i64, max: i64) -> FieldType {
    let same = INTEGERS.iter().find(|(_, low, high)| (*low, *high) == (min, max));
    let rust_type = match same {
        Some((name, ..)) => name,
        None if min >= 0 && max <= u32::MAX.into() => "u32",
        None if min >= 0 => "u64",
        None if min >= i32::MIN.into() && max <= i32::MAX.into() => "i32",
        None => "i64",
    };
    let range = same.is_none().then(|| format!("range = {}..={}", integer_text(min), integer_text(max)));
    let sentinel = (min == -1).then(|| "sentinel = -1".to_owned());
    FieldType { rust_type: rust_type.to_owned(), keys: range.into_iter().chain(sentinel).collect() }
}

fn integer_text(bound: i64) -> String {
    match bound {
        i64::MIN => "i64::MIN".to_owned(),
        i64::MAX => "i64::MAX".to_owned(),
        bound => grouped(bound),
    }
}

/// The number with `_` between thousands.
fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = if number < 0 { "-".to_owned() } else { String::new() };
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push('_');
        }
        text.push(digit);
    }
    text
}

/// The sentinel of a float, which replaces NaN: -1 if it is allowed, otherwise 0 or the nearest bound.
fn number(min: f64, max: f64) -> Vec<String> {
    let range = (min > f64::MIN || max < f64::MAX).then(|| format!("range = {min:?}..={max:?}"));
    let wanted: f64 = if min <= -1.0 { -1.0 } else { 0.0 };
    let sentinel = format!("sentinel = {:?}", wanted.max(min).min(max));
    range.into_iter().chain([sentinel]).collect()
}

/// The type of a value inside another one.
fn nested(value: &Value, place: &Node<'_>) -> Result<String, Problem> {
    Ok(match value {
        Value::Boolean => "bool".to_owned(),
        Value::Integer { min, max } => integer(*min, *max).rust_type,
        Value::Number { min: f64::MIN, max: f64::MAX } => "f64".to_owned(),
        Value::Number { .. } => {
            return Err(place.problem(
                "has a number with bounds inside of another value, where no `range` reaches it",
                "put it into an object with a property of its own, or leave its bounds out",
            ));
        }
        Value::Text => "Token".to_owned(),
        Value::Vocabulary { ident, .. } | Value::Object { ident } => ident.clone(),
        Value::List(item) => format!("Vec<{}>", nested(item, place)?),
        Value::Map(value) => format!("BTreeMap<Token, {}>", nested(value, place)?),
        Value::Nullable(inner) => format!("Option<{}>", nested(inner, place)?),
    })
}

/// The range that bounds the integers in a value, if their type does not.
fn range(value: &Value) -> Option<String> {
    match value {
        Value::Integer { min, max } => {
            integer(*min, *max).keys.into_iter().find(|key| key.starts_with("range"))
        }
        Value::List(inner) | Value::Map(inner) | Value::Nullable(inner) => range(inner),
        _ => None,
    }
}

fn holds_floats(value: &Value) -> bool {
    match value {
        Value::Number { .. } => true,
        Value::List(inner) | Value::Map(inner) | Value::Nullable(inner) => holds_floats(inner),
        _ => false,
    }
}

fn empty(value: &Value) -> Option<String> {
    match value {
        Value::List(_) => Some("sentinel = Vec::new()".to_owned()),
        Value::Map(_) => Some("sentinel = BTreeMap::new()".to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use telemetry_schema::__cli1::Schema;

    use super::*;

    fn chosen(value: &Value) -> String {
        let text = r#"{"schemaMeta": {"schemaVersion": "1"}, "definitions": {"events": {}}}"#;
        match FieldType::of(value, &Schema::read(text).unwrap().root()) {
            Ok(FieldType { rust_type, keys }) => format!("{rust_type}: {}", keys.join(", ")),
            Err(problem) => problem.about("s.json").replace("schema `s.json`: `#` ", "# "),
        }
    }

    fn list(value: Value) -> Value {
        Value::List(Box::new(value))
    }

    fn or_null(value: Value) -> Value {
        Value::Nullable(Box::new(value))
    }

    #[test]
    fn integers_have_the_type_of_their_bounds_or_state_them() {
        for (min, max, expected) in [
            (i64::MIN, i64::MAX, "i64: "),
            (0, 255, "u8: "),
            (0, i64::from(u32::MAX), "u32: "),
            (0, 2_147_483_647, "u32: range = 0..=2_147_483_647"),
            (0, i64::MAX, "u64: range = 0..=i64::MAX"),
            (-1, i64::MAX, "i64: range = -1..=i64::MAX, sentinel = -1"),
            (-1, 1000, "i32: range = -1..=1_000, sentinel = -1"),
        ] {
            assert_eq!(chosen(&Value::Integer { min, max }), expected);
        }
    }

    #[test]
    fn floats_have_something_to_send_in_place_of_nan_within_their_bounds() {
        for (min, max, expected) in [
            (f64::MIN, f64::MAX, "f64: sentinel = -1.0"),
            (0.0, 100.0, "f64: range = 0.0..=100.0, sentinel = 0.0"),
            (2.5, f64::MAX, "f64: range = 2.5..=1.7976931348623157e308, sentinel = 2.5"),
            (f64::MIN, -3.0, "f64: range = -1.7976931348623157e308..=-3.0, sentinel = -3.0"),
        ] {
            assert_eq!(chosen(&Value::Number { min, max }), expected);
        }
        assert_eq!(
            chosen(&list(Value::Number { min: f64::MIN, max: f64::MAX })),
            "Vec<f64>: sentinel = Vec::new()"
        );
    }

    #[test]
    fn free_text_is_declared_where_that_is_possible_and_a_token_elsewhere() {
        let free = "free_text = \"replace this: why is it harmless?\", max_len = 64";
        assert_eq!(chosen(&list(Value::Text)), format!("Vec<String>: {free}, sentinel = Vec::new()"));
        assert_eq!(chosen(&or_null(Value::Text)), format!("Option<String>: {free}, sentinel = None"));
        assert_eq!(chosen(&or_null(list(Value::Text))), "Option<Vec<Token>>: sentinel = None");
        assert_eq!(chosen(&Value::Map(Box::new(Value::Text))), "BTreeMap<Token, Token>: ");
    }

    #[test]
    fn integers_inside_of_other_values_have_a_range_and_floats_cannot() {
        let integer = |min, max| Value::Integer { min, max };
        assert_eq!(chosen(&list(integer(0, 255))), "Vec<u8>: ");
        assert_eq!(chosen(&list(integer(0, 2_147_483_647))), "Vec<u32>: range = 0..=2_147_483_647");
        assert_eq!(chosen(&or_null(list(integer(1, 5)))), "Option<Vec<u32>>: range = 1..=5, sentinel = None");
        assert_eq!(chosen(&or_null(integer(-1, 9))), "Option<i32>: range = -1..=9, sentinel = None");
        assert_eq!(
            chosen(&or_null(Value::Number { min: 0.0, max: f64::MAX })),
            "# has a number with bounds inside of another value, where no `range` reaches it"
        );
    }
}
