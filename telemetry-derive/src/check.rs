// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The rules for a single item. Each rule is a function that reports on the token that breaks it.

mod event;
mod field;
pub(crate) mod item;
mod number;
mod schema;
mod vocabulary;

pub(crate) use event::{check_event, check_field_docs};
pub(crate) use schema::{check_file, check_schema};
pub(crate) use vocabulary::check_vocabulary;

use proc_macro2::Ident;

use crate::ast::ValueStruct;
use crate::doc::Doc;
use crate::errors::Errors;

/// The rules of a value struct.
pub(crate) fn check_value_struct(value_struct: &ValueStruct, errors: &Errors) {
    check_doc(&value_struct.doc, value_struct.ident, "value", errors);
    field::check_docs(value_struct.ident, &value_struct.fields, None, errors);
    field::check_fields(value_struct.ident, &value_struct.fields, errors);
}

/// Requires documentation: it is the description in the schema and the data table.
fn check_doc(doc: &Doc, ident: &Ident, what: &str, errors: &Errors) {
    if doc.is_empty() {
        errors.report_harmless(
            ident,
            format_args!("{what} `{ident}` has no doc comment"),
            "write `/// What it says.` above it: the description in the schema and the data table",
        );
    }
}
