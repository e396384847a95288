// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The parameters of an event as attributes. They are read from the JSON of the record, so that an event is serialized once for any
//! protocol, and a collector gets the values of the audit log.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::messages::{AnyValue, ArrayValue, KeyValue, KeyValueList, Value};

/// The members of a JSON object, in order. Any other text is one attribute that holds it: nothing is lost.
pub(super) fn attributes(parameters: &str) -> Vec<KeyValue> {
    match serde_json::from_str(parameters) {
        Ok(AnyValue { value: Some(Value::Entries(entries)) }) => entries.values,
        _ => vec![KeyValue::text("parameters", parameters)],
    }
}

impl<'de> Deserialize<'de> for AnyValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ToAnyValue)
    }
}

struct ToAnyValue;

fn any<E>(value: Value) -> Result<AnyValue, E> {
    Ok(AnyValue { value: Some(value) })
}

impl<'de> Visitor<'de> for ToAnyValue {
    type Value = AnyValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<AnyValue, E> {
        Ok(AnyValue { value: None })
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<AnyValue, E> {
        any(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<AnyValue, E> {
        any(Value::Int(value))
    }

    /// An integer that `int_value` cannot hold is a text, as OpenTelemetry's "Mapping Arbitrary Data to OTLP AnyValue" asks.
    fn visit_u64<E: Error>(self, value: u64) -> Result<AnyValue, E> {
        any(i64::try_from(value).map_or_else(|_| Value::Text(value.to_string()), Value::Int))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<AnyValue, E> {
        any(Value::Double(value))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<AnyValue, E> {
        any(Value::Text(text.to_owned()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<AnyValue, E> {
        any(Value::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<AnyValue, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = elements.next_element()? {
            values.push(value);
        }
        any(Value::Array(ArrayValue { values }))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<AnyValue, A::Error> {
        let mut values = Vec::new();
        while let Some((key, value)) = members.next_entry()? {
            values.push(KeyValue { key, value: Some(value) });
        }
        any(Value::Entries(KeyValueList { values }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(json: &str) -> Option<Value> {
        serde_json::from_str::<AnyValue>(json).unwrap().value
    }

    fn text(text: &str) -> Option<Value> {
        Some(Value::Text(text.into()))
    }

    #[test]
    fn every_float_is_read_to_the_last_bit() {
        let hard =
            [5e-324, f64::MIN_POSITIVE, f64::MAX, f64::MIN, -0.0, 0.1 + 0.2, 1e23, 9_007_199_254_740_993.0];
        let spread = (0..20_000_u64).map(|n| f64::from_bits(n.wrapping_mul(0x9E37_79B9_7F4A_7C15)));
        for float in hard.into_iter().chain(spread).filter(|float| float.is_finite()) {
            let json = serde_json::to_string(&float).unwrap();
            let Some(Value::Double(read)) = value(&json) else { panic!("{json}") };
            assert_eq!(read.to_bits(), float.to_bits(), "{json}");
        }
    }

    #[test]
    fn integers_are_integers_up_to_64_bits_and_a_text_beyond() {
        for (json, expected) in [
            ("0", Some(Value::Int(0))),
            ("9223372036854775807", Some(Value::Int(i64::MAX))),
            ("-9223372036854775808", Some(Value::Int(i64::MIN))),
            ("9223372036854775808", text("9223372036854775808")),
            ("18446744073709551615", text("18446744073709551615")),
        ] {
            assert_eq!(value(json), expected, "{json}");
        }
    }

    #[test]
    fn null_is_an_empty_value_and_empty_things_are_empty() {
        assert_eq!(value("null"), None);
        assert_eq!(value("\"\""), text(""));
        assert_eq!(value("[]"), Some(Value::Array(ArrayValue::default())));
        assert_eq!(value("{}"), Some(Value::Entries(KeyValueList::default())));
        assert_eq!(value(r#""a\u2028\ud83d\ude00\u0000""#), text("a\u{2028}\u{1F600}\0"));
    }

    #[test]
    fn parameters_keep_their_order() {
        let attributes = attributes(r#"{"b":1,"a":{"z":[true,null],"y":"é"}}"#);
        let keys: Vec<_> = attributes.iter().map(|attribute| attribute.key.as_str()).collect();
        assert_eq!(keys, ["b", "a"]);
        let list =
            ArrayValue { values: vec![AnyValue { value: Some(Value::Bool(true)) }, AnyValue::default()] };
        let list = KeyValue { key: "z".into(), value: Some(AnyValue { value: Some(Value::Array(list)) }) };
        let expected = [list, KeyValue::text("y", "é")];
        let Some(Value::Entries(entries)) = attributes[1].value.clone().unwrap().value else { panic!() };
        assert_eq!(entries.values, expected);
    }

    #[test]
    fn a_text_that_is_no_object_is_kept_whole() {
        let deep = format!("{{\"a\":{}1{}}}", "[".repeat(200), "]".repeat(200));
        for parameters in ["[1]", "{\"a\":", "", &deep] {
            assert_eq!(attributes(parameters), [KeyValue::text("parameters", parameters)]);
        }
    }
}
