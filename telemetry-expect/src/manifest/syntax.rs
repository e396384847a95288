// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Mistakes in the syntax of TOML.

use toml::de::Error;

use super::error::Mistake;

/// The mistake in a text that is not TOML.
pub(super) fn mistake(text: &str, error: &Error) -> Mistake {
    let at = error.span().map_or(0, |span| span.start);
    let rest = text.get(at..).unwrap_or_default();
    let problem = match error.message() {
        _ if rest.starts_with("null") => "`null` is not a value in TOML".to_owned(),
        message => format!("not TOML: {message}"),
    };
    Mistake { at, problem, help: help(text, rest, error.message()).to_owned() }
}

/// The help for the mistake before `rest`.
fn help(text: &str, rest: &str, message: &str) -> &'static str {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    match message {
        _ if rest.starts_with("null") => {
            "write `{ present = true }`, which accepts any value, `null` included"
        }
        _ if start.starts_with('{') => {
            "write TOML instead of JSON: `name = \"order\"` below a line `[[event]]`"
        }
        _ if message.contains("duplicate key") => "remove one of them, or merge their values",
        _ if message.starts_with("key with no value") => "write `=` between a key and its value",
        _ if message.contains("must be quoted") => "write quotes before and after the text",
        _ => "correct the syntax: a line of TOML is `key = value`, `[table]`, `[[event]]` or a `# comment`",
    }
}
