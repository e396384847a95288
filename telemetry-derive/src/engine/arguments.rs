// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The arguments of `#[telemetry_engine(…)]`.

use proc_macro2::TokenStream;
use syn::{Path, parse_quote};

use crate::attr::{Argument, Present, read_arguments};
use crate::errors::Errors;
use crate::key::{Key, Place};

/// The arguments of an engine.
pub(super) struct EngineArguments {
    /// The engine of the vocabulary that the struct is.
    pub(super) engine: Option<TokenStream>,
    /// The place of the configuration in the struct.
    pub(super) config: Option<TokenStream>,
    /// The path of `telemetry_guardrails`.
    pub(super) krate: Path,
    pub(super) present: Present,
}

impl EngineArguments {
    pub(super) fn read(tokens: TokenStream, place: Place, errors: &Errors) -> Self {
        let krate = parse_quote!(::telemetry_guardrails);
        let mut arguments = Self { engine: None, config: None, krate, present: Present::default() };
        let assign = |argument: &Argument<'_>| arguments.assign(argument);
        arguments.present = read_arguments(tokens, place, Key::Guardrails, errors, assign);
        arguments
    }

    fn assign(&mut self, argument: &Argument) -> syn::Result<()> {
        match argument.key {
            Key::Engine => self.engine = Some(argument.expression()?),
            Key::Config => self.config = Some(argument.expression()?),
            Key::Guardrails => self.krate = argument.quoted_path()?,
            _ => return Err(argument.misplaced()),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attr::tests::assert_every_key_is_read;

    #[test]
    fn every_key_is_read() {
        for place in [Place::Engine, Place::EngineBlock] {
            assert_every_key_is_read(place, |keys, errors| drop(EngineArguments::read(keys, place, errors)));
        }
    }
}
