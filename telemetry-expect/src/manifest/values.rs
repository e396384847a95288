// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Values of TOML.

use std::time::Duration;

use telemetry_schema::json::Json;
use toml::Spanned;
use toml::de::DeValue;

use super::writer::Toml;

pub(super) type Value<'a> = Spanned<DeValue<'a>>;

/// The maximum length of a value in a message, in characters.
const LONGEST_VALUE: usize = 40;

/// The value in a message, without the parts of a table or an array.
pub(super) fn shown(value: &Value<'_>) -> String {
    let text = match value.get_ref() {
        DeValue::Table(_) => return "a table".to_owned(),
        DeValue::Array(elements) if elements.is_empty() => return "empty".to_owned(),
        DeValue::Array(_) => return "an array".to_owned(),
        DeValue::String(text) => Toml(&Json::Text(short(text))).to_string(),
        DeValue::Integer(integer) => short(integer.as_str()),
        DeValue::Float(float) => short(float.as_str()),
        DeValue::Boolean(value) => value.to_string(),
        DeValue::Datetime(time) => time.to_string(),
    };
    format!("`{text}`")
}

fn short(text: &str) -> String {
    match text.char_indices().nth(LONGEST_VALUE) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

pub(super) fn integer(value: &DeValue<'_>) -> Option<i128> {
    let integer = value.as_integer()?;
    i128::from_str_radix(&integer.as_str().replace('_', ""), integer.radix()).ok()
}

/// The maximum time of a scenario, which no test needs and each clock can add.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// A duration such as `500ms`, `10s` or `2m`, of at most a day.
#[must_use]
pub fn duration(text: &str) -> Option<Duration> {
    any_duration(text).filter(|duration| *duration <= LONGEST)
}

fn any_duration(text: &str) -> Option<Duration> {
    let digits = text.find(|char: char| !char.is_ascii_digit())?;
    let (number, unit) = text.split_at_checked(digits)?;
    let number: u64 = number.parse().ok()?;
    match unit.trim_start() {
        "ms" => Some(Duration::from_millis(number)),
        "s" => Some(Duration::from_secs(number)),
        "m" => number.checked_mul(60).map(Duration::from_secs),
        _ => None,
    }
}

/// The value as JSON; `None` if it or a part of it has no form in JSON: a date, or a number that is not finite.
pub(super) fn json(value: &DeValue<'_>) -> Option<Json> {
    match value {
        DeValue::String(text) => Some(Json::Text(text.as_ref().to_owned())),
        DeValue::Boolean(value) => Some(Json::Boolean(*value)),
        DeValue::Integer(_) => integer(value).map(|integer| Json::Number(integer.to_string())),
        DeValue::Float(float) => {
            let number: f64 = float.as_str().replace('_', "").parse().ok()?;
            // With a decimal point or an exponent, so that it stays a float.
            number.is_finite().then(|| Json::Number(format!("{number:?}")))
        }
        DeValue::Array(elements) => {
            elements.iter().map(|element| json(element.get_ref())).collect::<Option<_>>().map(Json::Array)
        }
        DeValue::Table(entries) => {
            let entry = |(name, value): (&Spanned<std::borrow::Cow<'_, str>>, &Value<'_>)| {
                Some((name.get_ref().as_ref().to_owned(), json(value.get_ref())?))
            };
            entries.iter().map(entry).collect::<Option<_>>().map(Json::Object)
        }
        DeValue::Datetime(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_a_number_with_a_unit() {
        for (text, ms) in [("0ms", 0), ("500ms", 500), ("10s", 10_000), ("2 m", 120_000)] {
            assert_eq!(duration(text), Some(Duration::from_millis(ms)), "{text}");
        }
        for text in
            ["", "10", "s", "-1s", "1.5s", "1h", "é", "99999999999999999999s", "18446744073709551615m"]
        {
            assert_eq!(duration(text), None, "{text}");
        }
    }
}
