// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The arguments of `#[telemetry_engine(…)]`.

use proc_macro2::{Ident, TokenStream};
use syn::{Expr, Path, parse_quote};

use crate::arguments::{self, Grammar};
use crate::errors::Errors;

const GRAMMAR: Grammar = Grammar { attribute: "telemetry_engine", samples: &SAMPLES };

const SAMPLES: [&str; 3] =
    ["engine = RailsEngine::LlmRails", "config = self.config", "crate = \"path::to::telemetry_guardrails\""];

/// What an author has said about an engine.
pub(super) struct Arguments {
    /// Which engine of the vocabulary the struct is.
    pub(super) engine: Option<Expr>,
    /// Where the struct keeps its configuration.
    pub(super) config: Option<Expr>,
    /// Where `telemetry_guardrails` is.
    pub(super) krate: Path,
    /// A key that only a struct can have.
    pub(super) struct_key: Option<Ident>,
    /// Whether nothing was left out because it could not be read.
    pub(super) are_read: bool,
}

impl Arguments {
    pub(super) fn read(tokens: TokenStream, errors: &Errors) -> Option<Self> {
        let arguments = arguments::Arguments::read(GRAMMAR, tokens, errors);
        let value = |key| arguments.get(key).map(|argument| syn::parse2(argument.value.clone()));
        Some(Self {
            engine: errors.keep(value("engine").transpose())?,
            config: errors.keep(value("config").transpose())?,
            krate: errors.keep(arguments.krate(parse_quote!(::telemetry_guardrails)))?,
            are_read: arguments.are_read,
            struct_key: arguments.iter().map(|argument| &argument.key).find(|key| *key != "crate").cloned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::SAMPLES;

    #[test]
    fn the_readme_shows_every_argument_and_the_mark() {
        let readme = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md"));
        for shown in SAMPLES.into_iter().chain(["#[telemetry(constructor)]"]) {
            assert!(readme.contains(&format!("| `{shown}` |")), "README.md lacks the row of `{shown}`");
        }
    }
}
