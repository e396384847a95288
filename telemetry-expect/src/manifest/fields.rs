// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Reads expected values.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeSet;

use telemetry_schema::json::Json;
use toml::Spanned;
use toml::de::DeValue;

use super::keys::{MATCHER, in_matcher};
use super::matcher::{Field, Matcher};
use super::number::compare;
use super::placed::Placed;
use super::table::{Mistakes, Table};
use super::values::{Value, json, shown};

/// The help for an expected value.
const MATCHER_HELP: &str = "write a value, or one of `{ equal = … }`, `{ one_of = […] }`, `{ min = …, max = … }`, `{ present = true }`, `{ absent = true }`";

/// A JSON pointer. A name without a slash at its start is that of a member.
pub(super) fn pointer(name: &str) -> String {
    if name.is_empty() || name.starts_with('/') { name.to_owned() } else { pointer_to(name) }
}

/// The JSON pointer of the member with this name.
pub(super) fn pointer_to(name: &str) -> String {
    format!("/{}", name.replace('~', "~0").replace('/', "~1"))
}

/// The key for this pointer: a name for a member at the top.
pub(super) fn key_of(pointer: &str) -> &str {
    let name = pointer.strip_prefix('/').filter(|name| !name.is_empty() && !name.contains(['/', '~']));
    name.unwrap_or(pointer)
}

/// The expected values in the table `key`, in the order of the file.
pub(super) fn fields(table: Table<'_>, key: &str) -> Vec<Field> {
    let Some(value) = table.get(key) else { return Vec::new() };
    let help = format!("write it like `{key} = {{ outcome = \"success\" }}`");
    let Some(fields) = Table::of(value, &format!("`{key}`"), &help, table.mistakes) else {
        return Vec::new();
    };
    let mut entries: Vec<_> = fields.entries.iter().collect();
    entries.sort_by_key(|(name, _)| name.span().start);
    let mut pointers = BTreeSet::new();
    let field = |(name, value): (&Spanned<Cow<'_, str>>, &Value<'_>)| {
        let (pointer, at) = (pointer(name.get_ref()), name.span().start);
        if !pointers.insert(pointer.clone()) {
            let problem = format!("a second expected value of `{pointer}`");
            table.mistakes.add(at, problem, "remove one of them");
        }
        let matcher = Placed::new(matcher(name.get_ref(), value, table.mistakes)?, value.span().start);
        Some(Field { pointer: Placed::new(pointer, at), matcher })
    };
    entries.into_iter().filter_map(field).collect()
}

/// The matcher in `value`. Reports a mistake if the value cannot be expected.
fn matcher(name: &str, value: &Value<'_>, mistakes: &Mistakes) -> Option<Matcher> {
    match value.get_ref() {
        DeValue::Table(entries) => of_table(name, Table { entries, at: value.span().start, mistakes }),
        _ => exact(&format!("the expected value of `{name}`"), value, mistakes).map(Matcher::Equal),
    }
}

/// The value in JSON.
fn exact(what: &str, value: &Value<'_>, mistakes: &Mistakes) -> Option<Json> {
    let json = json(value.get_ref());
    if json.is_none() {
        let problem = match value.get_ref() {
            DeValue::Array(_) | DeValue::Table(_) => {
                format!("{what} contains a value that JSON does not have")
            }
            _ => format!("{what} is {}, which JSON does not have", shown(value)),
        };
        mistakes.add(value.span().start, problem, "write a text in quotes, a finite number, or a boolean");
    }
    json
}

fn of_table(name: &str, table: Table<'_>) -> Option<Matcher> {
    let what = format!("the expected value of `{name}`");
    let keys: Vec<&str> = table.entries.keys().map(|key| key.get_ref().as_ref()).collect();
    if keys.iter().any(|key| !MATCHER.contains(key)) {
        table.check_keys(&what, &MATCHER, |key| Some(in_matcher(key, name)));
        return None;
    }
    match keys.as_slice() {
        ["equal"] => exact(&what, table.get("equal")?, table.mistakes).map(Matcher::Equal),
        ["one_of"] => one_of(table).map(Matcher::OneOf),
        ["max" | "min"] | ["max", "min"] => Some(range(table)),
        ["present"] => table.boolean("present").map(|is| if is { Matcher::Present } else { Matcher::Absent }),
        ["absent"] => table.boolean("absent").map(|is| if is { Matcher::Absent } else { Matcher::Present }),
        [] => {
            table.mistakes.add(table.at, format!("{what} is empty"), MATCHER_HELP);
            None
        }
        [one, other, ..] => {
            table.mistakes.add(table.at, format!("{what} has `{one}` beside `{other}`"), MATCHER_HELP);
            None
        }
        [_] => None,
    }
}

fn one_of(table: Table<'_>) -> Option<Vec<Json>> {
    let expected = ["a list of values", "a value that JSON has"];
    let values = table.list("one_of", expected, "[\"a\", \"b\"]", json)?;
    if table.get("one_of")?.get_ref().as_array().is_some_and(|values| values.is_empty()) {
        table.add_mistake("one_of", "`one_of` is empty", "write the values: `one_of = [\"a\", \"b\"]`");
        return None;
    }
    Some(values.into_iter().map(|value| value.value).collect())
}

fn range(table: Table<'_>) -> Matcher {
    let (min, max) = (table.number("min"), table.number("max"));
    let order = min.as_ref().zip(max.as_ref()).and_then(|(min, max)| compare(min, max));
    if order == Some(Ordering::Greater) {
        table.add_mistake("min", "`min` is greater than `max`", "correct one of them");
    }
    Matcher::Range(min, max)
}
