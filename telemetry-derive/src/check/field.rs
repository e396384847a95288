// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The rules of a field, and of the fields of a struct together.

use std::collections::HashMap;

use proc_macro2::Ident;
use syn::LitInt;

use super::number::{check_range, check_sentinel};
use crate::ast::Field;
use crate::errors::Errors;
use crate::event_schema::EventSchema;
use crate::key::Key;
use crate::type_name::unknown_value;

/// Rejects two keys that contradict each other.
const CONFLICTS: [(Key, Key); 14] = [
    (Key::Bucket, Key::Range),
    (Key::Bucket, Key::FreeText),
    (Key::Bucket, Key::MaxLen),
    (Key::Range, Key::FreeText),
    (Key::Range, Key::MaxLen),
    (Key::Outcome, Key::Duration),
    (Key::Outcome, Key::Range),
    (Key::Outcome, Key::Bucket),
    (Key::Outcome, Key::FreeText),
    (Key::Duration, Key::Bucket),
    (Key::Duration, Key::FreeText),
    (Key::FreeText, Key::OutOfRange),
    (Key::Bucket, Key::OutOfRange),
    (Key::Outcome, Key::OutOfRange),
];

/// The rules of the fields of `parent`.
pub(super) fn check_fields(parent: &Ident, fields: &[Field], errors: &Errors) {
    fields.iter().for_each(|field| check_field(parent, field, errors));
    check_distinct_names(parent, fields, errors);
}

fn check_field(parent: &Ident, field: &Field, errors: &Errors) {
    if field.keys.present.is_empty() {
        return;
    }
    check_conflicts(parent, field, errors);
    check_complements(parent, field, errors);
    check_max_len(field, errors);
    check_bucket(field, errors);
    check_range(field, errors);
    check_sentinel(field, errors);
}

/// Requires a doc comment. If the schema has the field, the message names its place.
pub(super) fn check_docs(
    parent: &Ident,
    fields: &[Field],
    event_schema: Option<&EventSchema>,
    errors: &Errors,
) {
    for field in fields.iter().filter(|field| field.doc.is_empty()) {
        let place = event_schema.and_then(|event_schema| event_schema.place(&field.wire)).unwrap_or_default();
        errors.report_harmless(
            field.ident,
            format_args!("field `{}` of `{parent}`{place} has no doc comment", field.name),
            "write `/// What it says.` above it: the doc comment is the description in the schema and the data table",
        );
    }
}

fn check_conflicts(parent: &Ident, field: &Field, errors: &Errors) {
    for (left, right) in CONFLICTS {
        if let (Some(_), Some(token)) = (field.keys.token(left), field.keys.token(right)) {
            let name = &field.name;
            errors.report(
                token,
                format_args!("field `{name}` of `{parent}` cannot have both `{left}` and `{right}`"),
                "keep one of them",
            );
        }
    }
}

/// Requires the keys that others depend on: `free_text` needs `max_len` and a `sentinel` that replaces texts with control
/// characters, and `out_of_range` needs `range`.
fn check_complements(parent: &Ident, field: &Field, errors: &Errors) {
    let needs = |has: Key, missing: Key| {
        if let (Some(token), None) = (field.keys.token(has), field.keys.token(missing)) {
            let name = &field.name;
            errors.report(
                token,
                format_args!("field `{name}` of `{parent}` has `{has}` but no `{missing}`"),
                format_args!("add `{}`", complement(field, missing)),
            );
        }
    };
    needs(Key::FreeText, Key::MaxLen);
    needs(Key::MaxLen, Key::FreeText);
    needs(Key::FreeText, Key::Sentinel);
    // These keys exclude `range`.
    if ![Key::FreeText, Key::Bucket, Key::Outcome].iter().any(|key| field.keys.token(*key).is_some()) {
        needs(Key::OutOfRange, Key::Range);
    }
}

fn complement(field: &Field, key: Key) -> String {
    match key {
        Key::FreeText => "free_text = \"why it is harmless\"".to_owned(),
        Key::Sentinel => text_sentinel(field),
        other => other.sample().to_owned(),
    }
}

/// A sentinel that fits `max_len`.
pub(super) fn text_sentinel(field: &Field) -> String {
    let max_len = field.keys.max_len.as_ref().and_then(|max_len| max_len.base10_parse().ok());
    let fits = max_len.is_none_or(|max_len: u32| max_len as usize >= "unknown".len());
    let text = if fits { "\"unknown\"" } else { "\"-\"" };
    format!("sentinel = {}", unknown_value(field.ty, text))
}

fn check_max_len(field: &Field, errors: &Errors) {
    let Some(max_len) = &field.keys.max_len else { return };
    if !max_len.base10_parse::<u32>().is_ok_and(|characters| characters > 0) {
        errors.report(
            max_len,
            format_args!("`max_len` counts characters, and `{max_len}` is not between 1 and 4294967295"),
            "write `max_len = 64`",
        );
    }
}

fn check_bucket(field: &Field, errors: &Errors) {
    let mut last = 0;
    for limit in field.keys.bucket.iter().flatten() {
        let value = limit.base10_parse::<u64>().ok().filter(|value| *value > last);
        if value.is_none() {
            report_limit(limit, last, errors);
        }
        last = value.unwrap_or(last);
    }
}

fn report_limit(limit: &LitInt, last: u64, errors: &Errors) {
    let problem = if last == 0 {
        format!("the limits of `bucket` must be above zero, but `{limit}` is not")
    } else {
        format!("the limits of `bucket` must be strictly increasing, but `{limit}` is not above `{last}`")
    };
    errors.report(
        limit,
        problem,
        "write them as in `bucket(1, 2, 5, 10)`: zero always has a bucket of its own",
    );
}

/// Rejects two fields with one name, because the second would overwrite the first at the collector.
fn check_distinct_names(parent: &Ident, fields: &[Field], errors: &Errors) {
    let mut first_with = HashMap::new();
    for field in fields {
        let Some(first) = first_with.insert(field.wire.as_str(), &field.name) else { continue };
        errors.report(
            field.wire_token(),
            format_args!(
                "fields `{first}` and `{}` of `{parent}` are both sent as `{}`",
                field.name, field.wire
            ),
            "give one of them another name with `#[telemetry(rename = \"…\")]`",
        );
    }
}
