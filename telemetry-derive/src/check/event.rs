// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The rules of an event.

use proc_macro2::Ident;
use syn::LitStr;

use telemetry_schema::name::Case;
use telemetry_schema::text::is_schema_version;

use super::{check_doc, field};
use crate::ast::{Event, Field};
use crate::attr::Version;
use crate::errors::Errors;
use crate::event_schema::EventSchema;
use crate::key::Key;

/// Requires a doc comment on every field.
pub(crate) fn check_field_docs(event: &Event, event_schema: Option<&EventSchema>, errors: &Errors) {
    field::check_docs(event.ident, &event.fields, event_schema, errors);
}

/// The rules of an event, except [`check_field_docs`].
pub(crate) fn check_event(event: &Event, errors: &Errors) {
    check_doc(&event.doc, event.ident, "event", errors);
    check_product(event, errors);
    check_event_name(event, errors);
    check_schema_version(event, errors);
    field::check_fields(event.ident, &event.fields, errors);
    check_single_role(event, Key::Outcome, errors);
    check_single_role(event, Key::Duration, errors);
}

fn check_product(event: &Event, errors: &Errors) {
    check_present(event, Key::Product, errors);
}

fn check_event_name(event: &Event, errors: &Errors) {
    check_present(event, Key::EventName, errors);
    check_text(event.keys.event_name.as_ref(), is_event_name, errors, |name| {
        (
            format!("`{name}` is not an event name"),
            "use letters, digits and `_`, with a letter first, such as `sandbox_create`",
        )
    });
}

fn check_schema_version(event: &Event, errors: &Errors) {
    check_present(event, Key::SchemaVersion, errors);
    let text = event.keys.schema_version.as_ref().and_then(Version::text);
    check_text(text, is_schema_version, errors, |version| {
        (
            format!("`{version}` is not a schema version"),
            "write numbers with dots between them, such as `1.7`",
        )
    });
}

fn check_present(event: &Event, key: Key, errors: &Errors) {
    if event.keys.present.token(key).is_none() {
        let sample = match key {
            Key::EventName => {
                format!("event_name = \"{}\"", Case::Snake.of_variant(&event.ident.to_string()))
            }
            other => other.sample().to_owned(),
        };
        errors.report(
            event.ident,
            format_args!("event `{}` has no `{key}`", event.ident),
            format_args!("add `#[telemetry({sample})]`"),
        );
    }
}

fn check_text(
    text: Option<&LitStr>,
    valid: impl Fn(&str) -> bool,
    errors: &Errors,
    explain: impl Fn(&str) -> (String, &'static str),
) {
    let Some(text) = text.filter(|text| !valid(&text.value())) else { return };
    let (problem, help) = explain(&text.value().escape_debug().to_string());
    errors.report(text, problem, help);
}

fn is_event_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.chars().all(|char| char.is_ascii_alphanumeric() || char == '_')
}

/// Allows at most one field for the outcome and one for the duration.
fn check_single_role(event: &Event, role: Key, errors: &Errors) {
    let with_role =
        |field: &'_ Field| field.keys.token(role).cloned().map(|token| (token, field.name.clone()));
    let mut fields = event.fields.iter().filter_map(with_role);
    let Some((_, first)) = fields.next() else { return };
    fields.for_each(|(token, _)| report_second_role(event.ident, role, &token, &first, errors));
}

fn report_second_role(event: &Ident, role: Key, token: &Ident, first: &str, errors: &Errors) {
    errors.report(
        token,
        format_args!("`{event}` has two fields with `{role}`"),
        format_args!("remove `{role}` from one of them: `{first}` is the first"),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn event_names_are_identifiers_of_letters_digits_and_underscores() {
        assert!(["a", "guardrails_usage_event", "EvaluationTaskEvent", "x2"].into_iter().all(is_event_name));
        assert!(!["", "_a", "2x", "a-b", "a b", "é"].into_iter().any(is_event_name));
    }
}
