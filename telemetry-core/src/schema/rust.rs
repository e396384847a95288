// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The Rust source of an event out of its JSON Schema: the struct, its vocabularies and the objects in it.
//!
//! The way back from a struct is [`json_schema`](super::json_schema). Schema files have the structure of the published ones
//! and may use the keywords that the compile-time check knows; any other keyword is an error, as it is there.

mod choice;
mod items;
mod json;
mod name;
mod node;
mod print;
mod read;

pub(crate) use json::Json;
pub(crate) use node::SourceError;

use node::Node;

/// What the schema does not say.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted<'a> {
    /// The name of the event in the schema.
    pub(crate) event: &'a str,
    /// The path of the type that implements `Product`.
    pub(crate) product: &'a str,
    /// The schema file, as the attribute names it.
    pub(crate) file: &'a str,
    /// Properties that name the product: its profile sends them, so they are no fields.
    pub(crate) source_keys: &'a [&'a str],
}

/// The Rust source of the event, formatted.
///
/// # Errors
///
/// If the schema has no such event, or says something about it that no event can keep to.
pub(crate) fn rust_source(schema: &Json, wanted: &Wanted<'_>) -> Result<String, SourceError> {
    let items = read::Reader::new(wanted).event(&Node::root(schema))?;
    Ok(print::source(&items, wanted))
}
