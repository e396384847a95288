// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The Rust source of an event out of its JSON Schema: the struct, its vocabularies and the objects in it.
//!
//! The way back from a struct is [`json_schema`](super::json_schema). What a schema asks is read as the macro reads it; here
//! are only names, documentation, and the choice of a type.

mod choice;
mod items;
mod name;
mod print;
mod read;

use telemetry_schema::problem::Problem;
use telemetry_schema::schema::Schema;

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
pub(crate) fn rust_source(schema: &Schema, wanted: &Wanted<'_>) -> Result<String, Problem> {
    let items = read::Reader::new(wanted).event(schema)?;
    Ok(print::source(&items, wanted))
}
