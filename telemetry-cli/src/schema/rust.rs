// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Generates the Rust source of events from their JSON Schema: structs, vocabularies and value structs.
//!
//! The reverse of [`json_schema`](super::json_schema). The constraints are read as the macro reads them; this module only chooses
//! names, documentation and types.

mod field_type;
mod items;
mod name;
mod print;
mod read;

use telemetry_schema::__cli1::{Problem, Schema};

/// The information that is not in the schema.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Options<'a> {
    /// The names of the events in the schema.
    pub(crate) events: &'a [&'a str],
    /// Whether the source is a whole file.
    pub(crate) is_module: bool,
    /// The path of the type that implements `Product`.
    pub(crate) product: &'a str,
    /// The path of the schema file in the attribute.
    pub(crate) file: &'a str,
    /// Properties that identify the product. Its profile sends them, so they are not fields.
    pub(crate) source_keys: &'a [&'a str],
}

/// The source of events.
pub(crate) struct Source {
    /// The text, formatted.
    pub(crate) text: String,
    /// The events and properties without a description in the schema. The source does not compile until they have one.
    pub(crate) undescribed: Vec<String>,
}

/// The Rust source of the events. It contains each vocabulary and each value struct once.
///
/// # Errors
///
/// If the schema lacks one of the events, or has a constraint that no event can satisfy.
pub(crate) fn rust_source(schema: &Schema, options: &Options<'_>) -> Result<Source, Problem> {
    let items = read::ItemReader::new(options).events(schema)?;
    Ok(Source { text: print::source(&items, options), undescribed: items.undescribed })
}
