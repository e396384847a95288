// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The keys of a field.

use proc_macro2::{Ident, TokenStream};
use syn::{Attribute, LitInt, LitStr};

use super::{Bounds, Entry, Present, read_keys};
use crate::errors::{Errors, problem_at};
use crate::key::{Key, Place};

/// The keys of a field.
#[derive(Default)]
pub(crate) struct FieldKeys {
    pub(crate) rename: Option<LitStr>,
    pub(crate) range: Option<Bounds>,
    pub(crate) sentinel: Option<TokenStream>,
    pub(crate) free_text: Option<LitStr>,
    pub(crate) max_len: Option<LitInt>,
    pub(crate) bucket: Option<Vec<LitInt>>,
    pub(crate) outcome: Option<Ident>,
    pub(crate) duration: Option<TimeUnit>,
    pub(crate) present: Present,
}

/// The unit of a duration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TimeUnit {
    Milliseconds,
    Seconds,
}

impl FieldKeys {
    pub(crate) fn read(attributes: &[Attribute], place: Place, errors: &Errors) -> Self {
        let mut keys = Self::default();
        keys.present = read_keys(attributes, place, errors, |entry| keys.assign(entry));
        keys
    }

    fn assign(&mut self, entry: &Entry) -> syn::Result<()> {
        match entry.key {
            Key::Rename => self.rename = Some(entry.text()?),
            Key::Range => self.range = Some(entry.bounds()?),
            Key::Sentinel => self.sentinel = Some(entry.expression()?),
            Key::FreeText => self.free_text = Some(entry.text()?),
            Key::MaxLen => self.max_len = Some(entry.count()?),
            Key::Bucket => self.bucket = Some(entry.numbers()?),
            Key::Outcome => self.outcome = Some(entry.flag()?),
            Key::Duration => self.duration = Some(unit(&entry.text()?)?),
            _ => return Err(entry.misplaced()),
        }
        Ok(())
    }

    /// The tokens of `key`, if the field has it.
    pub(crate) fn token(&self, key: Key) -> Option<&Ident> {
        self.present.token(key)
    }
}

fn unit(text: &LitStr) -> syn::Result<TimeUnit> {
    match text.value().as_str() {
        "ms" => Ok(TimeUnit::Milliseconds),
        "s" => Ok(TimeUnit::Seconds),
        other => Err(problem_at(
            text,
            format_args!("`{other}` is not a unit of `duration`"),
            "write `duration = \"ms\"` or `duration = \"s\"`",
        )),
    }
}
