// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The keys of a variant.

use proc_macro2::Ident;
use syn::{Attribute, LitStr};

use super::{Argument, read_keys};
use crate::errors::Errors;
use crate::key::{Key, Place};

/// The keys of a variant.
#[derive(Default)]
pub(crate) struct VariantKeys {
    pub(crate) rename: Option<LitStr>,
    pub(crate) alias: Vec<LitStr>,
    pub(crate) fallback: Option<Ident>,
}

impl VariantKeys {
    pub(crate) fn read(attributes: &[Attribute], errors: &Errors) -> Self {
        let mut keys = Self::default();
        read_keys(attributes, Place::Variant, errors, |argument| keys.assign(argument));
        keys
    }

    fn assign(&mut self, argument: &Argument) -> syn::Result<()> {
        match argument.key {
            Key::Rename => self.rename = Some(argument.text()?),
            Key::Alias => self.alias = argument.texts()?,
            Key::Fallback => self.fallback = Some(argument.flag()?),
            _ => return Err(argument.misplaced()),
        }
        Ok(())
    }
}
