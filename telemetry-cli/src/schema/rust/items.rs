// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The Rust items that an event consists of.

use telemetry_schema::name::Case;

/// The items of an event, in the order in which they are declared: the event comes last.
#[derive(Debug, Default)]
pub(super) struct Items {
    pub(super) all: Vec<Item>,
    /// The property that the product's profile sends, with its value if the schema has only one.
    pub(super) source: Option<(String, Option<String>)>,
}

#[derive(Debug)]
pub(super) enum Item {
    Vocabulary(Vocabulary),
    Struct(Struct),
}

/// An enum with `TelemetryEnum`.
#[derive(Debug)]
pub(super) struct Vocabulary {
    pub(super) ident: String,
    pub(super) doc: String,
    pub(super) rename_all: Option<Case>,
    pub(super) variants: Vec<Variant>,
}

/// One text of a vocabulary.
#[derive(Debug)]
pub(super) struct Variant {
    pub(super) ident: String,
    /// The text, where the rule of the enum does not give it.
    pub(super) rename: Option<String>,
    pub(super) fallback: bool,
}

/// A struct with `TelemetryEvent` or `TelemetryValue`.
#[derive(Debug)]
pub(super) struct Struct {
    pub(super) ident: String,
    pub(super) doc: String,
    /// The version of the schema, if the struct is the event.
    pub(super) schema_version: Option<String>,
    pub(super) fields: Vec<Field>,
}

/// One field.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) ident: String,
    pub(super) doc: String,
    /// The keys of its attribute, as they are written.
    pub(super) keys: Vec<String>,
    pub(super) rust_type: String,
}

/// What a field can hold.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Boolean,
    Integer {
        min: i64,
        max: i64,
    },
    Number {
        min: f64,
        max: f64,
    },
    Text,
    /// An enum, with the variant that stands for an unknown value.
    Vocabulary {
        ident: String,
        unknown: Option<String>,
    },
    Object {
        ident: String,
    },
    List(Box<Value>),
    Map(Box<Value>),
    Nullable(Box<Value>),
}
