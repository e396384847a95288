// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The arguments of `#[telemetry_operation(…)]`.

use proc_macro2::{Ident, TokenStream};
use syn::{Path, parse_quote};

use crate::attr::{Argument, Present, read_arguments};
use crate::errors::Errors;
use crate::key::{Key, Place};

/// The arguments of an operation.
pub(super) struct OperationArguments {
    /// The client that reports it.
    pub(super) client: Option<TokenStream>,
    /// The event as it is when the operation starts.
    pub(super) event: Option<TokenStream>,
    /// The name of the operation in the body.
    pub(super) operation: Option<Ident>,
    /// The function from the returned value to the outcome.
    pub(super) outcome: Option<TokenStream>,
    /// The path of `telemetry_core`.
    pub(super) krate: Path,
    pub(super) present: Present,
}

impl OperationArguments {
    pub(super) fn read(tokens: TokenStream, errors: &Errors) -> Self {
        let mut arguments = Self {
            client: None,
            event: None,
            operation: None,
            outcome: None,
            krate: parse_quote!(::telemetry_core),
            present: Present::default(),
        };
        let assign = |argument: &Argument<'_>| arguments.assign(argument);
        arguments.present = read_arguments(tokens, Place::Operation, Key::Crate, errors, assign);
        arguments
    }

    fn assign(&mut self, argument: &Argument) -> syn::Result<()> {
        match argument.key {
            Key::Client => self.client = Some(argument.expression()?),
            Key::Event => self.event = Some(argument.expression()?),
            Key::Operation => self.operation = Some(argument.variable()?),
            Key::OperationOutcome => self.outcome = Some(argument.expression()?),
            Key::Crate => self.krate = argument.quoted_path()?,
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
        assert_every_key_is_read(Place::Operation, |keys, errors| {
            drop(OperationArguments::read(keys, errors))
        });
    }
}
