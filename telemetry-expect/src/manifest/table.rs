// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Values of a TOML table, with a mistake for each that cannot be used.

use std::cell::RefCell;
use std::time::Duration;

use telemetry_schema::__cli1::nearest;
use telemetry_schema::json::Json;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error::Mistake;
use super::placed::Placed;

pub(super) type Value<'a> = Spanned<DeValue<'a>>;

/// The maximum time of a scenario, which no test needs and each clock can add.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// The maximum number of names or values that a help lists.
const MOST_LISTED: usize = 20;

/// The mistakes found so far.
#[derive(Debug, Default)]
pub(super) struct Mistakes(RefCell<Vec<Mistake>>);

impl Mistakes {
    pub(super) fn add(&self, at: usize, problem: impl Into<String>, help: impl Into<String>) {
        self.0.borrow_mut().push(Mistake { at, problem: problem.into(), help: help.into() });
    }

    pub(super) fn into_inner(self) -> Vec<Mistake> {
        self.0.into_inner()
    }
}

/// A table of a known kind.
#[derive(Clone, Copy)]
pub(super) struct Table<'t> {
    pub(super) entries: &'t DeTable<'t>,
    /// The byte index of the table.
    pub(super) at: usize,
    pub(super) mistakes: &'t Mistakes,
}

impl<'t> Table<'t> {
    /// The table in `value`.
    pub(super) fn of(value: &'t Value<'t>, what: &str, help: &str, mistakes: &'t Mistakes) -> Option<Self> {
        let at = value.span().start;
        let entries = value.get_ref().as_table();
        if entries.is_none() {
            mistakes.add(at, format!("{what} is {}, not a table", kind(value)), help);
        }
        entries.map(|entries| Self { entries, at, mistakes })
    }

    /// Reports each key that is not `known`.
    pub(super) fn check_keys(self, what: &str, known: &[&str]) {
        for key in self.entries.keys().filter(|key| !known.contains(&key.get_ref().as_ref())) {
            let name = key.get_ref();
            let help = remedy(name, "keys", known, "");
            self.mistakes.add(key.span().start, format!("unknown key `{name}` of {what}"), help);
        }
    }

    pub(super) fn get(self, key: &str) -> Option<&'t Value<'t>> {
        self.entries.get(key)
    }

    /// The value of `key` as `read` returns it. If it returns `None`, the value is a mistake.
    fn typed<T>(
        self,
        key: &str,
        expected: &str,
        example: &str,
        read: impl Fn(&'t DeValue<'t>) -> Option<T>,
    ) -> Option<T> {
        let value = self.get(key)?;
        let read = read(value.get_ref());
        if read.is_none() {
            let problem = format!("`{key}` is {}, not {expected}", kind(value));
            self.mistakes.add(value.span().start, problem, format!("write it like `{key} = {example}`"));
        }
        read
    }

    pub(super) fn text(self, key: &str, example: &str) -> Option<String> {
        self.typed(key, "a text", example, |value| value.as_str().map(str::to_owned))
    }

    pub(super) fn boolean(self, key: &str) -> Option<bool> {
        self.typed(key, "a boolean", "true", DeValue::as_bool)
    }

    pub(super) fn integer<T: TryFrom<i64>>(self, key: &str, expected: &str) -> Option<T> {
        self.typed(key, expected, "1", |value| integer(value)?.try_into().ok())
    }

    /// The number in JSON.
    pub(super) fn number(self, key: &str) -> Option<String> {
        self.typed(key, "a finite number", "1", |value| match json(value) {
            Some(Json::Number(number)) => Some(number),
            _ => None,
        })
    }

    pub(super) fn duration(self, key: &str) -> Option<Duration> {
        let duration = self.typed(key, "a duration", "\"500ms\"", |value| duration(value.as_str()?));
        if duration.is_some_and(|duration| duration > LONGEST) {
            self.add_mistake(
                key,
                format!("`{key}` is longer than a day"),
                "write a shorter time, such as `\"10m\"`",
            );
        }
        duration
    }

    /// Reports a mistake at the value of `key`.
    pub(super) fn add_mistake(self, key: &str, problem: impl Into<String>, help: impl Into<String>) {
        self.mistakes.add(self.place_of(key), problem, help);
    }

    /// The byte index of the value of `key`, or else of the table.
    pub(super) fn place_of(self, key: &str) -> usize {
        self.get(key).map_or(self.at, |value| value.span().start)
    }

    pub(super) fn texts(self, key: &str, example: &str) -> Option<Vec<Placed<String>>> {
        let text =
            |text: &Value<'_>| Some(Placed::new(text.get_ref().as_str()?.to_owned(), text.span().start));
        self.typed(key, "a list of texts", example, |value| value.as_array()?.iter().map(text).collect())
    }

    pub(super) fn integers<T: TryFrom<i64>>(
        self,
        key: &str,
        expected: &str,
        example: &str,
    ) -> Option<Vec<T>> {
        self.typed(key, expected, example, |value| {
            value.as_array()?.iter().map(|value| integer(value.get_ref())?.try_into().ok()).collect()
        })
    }

    /// Names with texts, in the order of the names.
    pub(super) fn pairs(self, key: &str, example: &str) -> Vec<(String, String)> {
        let pairs = self.typed(key, "a table of texts", example, |value| {
            let entries = value.as_table()?.iter();
            let pair = |(name, value): (&Spanned<_>, &'t Value<'t>)| {
                Some((AsRef::<str>::as_ref(name.get_ref()).to_owned(), value.get_ref().as_str()?.to_owned()))
            };
            entries
                .map(|(name, value): (&Spanned<std::borrow::Cow<'t, str>>, _)| pair((name, value)))
                .collect()
        });
        pairs.unwrap_or_default()
    }

    /// The tables of the array `[[key]]`.
    pub(super) fn tables(self, key: &str) -> Vec<Self> {
        let example = format!("begin each with a line `[[{key}]]`");
        let Some(value) = self.get(key) else { return Vec::new() };
        let Some(elements) = value.get_ref().as_array() else {
            let problem = format!("`{key}` is {}, not an array of tables", kind(value));
            self.mistakes.add(value.span().start, problem, example);
            return Vec::new();
        };
        let what = format!("an element of `{key}`");
        elements.iter().filter_map(|element| Self::of(element, &what, &example, self.mistakes)).collect()
    }
}

/// The help for a name that is not `known`. If it resembles none of them, they are listed, followed by `otherwise`.
pub(super) fn remedy(name: &str, what: &str, known: &[&str], otherwise: &str) -> String {
    if let Some(nearest) = nearest(name, known.iter().copied()) {
        return format!("write `{nearest}`");
    }
    let known = (!known.is_empty())
        .then(|| format!("the {what} are {}", listed(known.iter().map(|name| format!("`{name}`")))));
    let parts = known.into_iter().chain((!otherwise.is_empty()).then(|| otherwise.to_owned()));
    parts.collect::<Vec<_>>().join("; ")
}

/// The first of these, and the number of the others.
pub(super) fn listed(all: impl ExactSizeIterator<Item = String>) -> String {
    let more = all.len().saturating_sub(MOST_LISTED);
    let first = all.take(MOST_LISTED).collect::<Vec<_>>().join(", ");
    if more == 0 { first } else { format!("{first}, and {more} more") }
}

/// The kind of a value, for a message.
fn kind(value: &Value<'_>) -> String {
    let article = if value.get_ref().is_integer() || value.get_ref().is_array() { "an" } else { "a" };
    format!("{article} {}", value.get_ref().type_str())
}

fn integer(value: &DeValue<'_>) -> Option<i64> {
    let integer = value.as_integer()?;
    i64::from_str_radix(&integer.as_str().replace('_', ""), integer.radix()).ok()
}

/// A duration such as `500ms`, `10s` or `2m`.
fn duration(text: &str) -> Option<Duration> {
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
