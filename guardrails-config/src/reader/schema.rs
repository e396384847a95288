// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The typed shape of a configuration as data: models, their fields, types, bounds and defaults.
//!
//! The reference checks a configuration against pydantic models; the tables in [`top`] and [`rails_config`] say the
//! same things, and [`check`] applies them. Whether a field of `rails.config` differs from its default falls out of the
//! same pass (`docs/LOADING.md` 6 A and 7).

mod check;
mod coerce;
mod constraints;
pub(crate) mod rails_config;
pub(crate) mod top;

pub(crate) use self::check::{Fields, KeyPath, check, fields};
pub(crate) use self::coerce::{to_bool, to_text};
use super::error::ConfigError;
use super::yaml::Node;

/// A type a value is coerced to.
pub(crate) enum Kind {
    Any,
    Bool,
    Int(Bounds<i64>),
    Float(Bounds<f64>),
    Text(Form),
    /// Text that is one of these words.
    OneOf(&'static [&'static str]),
    List(&'static Kind),
    /// A mapping with text keys.
    Dict(&'static Kind),
    /// A mapping with keys of any kind.
    Mapping,
    Model(&'static Model),
    /// The type, or null.
    Optional(&'static Kind),
    /// A model, or text in its place.
    ModelOrText(&'static Model),
    /// One of several models, chosen by the word below a key.
    Tagged {
        key: &'static str,
        models: &'static [(&'static str, &'static Model)],
    },
}

/// Bounds of a number.
#[derive(Clone, Copy)]
pub(crate) struct Bounds<T> {
    pub(crate) above: Option<T>,
    pub(crate) least: Option<T>,
    pub(crate) most: Option<T>,
}

impl<T: Copy> Bounds<T> {
    pub(crate) const NONE: Self = Self { above: None, least: None, most: None };

    pub(crate) const fn above(limit: T) -> Self {
        Self { above: Some(limit), least: None, most: None }
    }

    pub(crate) const fn at_least(limit: T) -> Self {
        Self { above: None, least: Some(limit), most: None }
    }

    pub(crate) const fn between(least: T, most: T) -> Self {
        Self { above: None, least: Some(least), most: Some(most) }
    }
}

/// A condition on text, and the same in words.
#[derive(Clone, Copy)]
pub(crate) struct Form {
    pub(crate) accepts: fn(&str) -> bool,
    pub(crate) words: &'static str,
}

impl Form {
    pub(crate) const ANY: Self = Self { accepts: |_| true, words: "text" };
}

/// The value of a field that is not set.
#[derive(Clone, Copy)]
pub(crate) enum Initial {
    /// There is no default: the field must be set.
    Required,
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(&'static str),
    /// An empty list or mapping.
    Empty,
    /// The model with all of its own defaults.
    Model,
    /// A default that is never compared with a set value.
    Unasked,
}

/// A field of a model.
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) initial: Initial,
}

/// How a model treats keys that are not fields.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extra {
    Ignored,
    Forbidden,
    /// Kept, so their keys must be text.
    Kept,
}

/// A condition on a whole model, checked before or after its fields.
pub(crate) type Before = fn(&Node, &KeyPath<'_>) -> Result<(), ConfigError>;
pub(crate) type After = fn(&Node, &Fields, &KeyPath<'_>) -> Result<(), ConfigError>;

/// A mapping with known fields.
pub(crate) struct Model {
    pub(crate) fields: &'static [Field],
    pub(crate) extra: Extra,
    pub(crate) before: &'static [Before],
    pub(crate) after: &'static [After],
}

impl Model {
    /// A model whose other keys are ignored and that has no conditions beyond its fields.
    pub(crate) const fn plain(fields: &'static [Field]) -> Self {
        Self { fields, extra: Extra::Ignored, before: &[], after: &[] }
    }

    /// A model that allows no other keys.
    pub(crate) const fn closed(fields: &'static [Field]) -> Self {
        Self { fields, extra: Extra::Forbidden, before: &[], after: &[] }
    }
}

// How the tables spell a field.

pub(crate) const fn field(name: &'static str, kind: Kind, initial: Initial) -> Field {
    Field { name, kind, initial }
}

pub(crate) const fn flag(name: &'static str, initial: bool) -> Field {
    field(name, Kind::Bool, Initial::Bool(initial))
}

pub(crate) const fn int(name: &'static str, bounds: Bounds<i64>, initial: i64) -> Field {
    field(name, Kind::Int(bounds), Initial::Int(initial))
}

pub(crate) const fn float(name: &'static str, bounds: Bounds<f64>, initial: f64) -> Field {
    field(name, Kind::Float(bounds), Initial::Float(initial))
}

pub(crate) const fn text(name: &'static str, initial: &'static str) -> Field {
    field(name, TEXT, Initial::Text(initial))
}

pub(crate) const fn required_text(name: &'static str) -> Field {
    field(name, TEXT, Initial::Required)
}

pub(crate) const fn optional_text(name: &'static str) -> Field {
    field(name, Kind::Optional(&TEXT), Initial::Null)
}

pub(crate) const fn texts(name: &'static str) -> Field {
    field(name, Kind::List(&TEXT), Initial::Empty)
}

/// A mapping of text keys to anything.
pub(crate) const fn parameters(name: &'static str) -> Field {
    field(name, Kind::Dict(&Kind::Any), Initial::Empty)
}

pub(crate) const fn model(name: &'static str, model: &'static Model) -> Field {
    field(name, Kind::Model(model), Initial::Model)
}

pub(crate) const TEXT: Kind = Kind::Text(Form::ANY);
