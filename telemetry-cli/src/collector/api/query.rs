// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The parameters of a query.

use std::fmt::Display;
use std::str::FromStr;

use clap::ValueEnum as _;

use crate::collector::export::Format;
use crate::collector::store::Filter;

/// Parameters of the routes. Each route uses those that it has.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Parameters {
    pub(super) filter: Filter,
    /// The most events of the answer.
    pub(super) limit: Option<usize>,
    /// The time that is counted, back from now.
    pub(super) minutes: Option<i64>,
    pub(super) format: Option<Format>,
}

/// Reads the parameters. An error is a sentence for the user.
pub(super) fn parameters(pairs: Vec<(String, String)>) -> Result<Parameters, String> {
    pairs.into_iter().try_fold(Parameters::default(), |mut parameters, (key, value)| {
        set(&mut parameters, &key, value)?;
        Ok(parameters)
    })
}

fn set(parameters: &mut Parameters, key: &str, value: String) -> Result<(), String> {
    let filter = &mut parameters.filter;
    match key {
        "q" => filter.text = Some(value),
        "name" => filter.name = Some(value),
        "product" => filter.product = Some(value),
        "session" => filter.session = Some(value),
        "valid" => filter.is_valid = Some(parse(key, &value)?),
        "before" => filter.before = Some(parse(key, &value)?),
        "after" => filter.after = Some(parse(key, &value)?),
        "limit" => parameters.limit = Some(parse(key, &value)?),
        "minutes" => parameters.minutes = Some(parse(key, &value)?),
        "format" => parameters.format = Some(format(&value)?),
        _ => return Err(format!("unknown parameter `{}`", key.escape_debug())),
    }
    Ok(())
}

fn parse<T: FromStr<Err: Display>>(key: &str, value: &str) -> Result<T, String> {
    value.parse().map_err(|error| format!("`{key}` has an invalid value: {error}"))
}

fn format(value: &str) -> Result<Format, String> {
    Format::from_str(value, false).map_err(|_| "`format` has to be `jsonl` or `csv`".to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Parameters, parameters};

    fn read(pairs: &[(&str, &str)]) -> Result<Parameters, String> {
        parameters(pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect())
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
            ("limit", "-1", "`limit` has an invalid value"),
            ("valid", "maybe", "`valid` has an invalid value"),
            ("before", "99999999999999999999", "`before` has an invalid value"),
            ("format", "xml", "`format` has to be `jsonl` or `csv`"),
            ("sort\u{1b}", "1", "unknown parameter `sort\\u{1b}`"),
        ] {
            let error = read(&[(key, value)]).unwrap_err();
            assert!(error.contains(expected), "{error}");
        }
    }
}
