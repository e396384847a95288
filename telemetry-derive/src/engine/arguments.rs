// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The arguments of `#[telemetry_engine(…)]`.

use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Expr, Ident, LitStr, Path, Token, parse_quote};

use crate::errors::problem_at;
use crate::nearest::nearest;

const KEYS: [&str; 3] = ["engine", "config", "crate"];

/// What an author has said about an engine.
pub(super) struct Arguments {
    /// Which engine of the vocabulary the struct is.
    pub(super) engine: Option<Expr>,
    /// Where the struct keeps its configuration.
    pub(super) config: Option<Expr>,
    /// Where `telemetry_guardrails` is.
    pub(super) krate: Path,
    keys: Vec<Ident>,
}

impl Arguments {
    /// A key that only a struct can have.
    pub(super) fn struct_key(&self) -> Option<&Ident> {
        self.keys.iter().find(|key| *key != "crate")
    }

    fn read(&mut self, input: ParseStream<'_>) -> syn::Result<()> {
        let key = Ident::parse_any(input)?;
        let name = key.to_string();
        if !KEYS.contains(&name.as_str()) {
            return Err(unknown(&key));
        }
        if self.keys.contains(&key) {
            return Err(problem_at(&key, format_args!("`{key}` is given twice"), "leave one of them out"));
        }
        if !input.peek(Token![=]) {
            return Err(problem_at(&key, format_args!("`{key}` needs a value"), sample(&name)));
        }
        input.parse::<Token![=]>()?;
        match name.as_str() {
            "engine" => self.engine = Some(input.parse()?),
            "config" => self.config = Some(input.parse()?),
            _ => self.krate = crate_path(input)?,
        }
        self.keys.push(key);
        Ok(())
    }
}

fn crate_path(input: ParseStream<'_>) -> syn::Result<Path> {
    let text: LitStr = input.parse().map_err(|error| {
        syn::Error::new(error.span(), format!("`crate` needs a path in quotes\nhelp: {}", sample("crate")))
    })?;
    text.parse()
        .map_err(|_| problem_at(&text, "`crate` needs the path of a crate or module", sample("crate")))
}

fn unknown(key: &Ident) -> syn::Error {
    let help = match nearest(&key.to_string(), KEYS) {
        Some(name) => format!("did you mean `{name}`? {}", sample(name)),
        None => "the keys are `engine`, `config` and `crate`".to_owned(),
    };
    problem_at(key, format_args!("`{key}` is no key of `#[telemetry_engine]`"), help)
}

fn sample(key: &str) -> &'static str {
    match key {
        "engine" => "write `engine = RailsEngine::LlmRails`",
        "config" => "write `config = self.config`",
        _ => "write `crate = \"path::to::telemetry_guardrails\"`",
    }
}

impl Parse for Arguments {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let krate = parse_quote!(::telemetry_guardrails);
        let mut arguments = Self { engine: None, config: None, krate, keys: Vec::new() };
        while !input.is_empty() {
            arguments.read(input)?;
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(arguments)
    }
}
