// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The parameters of a query.

use std::str::FromStr;

use clap::ValueEnum as _;

use crate::collector::export::Format;
use crate::collector::store::Filter;

/// Parameters of the routes.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Parameters {
    pub(super) filter: Filter,
    /// The most events of the answer.
    pub(super) limit: Option<usize>,
    /// The time that is counted, back from now.
    pub(super) minutes: Option<i64>,
    pub(super) format: Option<Format>,
}

/// The parameters that every route has.
const OF_EVERY_ROUTE: [&str; 7] = ["q", "name", "product", "session", "valid", "before", "after"];

/// A year.
const MAX_MINUTES: i64 = 365 * 24 * 60;

/// Reads the parameters: those of every route, and those called `of_route`. An error is a sentence for the user.
pub(super) fn parameters(pairs: Vec<(String, String)>, of_route: &[&str]) -> Result<Parameters, String> {
    let mut parameters = Parameters::default();
    let mut left: Vec<&str> = OF_EVERY_ROUTE.iter().chain(of_route).copied().collect();
    for (key, value) in pairs {
        let Some(place) = left.iter().position(|name| *name == key) else {
            return Err(unusable(&key, of_route));
        };
        set(&mut parameters, left.swap_remove(place), value)?;
    }
    Ok(parameters)
}

fn unusable(key: &str, of_route: &[&str]) -> String {
    let known: Vec<&str> = OF_EVERY_ROUTE.iter().chain(of_route).copied().collect();
    if known.contains(&key) {
        return format!("`{key}` is given twice");
    }
    format!("unknown parameter `{}`; this route has `{}`", key.escape_debug(), known.join("`, `"))
}

fn set(parameters: &mut Parameters, key: &str, value: String) -> Result<(), String> {
    let filter = &mut parameters.filter;
    match key {
        "q" => filter.text = Some(value),
        "name" => filter.name = Some(value),
        "product" => filter.product = Some(value),
        "session" => filter.session = Some(value),
        "valid" => filter.is_valid = Some(parse(key, &value, "`true` or `false`")?),
        "before" => filter.before = Some(parse(key, &value, "the id of an event")?),
        "after" => filter.after = Some(parse(key, &value, "the id of an event")?),
        "limit" => parameters.limit = Some(parse(key, &value, "a number of events")?),
        "minutes" => parameters.minutes = Some(minutes(&value)?),
        _ => parameters.format = Some(format(&value)?),
    }
    Ok(())
}

fn parse<T: FromStr>(key: &str, value: &str, expected: &str) -> Result<T, String> {
    value.parse().map_err(|_| format!("`{key}` has to be {expected}"))
}

fn minutes(value: &str) -> Result<i64, String> {
    let minutes = value.parse().ok().filter(|minutes| (1..=MAX_MINUTES).contains(minutes));
    minutes.ok_or_else(|| format!("`minutes` has to be a number from 1 to {MAX_MINUTES}"))
}

fn format(value: &str) -> Result<Format, String> {
    Format::from_str(value, false).map_err(|_| "`format` has to be `jsonl` or `csv`".to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Parameters, parameters};

    fn read(pairs: &[(&str, &str)]) -> Result<Parameters, String> {
        let pairs = pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
        parameters(pairs.collect(), &["limit", "minutes", "format"])
    }

    #[test]
    fn every_parameter_of_the_filter_is_read() {
        let read =
            read(&[("q", "a b"), ("valid", "false"), ("before", "7"), ("limit", "3"), ("session", "")])
                .unwrap();
        assert_eq!((read.filter.text.as_deref(), read.filter.is_valid), (Some("a b"), Some(false)));
        assert_eq!(
            (read.filter.before, read.filter.session.as_deref(), read.limit),
            (Some(7), Some(""), Some(3))
        );
    }

    #[test]
    fn a_parameter_that_cannot_be_used_is_an_error() {
        for (key, value, expected) in [
            ("limit", "-1", "`limit` has to be a number of events"),
            ("valid", "maybe", "`valid` has to be `true` or `false`"),
            ("before", "99999999999999999999", "`before` has to be the id of an event"),
            ("minutes", "0", "`minutes` has to be a number from 1 to 525600"),
            ("format", "xml", "`format` has to be `jsonl` or `csv`"),
            ("sort\u{1b}", "1", "unknown parameter `sort\\u{1b}`; this route has `q`, `name`"),
        ] {
            let error = read(&[(key, value)]).unwrap_err();
            assert!(error.starts_with(expected), "{error}");
        }
        assert_eq!(read(&[("q", "a"), ("q", "b")]).unwrap_err(), "`q` is given twice");
        assert!(parameters(vec![("limit".into(), "1".into())], &["format"]).is_err(), "of another route");
    }
}
