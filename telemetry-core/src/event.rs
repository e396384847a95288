// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What makes a struct an event.

use telemetry_schema::constraint::Constraint;

use crate::descriptor::EventDescriptor;
use crate::product::Product;
use crate::value::Unsendable;

/// A usage event of one product. Derive it; see the crate `telemetry-derive` for the grammar.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a telemetry event",
    note = "put `#[derive(TelemetryEvent)]` on the struct and name its product: `#[telemetry(product = …, event_name = \"…\", schema_version = \"…\")]`"
)]
pub trait TelemetryEvent: serde::Serialize + Send + 'static {
    /// The product that the event belongs to. A [`Client`](crate::Client) of another product does not accept it.
    type Product: Product;

    /// Everything known about the event without having one.
    const DESCRIPTOR: &'static EventDescriptor;

    /// What the schema asks of fields that only the compiler can check.
    #[doc(hidden)]
    const SCHEMA: EventSchema = EventSchema::NONE;

    /// Brings every field into its bounds, replaces what cannot be sent by its sentinel, and says how many values changed.
    /// The client does this to every event before serializing it.
    ///
    /// # Errors
    ///
    /// If the event cannot be sent: it is dropped.
    fn normalize(&mut self) -> Result<u32, Unsendable>;
}

/// What a schema asks of the fields of an event whose types only the compiler knows.
///
/// It is looked at where a fingerprint does not settle the matter, so that a right event pays for none of it.
#[derive(Debug, Clone, Copy)]
pub struct EventSchema {
    /// The name of the event's type.
    pub owner: &'static str,
    /// The schema file.
    pub file: &'static str,
    /// The fields.
    pub fields: &'static [FieldSchema],
}

/// The index of a field, the spelling of its type, and what the schema asks of it.
type FieldSchema = (usize, &'static str, Constraint<'static>);

impl EventSchema {
    /// That of an event without a schema.
    pub const NONE: Self = Self { owner: "", file: "", fields: &[] };
}
