// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The version and the product of an event as a schema has them, where only the compiler knows them.

use telemetry_schema::message::Message;
use telemetry_schema::text::{is_same, is_schema_version};

use crate::event::TelemetryEvent;
use crate::product::Product;
use telemetry_schema::message::require;

/// Fails to compile unless the version of `E`, whose author has written `expression`, is `found`, which the schema has. Without
/// a schema it has to be a version.
///
/// # Panics
///
/// If it is not; only constants call it.
#[track_caller]
pub const fn require_version<E: TelemetryEvent>(expression: &str, found: &str, help: &str) {
    let given = E::DESCRIPTOR.schema_version;
    if !found.is_empty() && !is_same(given, found) {
        let message = Message::new("schema `").push(E::SCHEMA.file).push("` has version `").push(found);
        let message = message.push("` at `#/schemaMeta/schemaVersion`, but `").push(expression);
        let message = message.push("` is `").push(given).push("`\nhelp: ").push(help);
        require(false, message.as_str());
    }
    if !is_schema_version(given) {
        let message = Message::new("`").push(expression).push("` is `").push(given);
        let help =
            "`, which is not a schema version\nhelp: write numbers with dots between them, such as `1.7`";
        require(false, message.push(help).as_str());
    }
}

/// Fails to compile unless the product of `E` has the client id that the schema has.
///
/// # Panics
///
/// If it has not; only constants call it.
#[track_caller]
pub const fn require_client<E: TelemetryEvent>(client_id: &str) {
    let profile = <E::Product as Product>::PROFILE;
    if is_same(profile.client_id, client_id) {
        return;
    }
    let message = Message::new("schema `").push(E::SCHEMA.file).push("` has client id `").push(client_id);
    let message = message.push("` at `#/schemaMeta/clientId`, but the profile of the product has `");
    let message = message.push(profile.client_id).push("`\nhelp: write `Profile::new(\"").push(profile.name);
    let message =
        message.push("\", \"").push(client_id).push("\")`, or name the schema file of this product");
    require(false, message.as_str());
}
