// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The rules of an event with a schema that can be checked by the author's text. Generated constants check the rest.

use std::sync::Arc;

use syn::LitStr;
use telemetry_schema::arena::Arena;
use telemetry_schema::comparison::fits;
use telemetry_schema::constraint::Property;
use telemetry_schema::nearest::nearest;
use telemetry_schema::schema::Schema;

use crate::ast::{Event, Field};
use crate::attr::Version;
use crate::errors::{Errors, error_at};
use crate::event_schema::EventSchema;
use crate::schema::{Unusable, load};

/// The schema that an event names, if there is one and it can be used.
pub(crate) fn check_file(event: &Event, errors: &Errors) -> Option<Arc<Schema>> {
    let file = event.keys.schema.as_ref()?;
    match load(&file.value(), &event.ident.to_string()) {
        Ok(schema) => {
            check_version(event, file, &schema, errors);
            Some(schema)
        }
        Err(Unusable::Because(problem, help)) => {
            errors.report(file, problem, help);
            None
        }
        Err(Unusable::Reported) => None,
    }
}

/// Compares the fields with the event called `name` in the schema file `path`, and returns that event's schema, if it exists.
pub(crate) fn check_schema<'a>(
    event: &Event,
    schema: &'a Schema,
    (path, name): (&'a str, &'a str),
    arena: &'a Arena<'a>,
    errors: &Errors,
) -> Option<EventSchema<'a>> {
    let Some(asked) = schema.event(name, arena) else {
        report_unknown_event(event, schema, errors);
        return None;
    };
    let event_schema = EventSchema { asked, schema, path, name };
    if !asked.is_listed {
        errors.report(
            &event.keys.event_name,
            format_args!("schema `{path}` lists its events in `#/oneOf`, and `{name}` is not among them"),
            format_args!("add `{{\"$ref\": \"#/definitions/events/{name}\"}}` to that list"),
        );
    }
    event.fields.iter().for_each(|field| check_field(event, field, &event_schema, errors));
    Some(event_schema)
}

fn check_version(event: &Event, file: &LitStr, schema: &Schema, errors: &Errors) {
    let Some(Version::Text(version)) = &event.keys.schema_version else { return };
    let (file, found, given) = (file.value(), schema.version(), version.value());
    if given != found {
        errors.report(
            version,
            format_args!(
                "schema `{file}` has version `{found}` at `#/schemaMeta/schemaVersion`, not `{given}`"
            ),
            format_args!("write `schema_version = \"{found}\"`"),
        );
    }
}

fn report_unknown_event(event: &Event, schema: &Schema, errors: &Errors) {
    let (Some(name), Some(file)) = (&event.keys.event_name, &event.keys.schema) else { return };
    let known = schema.event_names();
    let help = match nearest(&name.value(), known.iter().copied()) {
        Some(meant) => format!("write `event_name = \"{meant}\"`"),
        None if known.is_empty() => "describe the event there".to_owned(),
        None => format!("the schema has `{}`", known.join("`, `")),
    };
    let (file, name_value) = (file.value(), name.value());
    errors.report(
        name,
        format_args!("schema `{file}` has no event `{name_value}` at `#/definitions/events`"),
        help,
    );
}

fn check_field(event: &Event, field: &Field, event_schema: &EventSchema, errors: &Errors) {
    if event_schema.asked.parameter(&field.wire).is_none() {
        return report_unknown(event, field, event_schema, errors);
    }
    if let Some(message) = event_schema.mismatch(&event.ident.to_string(), field) {
        errors.absorb(error_at(field.ty, message));
    }
}

/// Reports a field that is not a property, if the schema does not allow other properties.
fn report_unknown(event: &Event, field: &Field, event_schema: &EventSchema, errors: &Errors) {
    let unsent = event_schema.unsent(event);
    let nearest = nearest(&field.wire, unsent.iter().map(|property| property.name));
    let help = match (nearest, former_name(field, &unsent)) {
        (Some(meant), _) => format!("write `#[telemetry(rename = \"{meant}\")]`, or rename the field"),
        (None, Some(former)) => format!(
            "write `#[telemetry(rename = \"{former}\")]` if that is its name in the schema, or remove the field"
        ),
        (None, None) => format!("remove the field, or add `{}` to the schema", field.wire),
    };
    let intro = event_schema.field_intro(&field.name, event.ident);
    errors.report(
        field.wire_token(),
        format_args!("{intro}: `{}` has no property `{}`", event_schema.asked.pointer, field.wire),
        help,
    );
}

/// The property that the field most likely was sent as before: no field is sent as it now, it is not the product's source, and as
/// far as the spelling tells, it allows the values of the field.
fn former_name<'a>(field: &Field, unsent: &[&'a Property<'a>]) -> Option<&'a str> {
    let shape = field.shape();
    let allows = |property: &&&Property| shape.is_none_or(|shape| fits(&shape, &property.constraint));
    let mut candidates = unsent.iter().filter(|property| !property.name.ends_with("Source")).filter(allows);
    candidates.next().map(|property| property.name)
}
