// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The keys of a variant.

use proc_macro2::Ident;
use syn::parse::ParseStream;
use syn::{Attribute, LitStr};

use super::{read_keys, syntax};
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
        read_keys(attributes, Place::Variant, errors, |key, name, input| keys.assign(key, name, input));
        keys
    }

    fn assign(&mut self, key: Key, name: &Ident, input: ParseStream) -> syn::Result<()> {
        match key {
            Key::Rename => self.rename = Some(syntax::text(key, name, input)?),
            Key::Alias => self.alias = syntax::texts(key, name, input)?,
            _ => self.fallback = Some(syntax::flag(key, name, input)?),
        }
        Ok(())
    }
}
