// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Uses the descriptors of events: a JSON Schema for the collector, a data table for the public, and a check of JSON events.
//!
//! ```
//! use telemetry_cli::schema::validate;
//! use telemetry_core::{Product, Profile, TelemetryEvent};
//!
//! struct Shop;
//! impl Product for Shop {
//!     const PROFILE: Profile = Profile::new("shop", "123456789012345").source("shopSource", "shop");
//! }
//!
//! /// A basket was paid for.
//! #[derive(TelemetryEvent)]
//! #[telemetry(product = Shop, event_name = "checkout", schema_version = "1.0")]
//! struct Checkout {
//!     /// Articles in the basket.
//!     num_articles: u8,
//! }
//!
//! let event = serde_json::json!({"shopSource": "shop", "numArticles": 300});
//! let violations = validate(Checkout::DESCRIPTOR, &event);
//! assert_eq!(violations.len(), 1);
//! assert_eq!(violations[0].pointer, "/numArticles");
//! ```

pub(crate) mod comparison;
pub(crate) mod description;
pub(crate) mod difference;
pub(crate) mod edit;
mod json_schema;
mod markdown;
pub(crate) mod merge;
pub(crate) mod notation;
pub(crate) mod rust;
mod validate;
pub(crate) mod words;

#[cfg(feature = "collector")]
pub use crate::collector::{rules, schemas};
pub use json_schema::{SchemaError, json_schema};
pub use markdown::data_table;
pub use validate::{Violation, validate};
#[cfg(feature = "collector")]
pub(crate) use validate::{pointer_step, validate_members_up_to, validate_up_to};
