// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The Rust source of events out of their JSON Schema: the structs, their vocabularies and the objects in them.
//!
//! The way back from a struct is [`json_schema`](super::json_schema). What a schema asks is read as the macro reads it; here
//! are only names, documentation, and the choice of a type.

mod field_type;
mod items;
mod name;
mod print;
mod read;

use telemetry_schema::__cli1::{Problem, Schema};

/// What the schema does not say.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Options<'a> {
    /// The names of the events in the schema.
    pub(crate) events: &'a [&'a str],
    /// Whether the source is all of a file.
    pub(crate) is_module: bool,
    /// The path of the type that implements `Product`.
    pub(crate) product: &'a str,
    /// The schema file, as the attribute names it.
    pub(crate) file: &'a str,
    /// Properties that name the product: its profile sends them, so they are not fields.
    pub(crate) source_keys: &'a [&'a str],
}

/// The source of events.
pub(crate) struct Source {
    /// The text, formatted.
    pub(crate) text: String,
    /// The events and properties that the schema does not describe; the text does not compile without a description.
    pub(crate) undescribed: Vec<String>,
}

/// The Rust source of the events. Each vocabulary and each value struct is in it once.
///
/// # Errors
///
/// If the schema has no such event, or says something about it that no event can keep to.
pub(crate) fn rust_source(schema: &Schema, options: &Options<'_>) -> Result<Source, Problem> {
    let items = read::ItemReader::new(options).events(schema)?;
    Ok(Source { text: print::source(&items, options), undescribed: items.undescribed })
}
