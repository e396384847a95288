// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! What makes a struct an event.

use crate::__private1::EventSchema;
use crate::descriptor::EventDescriptor;
use crate::product::Product;

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
    /// `u32::MAX` says that neither a value nor its sentinel can be sent: the event is dropped. Only a sentinel that the
    /// compiler cannot compute, such as a list made by a function, gets that far.
    fn normalize(&mut self) -> u32;
}
