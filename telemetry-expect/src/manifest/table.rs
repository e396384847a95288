// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Values of a TOML table, with a mistake for each that cannot be used.

use std::borrow::Cow;
use std::cell::RefCell;
use std::time::Duration;

use telemetry_schema::__cli1::nearest;
use telemetry_schema::json::Json;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error::Mistake;
use super::placed::Placed;
use super::values::{Value, duration, integer, json, shown};

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
            mistakes.add(at, format!("{what} is {}, not a table", shown(value)), help);
        }
        entries.map(|entries| Self { entries, at, mistakes })
    }

    /// Reports each key that is not `known`, with the help that `help` has for it, if it has one.
    pub(super) fn check_keys(self, what: &str, known: &[&str], help: impl Fn(&str) -> Option<String>) {
        for key in self.entries.keys().filter(|key| !known.contains(&key.get_ref().as_ref())) {
            let name = key.get_ref();
            let help = help(name).unwrap_or_else(|| remedy(name, "keys", known, ""));
            self.mistakes.add(key.span().start, format!("unknown key `{name}` of {what}"), help);
        }
    }

    /// Reports that `what` has no name, unless its key is misspelled, which is a mistake already.
    pub(super) fn lacks_name(self, what: &str) {
        if !self.entries.keys().any(|key| nearest(key.get_ref(), ["name"]).is_some()) {
            self.mistakes.add(self.at, format!("{what} without a name"), "add `name = \"…\"`");
        } else if let Some(name) = self.get("name").filter(|name| name.get_ref().as_str() == Some("")) {
            self.mistakes.add(name.span().start, format!("{what} with an empty name"), "write its name");
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
            let problem = format!("`{key}` is {}, not {expected}", shown(value));
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

    pub(super) fn integer<T: TryFrom<i128>>(self, key: &str, expected: &str) -> Option<T> {
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
        let value = self.get(key)?;
        let duration = value.get_ref().as_str().and_then(duration);
        if duration.is_none() {
            let problem = format!("`{key}` is {}, not a time of at most a day", shown(value));
            let help =
                format!("write a whole number with the unit `ms`, `s` or `m`, such as `{key} = \"10s\"`");
            self.mistakes.add(value.span().start, problem, help);
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
        let text = |text: &DeValue<'_>| text.as_str().map(str::to_owned);
        self.list(key, ["a list of texts", "a text"], example, text)
    }

    /// The elements of an array as `read` returns them. Each for which it returns `None` is a mistake. `expected` is the kind of the
    /// array and of its elements.
    pub(super) fn list<T>(
        self,
        key: &str,
        expected: [&str; 2],
        example: &str,
        read: impl Fn(&'t DeValue<'t>) -> Option<T>,
    ) -> Option<Vec<Placed<T>>> {
        let [list, element] = expected;
        let elements = self.typed(key, list, example, DeValue::as_array)?;
        let read = |value: &'t Value<'t>| {
            let at = value.span().start;
            let read = read(value.get_ref());
            if read.is_none() {
                let problem = format!("`{key}` contains {}, which is not {element}", shown(value));
                self.mistakes.add(at, problem, format!("write it like `{key} = {example}`"));
            }
            read.map(|value| Placed::new(value, at))
        };
        Some(elements.iter().filter_map(read).collect())
    }

    /// Names with texts, in the order of the names.
    pub(super) fn pairs(self, key: &str, example: &str) -> Vec<(Placed<String>, String)> {
        let entries = self.typed(key, "a table of texts", example, DeValue::as_table);
        let pair = |(name, value): (&Spanned<Cow<'t, str>>, &'t Value<'t>)| {
            let text = value.get_ref().as_str();
            if text.is_none() {
                let problem = format!("`{}` of `{key}` is {}, not a text", name.get_ref(), shown(value));
                self.mistakes.add(value.span().start, problem, format!("write it like `{key} = {example}`"));
            }
            Some((Placed::new(name.get_ref().to_string(), name.span().start), text?.to_owned()))
        };
        entries.into_iter().flatten().filter_map(pair).collect()
    }

    /// The tables of the array `[[key]]`.
    pub(super) fn tables(self, key: &str) -> Vec<Self> {
        let example = format!("begin each with a line `[[{key}]]`");
        let Some(value) = self.get(key) else { return Vec::new() };
        let Some(elements) = value.get_ref().as_array() else {
            let problem = format!("`{key}` is {}, not an array of tables", shown(value));
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
