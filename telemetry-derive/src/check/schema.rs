// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The rules of an event with a schema, as far as the author's text alone can break them. What needs the compiler is left to
//! generated constants.

use std::sync::Arc;

use syn::LitStr;

use crate::ast::{Event, Field};
use crate::contract::Contract;
use crate::errors::Errors;
use crate::known::{Known, Mismatch};
use crate::nearest::nearest;
use crate::schema::{Schema, load};
use crate::spelling::spelled;

/// The rules of an event with a schema. Returns the contract, unless there is none or it cannot be found.
pub(crate) fn check_schema(event: &Event, errors: &Errors) -> Option<Contract> {
    let file = event.keys.schema.as_ref()?;
    let schema = match load(&file.value()) {
        Ok(schema) => schema,
        Err(problem) => {
            errors.report(file, problem.problem, problem.help);
            return None;
        }
    };
    check_version(event, file, &schema, errors);
    let contract = check_event_exists(event, file, schema, errors)?;
    event.fields.iter().for_each(|field| check_field(event, field, &contract, errors));
    Some(contract)
}

fn check_version(event: &Event, file: &LitStr, schema: &Schema, errors: &Errors) {
    let Some(version) = &event.keys.schema_version else { return };
    if version.value() != schema.version {
        let (file, found) = (file.value(), &schema.version);
        errors.report(
            version,
            format_args!(
                "schema `{file}` has version `{found}` at `#/schemaMeta/schemaVersion`, not `{}`",
                version.value()
            ),
            format_args!("write `schema_version = \"{found}\"`"),
        );
    }
}

fn check_event_exists(
    event: &Event,
    file: &LitStr,
    schema: Arc<Schema>,
    errors: &Errors,
) -> Option<Contract> {
    let name = event.keys.event_name.as_ref()?;
    let contract = Contract::of(Arc::clone(&schema), file.value(), name.value());
    if contract.is_none() {
        let known = || schema.events.iter().map(|(name, _)| name.as_str());
        let help = match nearest(&name.value(), known()) {
            Some(meant) => format!("write `event_name = \"{meant}\"`"),
            None => format!("the schema has `{}`", known().collect::<Vec<_>>().join("`, `")),
        };
        let problem =
            format!("schema `{}` has no event `{}` at `#/definitions/events`", file.value(), name.value());
        errors.report(name, problem, help);
    }
    contract
}

fn check_field(event: &Event, field: &Field, contract: &Contract, errors: &Errors) {
    let name = &field.wire;
    let Some(expected) = contract.expected(name) else {
        return report_unknown(event, field, contract, errors);
    };
    let Some(known) = Known::of(field) else { return };
    if let Some(Mismatch { problem, help }) = known.mismatch(expected, || spelled(field.ty)) {
        let intro = contract.field_intro(&field.name, event.ident);
        errors.report(field.ty, format_args!("{intro}: `{}` {problem}", expected.pointer), help);
    }
}

/// A field that is no property, where the schema allows no others.
fn report_unknown(event: &Event, field: &Field, contract: &Contract, errors: &Errors) {
    let wires: Vec<_> = event.fields.iter().map(|field| field.wire.as_str()).collect();
    let unsent = contract.unsent(&wires);
    let help = match nearest(&field.wire, unsent.iter().map(|property| property.name.as_str())) {
        Some(meant) => format!("write `#[telemetry(rename = \"{meant}\")]`, or rename the field"),
        None => "remove the field, or add the property to the schema".to_owned(),
    };
    let intro = contract.field_intro(&field.name, event.ident);
    errors.report(
        field.wire_token(),
        format_args!("{intro}: `{}/properties` has no `{}`", contract.pointer(), field.wire),
        help,
    );
}
