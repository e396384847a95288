// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Values that keep their event from being sent.

use std::fmt;

/// Why an event cannot be sent with the values that it has.
///
/// ```
/// use telemetry_core::value::Unsendable;
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
///     #[telemetry(range = 1..=1000, out_of_range = "drop")]
///     num_articles: u32,
/// }
///
/// assert_eq!(Checkout { num_articles: 3 }.normalize(), Ok(0));
/// assert_eq!(Checkout { num_articles: 0 }.normalize(), Err(Unsendable::OutOfRange));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unsendable {
    /// Neither a value nor its sentinel has JSON. Only a sentinel that the compiler cannot compute, such as a list made by a
    /// function, gets that far.
    Sentinel,
    /// A value is out of the range of a field with `out_of_range = "drop"`.
    OutOfRange,
}

impl fmt::Display for Unsendable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sentinel => "neither a value nor its sentinel can be sent",
            Self::OutOfRange => "a value is out of range",
        })
    }
}

impl std::error::Error for Unsendable {}

/// The changes of two values together, or the first reason.
pub(crate) fn sum(one: Result<u32, Unsendable>, other: Result<u32, Unsendable>) -> Result<u32, Unsendable> {
    Ok(one?.saturating_add(other?))
}
