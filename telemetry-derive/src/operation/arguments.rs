// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The arguments of `#[telemetry_operation(…)]`.

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::{Path, parse_quote};

use crate::arguments::{self, Argument, Grammar};
use crate::errors::{Errors, problem_at};

/// What an author has said about an operation.
pub(super) struct Arguments {
    /// Who reports it.
    pub(super) client: Option<TokenStream>,
    /// The event as it is when the operation starts.
    pub(super) event: Option<TokenStream>,
    /// What the body calls the operation.
    pub(super) operation: Option<Ident>,
    /// Tells from what was returned how it ended.
    pub(super) outcome: Option<Argument>,
    /// Where `telemetry_core` is.
    pub(super) krate: Path,
    /// Whether nothing was left out because it could not be read.
    pub(super) are_read: bool,
}

const GRAMMAR: Grammar = Grammar { attribute: "telemetry_operation", samples: &SAMPLES };

const SAMPLES: [&str; 5] = [
    "client = self.telemetry",
    "event = SandboxCreate::default()",
    "operation = operation",
    "outcome = |status| if status.success() { Ending::Success } else { Ending::Failure }",
    "crate = \"path::to::telemetry_core\"",
];

impl Arguments {
    pub(super) fn read(tokens: TokenStream, errors: &Errors) -> Self {
        let arguments = arguments::Arguments::read(GRAMMAR, tokens, errors);
        let value = |key| arguments.get(key).map(|argument| argument.value.clone());
        let outcome = arguments.get("outcome");
        let krate: Path = parse_quote!(::telemetry_core);
        Self {
            client: value("client"),
            event: value("event"),
            operation: arguments.get("operation").and_then(|argument| errors.keep(binding(argument))),
            outcome: outcome.map(|one| Argument { key: one.key.clone(), value: one.value.clone() }),
            krate: errors.keep(arguments.krate(krate.clone())).unwrap_or(krate),
            are_read: arguments.are_read,
        }
    }
}

/// The name of a variable.
fn binding(argument: &Argument) -> syn::Result<Ident> {
    syn::parse2(argument.value.clone()).map_err(|_| {
        problem_at(
            argument.value.to_token_stream(),
            "`operation` takes the name by which the body calls the operation",
            "write `operation = operation`",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::SAMPLES;

    #[test]
    fn the_readme_shows_every_argument() {
        let readme = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md"));
        for sample in SAMPLES {
            let row = format!("| `{}` |", sample.replace('|', "\\|"));
            assert!(readme.contains(&row), "README.md lacks the row {row}");
        }
    }
}
