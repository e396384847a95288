// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The keys of an event, a value struct and an enum.

use proc_macro2::Ident;
use syn::{Attribute, LitStr, Path, Type};
use telemetry_schema::name::Case;
use telemetry_schema::nearest::nearest;

use super::{Argument, Present, Version, read_keys};
use crate::errors::{Errors, problem_at};
use crate::key::{Key, Place};

/// The keys of an event.
#[derive(Default)]
pub(crate) struct EventKeys {
    pub(crate) product: Option<Type>,
    pub(crate) event_name: Option<LitStr>,
    pub(crate) schema_version: Option<Version>,
    pub(crate) schema: Option<LitStr>,
    pub(crate) default: Option<Ident>,
    pub(crate) core: Option<Path>,
    pub(crate) present: Present,
}

impl EventKeys {
    pub(crate) fn read(attributes: &[Attribute], errors: &Errors) -> Self {
        let mut keys = Self::default();
        keys.present = read_keys(attributes, Place::Event, errors, |argument| keys.assign(argument));
        keys
    }

    fn assign(&mut self, argument: &Argument) -> syn::Result<()> {
        match argument.key {
            Key::Product => self.product = Some(argument.type_name()?),
            Key::EventName => self.event_name = Some(argument.text()?),
            Key::SchemaVersion => self.schema_version = Some(argument.version()?),
            Key::Schema => self.schema = Some(argument.text()?),
            Key::Default => self.default = Some(argument.flag()?),
            Key::Crate => self.core = Some(argument.quoted_path()?),
            _ => return Err(argument.misplaced()),
        }
        Ok(())
    }
}

/// The keys of a value struct.
#[derive(Default)]
pub(crate) struct ValueStructKeys {
    pub(crate) default: Option<Ident>,
    pub(crate) core: Option<Path>,
    pub(crate) present: Present,
}

impl ValueStructKeys {
    pub(crate) fn read(attributes: &[Attribute], errors: &Errors) -> Self {
        let mut keys = Self::default();
        keys.present = read_keys(attributes, Place::ValueStruct, errors, |argument| keys.assign(argument));
        keys
    }

    fn assign(&mut self, argument: &Argument) -> syn::Result<()> {
        match argument.key {
            Key::Default => self.default = Some(argument.flag()?),
            Key::Crate => self.core = Some(argument.quoted_path()?),
            _ => return Err(argument.misplaced()),
        }
        Ok(())
    }
}

/// The keys of an enum.
#[derive(Default)]
pub(crate) struct EnumKeys {
    pub(crate) rename_all: Option<Case>,
    pub(crate) core: Option<Path>,
}

impl EnumKeys {
    pub(crate) fn read(attributes: &[Attribute], errors: &Errors) -> Self {
        let mut keys = Self::default();
        read_keys(attributes, Place::Enum, errors, |argument| keys.assign(argument));
        keys
    }

    fn assign(&mut self, argument: &Argument) -> syn::Result<()> {
        match argument.key {
            Key::RenameAll => self.rename_all = Some(case(&argument.text()?)?),
            Key::Crate => self.core = Some(argument.quoted_path()?),
            _ => return Err(argument.misplaced()),
        }
        Ok(())
    }
}

fn case(name: &LitStr) -> syn::Result<Case> {
    let text = name.value();
    Case::named(&text).ok_or_else(|| {
        let names: Vec<&str> = Case::ALL.iter().map(|(known, _)| *known).collect();
        let help = match nearest(&text, names.iter().copied()) {
            Some(meant) => format!("write `rename_all = \"{meant}\"`"),
            None => format!("use one of `{}`", names.join("`, `")),
        };
        problem_at(name, format_args!("`{text}` is not a rule of `rename_all`"), help)
    })
}
