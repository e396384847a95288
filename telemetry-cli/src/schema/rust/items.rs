// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The Rust items of an event.

use telemetry_schema::__cli1::Case;

/// The items of events in declaration order: each event follows the types that it uses.
#[derive(Debug, Default)]
pub(super) struct Items {
    pub(super) all: Vec<Item>,
    /// The version of the schema.
    pub(super) version: String,
    /// The properties that the product's profile sends, with their values if the schema has only one.
    pub(super) sources: Vec<(String, Option<String>)>,
    /// Events and properties without a description; properties as in `order.numArticles`.
    pub(super) undescribed: Vec<String>,
}

#[derive(Debug)]
pub(super) enum Item {
    Vocabulary(Vocabulary),
    Struct(Struct),
}

/// The documentation of an item.
#[derive(Debug)]
pub(super) enum Doc {
    /// The description in the schema.
    Text(String),
    /// A question that the author has to answer. Until then, the derive rejects the item.
    Question(String),
}

/// An enum with `TelemetryEnum`.
#[derive(Debug)]
pub(super) struct Vocabulary {
    pub(super) ident: String,
    pub(super) doc: Doc,
    pub(super) rename_all: Option<Case>,
    pub(super) variants: Vec<Variant>,
}

/// One text of a vocabulary.
#[derive(Debug)]
pub(super) struct Variant {
    pub(super) ident: String,
    /// The text, if the rule of the enum does not produce it.
    pub(super) rename: Option<String>,
    pub(super) fallback: bool,
}

/// A struct with `TelemetryEvent` or `TelemetryValue`.
#[derive(Debug)]
pub(super) struct Struct {
    pub(super) ident: String,
    pub(super) doc: Doc,
    /// The name of the event, if the struct is one.
    pub(super) event: Option<String>,
    pub(super) fields: Vec<Field>,
}

/// One field.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) ident: String,
    pub(super) doc: Doc,
    /// The keys of its attribute, as source.
    pub(super) keys: Vec<String>,
    pub(super) rust_type: String,
}

/// The type of a field.
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
    /// An enum, with the variant for an unknown value.
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
