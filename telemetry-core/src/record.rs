// SPDX-FileCopyrightText: Copyright (c) 2026 NVIDIA CORPORATION & AFFILIATES. All rights reserved.
// SPDX-License-Identifier: Apache-2.0

//! Serialized events. A record is made once, on the reporting thread, and then shared by the audit log, the envelope and retries.
//!
//! ```
//! # use telemetry_core::{Product, Profile, TelemetryEvent};
//! # struct Shop;
//! # impl Product for Shop {
//! #     const PROFILE: Profile = Profile::new("shop", "1").source("nemoSource", "shop");
//! # }
//! # /// A basket was paid for.
//! # #[derive(TelemetryEvent)]
//! # #[telemetry(product = Shop, event_name = "checkout", schema_version = "1.0")]
//! # struct Checkout {
//! #     /// Articles in the basket.
//! #     num_articles: u32,
//! # }
//! use telemetry_core::record::Record;
//!
//! let (record, _) = Record::new(Checkout { num_articles: 3 }, 0.0)?;
//! assert!(record.parameters.contains(r#""numArticles":3"#));
//! # Ok::<(), telemetry_core::record::RecordError>(())
//! ```

mod buffer;

use std::error::Error;
use std::fmt;

use serde::Serialize;
use serde::ser::Error as _;

use self::buffer::Buffer;
use crate::event::TelemetryEvent;
use crate::line_breaks::escape_line_breaks;
#[cfg(feature = "client")]
use crate::stats::DropReason;
use crate::time::{IsoTimestamp, TimestampError};
use crate::value::Unsendable;

/// A serialized event, ready to be sent.
///
/// ```
/// # use telemetry_core::{Product, Profile, TelemetryEvent};
/// # struct Shop;
/// # impl Product for Shop {
/// #     const PROFILE: Profile = Profile::new("shop", "1").source("nemoSource", "shop");
/// # }
/// # /// A basket was paid for.
/// # #[derive(TelemetryEvent)]
/// # #[telemetry(product = Shop, event_name = "checkout", schema_version = "1.0")]
/// # struct Checkout {
/// #     /// Articles in the basket.
/// #     num_articles: u32,
/// # }
/// use telemetry_core::record::Record;
///
/// let (record, _) = Record::new(Checkout { num_articles: 3 }, 1.5)?;
/// assert_eq!((record.name, record.schema_version), ("checkout", "1.0"));
/// assert_eq!(record.timestamp.to_string(), "1970-01-01T00:00:01.500Z");
/// # Ok::<(), telemetry_core::record::RecordError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Record {
    /// The event's name.
    pub name: &'static str,
    /// The version of the event's schema.
    pub schema_version: &'static str,
    /// When the event happened.
    pub timestamp: IsoTimestamp,
    /// The event's parameters: a JSON object without line breaks, including those that only Unicode knows.
    pub parameters: Box<str>,
}

/// Why an event cannot be serialized. Its [`source`](Error::source) is the cause.
///
/// ```
/// # use telemetry_core::{Product, Profile, TelemetryEvent};
/// # struct Shop;
/// # impl Product for Shop {
/// #     const PROFILE: Profile = Profile::new("shop", "1").source("nemoSource", "shop");
/// # }
/// # /// A basket was paid for.
/// # #[derive(TelemetryEvent)]
/// # #[telemetry(product = Shop, event_name = "checkout", schema_version = "1.0")]
/// # struct Checkout {
/// #     /// Articles in the basket.
/// #     num_articles: u32,
/// # }
/// use telemetry_core::record::{Record, RecordError};
///
/// let error = Record::new(Checkout { num_articles: 3 }, f64::INFINITY).unwrap_err();
/// assert!(matches!(error, RecordError::Timestamp(_)));
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum RecordError {
    /// The event's time is outside the years 1 to 9999.
    Timestamp(TimestampError),
    /// Its `Serialize` failed, or JSON cannot represent a value.
    Json(Box<dyn Error + Send + Sync>),
    /// A value prevents the event from being sent.
    Value(Unsendable),
}

impl fmt::Display for RecordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Timestamp(_) => f.write_str("the event has an invalid time"),
            Self::Json(_) => f.write_str("the event cannot be serialized"),
            Self::Value(_) => f.write_str("a value prevents the event from being sent"),
        }
    }
}

impl Error for RecordError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(match self {
            Self::Timestamp(error) => error,
            Self::Json(error) => &**error,
            Self::Value(reason) => reason,
        })
    }
}

impl RecordError {
    /// The reason under which the event is counted.
    #[cfg(feature = "client")]
    pub(crate) const fn drop_reason(&self) -> DropReason {
        match self {
            Self::Value(Unsendable::OutOfRange) => DropReason::OutOfRange,
            Self::Value(Unsendable::Sentinel) | Self::Timestamp(_) | Self::Json(_) => {
                DropReason::Unserializable
            }
        }
    }
}

impl Record {
    /// Serializes an event that happened `unix_seconds` after the start of 1970. Returns the record, and the number of values that were
    /// out of bounds and have been adjusted. For its use, see [`envelope`](crate::envelope::envelope()).
    ///
    /// # Errors
    ///
    /// If the time is outside the years 1 to 9999, if the event cannot be serialized, or if a value prevents it from being sent.
    ///
    /// ```
    /// # use telemetry_core::{Product, Profile, TelemetryEvent};
    /// # struct Shop;
    /// # impl Product for Shop {
    /// #     const PROFILE: Profile = Profile::new("shop", "1").source("nemoSource", "shop");
    /// # }
    /// # /// A basket was paid for.
    /// # #[derive(TelemetryEvent)]
    /// # #[telemetry(product = Shop, event_name = "checkout", schema_version = "1.0")]
    /// # struct Checkout {
    /// #     /// Articles in the basket.
    /// #     num_articles: u32,
    /// # }
    /// use telemetry_core::record::Record;
    ///
    /// let (_, adjusted_values) = Record::new(Checkout { num_articles: 3 }, 0.0)?;
    /// assert_eq!(adjusted_values, 0);
    /// # Ok::<(), telemetry_core::record::RecordError>(())
    /// ```
    pub fn new<E: TelemetryEvent>(mut event: E, unix_seconds: f64) -> Result<(Self, u32), RecordError> {
        Self::of(&mut event, unix_seconds)
    }

    /// Like [`new`](Self::new), without taking the event from its owner. Adjusts the event's values to their bounds.
    pub(crate) fn of<E: TelemetryEvent>(
        event: &mut E,
        unix_seconds: f64,
    ) -> Result<(Self, u32), RecordError> {
        let adjusted_values = event.normalize().map_err(RecordError::Value)?;
        let record = Self {
            name: E::DESCRIPTOR.name,
            schema_version: E::DESCRIPTOR.schema_version,
            timestamp: IsoTimestamp::new(unix_seconds).map_err(RecordError::Timestamp)?,
            parameters: json(event).map_err(|error| RecordError::Json(error.into()))?,
        };
        Ok((record, adjusted_values))
    }
}

fn json(event: &impl Serialize) -> Result<Box<str>, serde_json::Error> {
    let mut buffer = Buffer::new();
    serde_json::to_writer(&mut buffer, event)?;
    let json = std::str::from_utf8(buffer.bytes()).map_err(serde_json::Error::custom)?;
    Ok(escape_line_breaks(json).into())
}
