// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! The trait of events.

use telemetry_schema::constraint::Constraint;

use crate::descriptor::EventDescriptor;
use crate::product::Product;
use crate::value::Unsendable;

/// A usage event of one product. Derive it; see the crate `telemetry-derive` for the grammar.
///
/// ```
/// use telemetry_core::{Product, Profile, TelemetryEvent};
///
/// struct Shop;
/// impl Product for Shop {
///     const PROFILE: Profile = Profile::new("shop", "1");
/// }
///
/// /// A basket was paid for.
/// #[derive(TelemetryEvent)]
/// #[telemetry(product = Shop, event_name = "checkout", schema_version = "1.0")]
/// struct Checkout {
///     /// Articles in the basket.
///     #[telemetry(range = 1..=100)]
///     num_articles: u32,
/// }
///
/// let mut checkout = Checkout { num_articles: 5000 };
/// assert_eq!(checkout.normalize(), Ok(1));
/// assert_eq!(checkout.num_articles, 100);
/// assert_eq!(Checkout::DESCRIPTOR.name, "checkout");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a telemetry event",
    note = "put `#[derive(TelemetryEvent)]` on the struct and name its product: `#[telemetry(product = …, event_name = \"…\", schema_version = \"…\")]`"
)]
pub trait TelemetryEvent: serde::Serialize + Send + 'static {
    /// The product that the event belongs to. A [`Client`](crate::Client) of another product does not accept it.
    type Product: Product;

    /// The description of the event: its name, version, fields and origin.
    const DESCRIPTOR: &'static EventDescriptor;

    /// What the schema asks of fields that only the compiler can check.
    #[doc(hidden)]
    const SCHEMA: EventSchema = EventSchema::NONE;

    /// Brings every field into its bounds, replaces values that cannot be sent by their sentinels, and returns how many values changed.
    /// The client does this to every event before serializing it.
    ///
    /// # Errors
    ///
    /// If the event cannot be sent: it is dropped.
    fn normalize(&mut self) -> Result<u32, Unsendable>;
}

/// What a schema asks of the fields of an event whose types only the compiler knows.
///
/// It is evaluated only if the fingerprints differ, so an event that matches its schema costs no compile time.
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
    /// For an event without a schema file.
    pub const NONE: Self = Self { owner: "", file: "", fields: &[] };
}
